import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { principalState, principalStates } from '../../src/domain/principal.ts';
import { principalsTarget } from '../../src/domain/target.ts';
import * as principals from '../../src/storage/principals.ts';
import * as targets from '../../src/storage/targets.ts';
import { recordUnwanted } from '../../src/storage/unsettled-principals.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const { clock, makeId } = createAmbience();
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, { clock, makeId, random: () => new Uint8Array() });
});
afterAll(() => db.close());

const makePrincipalId = () => makeId('principal');
const page = { limit: 200, after: null };
const root = (accountId: string) => `arn:aws:iam::${accountId}:root`;

/** Every combination of what decides the state of an entry. */
const combinations = [null, 'proven', 'lapsed'].flatMap((wantedBy) =>
  [true, false].flatMap((owned) =>
    [true, false].flatMap((observed) =>
      [true, false].flatMap((confirmed) =>
        [0, 1, 2, 3].map((missedReads) => ({ wantedBy, owned, observed, confirmed, missedReads })),
      ),
    ),
  ),
);

/** One entry of each combination on one service. */
async function everyCombination(): Promise<EndpointService> {
  const service = await scene.service();
  const customer = await scene.customer();
  await scene.grant(customer, service);
  for (const { wantedBy, owned, observed, confirmed, missedReads } of combinations) {
    const accountId = scene.accountNumber();
    if (wantedBy) await scene.account(customer, wantedBy as 'proven', { accountId });
    await db.query(
      `INSERT INTO principals (id, endpoint_service_id, arn, owned, observed, confirmed,
         missed_reads, since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        makePrincipalId(),
        service.id,
        root(accountId),
        owned,
        observed,
        confirmed,
        missedReads,
        clock.now(),
      ],
    );
  }
  return service;
}

describe('the states of principals', () => {
  it('when entries are filtered by a state, they are those that the domain gives it', async () => {
    const { id } = await everyCombination();
    await targets.nudge(db, [principalsTarget(id)], clock.now());
    const facts = await principals.facts(db, id);
    expect(facts).toHaveLength(combinations.length);
    for (const state of principalStates) {
      const filter = { customerId: null, endpointServiceId: id, state };
      const listed = await principals.list(db, filter, page);
      const expected = facts.filter((fact) => principalState(fact) === state);
      expect(listed.map(({ arn }) => arn).sort()).toEqual(expected.map(({ arn }) => arn).sort());
      expect(listed.length).toBeGreaterThan(0);
    }
  });

  it('when the allowlist was read since, those that nobody wants are still found', async () => {
    const { id } = await everyCombination();
    const facts = await principals.facts(db, id);
    const left = facts.filter((fact) => principalState(fact) === 'removing').map(({ arn }) => arn);
    const found = async () => {
      const filter = { customerId: null, endpointServiceId: id, state: 'removing' } as const;
      return (await principals.list(db, filter, page)).map(({ arn }) => arn).sort();
    };
    await recordUnwanted(db, id, { unwanted: facts.map(({ arn }) => arn), others: [] });
    expect(await found()).toEqual(left);
    const others = facts.map(({ arn }) => arn).filter((arn) => !left.includes(arn));
    await recordUnwanted(db, id, { unwanted: [], others });
    expect(await found()).toEqual(left);
  });

  it('when the account has lapsed, its entry is wanted only where it is', async () => {
    const service = await scene.service();
    const customer = await scene.customer();
    const { accountId } = await scene.account(customer, 'proven');
    await scene.grant(customer, service);
    await db.query(`UPDATE accounts SET standing = 'lapsed' WHERE account_id = $1`, [accountId]);
    expect(await stateOf(service, root(accountId))).toBe('gone');
    await scene.showPrincipals(service, [root(accountId)]);
    expect(await stateOf(service, root(accountId))).toBe('allowed');
  });
});

async function stateOf({ id }: EndpointService, arn: string): Promise<string | undefined> {
  const entries = await principals.list(db, { customerId: null, endpointServiceId: id }, page);
  return entries.find((entry) => entry.arn === arn)?.state;
}

async function factsOf({ id }: EndpointService, arn: string) {
  return (await principals.facts(db, id)).find((fact) => fact.arn === arn);
}

/** A service with one account that is wanted on it. */
async function wantedEntry(): Promise<{ service: EndpointService; arn: string }> {
  const service = await scene.service();
  const customer = await scene.customer();
  const { accountId } = await scene.account(customer, 'proven');
  await scene.grant(customer, service);
  return { service, arn: root(accountId) };
}

describe('a read of the allowlist', () => {
  it('when an entry of ours appears, it is confirmed; when it goes, each read counts', async () => {
    const { service, arn } = await wantedEntry();
    await principals.recordOwned(db, service.id, [arn]);
    expect(await stateOf(service, arn)).toBe('pending');
    await scene.showPrincipals(service, [arn]);
    expect(await factsOf(service, arn)).toMatchObject({ confirmed: true, missedReads: 0 });
    await scene.showPrincipals(service, []);
    expect(await stateOf(service, arn)).toBe('pending');
    await scene.showPrincipals(service, []);
    expect(await stateOf(service, arn)).toBe('contested');
  });

  it('when an entry is shown again after a miss, the count begins anew', async () => {
    const { service, arn } = await wantedEntry();
    await principals.recordOwned(db, service.id, [arn]);
    for (const shown of [[arn], [], [arn], []]) await scene.showPrincipals(service, shown);
    expect(await factsOf(service, arn)).toMatchObject({ missedReads: 1 });
  });

  it('when it shows an entry that nobody knows, it is not ours', async () => {
    const service = await scene.service();
    const foreign = root(scene.accountNumber());
    await scene.showPrincipals(service, ['*', foreign]);
    expect(await stateOf(service, foreign)).toBe('unmanaged');
    expect(await stateOf(service, '*')).toBe('unmanaged');
  });

  it('when other hands made what is wanted, it is allowed and not confirmed as ours', async () => {
    const { service, arn } = await wantedEntry();
    await scene.showPrincipals(service, [arn]);
    expect(await factsOf(service, arn)).toMatchObject({ owned: false, confirmed: false });
    expect(await stateOf(service, arn)).toBe('allowed');
  });

  it('when nothing changes, `since` stays and the time of the read moves', async () => {
    const { service, arn } = await wantedEntry();
    await scene.showPrincipals(service, [arn]);
    const since = clock.now();
    clock.advance(60_000);
    await scene.showPrincipals(service, [arn]);
    const filter = { customerId: null, endpointServiceId: service.id };
    const [entry] = await principals.list(db, filter, page);
    expect(entry).toMatchObject({ since, observedAt: clock.now() });
  });

  it('when it is of one service, the entries of another one stay as they are', async () => {
    const one = await wantedEntry();
    const other = await wantedEntry();
    await scene.showPrincipals(other.service, [other.arn]);
    await scene.showPrincipals(one.service, [one.arn]);
    expect(await stateOf(other.service, other.arn)).toBe('allowed');
    expect(await stateOf(one.service, other.arn)).toBeUndefined();
  });
});

describe('releaseGone', () => {
  it('when an entry has gone and nobody wants it, it is no longer ours', async () => {
    const service = await scene.service();
    const arn = root(scene.accountNumber());
    await scene.showPrincipals(service, [arn]);
    await principals.recordOwned(db, service.id, [arn]);
    for (const owned of [true, false]) {
      await scene.showPrincipals(service, []);
      await principals.releaseGone(db, service.id, clock.now());
      expect(await factsOf(service, arn)).toMatchObject({ owned });
    }
  });

  it('when somebody wants it, it stays ours, so that its going is noticed', async () => {
    const { service, arn } = await wantedEntry();
    await principals.recordOwned(db, service.id, [arn]);
    for (const shown of [[arn], [], [], []]) await scene.showPrincipals(service, shown);
    await principals.releaseGone(db, service.id, clock.now());
    expect(await stateOf(service, arn)).toBe('contested');
  });
});

describe('addWanted', () => {
  it('when it is called again and at once, each wanted entry has one row', async () => {
    const { service, arn } = await wantedEntry();
    const add = () => principals.addWanted(db, [service.id], makePrincipalId, clock.now());
    await Promise.all([add(), add(), add()]);
    expect((await principals.facts(db, service.id)).map((fact) => fact.arn)).toEqual([arn]);
  });
});

describe('listOfAccount', () => {
  it('when an account has several entries, they come whoever made them', async () => {
    const { service, arn } = await wantedEntry();
    const role = arn.replace('root', 'role/reader');
    await scene.showPrincipals(service, [role, root(scene.accountNumber()), '*']);
    const accountId = arn.split(':')[4]!;
    const entries = await principals.listOfAccount(db, service.id, accountId);
    expect(entries.map((entry) => [entry.arn, entry.state])).toEqual([
      [role, 'unmanaged'],
      [arn, 'pending'],
    ]);
  });
});

describe('a tenant', () => {
  it('when it looks, it sees the entries that its own grants want, and no other', async () => {
    const mine = await wantedEntry();
    const theirs = await wantedEntry();
    const [entry] = await principals.list(db, { customerId: await ownerOf(mine.arn) }, page);
    const filter = { customerId: null, endpointServiceId: theirs.service.id };
    const [foreign] = await principals.list(db, filter, page);
    expect(entry?.arn).toBe(mine.arn);
    expect(await principals.find(db, foreign!.id, await ownerOf(mine.arn))).toBeNull();
    expect(await principals.find(db, foreign!.id, await ownerOf(theirs.arn))).not.toBeNull();
  });
});

async function ownerOf(arn: string): Promise<string> {
  const [row] = await db.query<{ customerId: string }>(
    'SELECT customer_id FROM accounts WHERE account_id = $1',
    [arn.split(':')[4]],
  );
  return row!.customerId;
}
