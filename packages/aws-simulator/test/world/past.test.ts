// Copies of the past: how many there are, and what is seen when the oldest are gone.

import { expect, test } from 'vitest';
import { createCollection, type Item } from '../../src/world/collection.ts';
import { createPast } from '../../src/world/past.ts';
import type { World } from '../../src/world/world.ts';

interface Thing {
  readonly id: string;
  readonly order: number;
  value: number;
}

/** A world with so many things, the first of which says how often it was changed. */
function worldOf(size: number) {
  const things = createCollection<Thing>();
  for (let order = 0; order < size; order += 1) {
    things.add({ id: String(order), order, value: 0 });
  }
  const world = { things, schedule: { now: () => 0 } } as unknown as World;
  const first = things.get('0') as Thing;
  const seenAt = (past: ReturnType<typeof createPast>, time: number) =>
    (past.at(time) as unknown as { things: typeof things }).things.get('0')?.value;
  return { world, first, seenAt };
}

interface Deep extends Item {
  value: { deep: unknown };
}

test.each([
  ['a member', { b: 1 }, { b: 2 }],
  ['that there is a member', {}, { b: undefined }],
  ['that there is none', { b: 1 }, {}],
  ['an item of a list', [[1], [2]], [[1], [2, 3]]],
  ['the order of a list', [1, 2], [2, 1]],
  ['a value of a map', new Map([['b', { c: 1 }]]), new Map([['b', { c: 2 }]])],
  ['a key of a map', new Map([['b', 1]]), new Map([['c', 1]])],
  ['a set', new Set([1]), new Set([1, 2])],
  ['a moment', new Date(1), new Date(2)],
  ['what was null', null, []],
  ['the kind of something', [], new Map()],
])('when only %s changes, copies from before do not tell it', (_, value, changed) => {
  const things = createCollection<Deep>();
  const [changing, other] = ['changing', 'other'].map((id, order) =>
    things.add({ id, order, value: { deep: structuredClone(value) } }),
  );
  const world = { things, schedule: { now: () => 0 } } as unknown as World;
  const past = createPast(world);
  past.keep(1_000);
  past.note(1);
  changing!.value.deep = structuredClone(changed);
  past.note(2);
  const seen = [1, 2].map((at) => (past.at(at) as unknown as { things: typeof things }).things);
  const [before, after] = seen.map((copy) => copy.get('changing')!.value.deep);
  expect(before).toStrictEqual(value);
  expect(after).toStrictEqual(changed);
  expect(after).not.toStrictEqual(before);
  expect(seen[1]!.get('other')).toBe(seen[0]!.get('other'));
  expect(seen[1]!.get('other')).not.toBe(other);
});

test.each([
  [10, 256],
  [62_500, 8],
])('when a world has %i things, %i copies of it are kept', (size, most) => {
  const { world, first, seenAt } = worldOf(size);
  const past = createPast(world);
  past.keep(1_000_000);
  const changes = most + 1;
  for (let at = 1; at <= changes; at += 1) {
    first.value = at;
    past.note(at);
  }
  expect(seenAt(past, changes)).toBe(changes);
  expect(seenAt(past, changes - most + 1)).toBe(changes - most + 1);
  expect(seenAt(past, 0)).toBe(changes - most + 1);
});
