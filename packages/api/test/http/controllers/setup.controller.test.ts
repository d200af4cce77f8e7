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
    const before = await api.written();
    await ask('customer', whole()).expect(200);
    expect(await api.written()).toBe(before);
  });

  it('when it asks about a foreign account, that is as one that nobody has', async () => {
    const of = async (account_id: string) => {
      const { text } = await ask('customer', { ...whole(), account_id });
      return text.replaceAll(account_id, 'ACCOUNT');
    };
    const { accountId } = await world.scene.account(api.globex, 'proven');
    const foreign = await of(accountId);
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
    // The list of services is for staff.
    for (const { remediation } of [body, other.body]) {
      expect(remediation.command).toBe('sallyport grants list');
    }
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

  it('when the allowlist lets everybody in, it passes, and does not say why', async () => {
    await world.scene.showPrincipals(world.service, ['*']);
    const { body } = await ask('customer', whole()).expect(200);
    const principal = body.checks.find(({ name }: { name: string }) => name === 'principal');
    expect(principal).toMatchObject({ result: 'pass', next: null });
    expect(principal.evidence).not.toContain('*');
    await world.scene.showPrincipals(world.service, [world.acme.arn]);
  });

  it('when the limit of the grant is reached, a worker would hold the endpoint', async () => {
    const { grantId } = world.acme;
    const limitTo = (connections_max: number | null) =>
      api.request('operator').patch(`/v1/grants/${grantId}`).send({ connections_max }).expect(200);
    await limitTo(1);
    const { body } = await ask('customer', whole());
    await limitTo(null);
    expect(body).toMatchObject({ ready: 'no', turn: 'vendor' });
    expect(body.summary).toBe('1 of 1 connections are taken.');
  });
});

describe('a setup', () => {
  const wanted = () => ({
    endpoint_service_id: world.service.serviceId,
    account_id: world.acme.account.accountId,
    format: 'terraform',
  });
  const render = (who: Who, body: object) => api.request(who).post('/v1/setup').send(body);
  const codeOf = (body: { code?: string }) => body.code;

  it('when a customer asks, it gets files of its service, zones and account', async () => {
    const { body } = await render('customer', wanted()).expect(200);
    const main = body.files.find(({ name }: { name: string }) => name === 'main.tf').content;
    expect(main).toContain(`"${world.service.serviceName}"`);
    expect(main).toContain(`allowed_account_ids = ["${world.acme.account.accountId}"]`);
    expect(main).toContain('availability_zone_ids = ["use1-az1", "use1-az2"]');
    expect(body.placeholders.map(({ name }: { name: string }) => name)).toEqual(['VPC_ID']);
  });

  it('when zones are named, those that the service is not in are left out', async () => {
    const availability_zone_ids = ['use1-az2', 'use1-az6'];
    const { body } = await render('customer', { ...wanted(), availability_zone_ids }).expect(200);
    expect(body.files[0].content).toContain('availability_zone_ids = ["use1-az2"]');
  });

  it('when it is for a role that proves the account, the role trusts the vendor', async () => {
    const { body } = await render('customer', { ...wanted(), proof_role: true }).expect(200);
    expect(body.files[0].content).toContain(`sallyport-${world.acme.customer.id}`);
  });

  it('when the account is not the customer’s, there is no such account', async () => {
    const other = await world.scene.account(world.globex.customer, 'proven');
    const account_id = other.accountId;
    const foreign = await render('customer', { ...wanted(), account_id }).expect(404);
    const nobody = { ...wanted(), account_id: '299999999999' };
    const absent = await render('customer', nobody).expect(404);
    expect([codeOf(foreign.body), codeOf(absent.body)]).toEqual(['not_found', 'not_found']);
  });

  it('when the Region is of another partition, it is refused by name', async () => {
    const { body } = await render('customer', { ...wanted(), region: 'cn-north-1' }).expect(400);
    expect(body.errors[0].pointer).toBe('/region');
  });

  it('when AWS has not named the service yet, that is what it says', async () => {
    const service = await world.scene.service({ serviceId: null, serviceName: null });
    await world.scene.grant(world.acme.customer, service);
    const early = { ...wanted(), endpoint_service_id: service.id };
    const { body } = await render('customer', early).expect(409);
    expect(body.code).toBe('invalid_state_transition');
  });

  it('when it asks, nothing is written', async () => {
    const before = await api.written();
    await render('customer', { ...wanted(), format: 'change-request' }).expect(200);
    expect(await api.written()).toBe(before);
  });
});
