// Gives everything that can be thrown while a request is served its place in the error catalogue.

import { Refusal, refuse } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { isOutage } from './outage.ts';

/** Fastify's own errors, by its codes; they are all about what the caller sent. */
const frameworkErrors: Record<string, [ErrorCode, string]> = {
  FST_ERR_BAD_URL: ['invalid_request', 'The path is not correctly percent-encoded.'],
  FST_ERR_MAX_PARAM_LENGTH: ['invalid_request', 'A part of the path is too long.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', 'The body is larger than this path takes.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'The body is not declared as JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'invalid_request',
    'The body is not as long as its Content-Length says.',
  ],
};

/** The refusal to answer with. All but `internal_error` and `unavailable` is the caller's doing. */
export function classify(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const known = frameworkErrors[codeOf(error)];
  if (known) return refuse(...known);
  if (isBrokenUpload(error)) return refuse('invalid_request', 'The body did not arrive in full.');
  if (isOutage(error)) {
    return refuse(
      'unavailable',
      'The database does not answer. Nothing is wrong with the request.',
    );
  }
  return refuse('internal_error', 'The log has the details under this request id.');
}

/** A request whose body broke off: Node's error carries ECONNRESET, and Fastify adds the status. */
function isBrokenUpload(error: unknown): boolean {
  return codeOf(error) === 'ECONNRESET' && (error as { statusCode?: unknown }).statusCode === 400;
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}
