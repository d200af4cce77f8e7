import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDeliveryQueue } from '../../src/storage/delivery-queue.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';

let db: TemporaryDatabase;
beforeEach(async () => {
  db = await temporaryDatabase({ poolSize: 1 });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  // From here on, the pool's own idle connection is what is counted of it.
  await db.query('SELECT 1 AS one');
});
afterEach(async () => {
  vi.useRealTimers();
  await db.close();
});

/** Answers as the database does, until a statement has this in it. */
const brokenAt = (part: string) => ({
  ...db,
  foreign: (text: string, values?: readonly unknown[]) =>
    text.includes(part) ? Promise.reject(new Error('It is gone.')) : db.foreign(text, values),
});

it.each(['create_queue', 'pgboss.queue'])(
  'when the database goes away at %s, nothing of the queue stays behind',
  async (part) => {
    const before = vi.getTimerCount();
    await expect(openDeliveryQueue(brokenAt(part), () => {})).rejects.toThrow('It is gone.');
    expect(vi.getTimerCount()).toBe(before);
  },
);

it('when it is stopped after the database has gone, nothing of it stays behind', async () => {
  let isGone = false;
  const gone = {
    ...db,
    foreign: (text: string, values?: readonly unknown[]) =>
      isGone ? Promise.reject(new Error('It is gone.')) : db.foreign(text, values),
  };
  const before = vi.getTimerCount();
  const queue = await openDeliveryQueue(gone, () => {});
  expect(vi.getTimerCount()).toBeGreaterThan(before);
  isGone = true;
  await queue.stop().catch(() => {});
  expect(vi.getTimerCount()).toBe(before);
});
