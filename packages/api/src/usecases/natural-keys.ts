// Natural keys of two parts: `<customer>:<service>` of a grant, `<customer>:<number>` of an
// account.

/**
 * The customer, and what comes after the last colon: a customer's `external_id` may hold colons.
 * Null for a key of one part.
 */
export function partsOfKey(key: string): [customer: string, other: string] | null {
  const at = key.lastIndexOf(':');
  return at < 1 || at === key.length - 1 ? null : [key.slice(0, at), key.slice(at + 1)];
}
