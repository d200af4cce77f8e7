import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const operator = () => api.request('operator');

async function create(change: object = {}) {
  const { id } = await world.scene.customer();
  const body = { customer_id: id, endpoint_service_id: world.service.id, ...change };
  return operator().post('/v1/grants').send(body);
}

describe('createGrant', () => {
  it('when no more is said, it is for every account, automatic and without a limit', async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      account_ids: [],
      role_names: [],
      acceptance: 'automatic',
      connections_max: null,
      service: {
        service_name: world.service.serviceName,
        region: 'us-east-1',
        availability_zone_ids: ['use1-az1', 'use1-az2'],
        private_dns_name: null,
      },
    });
  });

  it('when it has Regions and an end, they come back, and a worker looks at the end', async () => {
    const terms = { endpoint_regions: ['eu-west-1'], expires_at: '2099-01-01T00:00:00.000Z' };
    const { body } = await create(terms);
    expect(body).toMatchObject({ ...terms, expired_at: null });
    const due = "SELECT kind FROM targets WHERE kind = 'grant' AND key = $1";
    expect(await api.db.query(due, [body.id])).toHaveLength(1);
    const path = `/v1/grants/${body.id}`;
    const same = await operator().patch(path).send(terms).expect(200);
    expect(same.body.updated_at).toBe(body.updated_at);
    const endless = { endpoint_regions: [], expires_at: null };
    const { body: after } = await operator().patch(path).send(endless).expect(200);
    expect(after).toMatchObject(endless);
  });

  it.each([
    ['an end that is over', { expires_at: '2020-01-01T00:00:00Z' }, '/expires_at'],
    ['an end that is none', { expires_at: 'soon' }, '/expires_at'],
    ['a Region that is none', { endpoint_regions: ['earth'] }, '/endpoint_regions/0'],
  ])('when it has %s, the field is named', async (_, terms, pointer) => {
    const { status, body } = await create(terms);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ pointer }]);
  });

  it('when customer and service are named by their natural keys, they are found', async () => {
    const { externalId, id } = await world.scene.customer();
    const named = { customer_id: externalId, endpoint_service_id: world.service.serviceId! };
    const { body } = await create(named);
    expect(body).toMatchObject({ customer_id: id, endpoint_service_id: world.service.id });
  });

  it('when the customer has accounts, their entries are pending at once', async () => {
    const customer = await world.scene.customer();
    const { accountId } = await world.scene.account(customer, 'proven');
    const { body } = await create({ customer_id: customer.id, role_names: ['reader'] });
    const entries = await principals.listOfAccount(api.db, world.service.id, accountId);
    const arn = `arn:aws:iam::${accountId}:role/reader`;
    expect(entries).toMatchObject([{ arn, grantIds: [body.id], state: 'pending' }]);
  });

  it.each([
    ['a role with a path', { role_names: ['team/reader'] }, /takes the role as "reader"/],
    ['a role of all', { role_names: ['*'] }, /not the name of an IAM role/],
    ['a role with a space', { role_names: ['fine', 'a b'] }, /"a b"/],
  ])('when it has %s, it cannot be allowed', async (_, change, words) => {
    const { status, body } = await create(change);
    expect([status, body.code]).toEqual([422, 'invalid_principal']);
    expect(body.detail).toMatch(words);
  });

  it.each([
    ['a negative limit', { connections_max: -1 }, '/connections_max'],
    ['a limit of one and a half', { connections_max: 1.5 }, '/connections_max'],
    ['a limit in words', { connections_max: '2' }, '/connections_max'],
    ['an account that is none', { account_ids: ['1'] }, '/account_ids/0'],
    ['an acceptance that is none', { acceptance: 'never' }, '/acceptance'],
    ['no service', { endpoint_service_id: undefined }, '/endpoint_service_id'],
  ])('when it has %s, the field is named', async (_, change, pointer) => {
    const { status, body } = await create(change);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ pointer });
  });

  it('when the customer is not active, it is refused', async () => {
    const { id } = await world.scene.customer({ state: 'offboarding' });
    const { body } = await create({ customer_id: id });
    expect(body.code).toBe('customer_not_active');
  });

  it('when the customer has one on the service, that one is named', async () => {
    const { body } = await create({ customer_id: 'acme' });
    expect(body).toMatchObject({
      code: 'already_exists',
      detail: expect.stringContaining(world.acme.grantId),
    });
  });

  it('when the service does not exist, that is said', async () => {
    const { status, body } = await create({ endpoint_service_id: 'vpce-svc-0' });
    expect([status, body.detail]).toEqual([404, 'There is no endpoint service "vpce-svc-0".']);
  });
});

