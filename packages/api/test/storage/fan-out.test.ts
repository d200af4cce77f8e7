import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { nudgeServices, nudgeServicesOf } from '../../src/storage/fan-out.ts';
import { connectionsTarget } from '../../src/domain/target.ts';
import * as principals from '../../src/storage/principals.ts';
import * as targets from '../../src/storage/targets.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
const { clock, makeId } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, ambience);
});
afterAll(() => db.close());
beforeEach(() => db.query('DELETE FROM targets'));

const context = () => ({ db, now: clock.now(), makeId });

/** The targets that are due. */
async function nudged(): Promise<string[]> {
  const due = 'SELECT kind, key FROM targets WHERE due_at <= $1';
  const rows = await db.query<{ kind: string; key: string }>(due, [clock.now()]);
  return rows.map(({ kind, key }) => `${kind} ${key}`).sort();
}

/** A region that is looked after, and whose turn is later. */
async function watched(): Promise<EndpointService> {
  const service = await scene.service();
  const later = new Date(clock.now().getTime() + 60_000);
  await targets.add(db, connectionsTarget(service), later);
  return service;
}

function targetsOf({ id, providerAccountId, region }: EndpointService): string[] {
  return [`connections ${providerAccountId}/${region}`, `principals ${id}`];
}

describe('nudgeServicesOf', () => {
  it('when a customer has grants, their services are woken, and no others', async () => {
    const customer = await scene.customer();
    const [one, two] = [await watched(), await watched()];
    await watched();
    for (const service of [one, two]) await scene.grant(customer, service);
    await nudgeServicesOf(context(), customer.id);
    expect(await nudged()).toEqual([...targetsOf(one), ...targetsOf(two)].sort());
  });

  it('when a customer has none, nothing happens', async () => {
    await nudgeServicesOf(context(), (await scene.customer()).id);
    expect(await nudged()).toEqual([]);
  });

  it('when it has a new account, the entry can be seen at once', async () => {
    const customer = await scene.customer();
    const service = await scene.service();
    await scene.grant(customer, service);
    const { accountId } = await scene.account(customer, 'proven');
    expect(await principals.facts(db, service.id)).toEqual([]);
    await nudgeServicesOf(context(), customer.id);
    const arn = `arn:aws:iam::${accountId}:root`;
    expect(await principals.facts(db, service.id)).toMatchObject([{ arn, wanted: true }]);
  });
});

describe('nudgeServices', () => {
  it('when a service has gone meanwhile, the others are woken', async () => {
    const service = await watched();
    await nudgeServices(context(), ['svc_gone', service.id]);
    expect(await nudged()).toEqual(targetsOf(service).sort());
  });
});
