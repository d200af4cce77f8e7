// A zone's records as a batch would leave them, without touching the zone: only what the batch
// changes is kept, so that a small batch costs little in a large zone.

import { type RecordSet, recordKey } from '../../world/dns/record-set.ts';
import type { RecordTable } from '../../world/dns/record-table.ts';

/** A record set of the batch, or undefined where it leaves none. */
export type Changed = ReadonlyMap<string, RecordSet | undefined>;

export interface RecordDraft {
  readonly size: number;
  get(key: string): RecordSet | undefined;
  at(name: string): RecordSet[];
  set(record: RecordSet): void;
  remove(record: RecordSet): void;
  /** By record key. */
  changed(): Changed;
}

export function createDraft(records: RecordTable): RecordDraft {
  const changed = new Map<string, RecordSet | undefined>();
  const keysAt = new Map<string, Set<string>>();
  let size = records.size;
  const get = (key: string) => (changed.has(key) ? changed.get(key) : records.get(key));
  const put = (of: RecordSet, record: RecordSet | undefined) => {
    const key = recordKey(of.name, of.type, of.setIdentifier);
    size += Number(record !== undefined) - Number(get(key) !== undefined);
    changed.set(key, record);
    keysAt.set(of.name, (keysAt.get(of.name) ?? new Set()).add(key));
  };
  return {
    get size() {
      return size;
    },
    get,
    at: (name) => {
      const keys = keysAt.get(name) ?? new Set<string>();
      const kept = records.at(name).filter((record) => !keys.has(keyOf(record)));
      return [...kept, ...[...keys].flatMap((key) => changed.get(key) ?? [])];
    },
    set: (record) => put(record, record),
    remove: (record) => put(record, undefined),
    changed: () => changed,
  };
}

/** Puts the changes of a draft into a table. */
export function applyChanged(changed: Changed, records: RecordTable): void {
  for (const [key, record] of changed) {
    if (record) records.set(key, record);
    else records.delete(key);
  }
}

function keyOf({ name, type, setIdentifier }: RecordSet): string {
  return recordKey(name, type, setIdentifier);
}
