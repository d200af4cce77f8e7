// The HTTP server, put together in the order in which a request meets its parts. It does not
// listen.

import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { refuse } from '../domain/errors.ts';
import type { RateLimiter } from '../usecases/rate-limiter.ts';
import type { Requests } from '../usecases/requests.ts';
import type { Waits } from '../usecases/waits.ts';
import { bindOperations } from './binder.ts';
import { createEventStreams, type EventStreamOptions } from './event-streams.ts';
import { watchRoutes } from './failures/allowed-methods.ts';
import { handleError, handleRoutingError } from './failures/error-handler.ts';
import { refuseTunnels, socketErrorHandler } from './failures/socket-errors.ts';
import { acceptJsonBodies } from './input/json-body.ts';
import { serveContract, serveDocs } from './pages/documentation.ts';
import { serveErrorPages } from './pages/error-pages.ts';
import { serveHealth } from './pages/health.ts';
import {
  answerExpectations,
  originForm,
  protocolFault,
  protocolOptions,
  requestTimeoutMs,
} from './protocol.ts';
import { requestIdOf, setReplyHeaders } from './reply-headers.ts';
import { logRequests, type Answered } from './request-log.ts';
import type { Bindings, Spec } from './spec.ts';
import { joinTrace } from './trace-context.ts';

export interface ServerOptions {
  requests: Requests;
  /** Who waits for changes; without it every read answers at once. */
  waits?: Waits;
  spec: Spec;
  bindings: Bindings;
  /** Made with `logOptions`, so that it redacts. */
  logger: FastifyBaseLogger;
  /** A fresh `req_…`, for requests that bring no id. */
  makeRequestId: () => string;
  /** The most bytes of a body. Default 1 MiB. */
  bodyLimit?: number;
  /** Serve `/docs`. Default true. */
  docs?: boolean;
  /** Told of every request that was answered, for metrics. */
  onAnswer?: (answer: Answered) => void;
  /** Fail a request whose answer is not as the contract says, not just log it. Default false. */
  strictAnswers?: boolean;
  /** Counts requests; without one there is no limit. */
  limiter?: RateLimiter;
  /** What streams of events follow; there are none unless given. */
  streaming?: Omit<EventStreamOptions, 'requests'>;
  /** How long what is running may go on once the server closes. Default 5 s. */
  closingMaxMs?: number;
  /** Whose `X-Forwarded-*` to believe, as Fastify takes it. Default false: nobody's. */
  trustProxy?: boolean | string | string[];
}

const defaultBodyLimit = 1024 * 1024;
const usualClosingMaxMs = 5_000;
/** Of the request's target, in characters. Node ends at 16 KiB for it and the headers together. */
const urlLengthMax = 8192;

/**
 * Makes the server; `await app.ready()` or `app.listen(…)` starts it, `app.close()` stops it: what
 * is running is answered, for a time, and what comes after gets `unavailable`.
 * @throws Error when the contract and the bindings do not fit each other
 */
export function createServer(options: ServerOptions): FastifyInstance {
  const { requests, spec, bindings, waits, docs = true, strictAnswers = false } = options;
  const bodyLimit = options.bodyLimit ?? defaultBodyLimit;
  const app = createApp({ ...options, bodyLimit });
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    options.waits?.stop();
  });
  guardRequests(app, () => closing);
  hangUpWhenClosing(app, () => closing);
  cutOffWhenClosing(app, options.closingMaxMs ?? usualClosingMaxMs);
  logRequests(app, options.onAnswer ?? (() => {}));
  acceptJsonBodies(app);
  serveHealth(app, requests);
  serveContract(app, spec);
  serveErrorPages(app);
  if (docs) serveDocs(app, spec);
  const { limiter, streaming } = options;
  const streams = streaming && createEventStreams(app, { requests, ...streaming });
  const serving = { requests, spec, bindings, bodyLimit, limiter, strictAnswers, waits, streams };
  bindOperations(app, serving);
  return app;
}

function createApp(options: ServerOptions & { bodyLimit: number }): FastifyInstance {
  const { logger, makeRequestId, bodyLimit, trustProxy = false } = options;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'request_id',
    }),
    genReqId: (request) => requestIdOf(request, makeRequestId),
    bodyLimit,
    trustProxy,
    // What can be read answers HEAD too, as RFC 9110 wants of every server.
    exposeHeadRoutes: true,
    // Fastify's own 503 is no problem document; guardRequests has ours.
    return503OnClosing: false,
    // Longer parts are for the schema to refuse, which can name them.
    routerOptions: { maxParamLength: urlLengthMax },
    frameworkErrors: handleRoutingError,
    clientErrorHandler: socketErrorHandler(makeRequestId),
    requestTimeout: requestTimeoutMs,
    http: protocolOptions,
    rewriteUrl: originForm,
  });
  answerExpectations(app.server);
  refuseTunnels(app.server, makeRequestId);
  return app;
}

/** Lets a connection that was busy when the server began to close end with its answer. */
function hangUpWhenClosing(app: FastifyInstance, isClosing: () => boolean): void {
  app.addHook('onSend', (_, reply, payload, done) => {
    if (isClosing()) reply.header('connection', 'close');
    done(null, payload);
  });
}

/** A client that does not read its answer, or send its request, does not keep the process. */
function cutOffWhenClosing(app: FastifyInstance, closingMaxMs: number): void {
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), closingMaxMs).unref();
  });
}

/** Everything that is settled before a body is read or a key is looked at. */
function guardRequests(app: FastifyInstance, isClosing: () => boolean): void {
  const refuseRoute = watchRoutes(app);
  app.decorateRequest('caller', null);
  app.decorateRequest('traceId', null);
  app.decorateRequest('endsLater', false);
  app.decorateRequest('refusedAs', null);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((request, reply) => {
    throw refuseRoute(request, reply);
  });
  app.addHook('onRequest', (request, reply, done) => {
    setReplyHeaders(request, reply);
    joinTrace(request, reply);
    const fault = protocolFault(request.raw);
    if (fault !== null) {
      reply.header('connection', 'close');
      done(refuse('invalid_request', fault));
    } else if ((request.raw.url?.length ?? 0) > urlLengthMax) {
      done(refuse('invalid_request', `The URL is longer than ${urlLengthMax} characters.`));
    } else if (request.is404) {
      done(refuseRoute(request, reply));
    } else if (isClosing() && request.routeOptions.url !== '/livez') {
      done(refuse('unavailable', 'The service is stopping; another replica may serve this.'));
    } else {
      done();
    }
  });
}
