// One log line per request, when it is over. The route's template is logged, and never the address:
// people put secrets into queries.

import type { FastifyInstance } from 'fastify';

/** A request that was answered, for metrics. */
export interface Answered {
  method: string;
  /** The route's template; null where there is none. */
  route: string | null;
  status: number;
  seconds: number;
}

export function logRequests(app: FastifyInstance, onAnswer: (answer: Answered) => void): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    const route = request.routeOptions.url ?? null;
    onAnswer({ method, route, status, seconds: elapsedTime / 1_000 });
    request.log.info(
      {
        method,
        route,
        status,
        durationMs: Math.round(elapsedTime * 10) / 10,
        caller: request.caller?.id ?? null,
      },
      'request',
    );
    done();
  });
}
