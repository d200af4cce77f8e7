import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiKey } from '../../src/domain/api-key.ts';
import { violatedConstraint } from '../../src/storage/postgres/errors.ts';
import * as apiKeys from '../../src/storage/api-keys.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';

const { clock, makeId } = createAmbience();
let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());

async function add(changes: Partial<ApiKey> = {}): Promise<ApiKey & { hash: string }> {
  const id = makeId('apiKey');
  const key = {
    id,
    name: 'ops',
    role: 'operator',
    customerId: null,
    scopes: [] as string[],
    endpointServiceIds: [] as string[],
    rotatedFrom: null,
    hint: 'sallyport_operator_abc',
    createdAt: clock.now(),
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    hash: `hash of ${id}`,
    ...changes,
  } as const;
  await apiKeys.insert(db, key);
  return key;
}

const usable = async ({ hash }: { hash: string }) =>
  (await apiKeys.findUsable(db, [hash], clock.now())).has(hash);

describe('a key', () => {
  it('when there is none at all, the first one can be made', async () => {
    await db.query('DELETE FROM api_keys');
    expect(await apiKeys.exist(db)).toBe(false);
    await add();
    expect(await apiKeys.exist(db)).toBe(true);
  });

  it('when it is found, its hash does not come with it', async () => {
    const { hash: _hash, ...key } = await add();
    expect(await apiKeys.find(db, key.id)).toEqual(key);
  });

  it('when several are used at once, each is found by its hash', async () => {
    const [one, other] = [await add(), await add({ name: 'other' })];
    const used = await apiKeys.findUsable(db, [one.hash, 'unknown', other.hash], clock.now());
    expect([...used.keys()].toSorted()).toEqual([one.hash, other.hash].toSorted());
    expect(used.get(other.hash)).toMatchObject({ id: other.id, name: 'other' });
  });

  it('when its time is up, it is not usable any more', async () => {
    const key = await add({ expiresAt: new Date(clock.now().getTime() + 1) });
    expect(await usable(key)).toBe(true);
    clock.advance(1);
    expect(await usable(key)).toBe(false);
  });

  it('when several revoke it, one of them does and its time stays', async () => {
    const key = await add();
    const revoked = await Promise.all([1, 2, 3].map(() => apiKeys.revoke(db, key.id, clock.now())));
    expect(revoked.filter(Boolean)).toHaveLength(1);
    expect(await usable(key)).toBe(false);
  });

  it('when it is used often, that is written once a minute', async () => {
    const { id } = await add();
    const first = clock.now();
    const usedAt = async () => (await apiKeys.find(db, id))?.lastUsedAt;
    await apiKeys.markUsed(db, id, first);
    clock.advance(60_000);
    await apiKeys.markUsed(db, id, clock.now());
    expect(await usedAt()).toEqual(first);
    clock.advance(1);
    await apiKeys.markUsed(db, id, clock.now());
    expect(await usedAt()).toEqual(clock.now());
  });

  it.each([
    ['an operator', { role: 'operator', customerId: 'cus_1' }],
    ['a customer without a customer', { role: 'customer', customerId: null }],
  ] as const)('when it is of %s, the database refuses the mix-up', async (_, changes) => {
    const constraint = await add(changes).then(() => undefined, violatedConstraint);
    expect(constraint).toMatch(/^api_keys/);
  });
});
