// Answers every failure below Fastify with a problem document, and logs what is our own doing.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorCatalogue } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { problemHeaders, problemMediaType, toProblem } from '../problem.ts';
import { setReplyHeaders } from '../reply-headers.ts';
import { classify } from './classification.ts';

/** For everything thrown by a hook, a parser, a handler or a use case. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = classify(error);
  request.refusedAs = refusal.code;
  // What was thrown as a refusal needs no stack: whoever threw it has said all there is to say.
  if (error !== refusal) logCause(refusal.code, error, request);
  const problem = toProblem(refusal, request.id, request.raw.url ?? '');
  // A string, and not an object, so that nothing between here and the socket can fail on it.
  reply
    .code(errorCatalogue[refusal.code].status)
    .headers(problemHeaders(refusal.code))
    .header('content-type', problemMediaType)
    .send(JSON.stringify(problem));
}

/** For errors of the router itself, which come before every hook. */
export function handleRoutingError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  setReplyHeaders(request, reply);
  handleError(error, request, reply);
}

function logCause(code: ErrorCode, error: unknown, request: FastifyRequest): void {
  if (code === 'internal_error') request.log.error({ err: error }, 'request failed');
  if (code === 'unavailable') request.log.warn({ err: error }, 'request not served');
}
