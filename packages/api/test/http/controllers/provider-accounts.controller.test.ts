import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { createScene, type Scene } from '../../storage/scene.ts';

let api: Api;
let scene: Scene;
beforeAll(async () => {
  api = await startApi();
  scene = createScene(api.db, api);
});
afterAll(() => api.close());

const operator = () => api.request('operator');
const create = (change: object = {}) => {
  const body = { name: 'production', account_id: scene.accountNumber(), regions: ['us-east-1'] };
  return operator()
    .post('/v1/provider-accounts')
    .send({ ...body, ...change });
};

describe('createProviderAccount', () => {
  it('when it has a role and zones, they come back as they were given', async () => {
    const account_id = scene.accountNumber();
    const given = {
      account_id,
      role_arn: `arn:aws:iam::${account_id}:role/sallyport`,
      external_id: 'e-42',
      regions: ['us-east-1', 'us-gov-west-1'],
      hosted_zones: [{ zone_id: 'Z0123', role_arn: 'arn:aws:iam::999999999999:role/dns' }],
    };
    const { body, headers } = await create(given).expect(201);
    expect(body).toMatchObject(given);
    expect(headers['location']).toBe(`/v1/provider-accounts/${body.id}`);
    const read = await api.request('support').get(`/v1/provider-accounts/${account_id}`);
    expect(read.body).toEqual(body);
  });

  it('when it has a queue, it is told that no worker has looked yet', async () => {
    const account_id = scene.accountNumber();
    const queue_arn = `arn:aws:sqs:us-east-1:${account_id}:connections`;
    const given = { account_id, notification_queue_arns: [queue_arn] };
    const { body } = await create(given).expect(201);
    const queue = { queue_arn, region: 'us-east-1', state: 'new', problem: null, messages: 0 };
    expect(body).toMatchObject({ ...given, notification_queues: [queue] });
    const targets = await api.db.query('SELECT 1 FROM targets WHERE kind = $1 AND key = $2', [
      'hints',
      `${body.id}/us-east-1`,
    ]);
    expect(targets).toHaveLength(1);
  });

  it('when a region is taken away while a queue is in it, it is refused', async () => {
    const account_id = scene.accountNumber();
    const notification_queue_arns = [`arn:aws:sqs:eu-west-1:${account_id}:connections`];
    const regions = ['us-east-1', 'eu-west-1'];
    await create({ account_id, regions, notification_queue_arns }).expect(201);
    const path = `/v1/provider-accounts/${account_id}`;
    const change = { regions: ['us-east-1'] };
    const { body } = await operator().patch(path).send(change).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/notification_queue_arns/0' }]);
    await operator()
      .patch(path)
      .set('if-match', '*')
      .send({ ...change, notification_queue_arns: [] })
      .expect(200);
  });

  it.each([
    ['is of another account', 'arn:aws:sqs:us-east-1:999999999999:connections'],
    ['is in another region', 'arn:aws:sqs:eu-west-1:999999999999:connections'],
    ['is a URL', 'https://sqs.us-east-1.amazonaws.com/999999999999/connections'],
    ['is for one message at a time', 'arn:aws:sqs:us-east-1:999999999999:connections.fifo'],
  ])('when a queue %s, the field is named', async (_, arn) => {
    const { body } = await create({ notification_queue_arns: [arn] }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/notification_queue_arns/0' }]);
  });

  it('when the role is in another account, it is refused', async () => {
    const role_arn = 'arn:aws:iam::999999999999:role/sallyport';
    const { body } = await create({ role_arn }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/role_arn' }]);
  });

  it.each([
    ['no region', { regions: [] }, '/regions'],
    ['a region that is none', { regions: ['us-east-1', 'earth'] }, '/regions/1'],
    ['a role that is none', { role_arn: 'arn:aws:iam::1:user/x' }, '/role_arn'],
    ['a short external id', { external_id: 'x' }, '/external_id'],
    [
      'a zone with its path',
      { hosted_zones: [{ zone_id: '/hostedzone/Z1', role_arn: null }] },
      '/hosted_zones/0/zone_id',
    ],
    ['a number that is none', { account_id: '1' }, '/account_id'],
  ])('when it has %s, the field is named', async (_, change, pointer) => {
    const { body } = await create(change).expect(400);
    expect(body.errors).toMatchObject([{ pointer }]);
  });

  it('when the account is registered already, it is refused', async () => {
    const { accountId: account_id } = await scene.providerAccount();
    const { body } = await create({ account_id }).expect(409);
    expect(body.code).toBe('already_exists');
  });
});

describe('listProviderAccounts', () => {
  it('when there are several, they come in the order of their making', async () => {
    const made = [await scene.providerAccount(), await scene.providerAccount()];
    const { body } = await operator().get('/v1/provider-accounts?limit=200').expect(200);
    const ids = (body.items as { id: string }[]).map(({ id }) => id);
    expect(ids.slice(-2)).toEqual(made.map(({ id }) => id));
  });
});

describe('updateProviderAccount', () => {
  it('when regions are added, services can be made there', async () => {
    const { id } = await scene.providerAccount();
    const regions = ['us-east-1', 'eu-west-1'];
    await operator().patch(`/v1/provider-accounts/${id}`).send({ regions }).expect(200);
    const service = { service_id: 'vpce-svc-0123456789abcdef0', region: 'eu-west-1' };
    const body = { name: 'EU', provider_account_id: id, ...service };
    await operator().post('/v1/endpoint-services').send(body).expect(201);
  });

  it('when a region is taken away in which a service lives, it is refused', async () => {
    const { id } = await scene.providerAccount({ regions: ['us-east-1', 'eu-west-1'] });
    const service = await scene.service({ providerAccountId: id, region: 'us-east-1' });
    const path = `/v1/provider-accounts/${id}`;
    const { body } = await operator()
      .patch(path)
      .send({ regions: ['eu-west-1'] })
      .expect(409);
    expect(body).toMatchObject({ code: 'in_use', detail: expect.stringContaining(service.id) });
    await operator()
      .patch(path)
      .send({ regions: ['us-east-1'] })
      .expect(200);
  });
});

describe('deleteProviderAccount', () => {
  it('when a service lives in it, it stays and the service is named', async () => {
    const service = await scene.service();
    const path = `/v1/provider-accounts/${service.providerAccountId}`;
    const { body } = await operator().delete(path).expect(409);
    expect(body).toMatchObject({ code: 'in_use', detail: expect.stringContaining(service.id) });
  });

  it('when nothing depends on it, it goes', async () => {
    const { id } = await scene.providerAccount();
    await operator().delete(`/v1/provider-accounts/${id}`).expect(204);
    await operator().get(`/v1/provider-accounts/${id}`).expect(404);
  });
});
