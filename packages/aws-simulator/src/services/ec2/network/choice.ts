// Finding what a caller names by id, or all that it has: own things, and things shared with it.

import type { AwsError } from '../../../aws-error.ts';
import type { ErrorCode } from '../../../error-codes.ts';
import type { Collection, Listing } from '../../../world/collection.ts';
import { type Owned, ownerKey } from '../../../world/resources.ts';
import type { Call } from '../../call.ts';
import { checkId } from '../errors.ts';

export interface IdRule {
  readonly prefix: string;
  readonly malformed: ErrorCode;
  notFound(id: string): AwsError;
}

/**
 * Things by id, or all of them, in growing order.
 * @param shared what the caller sees besides its own.
 * @throws AwsError when an id is malformed, or the caller has no such thing here.
 */
export function chosen<T extends Owned>(
  call: Call<object>,
  collection: Collection<T>,
  ids: readonly string[] | undefined,
  rule: IdRule,
  shared: readonly T[] = [],
): Iterable<T> | Listing<T> {
  if (ids) return inOrder([...new Set(ids)].map((id) => named(call, collection, id, rule, shared)));
  const own = collection.by('owner', ownerKey(call.account, call.region));
  return shared.length === 0 ? own : inOrder([...own, ...shared]);
}

/** @throws AwsError when the id is malformed, or the caller has no such thing here. */
export function named<T extends Owned>(
  { account, region }: Call<object>,
  collection: Collection<T>,
  id: string,
  rule: IdRule,
  shared: readonly T[] = [],
): T {
  checkId(id, rule.prefix, rule.malformed);
  const item = collection.get(id);
  if (item?.account === account && item.region === region) return item;
  if (item && shared.includes(item)) return item;
  throw rule.notFound(id);
}

function inOrder<T extends Owned>(items: T[]): T[] {
  return items.sort((a, b) => a.order - b.order);
}