describe('listGrants', () => {
  it('when it is filtered by customer and service, either name will do', async () => {
    const query = { customer_id: 'acme', endpoint_service_id: world.service.serviceId! };
    const { body } = await operator().get('/v1/grants').query(query).expect(200);
    expect(body.items).toMatchObject([{ id: world.acme.grantId }]);
  });

  it('when the service is none, the list is empty', async () => {
    const query = { endpoint_service_id: 'vpce-svc-0' };
    const { body } = await operator().get('/v1/grants').query(query).expect(200);
    expect(body.items).toEqual([]);
  });
});

describe('updateGrant', () => {
  it('when the limit is taken away, the rest stays', async () => {
    const { body: made } = await create({ connections_max: 3, role_names: ['reader'] });
    const path = `/v1/grants/${made.id}`;
    const { body } = await operator().patch(path).send({ connections_max: null }).expect(200);
    expect(body).toMatchObject({ connections_max: null, role_names: ['reader'] });
    expect((await operator().get(path).expect(200)).body).toEqual(body);
  });

  it('when the roles change, the new entries are wanted in place of the old ones', async () => {
    const customer = await world.scene.customer();
    const { accountId } = await world.scene.account(customer, 'proven');
    const id = await world.scene.grant(customer, world.service, { roleNames: ['old'] });
    await operator()
      .patch(`/v1/grants/${id}`)
      .set('if-match', '*')
      .send({ role_names: ['new'] })
      .expect(200);
    const entries = await principals.listOfAccount(api.db, world.service.id, accountId);
    expect(entries.map(({ arn, state }) => [arn.split('/')[1], state])).toEqual([
      ['new', 'pending'],
      ['old', 'gone'],
    ]);
  });

  it('when the customer is not active, nothing is widened', async () => {
    const customer = await world.scene.customer({ state: 'suspended' });
    const id = await world.scene.grant(customer, world.service);
    const { body } = await operator().patch(`/v1/grants/${id}`).send({}).expect(409);
    expect(body.code).toBe('customer_not_active');
  });

  it('when a role has a path, it is refused', async () => {
    const path = `/v1/grants/${world.acme.grantId}`;
    const { body } = await operator()
      .patch(path)
      .set('if-match', '*')
      .send({ role_names: ['a/b'] })
      .expect(422);
    expect(body.code).toBe('invalid_principal');
  });
});

describe('deleteGrant', () => {
  it('when it is taken away, its entries are to leave the allowlist', async () => {
    const customer = await world.scene.customer();
    const { accountId } = await world.scene.account(customer, 'proven');
    const service = await world.scene.service();
    const id = await world.scene.grant(customer, service);
    const arn = `arn:aws:iam::${accountId}:root`;
    await principals.recordOwned(api.db, service.id, [arn]);
    await world.scene.showPrincipals(service, [arn]);
    await operator().delete(`/v1/grants/${id}`).expect(204);
    const query = { endpoint_service_id: service.id, state: 'removing' };
    const { body } = await operator().get('/v1/principals').query(query).expect(200);
    expect(body.items).toMatchObject([{ arn, grant_ids: [] }]);
  });
});
