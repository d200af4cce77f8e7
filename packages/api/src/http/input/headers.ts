// The headers that are parameters: what repeats a request safely, and what it depends on.

import type { IncomingHttpHeaders } from 'node:http';
import { refuse, refuseInput } from '../../domain/errors.ts';
import { parseTags, type TagList } from '../entity-tags.ts';
import type { SpecOperation } from '../spec.ts';

export interface HeaderInput {
  idempotencyKey: string | null;
  ifMatch: TagList | null;
  ifNoneMatch: TagList | null;
}

/** Each is read only where the contract declares it. */
const headerNames = ['Idempotency-Key', 'If-Match', 'If-None-Match'];

/**
 * Makes the reader of an operation's headers.
 * @throws Error at start, when the contract has a header parameter that nobody would read
 */
export function createHeaderReader(
  operation: SpecOperation,
): (headers: IncomingHttpHeaders) => HeaderInput {
  const { operationId, parameters = [] } = operation;
  const names = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  const unread = names.find((name) => !headerNames.includes(name));
  if (unread) throw new Error(`${operationId} has a header that nobody reads: ${unread}.`);
  const takes = new Set(names);
  return (headers) => ({
    idempotencyKey: takes.has('Idempotency-Key') ? readIdempotencyKey(headers) : null,
    ifMatch: takes.has('If-Match') ? readTags(headers, 'If-Match') : null,
    ifNoneMatch: takes.has('If-None-Match') ? readTags(headers, 'If-None-Match') : null,
  });
}

/** 1 to 255 visible ASCII characters. A header sent twice arrives joined by ", " and is refused. */
function readIdempotencyKey(headers: IncomingHttpHeaders): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  const detail = 'The Idempotency-Key must be 1 to 255 visible ASCII characters, sent once.';
  throw refuse('invalid_idempotency_key', detail);
}

function readTags(headers: IncomingHttpHeaders, parameter: string): TagList | null {
  const text = headers[parameter.toLowerCase()];
  if (text === undefined) return null;
  const tags = parseTags(String(text));
  if (tags !== null) return tags;
  const detail = `\`${parameter}\` must be \`*\`, or the ETag of an answer with its quotes.`;
  throw refuseInput({ parameter }, detail);
}
