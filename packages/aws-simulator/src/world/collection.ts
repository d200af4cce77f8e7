// Items by id, with secondary indexes. Every index keeps its items in the order they were made in
// and can be entered anywhere, so that a page of a list costs the same wherever it begins.

import { createSortedSet, type SortedSet } from './sorted-set.ts';

/** Under a symbol, so that it is no part of what an item says when it is written out. */
export const filing: unique symbol = Symbol('filing');

export interface Item {
  readonly id: string;
  /** Grows with everything made; lists and page tokens go by it. */
  readonly order: number;
  /** The collection an item is in; set by it. */
  [filing]?: Filing | undefined;
}

/** What has to know when an item changes. */
export interface Filing {
  change(item: object, edit: () => void): void;
}

/** A list in growing order. It goes on as it was begun, whatever is changed meanwhile. */
export interface Listing<T> extends Iterable<T> {
  /** The items with a higher order. */
  after(order: number): Iterable<T>;
}

export interface SizedListing<T> extends Listing<T> {
  readonly size: number;
}

export interface Collection<T extends Item> extends Filing {
  readonly size: number;
  get(id: string): T | undefined;
  has(id: string): boolean;
  keys(): Iterable<string>;
  values(): SizedListing<T>;
  /** The item with this id, if there is one, as a list. */
  only(id: string): SizedListing<T>;
  by(index: string, key: string): SizedListing<T>;
  count(index: string, key: string): number;
  /** @throws Error when the id is taken. */
  add(item: T): T;
  remove(id: string): void;
  /** Makes an edit of something that an index is built from; `move` in states.ts does so itself. */
  change(item: object, edit: () => void): void;
  /** Copies the items as they are now; the collection of them is made when it is asked for. */
  snapshot(copyItem: (item: T) => T): () => Collection<T>;
  /** Where an index says otherwise than the items; only an edit without `change` makes it so. */
  disagreements(): string[];
}

/** The key of an item in an index, or undefined when it is not in it. */
export type IndexKey<T> = (item: T) => string | undefined;

/**
 * @param idOf what `get` finds an item by, where that is not its own id.
 * @param told of an item after it came, changed or went.
 */
export function createCollection<T extends Item>(
  indexes: Readonly<Record<string, IndexKey<T>>> = {},
  idOf: (item: T) => string = ({ id }) => id,
  told: (item: T) => void = () => undefined,
): Collection<T> {
  const items = new Map<string, T>();
  const all = createBucket<T>();
  const files = new Map(Object.entries(indexes).map(([name, key]) => [name, createFile(key)]));
  const fileNamed = (index: string) => {
    const file = files.get(index);
    if (!file) throw new Error(`There is no index '${index}'`);
    return file;
  };
  const collection: Collection<T> = {
    get size() {
      return items.size;
    },
    get: (id) => items.get(id),
    has: (id) => items.has(id),
    keys: () => items.keys(),
    values: () => listing(all),
    only: (id) => single(items.get(id)),
    by: (index, key) => listing(fileNamed(index).bucket(key)),
    count: (index, key) => fileNamed(index).bucket(key)?.size ?? 0,
    add: (item) => {
      if (items.has(idOf(item))) throw new Error(`The id ${idOf(item)} is taken`);
      items.set(idOf(item), item);
      all.add(item);
      for (const file of files.values()) file.add(item, file.keyOf(item));
      item[filing] = collection;
      told(item);
      return item;
    },
    remove: (id) => {
      const item = items.get(id);
      if (!item) return;
      items.delete(id);
      all.remove(item);
      for (const file of files.values()) file.remove(item, file.keyOf(item));
      item[filing] = undefined;
      told(item);
    },
    change: (given, edit) => {
      const item = items.get(idOf(given as T));
      if (item !== given) {
        edit();
        return;
      }
      const before = [...files.values()].map((file) => file.keyOf(item));
      edit();
      [...files.values()].forEach((file, index) => file.move(item, before[index]));
      told(item);
    },
    snapshot: (copyItem) => {
      const copies = [...items.values()].map(copyItem);
      return () => {
        const collection = createCollection(indexes, idOf);
        for (const item of copies) collection.add(item);
        return collection;
      };
    },
    disagreements: () => [...files].flatMap(([name, file]) => file.disagreements(name, all)),
  };
  return collection;
}

type Place = Pick<Item, 'id' | 'order'>;

type Bucket<T extends Item> = SortedSet<T, Place>;

function createBucket<T extends Item>(): Bucket<T> {
  return createSortedSet<T, Place>((a, b) => a.order - b.order || compareText(a.id, b.id));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function listing<T extends Item>(bucket: Bucket<T> | undefined): SizedListing<T> {
  return {
    size: bucket?.size ?? 0,
    [Symbol.iterator]: () => (bucket ?? [])[Symbol.iterator](),
    // Orders are whole numbers, and no id sorts before the empty one.
    after: (order) => bucket?.from({ order: order + 1, id: '' }) ?? [],
  };
}

function single<T extends Item>(item: T | undefined): SizedListing<T> {
  const list = item ? [item] : [];
  return {
    size: list.length,
    [Symbol.iterator]: () => list[Symbol.iterator](),
    after: (after) => list.filter(({ order }) => order > after),
  };
}

/** One index: the items by key. */
function createFile<T extends Item>(keyOf: IndexKey<T>) {
  const buckets = new Map<string, Bucket<T>>();
  const add = (item: T, key: string | undefined) => {
    if (key === undefined) return;
    const bucket = buckets.get(key) ?? createBucket<T>();
    bucket.add(item);
    buckets.set(key, bucket);
  };
  const remove = (item: T, key: string | undefined) => {
    if (key === undefined) return;
    const bucket = buckets.get(key);
    bucket?.remove(item);
    if (bucket?.size === 0) buckets.delete(key);
  };
  return {
    keyOf,
    add,
    remove,
    bucket: (key: string) => buckets.get(key),
    move: (item: T, before: string | undefined) => {
      const key = keyOf(item);
      if (key === before) return;
      remove(item, before);
      add(item, key);
    },
    disagreements: (name: string, all: Iterable<T>) => {
      const expected = [...all].filter((item) => keyOf(item) !== undefined);
      const missing = expected.filter((item) => !buckets.get(keyOf(item) ?? '')?.at(item));
      const filed = [...buckets.values()].reduce((sum, { size }) => sum + size, 0);
      const strange = filed - (expected.length - missing.length);
      return [
        ...missing.map(({ id }) => `${id} is not where the index ${name} should have it`),
        ...(strange > 0 ? [`${strange} items too many are in the index ${name}`] : []),
      ];
    },
  };
}
