import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import * as grants from '../../src/storage/grants.ts';
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
  it('when it is named by any of its three names, it is found', async () => {
    const service = await scene.service();
    for (const key of [service.id, service.serviceId!, service.serviceName!]) {
      expect(await endpointServices.find(db, key)).toEqual(service);
    }
  });
});

describe('what AWS said', () => {
  it('when AWS shows the service, the problem of before is over', async () => {
    const service = await scene.service();
    await endpointServices.recordProblem(db, service.id, 'AccessDenied');
    expect((await endpointServices.find(db, service.id))?.problem).toBe('AccessDenied');
    await scene.showService(service, { state: 'pending' });
    expect(await endpointServices.find(db, service.id)).toMatchObject({
      problem: null,
      observed: { state: 'pending' },
      observedAt: clock.now(),
    });
  });

  it('when AWS no longer shows it, the rest of what was seen stays', async () => {
    const service = await scene.service();
    await scene.showService(service);
    await endpointServices.recordMissing(db, service.id, 'It was deleted.', clock.now());
    expect(await endpointServices.find(db, service.id)).toMatchObject({
      problem: 'It was deleted.',
      observed: { state: 'missing', availabilityZoneIds: ['use1-az1', 'use1-az2'] },
    });
  });

  it('when AWS never showed it, there is only the problem', async () => {
    const service = await scene.service();
    await endpointServices.recordMissing(db, service.id, 'No such service.', clock.now());
    const found = await endpointServices.find(db, service.id);
    expect(found).toMatchObject({ problem: 'No such service.', observed: null });
  });
});

describe('listInRegion', () => {
  it('when an account has services in two regions, those of one come', async () => {
    const { id: providerAccountId } = await scene.providerAccount();
    const here = await scene.service({ providerAccountId });
    await scene.service({ providerAccountId, region: 'eu-west-1' });
    await scene.service();
    const services = await endpointServices.listInRegion(db, providerAccountId, 'us-east-1');
    expect(services.map(({ id }) => id)).toEqual([here.id]);
  });
});

describe('a grant', () => {
  it('when the service was seen, the grant has what a customer needs to know of it', async () => {
    const service = await scene.service();
    const id = await scene.grant(await scene.customer(), service);
    const unseen = await grants.find(db, id, null);
    const privateDns = { name: 'api.vendor.example', state: 'verified', label: 'l', value: 'v' };
    await scene.showService(service, { privateDns: { ...privateDns, state: 'verified' } });
    const { serviceName, region } = service;
    expect(unseen?.service).toEqual({
      serviceName,
      region,
      availabilityZoneIds: [],
      privateDnsName: null,
    });
    expect((await grants.find(db, id, null))?.service).toEqual({
      serviceName,
      region,
      availabilityZoneIds: ['use1-az1', 'use1-az2'],
      privateDnsName: 'api.vendor.example',
    });
  });
});
