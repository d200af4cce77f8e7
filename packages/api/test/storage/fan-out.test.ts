import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { nudgeServices, nudgeServicesOf } from '../../src/storage/fan-out.ts';
import * as principals from '../../src/storage/principals.ts';
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

async function nudged(): Promise<string[]> {
  const rows = await db.query<{ kind: string; key: string }>('SELECT kind, key FROM targets');
  return rows.map(({ kind, key }) => `${kind} ${key}`).sort();
}

function targetsOf({ id, providerAccountId, region }: EndpointService): string[] {
  return [`connections ${providerAccountId}/${region}`, `principals ${id}`];
}

describe('nudgeServicesOf', () => {
  it('when a customer has grants, their services are woken, and no others', async () => {
    const customer = await scene.customer();
    const [one, two] = [await scene.service(), await scene.service()];
    await scene.service();
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
    const service = await scene.service();
    await nudgeServices(context(), ['svc_gone', service.id]);
    expect(await nudged()).toEqual(targetsOf(service).sort());
  });
});
