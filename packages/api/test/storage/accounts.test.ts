import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { owns, standings, type Partition } from '../../src/domain/account.ts';
import * as accounts from '../../src/storage/accounts.ts';
import { violatedConstraint } from '../../src/storage/postgres/errors.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
const { clock } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase({ poolSize: 10 });
  scene = createScene(db, ambience);
});
afterAll(() => db.close());

/** Two customers that claim one number. */
async function rivals(partition: Partition = 'aws') {
  const accountId = scene.accountNumber();
  const one = await scene.account(await scene.customer(), 'claimed', { accountId });
  const two = await scene.account(await scene.customer(), 'claimed', { accountId, partition });
  return { accountId, one, two };
}

const prove = (id: string) =>
  accounts.setStanding(db, id, { standing: 'proven', provenBy: 'arn' }, clock.now());

describe('the owner of an account', () => {
  it('when two customers prove one number at once, one of them owns it', async () => {
    const { one, two, accountId } = await rivals();
    const results = await Promise.allSettled([prove(one.id), prove(two.id)]);
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed.map(({ reason }) => violatedConstraint(reason))).toEqual(['accounts_one_owner']);
    expect((await accounts.findOwner(db, 'aws', accountId))?.standing).toBe('proven');
  });

  it('when two numbers are equal in two partitions, they are two accounts', async () => {
    const { one, two, accountId } = await rivals('aws-cn');
    await Promise.all([prove(one.id), prove(two.id)]);
    expect((await accounts.findOwner(db, 'aws', accountId))?.id).toBe(one.id);
    expect((await accounts.findOwner(db, 'aws-cn', accountId))?.id).toBe(two.id);
  });

  it.each(standings)('when the standing is %s, it owns as the domain says', async (standing) => {
    const { accountId } = await scene.account(await scene.customer(), standing);
    const owner = await accounts.findOwner(db, 'aws', accountId);
    expect(owner !== null).toBe(owns(standing));
  });

  it('when a customer has left, another one may own its number', async () => {
    const { one, two, accountId } = await rivals();
    await prove(one.id);
    await accounts.releaseAll(db, one.customerId, clock.now());
    await prove(two.id);
    expect((await accounts.findOwner(db, 'aws', accountId))?.id).toBe(two.id);
  });
});

describe('find', () => {
  it('when several claim a number, its owner comes first and then the oldest claim', async () => {
    const { one, two, accountId } = await rivals();
    expect((await accounts.find(db, accountId, null))?.id).toBe(one.id);
    await prove(two.id);
    expect((await accounts.find(db, accountId, null))?.id).toBe(two.id);
  });

  it('when a tenant looks, it finds its own claim and not that of another', async () => {
    const { one, two, accountId } = await rivals();
    expect((await accounts.find(db, accountId, two.customerId))?.id).toBe(two.id);
    expect(await accounts.find(db, one.id, two.customerId)).toBeNull();
  });
});

describe('setStanding', () => {
  it('when it says neither who signed nor why, what was said before stays', async () => {
    const { id } = await scene.account(await scene.customer(), 'claimed');
    await prove(id);
    clock.advance(1_000);
    await accounts.setStanding(db, id, { standing: 'lapsed' }, clock.now());
    expect(await accounts.find(db, id, null)).toMatchObject({
      standing: 'lapsed',
      standingSince: clock.now(),
      provenBy: 'arn',
    });
  });
});

describe('list', () => {
  it('when it is filtered, every item has what was asked for', async () => {
    const customer = await scene.customer();
    const proven = await scene.account(customer, 'proven');
    await scene.account(customer, 'claimed');
    const filter = { customerId: customer.id, standing: 'proven' };
    expect(await accounts.list(db, filter, { limit: 10, after: null })).toEqual([proven]);
  });
});
