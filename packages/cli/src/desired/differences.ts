// What of a declaration is not so yet. Members that an item does not name are left as they are.

import {
  bodyOf,
  type DesiredState,
  type Item,
  keyOf,
  type SectionName,
  sectionNames,
} from './document.ts';

export interface Difference {
  section: SectionName;
  key: string;
  action: 'create' | 'update';
  /** The members that would be others, with what they are now. */
  members: { name: string; before: unknown; after: unknown }[];
  /** As it is declared. */
  item: Item;
  /** What of it can be declared, as it is; undefined where it is not there. */
  before: Item | undefined;
  /** Of its PUT: what there is, with what is declared. */
  body: Item;
  /** Of the answer that it was compared with. */
  etag?: string | undefined;
}

export interface Comparison {
  differences: Difference[];
  /** How many items are as declared. */
  same: number;
  /** What is here, in sections that the file has, and not in the file. */
  others: { section: SectionName; key: string }[];
}

export function compare(wanted: DesiredState, current: DesiredState): Comparison {
  const comparison: Comparison = { differences: [], same: 0, others: [] };
  for (const section of sectionNames) {
    const items = wanted[section];
    if (items === undefined) continue;
    const there = new Map((current[section] ?? []).map((item) => [keyOf(section, item), item]));
    for (const item of items) {
      const key = keyOf(section, item);
      const found = differenceOf(section, item, there.get(key));
      if (found === undefined) comparison.same += 1;
      else comparison.differences.push(found);
      there.delete(key);
    }
    for (const key of there.keys()) comparison.others.push({ section, key });
  }
  return comparison;
}

/** Undefined when it is as declared. */
export function differenceOf(
  section: SectionName,
  item: Item,
  current: Item | undefined,
): Difference | undefined {
  const after = bodyOf(section, item);
  const before = bodyOf(section, current ?? {});
  const members = Object.keys(after)
    .filter((name) => !isSame(merged(before[name], after[name]), before[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }));
  if (current !== undefined && members.length === 0) return undefined;
  const body = { ...before };
  for (const [name, value] of Object.entries(after)) body[name] = merged(before[name], value);
  const action = current === undefined ? 'create' : 'update';
  const there = current === undefined ? undefined : before;
  return { section, key: keyOf(section, item), action, members, item, before: there, body };
}

/** Modes are declared one by one; metadata is declared whole, as a list is. */
function merged(before: unknown, after: unknown): unknown {
  const isModes = isRecord(after) && isRecord(before) && 'private_dns' in before;
  return isModes ? { ...before, ...after } : after;
}

function isRecord(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The order of members says nothing; that of items does. Times are compared as times. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => isSame(item, other[at]));
  }
  if (isRecord(one) && isRecord(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].every((name) => isSame(one[name], other[name]));
  }
  return one === other || (isTime(one) && isTime(other) && Date.parse(one) === Date.parse(other));
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value);
}
