// A plain map by id with secondary indexes. What an index is built from must not change while an
// item is inside. Iteration is in order of insertion, which is also the order of `seq`.

export interface Item {
  readonly id: string;
}

export interface Collection<T extends Item> {
  readonly size: number;
  get(id: string): T | undefined;
  /** Items by index, in order of insertion. */
  by(index: string, key: string): Iterable<T>;
  count(index: string, key: string): number;
  values(): Iterable<T>;
  /** @throws Error when the id is taken. */
  add(item: T): T;
  remove(id: string): void;
}

/** @param indexes per index name, the key of an item in it. */
export function createCollection<T extends Item>(
  indexes: Readonly<Record<string, (item: T) => string>> = {},
): Collection<T> {
  const items = new Map<string, T>();
  const buckets = new Map<string, Map<string, T>>();
  const bucketName = (index: string, key: string) => `${index} ${key}`;
  const bucketsOf = (item: T) =>
    Object.entries(indexes).map(([index, keyOf]) => bucketName(index, keyOf(item)));
  return {
    get size() {
      return items.size;
    },
    get: (id) => items.get(id),
    by: (index, key) => buckets.get(bucketName(index, key))?.values() ?? [],
    count: (index, key) => buckets.get(bucketName(index, key))?.size ?? 0,
    values: () => items.values(),
    add: (item) => {
      if (items.has(item.id)) throw new Error(`The id ${item.id} is taken`);
      items.set(item.id, item);
      for (const name of bucketsOf(item)) {
        const bucket = buckets.get(name) ?? new Map<string, T>();
        bucket.set(item.id, item);
        buckets.set(name, bucket);
      }
      return item;
    },
    remove: (id) => {
      const item = items.get(id);
      if (!item) return;
      items.delete(id);
      for (const name of bucketsOf(item)) {
        const bucket = buckets.get(name);
        bucket?.delete(id);
        if (bucket?.size === 0) buckets.delete(name);
      }
    },
  };
}
