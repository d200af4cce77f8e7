import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '../../src/domain/customer.ts';
import { manageAll, observeAll, type EndpointService } from '../../src/domain/endpoint-service.ts';
import { connectionsTarget } from '../../src/domain/target.ts';
import * as connections from '../../src/storage/connections.ts';
import * as customers from '../../src/storage/customers.ts';
import * as principals from '../../src/storage/principals.ts';
import * as targets from '../../src/storage/targets.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
const { clock } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, ambience);
});
afterAll(() => db.close());

describe('find', () => {
  it('when a tenant looks, it finds itself by either name, and nobody else', async () => {
    const me = await scene.customer();
    const other = await scene.customer();
    expect(await customers.find(db, me.id, me.id)).toEqual(me);
    expect(await customers.find(db, me.externalId, me.id)).toEqual(me);
    expect(await customers.find(db, other.id, me.id)).toBeNull();
    expect(await customers.find(db, other.externalId, me.id)).toBeNull();
  });
});

describe('setState', () => {
  it('when the leaving begins, its time is kept to the end', async () => {
    const { id } = await scene.customer();
    const since = clock.now();
    await customers.setState(db, id, 'offboarding', since);
    clock.advance(1_000);
    await customers.setState(db, id, 'offboarded', clock.now());
    expect(await customers.find(db, id, null)).toMatchObject({
      state: 'offboarded',
      offboardingSince: since,
      updatedAt: clock.now(),
    });
  });
});

interface Leaving {
  customer: Customer;
  service: EndpointService;
  accountId: string;
  arn: string;
}

/** A customer with an account and a grant, that begins to leave now. */
async function leaving(modes = manageAll): Promise<Leaving> {
  const service = await scene.service({ modes });
  const customer = await scene.customer();
  const { accountId } = await scene.account(customer, 'proven');
  await scene.grant(customer, service);
  await customers.setState(db, customer.id, 'offboarding', clock.now());
  const left = (await customers.find(db, customer.id, null))!;
  return { customer: left, service, accountId, arn: `arn:aws:iam::${accountId}:root` };
}

const remains = ({ customer }: Leaving) => customers.remains(db, customer);

/** The worker has read every connection of the region now. */
async function readConnections({ service }: Leaving): Promise<void> {
  const now = clock.now();
  await targets.nudge(db, [connectionsTarget(service)], now);
  const leaseUntil = new Date(now.getTime() + 1_000);
  const [lease] = await targets.claim(db, { owner: 'a', now, leaseUntil, limit: 1 });
  const report = { fullReadAt: now.toISOString() };
  const dueAt = new Date(now.getTime() + 3_600_000);
  await targets.release(db, lease!, { report, dueAt, failures: 0, completed: true, now });
}

describe('remains', () => {
  it('when an entry is on the allowlist, it remains, whoever made it', async () => {
    const it = await leaving();
    const role = it.arn.replace('root', 'role/reader');
    await scene.showPrincipals(it.service, [it.arn, role, '*']);
    await principals.recordOwned(db, it.service.id, [it.arn]);
    const of = { endpointServiceId: it.service.id, managed: true };
    expect((await remains(it)).principals).toMatchObject([
      { arn: role, owned: false, ...of },
      { arn: it.arn, owned: true, ...of },
    ]);
  });

  it('when one entry is on many allowlists, they come in one order', async () => {
    const it = await leaving();
    const services = [it.service];
    while (services.length < 4) services.push(await scene.service());
    for (const service of services.toReversed()) await scene.showPrincipals(service, [it.arn]);
    const found = (await remains(it)).principals.map(({ endpointServiceId }) => endpointServiceId);
    expect(found).toEqual(services.map(({ id }) => id));
  });

  it('when the aspects are observed, that is told', async () => {
    const it = await leaving(observeAll);
    await scene.showPrincipals(it.service, [it.arn]);
    await scene.showConnection(it.service, { ownerAccountId: it.accountId });
    const { principals, connections } = await remains(it);
    expect([...principals, ...connections].map(({ managed }) => managed)).toEqual([false, false]);
  });

  it('when connections are there, the live and the ended ones are told apart', async () => {
    const it = await leaving();
    const live = await scene.showConnection(it.service, { ownerAccountId: it.accountId });
    const shown = { ownerAccountId: it.accountId, awsState: 'deleted' };
    const ended = await scene.showConnection(it.service, shown);
    const reject = { decision: 'reject', decidedBy: 'w', reason: null } as const;
    await connections.decide(db, live.id, reject);
    const of = { endpointServiceId: it.service.id, managed: true };
    expect((await remains(it)).connections).toMatchObject([
      { id: live.id, decision: 'reject', live: true, ...of },
      { id: ended.id, decision: 'undecided', live: false, ...of },
    ]);
  });

  it('when another partition has the same number, its connection does not remain', async () => {
    const it = await leaving();
    const shown = { ownerAccountId: it.accountId, endpointRegion: 'cn-north-1' };
    await scene.showConnection(it.service, shown);
    expect((await remains(it)).connections).toEqual([]);
  });

  it('when both reads are newer than the leaving, and only then, it is read since', async () => {
    const it = await leaving();
    const seen = [(await remains(it)).readSince];
    await scene.showPrincipals(it.service, []);
    await readConnections(it);
    seen.push((await remains(it)).readSince);
    clock.advance(1);
    await scene.showPrincipals(it.service, []);
    seen.push((await remains(it)).readSince);
    await readConnections(it);
    seen.push((await remains(it)).readSince);
    expect(seen).toEqual([false, false, false, true]);
  });

  it('when the last entry goes, the connections are to be read once more', async () => {
    const it = await leaving();
    await scene.showPrincipals(it.service, [it.arn]);
    clock.advance(1_000);
    await readConnections(it);
    clock.advance(1_000);
    await scene.showPrincipals(it.service, []);
    const seen = [(await remains(it)).readSince];
    clock.advance(1_000);
    await readConnections(it);
    seen.push((await remains(it)).readSince);
    expect(seen).toEqual([false, true]);
  });

  it('when the grant has gone but entries were there, their service is to be read', async () => {
    const it = await leaving();
    await scene.showPrincipals(it.service, [it.arn]);
    await db.query('DELETE FROM grants WHERE customer_id = $1', [it.customer.id]);
    expect(await remains(it)).toMatchObject({ readSince: false });
  });

  it('when the customer has no grant, there is nothing to read', async () => {
    const customer = await scene.customer({ state: 'offboarding' });
    const nothing = { principals: [], connections: [], readSince: true };
    expect(await customers.remains(db, customer)).toEqual(nothing);
  });
});
