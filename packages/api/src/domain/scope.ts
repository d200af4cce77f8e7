// What a key may do beyond its role: an area of the API, to be read or also changed. Which scope an
// operation takes is said once, in the contract (`x-scope`).

/** `read`, `<area>:read` or `<area>:write`; the areas are in the contract. */
export type Scope = string;

/**
 * True when a key with these scopes may use an operation that takes `needed`, which is `any` for
 * one that is open to every key of its roles. No scopes at all mean no limit but the role. Who may
 * change an area may read it, as a change answers with what is there.
 */
export function allows(scopes: readonly Scope[], needed: Scope): boolean {
  if (scopes.length === 0 || needed === 'any' || scopes.includes(needed)) return true;
  const [area, access] = needed.split(':');
  return access === 'read' && (scopes.includes('read') || scopes.includes(`${area}:write`));
}

/** The first of the wanted scopes that these do not hold, or null: who gives, gives no more. */
export function beyond(scopes: readonly Scope[], wanted: readonly Scope[]): Scope | null {
  if (scopes.length === 0) return null;
  if (wanted.length === 0) return 'everything that the role may';
  const has = (scope: Scope) => (scope === 'read' ? scopes.includes(scope) : allows(scopes, scope));
  return wanted.find((scope) => !has(scope)) ?? null;
}
