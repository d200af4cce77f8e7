// One log line per request, when it is over. The route's template is logged, and never the address:
// people put secrets into queries.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A request that was answered, for metrics. */
export interface Answered {
  method: string;
  /** The route's template; null where there is none. */
  route: string | null;
  status: number;
  seconds: number;
  /** Whether it lasts as long as the caller likes, which says nothing of how fast we are. */
  waits: boolean;
}

export function logRequests(app: FastifyInstance, onAnswer: (answer: Answered) => void): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    const route = request.routeOptions.url ?? null;
    onAnswer({ method, route, status, seconds: elapsedTime / 1_000, waits: waits(request, reply) });
    request.log.info(
      {
        method,
        route,
        status,
        duration_ms: Math.round(elapsedTime * 10) / 10,
        caller: request.caller?.id ?? null,
        ...(request.refusedAs && { code: request.refusedAs }),
      },
      'request',
    );
    done();
  });
}

/** A read with `wait`, and what goes out line by line as the client takes it. */
function waits({ query }: FastifyRequest, reply: FastifyReply): boolean {
  if (typeof query === 'object' && query !== null && 'wait' in query) return true;
  return /^(text\/event-stream|application\/x-ndjson)/.test(
    String(reply.getHeader('content-type')),
  );
}
