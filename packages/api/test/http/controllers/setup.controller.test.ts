import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api, type Who } from '../../harness.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
  await world.scene.showPrincipals(world.service, [world.acme.arn]);
});
afterAll(() => api.close());

const subnet = {
  subnet_id: 'subnet-0a1b2c3d4e5f60718',
  availability_zone_id: 'use1-az1',
  available_ip_address_count: 9,
};
const whole = () => ({
  endpoint_service_id: world.service.id,
  account_id: world.acme.account.accountId,
  subnets: [subnet],
  vpc: { dns_support: true, dns_hostnames: true },
});
const ask = (who: Who, body: object) => api.request(who).post('/v1/preflight').send(body);

describe('preflight', () => {
  it('when a customer asks about its own account, it is told that it is ready', async () => {
    const { body, status } = await ask('customer', whole());
    expect([status, body.ready, body.turn]).toEqual([200, 'yes', 'nobody']);
    expect(body.checks.map(({ name }: { name: string }) => name)).toEqual([
      'account',
      'grant',
      'principal',
      'service',
      'region',
      'zones',
      'subnets',
      'private_dns',
      'vpc_dns',
      'acceptance',
    ]);
  });

  it('when it asks, nothing is written', async () => {
    const before = await api.dump();
    await ask('customer', whole()).expect(200);
    expect(await api.dump()).toBe(before);
  });

  it('when it asks about a foreign account, that is as one that nobody has', async () => {
    const of = async (account_id: string) => {
      const { text } = await ask('customer', { ...whole(), account_id });
      return text.replaceAll(account_id, 'ACCOUNT');
    };
    const foreign = await of(world.globex.account.accountId);
    expect(foreign).toBe(await of('299999999999'));
    expect(JSON.parse(foreign)).toMatchObject({ ready: 'no', turn: 'customer' });
  });

  it('when it only claims an account, it does not learn what is on the allowlist', async () => {
    const { accountId } = world.globex.account;
    await world.scene.showPrincipals(world.service, [world.acme.arn, world.globex.arn]);
    await world.scene.account(world.acme.customer, 'claimed', { accountId });
    const { body } = await ask('customer', { ...whole(), account_id: accountId }).expect(200);
    const principal = body.checks.find(({ name }: { name: string }) => name === 'principal');
    expect(principal.result).toBe('fail');
  });

  it('when no grant of it is on the service, there is no such service', async () => {
    const { id } = await world.scene.service();
    const { body } = await ask('customer', { ...whole(), endpoint_service_id: id }).expect(404);
    const absent = { ...whole(), endpoint_service_id: 'vpce-svc-0123456789abcdef0' };
    const other = await ask('customer', absent).expect(404);
    expect([body.code, other.body.code]).toEqual(['not_found', 'not_found']);
  });

  it('when the service is named as AWS names it, it is the same', async () => {
    const named = { ...whole(), endpoint_service_id: world.service.serviceId };
    const { body } = await ask('customer', named).expect(200);
    expect(body).toMatchObject({ ready: 'yes', endpoint_service_id: world.service.id });
  });

  it('when staff do not say for whom, they are asked to', async () => {
    const { body } = await ask('support', whole()).expect(400);
    expect(body.errors[0].pointer).toBe('/customer_id');
    const named = { ...whole(), customer_id: 'acme' };
    expect((await ask('support', named).expect(200)).body.ready).toBe('yes');
  });

  it('when staff ask for a customer without a grant, that is what fails', async () => {
    const { id: customer_id } = await world.scene.customer();
    const { body } = await ask('operator', { ...whole(), customer_id }).expect(200);
    const failed = body.checks.filter(({ result }: { result: string }) => result === 'fail');
    expect(failed.map(({ name }: { name: string }) => name)).toEqual([
      'account',
      'grant',
      'principal',
    ]);
  });

  it('when the limit of the grant is reached, a worker would hold the endpoint', async () => {
    const { grantId } = world.acme;
    const limit = { connections_max: 1 };
    await api.request('operator').patch(`/v1/grants/${grantId}`).send(limit).expect(200);
    const { body } = await ask('customer', whole());
    expect(body).toMatchObject({ ready: 'no', turn: 'vendor' });
    expect(body.summary).toBe('1 of 1 connections are taken.');
  });
});
