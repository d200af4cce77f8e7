// Cursors of lists: a bare id inside, an opaque text outside that fits one list and its filters.
// The text is bound, not signed: a forged one shows nothing but what the caller's own key shows.

import { hash } from 'node:crypto';
import { refuse } from '../../domain/errors.ts';

/** Which list a cursor belongs to: everything but the page that changes what is listed. */
export interface CursorScope {
  operationId: string;
  params: object;
  filters: object;
}

/** The opaque cursor for the page after the item with this id. */
export function encodeCursor(after: string, scope: CursorScope): string {
  return Buffer.from(JSON.stringify([after, digest(scope)])).toString('base64url');
}

/**
 * The id after which the page starts.
 * @throws Refusal `invalid_cursor` for anything but a cursor that this list gave for these filters
 */
export function decodeCursor(cursor: string, scope: CursorScope): string {
  const [after, bound] = parse(cursor);
  if (typeof after !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(after)) {
    throw refuse('invalid_cursor', 'The cursor was not given by this service.');
  }
  if (bound !== digest(scope)) {
    throw refuse('invalid_cursor', 'The cursor belongs to another list, or to other filters.');
  }
  return after;
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** Enough to notice a mix-up; nothing depends on it being hard to forge. */
function digest({ operationId, params, filters }: CursorScope): string {
  const parts = [operationId, sorted(params), sorted(filters)];
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 12);
}

function sorted(object: object): [string, unknown][] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}
