// The body of every failure (RFC 9457), made of the catalogue and of what is wrong this time.

import { errorCatalogue } from '../domain/errors.ts';
import type { Actor, ErrorCode, FieldError, Refusal } from '../domain/errors.ts';

/** On the wire as it is; its schema is `Problem` in openapi.json. */
export interface Problem {
  /** Relative to the service, and resolvable: the page of the code. */
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: ErrorCode;
  request_id: string;
  errors?: FieldError[];
  remediation: { actor: Actor; action: string; command: string | null };
}

export const problemMediaType = 'application/problem+json; charset=utf-8';

/** Where the error pages are: `type` is a link to one of them. */
export const errorPagesPath = '/errors';

/**
 * The problem document of a refusal.
 * @param target the request's target; its query is left out, because people put secrets there
 */
export function toProblem(refusal: Refusal, requestId: string, target: string): Problem {
  const { code, message, fields, command } = refusal;
  const { status, title, remediation } = errorCatalogue[code];
  return {
    type: `${errorPagesPath}/${code}`,
    title,
    status,
    detail: message,
    instance: target.split('?', 1)[0]!,
    code,
    request_id: requestId,
    ...(fields.length > 0 && { errors: fields }),
    remediation: { ...remediation, command: command ?? remediation.command },
  };
}

/** Headers that a code always comes with, besides the status. */
export function problemHeaders(code: ErrorCode): Record<string, string> {
  if (code === 'unauthenticated') return { 'www-authenticate': 'Bearer realm="sallyport"' };
  if (code === 'unavailable') return { 'retry-after': '2' };
  if (code === 'too_many_open') return { 'retry-after': '5' };
  if (code === 'idempotency_in_progress') return { 'retry-after': '1' };
  return {};
}
