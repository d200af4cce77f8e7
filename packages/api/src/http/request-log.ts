// One log line per request, when it is over. The route's template is logged, and never the address:
// people put secrets into queries.

import type { FastifyInstance } from 'fastify';

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
        caller: request.caller?.id ?? null,
      },
      'request',
    );
    done();
  });
}
