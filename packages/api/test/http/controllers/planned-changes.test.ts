// What a change would lead to in AWS, told before it is made.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../../src/domain/endpoint-service.ts';
import * as principals from '../../../src/storage/principals.ts';
import * as serviceStorage from '../../../src/storage/endpoint-services.ts';
import { startApi, type Api, type Who } from '../../harness.ts';
import { createScene, type Scene } from '../../storage/scene.ts';
import type { Sending } from './requests.ts';
import { send } from './requests.ts';

let api: Api;
let scene: Scene;
beforeAll(async () => {
  api = await startApi();
  scene = createScene(api.db, api);
});
afterAll(() => api.close());

/** What the request would change in AWS, as it is told when it is only tried. */
async function planned(sending: Sending, who: Who = 'operator') {
  const { status, headers } = await send(api, who, sending, { query: { validate_only: 'true' } });
  expect(status).toBeLessThan(300);
  const text = headers['sallyport-plan'];
  return text === undefined ? null : (JSON.parse(text) as { changes: unknown[]; more: number });
}

/** A customer that is let in, with a connection that is up. */
async function connected(service: EndpointService) {
  const customer = await scene.customer();
  const { accountId } = await scene.account(customer, 'proven');
  const grantId = await scene.grant(customer, service);
  const arn = `arn:aws:iam::${accountId}:root`;
  await principals.recordOwned(api.db, service.id, [arn]);
  await scene.showPrincipals(service, [arn]);
  const shown = { ownerAccountId: accountId };
  const up = await scene.showConnection(service, { ...shown, awsState: 'available' });
  return { customer, accountId, grantId, arn, shown, up };
}

async function shownService(): Promise<EndpointService> {
  const service = await scene.service();
  await scene.showService(service);
  return service;
}

