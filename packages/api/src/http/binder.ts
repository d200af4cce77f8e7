// Makes a route of every operation of the contract. What serving one means is in handlers.ts.

import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { RateLimiter } from '../usecases/rate-limiter.ts';
import type { Requests } from '../usecases/requests.ts';
import type { Waits } from '../usecases/waits.ts';
import { admitAnyone, admitWhole, requireRole } from './authentication.ts';
import type { EventStreams } from './event-streams.ts';
import { changeHandler, questionHandler, readHandler, streamHandler } from './handlers.ts';
import { withinLimits } from './rate-limits.ts';
import { planRoutes } from './route-plan.ts';
import type { RoutePlan } from './route-plan.ts';
import { createSchemas } from './schemas.ts';
import { routePath } from './spec.ts';
import type { Bindings, Spec } from './spec.ts';

export interface BinderOptions {
  requests: Requests;
  /** Who waits for changes; without it every read answers at once. */
  waits?: Waits | undefined;
  spec: Spec;
  bindings: Bindings;
  /** The most bytes of a body. */
  bodyLimit: number;
  /** Counts requests; without one there is no limit. */
  limiter?: RateLimiter | undefined;
  /** Fail a request whose answer is not as the contract says, instead of logging it. For tests. */
  strictAnswers: boolean;
  /** Where events are streamed; nowhere unless given. */
  streams?: EventStreams | undefined;
}

/** Bodies that come without a key are read before anybody is known, so they are kept small. */
const openBodyLimit = 16 * 1024;

/** @throws Error at start, when contract and bindings do not fit each other */
export function bindOperations(app: FastifyInstance, options: BinderOptions): void {
  const { requests, spec, bindings, bodyLimit, limiter, strictAnswers, waits, streams } = options;
  const schemas = createSchemas(spec, strictAnswers);
  const onDeviation = strictAnswers ? failOnDeviation : logDeviation;
  for (const plan of planRoutes(spec, bindings, schemas)) {
    const { roles, scope } = plan;
    const admit = roles ? requireRole(requests, { roles, scope }) : admitAnyone;
    const handler = handlerOf(plan)(plan, { requests, onDeviation, waits, admit });
    app.route({
      method: plan.method,
      url: routePath(plan.path),
      // To know the headers of a stream, all of it would have to be read.
      exposeHeadRoute: plan.method === 'GET' && !plan.isStream,
      bodyLimit: plan.roles ? bodyLimit : Math.min(bodyLimit, openBodyLimit),
      onRequest: [announce(plan), limiter ? withinLimits(limiter, admit) : admit],
      ...(plan.method !== 'GET' && { preHandler: admitWhole(admit) }),
      handler: async (request, reply) =>
        plan.followsEvents && streams?.isAskedFor(request)
          ? streams.open(plan, request, reply, admit)
          : handler(request, reply),
    });
  }
}

/** Before anything can be refused, so that refusals tell it too. */
function announce({ headers }: RoutePlan): onRequestHookHandler {
  return (_, reply, done) => {
    reply.headers(headers);
    done();
  };
}

function handlerOf({ method, isStream, isQuestion }: RoutePlan) {
  if (isStream) return streamHandler;
  if (isQuestion) return questionHandler;
  return method === 'GET' ? readHandler : changeHandler;
}

function failOnDeviation(_: FastifyRequest, { operationId }: RoutePlan, deviation: string): never {
  throw new Error(`${operationId} answered against the contract: ${deviation}.`);
}

/** A caller is better served by an odd answer than by none; somebody has to mend it even so. */
function logDeviation(request: FastifyRequest, { operationId }: RoutePlan, deviation: string) {
  request.log.error({ operationId, deviation }, 'answer differs from the contract');
}
