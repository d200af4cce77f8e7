// What the world looked like before. AWS is eventually consistent: a read may be answered from a
// copy that lags. Copies of the whole world are kept only while somebody wants stale reads, since
// each one costs as much as the world is large.

import type { Collection, Item } from './collection.ts';
import type { World } from './world.ts';

export interface Past {
  /** Keeps copies from now on, for reads up to this many milliseconds old; 0 forgets them all. */
  keep(ms: number): void;
  /** Takes a copy; to be called after every change. */
  readonly note: (at: number) => void;
  /** The world at a moment; as long as nothing older is kept, the oldest copy there is. */
  at(time: number): World;
}

interface Copy {
  readonly since: number;
  /** Most are never read, so that their indexes are made when one is. */
  readonly world: () => World;
}

/** More changes than this within the time that is kept are thinned out from the oldest. */
const MOST_COPIES = 256;
/** What all copies together may hold, some hundred megabytes: of a large world, fewer are kept. */
const MOST_ITEMS = 500_000;
const FEWEST_COPIES = 8;

export function createPast(world: World): Past {
  let keptMs = 0;
  let copies: Copy[] = [];
  const copyItem = createCopying();
  const note = (at: number) => {
    if (keptMs === 0) return;
    copies.push({ since: at, world: copyOf(world, copyItem) });
    // The last copy from before the kept time is what the world was at its beginning.
    const first = copies.findLastIndex(({ since }) => since <= at - keptMs);
    copies = copies.slice(Math.max(first, 0, copies.length - mostCopies(world)));
  };
  return {
    keep: (ms) => {
      const begins = keptMs === 0 && ms > 0;
      keptMs = ms;
      if (ms === 0) copies = [];
      if (begins) note(world.schedule.now());
    },
    note,
    at: (time) => (copies.findLast(({ since }) => since <= time) ?? copies[0])?.world() ?? world,
  };
}

function mostCopies(world: World): number {
  const sizes = Object.values(world).map((value: unknown) =>
    isCollection(value) ? value.size : 0,
  );
  const size = sizes.reduce((sum, one) => sum + one, 0);
  const fitting = Math.floor(MOST_ITEMS / Math.max(size, 1));
  return Math.min(MOST_COPIES, Math.max(FEWEST_COPIES, fitting));
}

// Collections are copied with everything in them. The rest (accounts, keys, settings) has no
// operation that could show it stale.
function copyOf(world: World, copyItem: <T extends object>(item: T) => T): () => World {
  const snapshots = Object.entries(world)
    .filter((entry): entry is [string, AnyCollection] => isCollection(entry[1]))
    .map(([name, collection]) => [name, collection.snapshot(copyItem)] as const);
  let copy: World | undefined;
  return () =>
    (copy ??= { ...world, ...Object.fromEntries(snapshots.map(([name, made]) => [name, made()])) });
}

type AnyCollection = Pick<Collection<Item>, 'size' | 'snapshot'>;

function isCollection(value: unknown): value is AnyCollection {
  return typeof (value as Partial<AnyCollection> | undefined)?.snapshot === 'function';
}

/** Of an item that is as it was, the copy from before: most are, and to look costs less. */
function createCopying(): <T extends object>(item: T) => T {
  const last = new WeakMap<object, object>();
  return <T extends object>(item: T) => {
    const earlier = last.get(item);
    if (earlier && isSame(item, earlier)) return earlier as T;
    const copy = copied(item);
    last.set(item, copy);
    return copy;
  };
}

/** Never true of what knows how to copy itself, as only that knows what is in it. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (one.constructor !== other.constructor || one instanceof Date) return false;
  if (isCollection(one) || isCopyable(one)) return false;
  if (Array.isArray(one)) return isSameList(one, other as unknown[]);
  if (one instanceof Map) return isSameList([...one].flat(), [...(other as typeof one)].flat());
  if (one instanceof Set) return isSameList([...one], [...(other as typeof one)]);
  return isSameObject(one as Record<string, unknown>, other as Record<string, unknown>);
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
}

function isSameObject(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  );
}

interface Copyable {
  copy(): unknown;
}

function isCopyable(value: unknown): value is Copyable {
  return typeof (value as Partial<Copyable> | undefined)?.copy === 'function';
}

/** Objects down to the last; what is not plain data knows how to copy itself. */
function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return copiedObject(value) as T;
}

function copiedObject(value: object): unknown {
  if (isCollection(value)) return value.snapshot(copied)();
  if (isCopyable(value)) return value.copy();
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, copied(item)]));
  if (value instanceof Set) return new Set(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copied(item)]));
}