describe('a change that is only tried', () => {
  it('when a grant is made, it tells who would be added, and which would be accepted', async () => {
    const service = await shownService();
    const customer = await scene.customer();
    const { accountId } = await scene.account(customer, 'proven');
    const asking = await scene.showConnection(service, { ownerAccountId: accountId });
    const body = { customer_id: customer.id, endpoint_service_id: service.id };
    const of = { endpoint_service_id: service.id, held_up_by: [] };
    expect(await planned({ method: 'post', path: '/v1/grants', body })).toEqual({
      changes: [
        {
          action: 'change_principals',
          ...of,
          request: { add: [`arn:aws:iam::${accountId}:root`], remove: [] },
        },
        {
          action: 'accept_connections',
          ...of,
          request: { vpc_endpoint_ids: [asking.vpcEndpointId] },
        },
      ],
      more: 0,
    });
  });

  it('when a grant is taken away, it tells who would be removed, and no more', async () => {
    const service = await shownService();
    const { grantId, arn } = await connected(service);
    expect(await planned({ method: 'delete', path: `/v1/grants/${grantId}` })).toMatchObject({
      changes: [{ action: 'change_principals', request: { add: [], remove: [arn] } }],
    });
  });

  it('when a customer leaves, it tells what is taken from it, on every service', async () => {
    const [one, other] = [await shownService(), await shownService()];
    const { customer, arn, up } = await connected(one);
    await scene.grant(customer, other);
    await principals.recordOwned(api.db, other.id, [arn]);
    await scene.showPrincipals(other, [arn]);
    const path = `/v1/customers/${customer.id}/offboard`;
    const plan = await planned({ method: 'post', path });
    expect(plan!.changes).toHaveLength(3);
    expect(plan!.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          action: 'change_principals',
          endpoint_service_id: other.id,
          request: { add: [], remove: [arn] },
        }),
        expect.objectContaining({
          action: 'reject_connections',
          endpoint_service_id: one.id,
          request: { vpc_endpoint_ids: [up.vpcEndpointId] },
        }),
      ]),
    );
    const kept = await planned({ method: 'post', path, body: { policy: 'keep' } });
    expect(kept!.changes.map((change) => (change as { action: string }).action)).toEqual([
      'change_principals',
      'change_principals',
    ]);
  });

  it('when a connection is rejected, it tells which, and nothing of the others', async () => {
    const service = await shownService();
    const { up } = await connected(service);
    await connected(service);
    const path = `/v1/connections/${up.id}/reject`;
    expect(await planned({ method: 'post', path })).toMatchObject({
      changes: [
        { action: 'reject_connections', request: { vpc_endpoint_ids: [up.vpcEndpointId] } },
      ],
    });
  });

  it('when an aspect is only observed, it tells what that holds up', async () => {
    const service = await scene.service({
      modes: { principals: 'observe', acceptance: 'manage', privateDns: 'observe' },
    });
    await scene.showService(service);
    const customer = await scene.customer();
    const { accountId } = await scene.account(customer, 'proven');
    const arn = `arn:aws:iam::${accountId}:root`;
    const body = { customer_id: customer.id, endpoint_service_id: service.id };
    const change = {
      action: 'change_principals',
      endpoint_service_id: service.id,
      request: { add: [arn], remove: [] },
    };
    expect(await planned({ method: 'post', path: '/v1/grants', body })).toEqual({
      changes: [{ ...change, held_up_by: ['principals_observed'] }],
      more: 0,
    });
    await scene.grant(customer, service);
    const modes = { method: 'patch', path: `/v1/endpoint-services/${service.id}/modes` } as const;
    expect(await planned({ ...modes, body: { principals: 'manage' } })).toEqual({
      changes: [{ ...change, held_up_by: [] }],
      more: 0,
    });
  });

  it('when a private DNS name is wanted, it tells the first step to it', async () => {
    const service = await shownService();
    const path = `/v1/endpoint-services/${service.id}/private-dns`;
    const body = { name: 'api.vendor.example' };
    expect(await planned({ method: 'put', path, body })).toMatchObject({
      changes: [{ action: 'set_private_dns_name', request: { name: 'api.vendor.example' } }],
    });
  });

  it('when a service is made of load balancers, or retired, it tells that', async () => {
    const { id } = await scene.providerAccount();
    const arn =
      'arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/a/0123456789abcdef';
    const made = { name: 'New', provider_account_id: id, region: 'us-east-1' };
    const body = { ...made, network_load_balancer_arns: [arn] };
    expect(await planned({ method: 'post', path: '/v1/endpoint-services', body })).toMatchObject({
      changes: [
        {
          action: 'create_service',
          request: { name: 'New', network_load_balancer_arns: [arn] },
          held_up_by: [],
        },
      ],
    });
    const service = await shownService();
    const { arn: entry, up } = await connected(service);
    const path = `/v1/endpoint-services/${service.id}/retire`;
    const why = { reason: 'OPS-1', force_registered: true };
    expect(await planned({ method: 'post', path, body: why })).toMatchObject({
      changes: [
        { action: 'change_principals', request: { remove: [entry] } },
        { action: 'reject_connections', request: { vpc_endpoint_ids: [up.vpcEndpointId] } },
        { action: 'delete_service', request: { service_id: service.serviceId } },
      ],
    });
  });

  it('when a service is frozen, it tells so, and what unfreezing would do', async () => {
    const service = await shownService();
    const { grantId, arn } = await connected(service);
    await serviceStorage.update(api.db, service.id, {
      frozenSince: api.clock.now(),
      frozenReason: 'OPS-1',
      updatedAt: api.clock.now(),
    });
    const path = `/v1/grants/${grantId}`;
    expect(await planned({ method: 'delete', path })).toMatchObject({
      changes: [{ request: { remove: [arn] }, held_up_by: ['frozen'] }],
    });
    await api.request('operator').delete(path).expect(204);
    const thaw = `/v1/endpoint-services/${service.id}/unfreeze`;
    expect(await planned({ method: 'post', path: thaw })).toMatchObject({
      changes: [{ request: { remove: [arn] }, held_up_by: [] }],
    });
  });

  it('when nothing would change in AWS, it tells so', async () => {
    const path = `/v1/customers/${(await scene.customer()).id}`;
    expect(await planned({ method: 'patch', path, body: { name: 'Renamed' } })).toEqual({
      changes: [],
      more: 0,
    });
  });

  it('when there is much of it, the rest is counted', async () => {
    const customer = await scene.customer();
    for (let n = 0; n < 12; n++) {
      const service = await shownService();
      await scene.grant(customer, service);
    }
    for (let n = 0; n < 25; n++) await scene.account(customer, 'proven');
    const account = await scene.account(customer, 'claimed');
    const path = `/v1/accounts/${account.id}/attest`;
    const plan = await planned({ method: 'post', path, body: { reason: 'OPS-1' } });
    expect([plan!.changes.length, plan!.more]).toEqual([10, 2]);
  });

  it('when a customer tries it, or may not do it, nothing of the plan is told', async () => {
    const { id } = await scene.account(api.acme, 'proven');
    expect(await planned({ method: 'delete', path: `/v1/accounts/${id}` }, 'customer')).toBeNull();
    const service = await shownService();
    const body = { customer_id: api.acme.id, endpoint_service_id: service.id };
    const grant = { method: 'post', path: '/v1/grants', body } as const;
    for (const who of ['support', 'customer'] as const) {
      const query = { validate_only: 'true' };
      const { status, headers } = await send(api, who, grant, { query });
      expect([status, headers['sallyport-plan']]).toEqual([403, undefined]);
    }
  });

  it('when it is really made, no plan comes with it', async () => {
    const service = await shownService();
    const body = { customer_id: (await scene.customer()).id, endpoint_service_id: service.id };
    const { headers } = await api.request('operator').post('/v1/grants').send(body).expect(201);
    expect(headers).not.toHaveProperty('sallyport-plan');
  });
});
