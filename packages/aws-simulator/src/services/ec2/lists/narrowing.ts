// Finding the least that has to be read for a filtered list: whichever index holds fewest of what
// a filter can match. The filters are still applied to what is read.

import type { Filter } from '@aws-sdk/client-ec2';
import type { Listing, SizedListing } from '../../../world/collection.ts';
import { globOf } from './globs.ts';

/** Per filter name, the items with a value for it. */
export type Shelves<T> = Readonly<Record<string, (value: string) => SizedListing<T>>>;

/**
 * The shortest list in which everything is that the filters can match.
 * @param all everything there is without filters; shelves may hold things that it does not.
 */
export function narrowed<T extends { readonly order: number }>(
  all: SizedListing<T>,
  filters: readonly Filter[] | undefined,
  shelves: Shelves<T>,
): Listing<T> {
  let best: readonly SizedListing<T>[] = [all];
  for (const filter of filters ?? []) {
    const found = listsOf(filter, shelves);
    if (found && sizeOf(found) < sizeOf(best)) best = found;
  }
  const [only, ...others] = best;
  if (only && others.length === 0) return only;
  return {
    [Symbol.iterator]: () => merged(best)[Symbol.iterator](),
    after: (order) => merged(best.map((list) => list.after(order))),
  };
}

/** Undefined where a filter has no shelves or a wildcard. */
function listsOf<T>({ Name = '', Values = [] }: Filter, shelves: Shelves<T>) {
  const shelf = Object.hasOwn(shelves, Name) ? shelves[Name] : undefined;
  const values = Values.map((value) => globOf(value).plain);
  if (!shelf || values.includes(undefined)) return undefined;
  return [...new Set(values)].map((value) => shelf(value ?? ''));
}

function sizeOf(lists: readonly { readonly size: number }[]): number {
  return lists.reduce((sum, { size }) => sum + size, 0);
}

/** Several lists in growing order as one. */
function* merged<T extends { readonly order: number }>(lists: readonly Iterable<T>[]): Iterable<T> {
  const iterators = lists.map((list) => list[Symbol.iterator]());
  const heads = iterators.map(nextOf);
  for (;;) {
    const orders = heads.map((head) => head?.order ?? Number.POSITIVE_INFINITY);
    const first = orders.indexOf(Math.min(...orders));
    const [head, iterator] = [heads[first], iterators[first]];
    if (!head || !iterator) return;
    yield head;
    heads[first] = nextOf(iterator);
  }
}

function nextOf<T>(iterator: Iterator<T, unknown>): T | undefined {
  const next = iterator.next();
  return next.done ? undefined : next.value;
}
