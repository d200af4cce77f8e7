import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '../../src/domain/customer.ts';
import type { Invite } from '../../src/domain/invite.ts';
import * as invites from '../../src/storage/invites.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
const { clock, makeId } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
let customer: Customer;
beforeAll(async () => {
  db = await temporaryDatabase({ poolSize: 20 });
  scene = createScene(db, ambience);
  customer = await scene.customer();
});
afterAll(() => db.close());

async function invite(of = customer): Promise<Invite & { tokenHash: string }> {
  const id = makeId('invite');
  const made = {
    id,
    customerId: of.id,
    createdAt: clock.now(),
    expiresAt: new Date(clock.now().getTime() + 1_000),
    redeemedAt: null,
    revokedAt: null,
    tokenHash: `hash of ${id}`,
  };
  await invites.insert(db, made);
  return made;
}

const redeem = ({ tokenHash }: { tokenHash: string }) => invites.redeem(db, tokenHash, clock.now());

describe('redeem', () => {
  it('when twenty redeem one invite at once, one of them does', async () => {
    const made = await invite();
    const redeemed = await Promise.all(Array.from({ length: 20 }, () => redeem(made)));
    expect(redeemed.filter((one) => one !== null)).toMatchObject([{ id: made.id }]);
  });

  it('when its time is up, it cannot be redeemed', async () => {
    const made = await invite();
    clock.advance(1_000);
    expect(await redeem(made)).toBeNull();
  });

  it('when it was revoked, it cannot be redeemed', async () => {
    const made = await invite();
    expect(await invites.revoke(db, made.id, clock.now())).toBe(true);
    expect(await redeem(made)).toBeNull();
  });

  it.each(['suspended', 'offboarding', 'offboarded'] as const)(
    'when its customer is %s, it cannot be redeemed',
    async (state) => {
      expect(await redeem(await invite(await scene.customer({ state })))).toBeNull();
    },
  );

  it('when nobody knows the token, there is nothing', async () => {
    expect(await redeem({ tokenHash: 'none' })).toBeNull();
  });
});

describe('revoke', () => {
  it('when it races with a redemption, one of the two has happened', async () => {
    for (let round = 0; round < 10; round++) {
      const made = await invite();
      const race = [redeem(made), invites.revoke(db, made.id, clock.now())] as const;
      const [redeemed, revoked] = await Promise.all(race);
      expect([redeemed !== null, revoked]).toContain(true);
      expect(redeemed !== null && revoked).toBe(false);
    }
  });

  it('when it was revoked already, the first time stays', async () => {
    const made = await invite();
    const first = clock.now();
    await invites.revoke(db, made.id, first);
    clock.advance(10);
    expect(await invites.revoke(db, made.id, clock.now())).toBe(false);
    expect((await invites.find(db, made.id, customer.id))?.revokedAt).toEqual(first);
  });
});
