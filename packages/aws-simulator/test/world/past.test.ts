// Copies of the past: how many there are, and what is seen when the oldest are gone.

import { expect, test } from 'vitest';
import { createCollection } from '../../src/world/collection.ts';
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
