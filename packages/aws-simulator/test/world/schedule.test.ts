// The schedule and the states on it: order, exact moments, and plans that are overtaken.

import { expect, test } from 'vitest';
import { createSchedule } from '../../src/world/schedule.ts';
import { move, moveLater, type Stateful } from '../../src/world/states.ts';

test('when time jumps, events run in order, each at its own moment', () => {
  const schedule = createSchedule(0);
  const seen: [string, number][] = [];
  const note = (name: string) => () => seen.push([name, schedule.now()]);
  for (const due of [50, 10, 40, 20, 30]) schedule.at(due, note(`at ${due}`));
  schedule.at(20, note('also at 20'));
  schedule.at(20, () => schedule.at(25, note('made at 20')));
  schedule.settle(45);
  expect(seen).toEqual([
    ['at 10', 10],
    ['at 20', 20],
    ['also at 20', 20],
    ['made at 20', 25],
    ['at 30', 30],
    ['at 40', 40],
  ]);
  expect([schedule.now(), schedule.nextDue()]).toEqual([45, 50]);
});

test('when time goes back, nothing happens and it stays where it was', () => {
  const schedule = createSchedule(100);
  schedule.settle(50);
  expect(schedule.now()).toBe(100);
});

test('when many events are due, each runs once and in order', () => {
  const schedule = createSchedule(0);
  const dues = Array.from({ length: 500 }, (_, i) => (i * 7919) % 1000);
  const seen: number[] = [];
  for (const due of dues) schedule.at(due, () => seen.push(due));
  schedule.settle(1000);
  expect(seen).toEqual(dues.toSorted((a, b) => a - b));
});

test('when another move comes first, a planned one is forgotten', () => {
  const schedule = createSchedule(0);
  const subject: Stateful<string> = { state: 'a', moves: 0 };
  moveLater(schedule, subject, 'b', 10);
  move(subject, 'c');
  schedule.settle(100);
  expect(subject.state).toBe('c');
  moveLater(schedule, subject, 'd', 10);
  moveLater(schedule, subject, 'e', 20);
  schedule.settle(200);
  expect(subject.state).toBe('e');
  moveLater(schedule, subject, 'f', 0);
  expect(subject.state).toBe('f');
});
