import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as idempotencyKeys from '../../src/storage/idempotency-keys.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());

describe('lock', () => {
  it('when a transaction has a key, another one does not get it until the end', async () => {
    const during = await db.transaction(async (one) => {
      const mine = await idempotencyKeys.lock(one, 'k');
      const [theirs, other] = await db.transaction(async (two) => [
        await idempotencyKeys.lock(two, 'k'),
        await idempotencyKeys.lock(two, 'another'),
      ]);
      return { mine, theirs, other };
    });
    expect(during).toEqual({ mine: true, theirs: false, other: true });
    expect(await db.transaction((tx) => idempotencyKeys.lock(tx, 'k'))).toBe(true);
  });

  it('when a transaction fails, the key is free again', async () => {
    const failing = db.transaction(async (tx) => {
      await idempotencyKeys.lock(tx, 'k');
      throw new Error('failed on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await db.transaction((tx) => idempotencyKeys.lock(tx, 'k'))).toBe(true);
  });
});

describe('an answer', () => {
  it('when it is kept, it comes back byte for byte', async () => {
    const sealed = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const createdAt = new Date('2026-03-01T12:00:00Z');
    const answer = { key: 'k', fingerprint: 'f', status: 201, sealed, createdAt };
    await idempotencyKeys.insert(db, answer);
    expect(await idempotencyKeys.find(db, 'k')).toEqual(answer);
    expect(await idempotencyKeys.find(db, 'none')).toBeNull();
  });
});
