// Collections against the simplest thing that could hold the same items: an array, searched.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCollection, type Item } from '../../src/world/collection.ts';
import { move, type Stateful } from '../../src/world/states.ts';

interface Thing extends Item, Stateful<string> {
  readonly owner: string;
}

const thing = (n: number, owner: string, state = 'new'): Thing => ({
  id: `thing-${n}`,
  order: n,
  owner,
  state,
  moves: 0,
});

const things = () =>
  createCollection<Thing>({
    owner: ({ owner }) => owner,
    state: ({ state }) => (state === 'gone' ? undefined : state),
  });

const step = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'move', 'remove'),
  n: fc.nat(40),
  owner: fc.constantFrom('a', 'b'),
  state: fc.constantFrom('new', 'used', 'gone'),
});

describe('a collection', () => {
  test('when items come, go and move, its indexes hold exactly what they should, in order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.nat(40), (steps, after) => {
        const collection = things();
        let model: Thing[] = [];
        for (const { kind, n, owner, state } of steps) {
          const known = model.find(({ order }) => order === n);
          if (kind === 'add' && !known) model.push(collection.add(thing(n, owner)));
          if (kind === 'move' && known) move(known, state);
          if (kind === 'remove' && known) {
            collection.remove(known.id);
            model = model.filter((item) => item !== known);
          }
        }
        model.sort((a, b) => a.order - b.order);
        expect([...collection.values()]).toEqual(model);
        for (const [index, key] of [
          ['owner', 'a'],
          ['owner', 'b'],
          ['state', 'new'],
          ['state', 'used'],
        ] as const) {
          const expected = model.filter((item) => item[index] === key);
          expect([...collection.by(index, key)]).toEqual(expected);
          expect(collection.count(index, key)).toBe(expected.length);
          const later = expected.filter(({ order }) => order > after);
          expect([...collection.by(index, key).after(after)]).toEqual(later);
        }
        expect(collection.count('state', 'gone')).toBe(0);
        expect(collection.disagreements()).toEqual([]);
      }),
    );
  });

  test('when it changes while it is read, the reader sees it as it was', () => {
    const collection = things();
    for (let n = 1; n <= 200; n += 1) collection.add(thing(n, 'a'));
    const seen: number[] = [];
    for (const item of collection.by('state', 'new')) {
      seen.push(item.order);
      move(item, 'used');
      collection.add(thing(1000 + item.order, 'a'));
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(collection.count('state', 'used')).toBe(200);
    expect(collection.count('state', 'new')).toBe(200);
  });

  test('when it is copied, neither hears of the other', () => {
    const collection = things();
    const item = collection.add(thing(1, 'a'));
    const copy = collection.snapshot((original) => ({ ...original }))();
    move(item, 'used');
    collection.add(thing(2, 'a'));
    expect(copy.get('thing-1')?.state).toBe('new');
    expect(copy.count('state', 'new')).toBe(1);
    expect(collection.count('state', 'used')).toBe(1);
    expect([...copy.values()].map(({ id }) => id)).toEqual(['thing-1']);
  });

  test('when an item is moved after it was removed, no index finds it', () => {
    const collection = things();
    const item = collection.add(thing(1, 'a'));
    collection.remove(item.id);
    move(item, 'used');
    expect(item.state).toBe('used');
    expect([...collection.by('state', 'used')]).toEqual([]);
  });

  test('when an item is changed behind its back, it can tell', () => {
    const collection = things();
    const item = collection.add(thing(1, 'a'));
    Object.assign(item, { state: 'used' });
    expect(collection.disagreements()).toEqual([
      'thing-1 is not where the index state should have it',
      '1 items too many are in the index state',
    ]);
  });

  test('when an id is taken or an index does not exist, it says so', () => {
    const collection = things();
    collection.add(thing(1, 'a'));
    expect(() => collection.add(thing(1, 'b'))).toThrow('The id thing-1 is taken');
    expect(() => collection.by('colour', 'red')).toThrow("There is no index 'colour'");
  });
});
