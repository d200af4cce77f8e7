// EC2's filters: values of one filter are alternatives, filters must all match, `*` and `?` are
// wildcards that a backslash escapes. Matching is case-sensitive.

import type { Filter } from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import type { Tags } from '../../world/resources.ts';

/** Per filter name, the values an item has for it. */
export type FilterFields<T> = Readonly<
  Record<string, (item: T) => string | readonly string[] | undefined>
>;

/**
 * The items that every filter matches, in their order.
 * @param tagsOf lets `tag:<key>` and `tag-key` be used; without it they are unknown filters.
 * @throws AwsError InvalidFilter for a name the operation does not have (seen in the field:
 * "The filter 'vpc-id' is invalid").
 */
export function filtered<T>(
  items: Iterable<T>,
  filters: readonly Filter[] | undefined,
  fields: FilterFields<T>,
  tagsOf?: (item: T) => Tags,
): Iterable<T> {
  const tests = (filters ?? []).map((filter) => filterTest(filter, fields, tagsOf));
  return tests.length === 0 ? items : passing(items, tests);
}

function* passing<T>(items: Iterable<T>, tests: readonly ((item: T) => boolean)[]): Iterable<T> {
  for (const item of items) if (tests.every((test) => test(item))) yield item;
}

function filterTest<T>(
  filter: Filter,
  fields: FilterFields<T>,
  tagsOf: ((item: T) => Tags) | undefined,
): (item: T) => boolean {
  const { Name: name = '', Values: values = [] } = filter;
  const valuesOf = fieldOf(name, fields, tagsOf);
  if (!valuesOf) throw new AwsError('InvalidFilter', `The filter '${name}' is invalid`);
  const patterns = values.map(wildcardPattern);
  return (item) => {
    const found = valuesOf(item);
    const candidates = found === undefined ? [] : typeof found === 'string' ? [found] : found;
    return candidates.some((text) => patterns.some((pattern) => pattern.test(text)));
  };
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

function wildcardPattern(value: string): RegExp {
  let pattern = '';
  for (const [, escaped, char = ''] of value.matchAll(/\\(.)|([\s\S])/g)) {
    if (escaped !== undefined) pattern += literal(escaped);
    else if (char === '*') pattern += '[\\s\\S]*';
    else if (char === '?') pattern += '[\\s\\S]';
    else pattern += literal(char);
  }
  return new RegExp(`^${pattern}$`);
}

function literal(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
