// What a load balancer asks: is the process alive, and can it serve?

import type { FastifyInstance } from 'fastify';
import { refuse } from '../../domain/errors.ts';
import type { Requests } from '../../usecases/requests.ts';

/**
 * `/livez` needs nothing but the process; `/readyz` needs the database, and never AWS, whose
 * trouble must not take every replica out of service at once. A server that is closing refuses
 * `/readyz` like everything else.
 */
export function serveHealth(app: FastifyInstance, requests: Pick<Requests, 'ready'>): void {
  const method = ['GET', 'HEAD'];
  let asking: Promise<void> | null = null;
  /** One question for all who ask meanwhile: it takes no key, and connections are for all. */
  const ready = () => (asking ??= requests.ready().finally(() => (asking = null)));
  app.route({ method, url: '/livez', logLevel: 'warn', handler: () => ok });
  app.route({
    method,
    url: '/readyz',
    logLevel: 'warn',
    handler: async (request) => {
      try {
        await ready();
      } catch (error) {
        request.log.warn({ err: error }, 'not ready');
        throw refuse('unavailable', 'The database does not answer, or takes no changes.');
      }
      return ok;
    },
  });
}

const ok = { status: 'ok' };
