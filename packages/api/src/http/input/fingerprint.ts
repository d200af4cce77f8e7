// What makes two requests the same request, for an idempotency key.

import { hash } from 'node:crypto';

export interface RequestIdentity {
  method: string;
  /** The path's template; the values are in `params`. */
  path: string;
  params: object;
  query: object;
  body: unknown;
  ifMatch?: unknown;
  ifNoneMatch?: unknown;
}

/**
 * A digest of all that makes the request, which is equal for bodies that differ only in the order
 * of their keys. It is a digest because a body may hold a secret, and the fingerprint is stored.
 */
export function fingerprint(identity: RequestIdentity): string {
  return hash('sha256', canonicalJson(identity), 'base64url');
}

/** JSON with sorted keys. The value has passed its schema, so its depth is bounded. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${canonicalMembers(value)
    .map(({ text }) => text)
    .join(',')}}`;
}

/** Each member as it stands in the canonical JSON of the object, in its order. */
export function canonicalMembers(value: object): { name: string; text: string }[] {
  const members = value as Record<string, unknown>;
  const names = Object.keys(members).filter((name) => members[name] !== undefined);
  return names.sort().map((name) => {
    return { name, text: `${JSON.stringify(name)}:${canonicalJson(members[name])}` };
  });
}
