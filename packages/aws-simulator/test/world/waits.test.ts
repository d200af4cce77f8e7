// Waiting by itself: who is woken, who is ended, and that it costs nothing to be many.

import { expect, test } from 'vitest';
import { createWaits, type Waits } from '../../src/world/messaging/waits.ts';

/** Adds a waiter that notes what becomes of it; a wake has something for it. */
function waiter(waits: Waits, log: string[], name: string, { key = 'q', deadline = 10 } = {}) {
  return waits.add({
    key,
    deadline,
    wake: () => log.push(`${name} woken`) > 0,
    end: () => log.push(`${name} ended`),
  });
}

test('when something happens, those who wait for it are woken in order', () => {
  const waits = createWaits();
  const log: string[] = [];
  for (const name of ['a', 'b']) waiter(waits, log, name);
  waiter(waits, log, 'c', { key: 'other' });
  waits.wake('q', 0);
  expect(log).toEqual(['a woken', 'b woken']);
  expect(waits.size).toBe(1);
});

test('when there is nothing left for one, the rest go on waiting', () => {
  const waits = createWaits();
  const log: string[] = [];
  waiter(waits, log, 'a');
  waits.add({ key: 'q', deadline: 10, wake: () => false, end: () => undefined });
  waiter(waits, log, 'c');
  waits.wake('q', 0);
  expect(log).toEqual(['a woken']);
  expect(waits.size).toBe(2);
});

test('when a deadline is reached, the wait is ended, also by a wake', () => {
  const waits = createWaits();
  const log: string[] = [];
  waiter(waits, log, 'a', { deadline: 5 });
  waiter(waits, log, 'b', { deadline: 6 });
  waits.endDue(4);
  expect(log).toEqual([]);
  waits.wake('q', 5);
  expect(log).toEqual(['a ended', 'b woken']);
});

test('when a wait is left, nothing happens to it, and leaving again does nothing', () => {
  const waits = createWaits();
  const log: string[] = [];
  const leave = waiter(waits, log, 'a');
  leave();
  leave();
  waits.wake('q', 0);
  waits.endAll();
  expect([log, waits.size]).toEqual([[], 0]);
});

test('when the first begins and the last ends, the watcher is told', () => {
  const waits = createWaits();
  const told: boolean[] = [];
  waits.watch((somebody) => told.push(somebody));
  const leave = waiter(waits, [], 'a');
  waiter(waits, [], 'b');
  leave();
  waits.endFor('q');
  expect(told).toEqual([true, false]);
});

test('when waking one makes it happen again, the next is woken, and nobody twice', () => {
  const waits = createWaits();
  const log: string[] = [];
  for (let i = 0; i < 20_000; i += 1) {
    const wake = () => {
      log.push(String(i));
      waits.wake('q', 0);
      return true;
    };
    waits.add({ key: 'q', deadline: 10, wake, end: () => undefined });
  }
  waits.wake('q', 0);
  expect([log.length, new Set(log).size, waits.size]).toEqual([20_000, 20_000, 0]);
});
