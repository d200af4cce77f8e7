// EC2's filters: values of one filter are alternatives, filters must all match, `*` and `?` are
// wildcards that a backslash escapes. Matching is case-sensitive.

import type { Filter } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import type { Listing } from '../../../world/collection.ts';
import type { Tags } from '../../../world/resources.ts';
import { type Glob, globOf } from './globs.ts';

/** Per filter name, the values an item has for it. */
export type FilterFields<T> = Readonly<
  Record<string, (item: T) => string | readonly string[] | undefined>
>;

type Filters = readonly Filter[] | undefined;

// Seen in the field: "The maximum number of filter values specified on a single call is 200, you
// have specified 201".
const MOST_VALUES = 200;

/**
 * The items that every filter matches, in their order; of a Listing, a Listing.
 * @param tagsOf lets `tag:<key>` and `tag-key` be used; without it they are unknown filters.
 * @throws AwsError InvalidFilter for a name the operation does not have (seen in the field:
 * "The filter 'vpc-id' is invalid"), FilterLimitExceeded for too many values.
 */
export function filtered<T>(
  items: Iterable<T> | Listing<T>,
  filters: Filters,
  fields: FilterFields<T>,
  tagsOf?: (item: T) => Tags,
): Iterable<T> {
  checkCount(filters ?? []);
  const tests = (filters ?? []).map((filter) => filterTest(filter, fields, tagsOf));
  if (tests.length === 0) return items;
  const pass = (item: T) => tests.every((test) => test(item));
  return 'after' in items ? where(items, pass) : passing(items, pass);
}

/** The part of a list that a test holds for, which can be entered anywhere as well. */
export function where<T>(items: Listing<T>, test: (item: T) => boolean): Listing<T> {
  return {
    [Symbol.iterator]: () => passing(items, test)[Symbol.iterator](),
    after: (order) => passing(items.after(order), test),
  };
}

function* passing<T>(items: Iterable<T>, test: (item: T) => boolean): Iterable<T> {
  for (const item of items) if (test(item)) yield item;
}

function checkCount(filters: readonly Filter[]): void {
  const given = filters.reduce((sum, { Values = [] }) => sum + Values.length, 0);
  if (given <= MOST_VALUES) return;
  throw new AwsError(
    'FilterLimitExceeded',
    `The maximum number of filter values specified on a single call is ${MOST_VALUES}, you have ` +
      `specified ${given}`,
  );
}

function filterTest<T>(
  filter: Filter,
  fields: FilterFields<T>,
  tagsOf: ((item: T) => Tags) | undefined,
): (item: T) => boolean {
  const { Name: name = '', Values: values = [] } = filter;
  const valuesOf = fieldOf(name, fields, tagsOf);
  if (!valuesOf) throw new AwsError('InvalidFilter', `The filter '${name}' is invalid`);
  const globs = values.map(globOf);
  const plain = new Set(globs.flatMap(({ plain: text }) => text ?? []));
  const patterns = globs.filter((glob) => glob.plain === undefined);
  return (item) => {
    const found = valuesOf(item);
    const candidates = found === undefined ? [] : typeof found === 'string' ? [found] : found;
    return candidates.some((text) => plain.has(text) || matchesAny(patterns, text));
  };
}

function matchesAny(patterns: readonly Glob[], text: string): boolean {
  return patterns.some((pattern) => pattern.matches(text));
}

function fieldOf<T>(
  name: string,
  fields: FilterFields<T>,
  tagsOf: ((item: T) => Tags) | undefined,
): FilterFields<T>[string] | undefined {
  if (Object.hasOwn(fields, name)) return fields[name];
  if (!tagsOf) return undefined;
  if (name === 'tag-key') return (item) => [...tagsOf(item).keys()];
  if (name.startsWith('tag:')) return (item) => tagsOf(item).get(name.slice(4));
  return undefined;
}
