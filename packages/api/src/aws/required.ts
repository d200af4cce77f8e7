// Guards before a call and after an answer. EC2 takes an empty id for "all", so an id that is not
// one is a bug here; an answer without its id is none, as a list with holes looks like removals.

import { unexpectedAnswer } from './errors.ts';

const idForms = {
  serviceId: /^vpce-svc-[0-9a-f]+$/,
  vpcEndpointId: /^vpce-[0-9a-f]+$/,
  zoneId: /^Z[A-Z0-9]+$/,
  changeId: /^C[A-Z0-9]+$/,
} as const;

/** @throws TypeError when the id is not of its kind */
export function requireId(kind: keyof typeof idForms, id: string): string {
  if (idForms[kind].test(id)) return id;
  throw new TypeError(`"${id}" is not a ${kind}: nothing was sent.`);
}

/** @throws TypeError when the list is empty */
export function requireItems<Item>(what: string, items: Item[]): Item[] {
  if (items.length > 0) return items;
  throw new TypeError(`There are no ${what}: an empty list is never sent.`);
}

/**
 * A member that AWS always gives.
 * @throws AwsError `unavailable` when it is absent or empty
 */
export function requireMember<Value>(
  action: string,
  name: string,
  value: Value | undefined,
): NonNullable<Value> {
  if (value !== undefined && value !== null && value !== '') return value;
  throw unexpectedAnswer(action, `has no ${name}`);
}

/**
 * EC2's `return` of a change: true, or the call fails.
 * @throws AwsError `unavailable` when it says that nothing was done all the same
 */
export function requireDone(action: string, done: boolean | undefined): void {
  if (done !== true) throw unexpectedAnswer(action, 'does not say that it was done');
}
