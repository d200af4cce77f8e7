// The drift report, and what an operator says of entries that other hands removed.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../../src/domain/endpoint-service.ts';
import * as principals from '../../../src/storage/principals.ts';
import { startApi, type Api } from '../../harness.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const driftOf = async ({ id }: EndpointService) => {
  const { body } = await api
    .request('support')
    .get(`/v1/endpoint-services/${id}/drift`)
    .expect(200);
  const items = body.items as { kind: string; severity: string; subject: string; since: string }[];
  return { body, items };
};
const say = (verb: string, id: string) =>
  api.request('operator').post(`/v1/principals/${id}/${verb}`).send({ reason: 'OPS-1' });

/** An entry that we have added and that other hands have removed. */
async function contested(service: EndpointService) {
  const customer = await world.scene.customer();
  const { accountId } = await world.scene.account(customer, 'proven');
  const grantId = await world.scene.grant(customer, service);
  const arn = `arn:aws:iam::${accountId}:root`;
  await principals.recordOwned(api.db, service.id, [arn]);
  for (const shown of [[arn], [], []]) await world.scene.showPrincipals(service, shown);
  const [entry] = await principals.listNamed(api.db, service.id, [arn]);
  return { id: entry!.id, arn, grantId };
}

describe('the drift report', () => {
  it('when an allowlist is open to more than accounts, those are alarms with an age', async () => {
    const service = await world.scene.service();
    const since = api.clock.now().toISOString();
    const organization = 'arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5';
    const account = 'arn:aws:iam::999999999999:root';
    const all = ['*', organization, 'ec2.amazonaws.com', account];
    await world.scene.showPrincipals(service, all);
    api.clock.advance(60_000);
    await world.scene.showPrincipals(service, all);
    const { body, items } = await driftOf(service);
    expect(items.map(({ kind, severity, subject }) => [kind, severity, subject])).toEqual([
      ['open_to_everyone', 'alarm', '*'],
      ['open_to_organization', 'alarm', organization],
      ['open_to_service', 'alarm', 'ec2.amazonaws.com'],
      ['unmanaged_principal', 'notice', account],
    ]);
    expect(new Set(items.map((item) => item.since))).toEqual(new Set([since]));
    expect(body).toMatchObject({ alarms: 3, notices: 1, plan: { add_principals: 0 } });
    const query = { endpoint_service_id: service.id };
    const listed = await api.request('support').get('/v1/principals').query(query).expect(200);
    const alarms = (listed.body.items as { arn: string; alarm: string | null }[]).map(
      ({ arn, alarm }) => [arn, alarm],
    );
    expect(Object.fromEntries(alarms)).toMatchObject({ '*': 'open_to_everyone', [account]: null });
  });

  it('when other hands changed the service, it tells since when', async () => {
    const service = await world.scene.service();
    const privateDns = { name: 'a.example', state: 'verified', label: null, value: null } as const;
    await world.scene.showService(service);
    api.clock.advance(60_000);
    const since = api.clock.now().toISOString();
    await world.scene.showService(service, { acceptanceRequired: false, privateDns });
    api.clock.advance(60_000);
    await world.scene.showService(service, { acceptanceRequired: false, privateDns });
    const { items } = await driftOf(service);
    expect(items).toMatchObject([
      { kind: 'acceptance_not_required', severity: 'alarm', since },
      { kind: 'foreign_private_dns_name', subject: 'a.example', since },
    ]);
  });

  it('when other hands let a connection in, it is told, and importing it ends that', async () => {
    const service = await world.scene.service();
    const accountId = world.scene.accountNumber();
    const shown = { ownerAccountId: accountId, awsState: 'available' };
    const { vpcEndpointId } = await world.scene.showConnection(service, shown);
    const { items } = await driftOf(service);
    expect(items).toMatchObject([
      { kind: 'connection_accepted_elsewhere', subject: vpcEndpointId },
    ]);
    const connections = [{ customer_id: api.acme.id, vpc_endpoint_id: vpcEndpointId }];
    const body = { reason: 'Inventory', connections };
    await api.request('operator').post('/v1/imports').send(body).expect(200);
    expect((await driftOf(service)).items).toEqual([]);
  });
});

describe('a contested entry', () => {
  it('when it is restored, it is to be added once more, and held when it goes again', async () => {
    const service = await world.scene.service();
    const { id, arn } = await contested(service);
    expect((await driftOf(service)).items).toMatchObject([{ kind: 'contested_principal' }]);
    const { body } = await say('restore', id).expect(200);
    expect(body).toMatchObject({ state: 'pending', owned: true, alarm: null });
    const plan = `/v1/endpoint-services/${service.id}/plan`;
    const planned = await api.request('support').get(plan).expect(200);
    expect(planned.body.principals).toMatchObject({ add: [arn], contested: [] });
    await principals.recordOwned(api.db, service.id, [arn]);
    for (const shown of [[arn], [], []]) await world.scene.showPrincipals(service, shown);
    expect((await driftOf(service)).items).toMatchObject([{ kind: 'contested_principal' }]);
  });

  it('when it is released, it is not put back until somebody restores it', async () => {
    const service = await world.scene.service();
    const { id, arn } = await contested(service);
    const { body } = await say('release', id).expect(200);
    expect(body).toMatchObject({ state: 'gone', owned: false, released: true });
    const later = new Date(api.clock.now().getTime() + 1);
    await principals.releaseGone(api.db, service.id, later);
    expect((await driftOf(service)).items).toEqual([]);
    const restored = await say('restore', id).expect(200);
    expect(restored.body).toMatchObject({ arn, state: 'pending', released: false });
  });

  it('when its grant goes, the release counts no longer', async () => {
    const service = await world.scene.service();
    const { id, grantId } = await contested(service);
    await say('release', id).expect(200);
    await api.request('operator').delete(`/v1/grants/${grantId}`).expect(204);
    await principals.releaseGone(api.db, service.id, api.clock.now());
    const { body } = await api.request('support').get(`/v1/principals/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'gone', released: false });
  });

  it('when the service restores what goes, it is pending and no alarm', async () => {
    const service = await world.scene.service();
    const { id } = await contested(service);
    const path = `/v1/endpoint-services/${service.id}`;
    const changed = await api
      .request('operator')
      .patch(path)
      .send({ on_external_removal: 'restore' });
    expect(changed.body).toMatchObject({ on_external_removal: 'restore' });
    const { body } = await api.request('support').get(`/v1/principals/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'pending', alarm: null });
  });

  it('when it is not contested, or nobody manages the allowlist, that is said', async () => {
    const observe = {
      principals: 'observe',
      acceptance: 'observe',
      privateDns: 'observe',
    } as const;
    const service = await world.scene.service({ modes: observe });
    const { id } = await contested(service);
    expect((await say('restore', id).expect(409)).body.code).toBe('aspect_not_managed');
    await world.scene.showPrincipals(world.service, [world.acme.arn]);
    const released = await say('release', world.acme.principalId).expect(409);
    expect(released.body.code).toBe('invalid_state_transition');
  });
});
