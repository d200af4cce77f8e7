import { expect, it } from 'vitest';
import { repeat } from '../../src/usecases/repeated-work.ts';

it('when work fails, that is told, and it is done again', async () => {
  const errors: unknown[] = [];
  const thrice = Promise.withResolvers<void>();
  let times = 0;
  const work = async () => {
    if (++times === 3) thrice.resolve();
    throw new Error(`time ${times}`);
  };
  const stop = repeat({
    work,
    onError: (error) => errors.push(error),
    restMs: 60_000,
    brokenMs: 1,
  });
  await thrice.promise;
  await stop();
  expect(errors.slice(0, 3).map(String)).toEqual([
    'Error: time 1',
    'Error: time 2',
    'Error: time 3',
  ]);
});

it('when it is told to stop amid work, the work hears of it and is waited for', async () => {
  const begun = Promise.withResolvers<void>();
  const told: string[] = [];
  const work = async (stopping: AbortSignal) => {
    stopping.addEventListener('abort', () => told.push('heard'));
    begun.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    told.push('ended');
  };
  const stop = repeat({ work, onError: () => {}, restMs: 60_000 });
  await begun.promise;
  await stop();
  expect(told).toEqual(['heard', 'ended']);
});
