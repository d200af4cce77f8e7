// Many look-ups in one, as few as there are under way at once.

import { expect, test } from 'vitest';
import { inBatches } from '../../src/usecases/batches.ts';

interface Turn {
  keys: string[];
  found: PromiseWithResolvers<ReadonlyMap<string, string>>;
}

function scene() {
  const turns: Turn[] = [];
  const find = inBatches((keys) => {
    const found = Promise.withResolvers<ReadonlyMap<string, string>>();
    turns.push({ keys, found });
    return found.promise;
  });
  const answer = (turn: Turn) =>
    turn.found.resolve(new Map(turn.keys.map((key) => [key, `of ${key}`])));
  const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { turns, find, answer, settled };
}

test('when several come together, they are looked up at once, each to its own answer', async () => {
  const { turns, find, answer, settled } = scene();
  const asked = ['a', 'b', 'a', 'x'].map((key) => find(key));
  await settled();
  expect(turns.map(({ keys }) => keys)).toEqual([['a', 'b', 'x']]);
  turns[0]!.keys = ['a', 'b'];
  answer(turns[0]!);
  expect(await Promise.all(asked)).toEqual(['of a', 'of b', 'of a', null]);
});

test('when one comes after a look-up has begun, it is not answered by that one', async () => {
  const { turns, find, answer, settled } = scene();
  const first = find('a');
  await settled();
  const second = find('a');
  turns[0]!.found.resolve(new Map());
  await settled();
  answer(turns[1]!);
  expect([await first, await second]).toEqual([null, 'of a']);
});

test('when one is never answered, others go on; with three such, the next one waits', async () => {
  const { turns, find, answer, settled } = scene();
  for (const key of ['a', 'b', 'c']) {
    void find(key);
    await settled();
  }
  const waiting = find('d');
  await settled();
  expect(turns).toHaveLength(3);
  answer(turns[1]!);
  await settled();
  answer(turns[3]!);
  expect(await waiting).toBe('of d');
});

test('when a look-up fails, all of it fail, and the next ones do not', async () => {
  const { turns, find, answer, settled } = scene();
  const failing = Promise.allSettled([find('a'), find('b')]);
  await settled();
  turns[0]!.found.reject(new Error('away'));
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = find('a');
  await settled();
  answer(turns[1]!);
  expect(await next).toBe('of a');
});

test('when the look-ups under way fail, those that wait for a place fail as well', async () => {
  const { turns, find, answer, settled } = scene();
  const asked: Promise<unknown>[] = [];
  for (const key of ['a', 'b', 'c', 'd']) {
    asked.push(find(key));
    await settled();
  }
  const outcomes = Promise.allSettled([asked[0], asked[3]]);
  turns[0]!.found.reject(new Error('silent'));
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(turns).toHaveLength(3);
  const next = find('e');
  await settled();
  answer(turns[3]!);
  expect(await next).toBe('of e');
});
