// A set kept in the order of a comparison: adding, removing and seeking cost the logarithm of its
// size, a copy costs nothing until one of the two is changed. Around a B+ tree of a library.

import { createRequire } from 'node:module';
import type library from 'sorted-btree';

/** `Place` is what the comparison reads of an item; it marks where to begin. */
export interface SortedSet<T extends Place, Place> extends Iterable<T> {
  readonly size: number;
  /** The item at exactly this place. */
  at(place: Place): T | undefined;
  /** Puts an item at its place, instead of the one that is there. */
  add(item: T): void;
  remove(place: Place): void;
  /** The items at or after a place, as the set is now, whatever happens to it meanwhile. */
  from(place: Place): Iterable<T>;
  copy(): SortedSet<T, Place>;
}

// The package is CommonJS with a `default` export, which ES module loaders do not agree about;
// `require` means the same to all of them.
const { default: Tree } = createRequire(import.meta.url)('sorted-btree') as typeof library;

export function createSortedSet<T extends Place, Place>(
  compare: (a: Place, b: Place) => number,
): SortedSet<T, Place> {
  return around(new Tree<Place, T>(undefined, compare));
}

function around<T extends Place, Place>(
  tree: InstanceType<typeof Tree<Place, T>>,
): SortedSet<T, Place> {
  return {
    get size() {
      return tree.size;
    },
    at: (place) => tree.get(place),
    add: (item) => void tree.set(item, item),
    remove: (place) => void tree.delete(place),
    from: (place) => tree.clone().values(place),
    copy: () => around(tree.clone()),
    [Symbol.iterator]: () => tree.clone().values(),
  };
}
