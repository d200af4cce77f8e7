// The headers of every answer, and the id by which a request is found again.

import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * For answers that are data: a browser may neither render, frame, cache nor guess them. Strict
 * Transport Security is left to whatever terminates TLS in front of this service.
 */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Ids of proxies and tracers pass, such as a UUID or `Root=1-67891233-abcdef`. */
const wellFormedId = /^[A-Za-z0-9][A-Za-z0-9._:;=+/@-]{0,127}$/;

/** Takes the caller's `X-Request-Id` when it is well formed, and makes one otherwise. */
export function requestIdOf(request: IncomingMessage, makeRequestId: () => string): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && wellFormedId.test(given) ? given : makeRequestId();
}

export function setReplyHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(securityHeaders).header('x-request-id', request.id);
}
