// The record sets of a zone: found by key and by name, and kept in the order they are listed in,
// so that no call has to sort or copy a zone of ten thousand records.

import { reversedName } from './dns-names.ts';
import type { RecordSet } from './record-set.ts';
import { createSortedSet, type SortedSet } from '../sorted-set.ts';

export interface RecordTable {
  readonly size: number;
  get(key: string): RecordSet | undefined;
  has(key: string): boolean;
  set(key: string, record: RecordSet): void;
  delete(key: string): void;
  values(): Iterable<RecordSet>;
  /** All record sets of one name. */
  at(name: string): RecordSet[];
  /** Whether there is a record set of this name or of one below it. */
  hasAtOrBelow(name: string): boolean;
  /** Record sets from a place on, in Route 53's order; `place` is from placeOf, or '' to begin. */
  from(place: string, count: number): RecordSet[];
  /** Record sets never change, so that a copy shares them. */
  copy(): RecordTable;
}

interface Place {
  readonly place: string;
}

interface Entry extends Place {
  readonly record: RecordSet;
}

/** Where a record set stands in a listing: by reversed name, then type, then identifier. */
export function placeOf(name: string, type?: string, setIdentifier?: string): string {
  if (type === undefined) return reversedName(name);
  return `${reversedName(name)}\0${type}\0${setIdentifier ?? ''}`;
}

export function createRecordTable(): RecordTable {
  return around(createSortedSet<Entry, Place>((a, b) => compareText(a.place, b.place)));
}

function around(entries: SortedSet<Entry, Place>): RecordTable {
  const get = (key: string) => entries.at({ place: placeOfKey(key) })?.record;
  return {
    get size() {
      return entries.size;
    },
    get,
    has: (key) => get(key) !== undefined,
    set: (key, record) => entries.add({ place: placeOfKey(key), record }),
    delete: (key) => entries.remove({ place: placeOfKey(key) }),
    values: () => [...entries].map(({ record }) => record),
    at: (name) => startingWith(entries, `${placeOf(name)}\0`),
    hasAtOrBelow: (name) => first(entries, placeOf(name))?.place.startsWith(placeOf(name)) ?? false,
    from: (place, count) => upTo(entries.from({ place }), count),
    copy: () => around(entries.copy()),
  };
}

// Neither names, which are escaped, nor types contain a space; identifiers may.
function placeOfKey(key: string): string {
  const [name = '', type, ...identifier] = key.split(' ');
  return placeOf(name, type, identifier.join(' '));
}

function first(entries: SortedSet<Entry, Place>, place: string): Entry | undefined {
  for (const entry of entries.from({ place })) return entry;
  return undefined;
}

function startingWith(entries: SortedSet<Entry, Place>, prefix: string): RecordSet[] {
  const found: RecordSet[] = [];
  for (const { place, record } of entries.from({ place: prefix })) {
    if (!place.startsWith(prefix)) break;
    found.push(record);
  }
  return found;
}

function upTo(entries: Iterable<Entry>, count: number): RecordSet[] {
  const found: RecordSet[] = [];
  for (const { record } of entries) {
    if (found.length >= count) break;
    found.push(record);
  }
  return found;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
