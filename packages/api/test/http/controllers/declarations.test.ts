// A declarative tool's view: everything is PUT from a file, as often as the tool likes.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { send, type Sending } from './requests.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const file = new URL('../../../../../examples/declarative/desired-state.json', import.meta.url);
const declarations = (JSON.parse(readFileSync(file, 'utf8')) as Omit<Sending, 'method'>[]).map(
  (declaration): Sending => ({ method: 'put', ...declaration }),
);

async function applyAll() {
  const answers: { status: number; etag: string; text: string }[] = [];
  for (const declaration of declarations) {
    const { status, headers, text } = await send(api, 'operator', declaration);
    answers.push({ status, etag: String(headers['etag']), text });
  }
  return answers;
}

describe('a file of declarations', () => {
  let first: Awaited<ReturnType<typeof applyAll>>;
  beforeAll(async () => {
    first = await applyAll();
  });

  it('when it is applied twice, the second run changes nothing and answers the same', async () => {
    expect(first.map(({ status }) => status)).toEqual([
      201, 201, 200, 201, 201, 201, 201, 201, 201,
    ]);
    const before = await api.written();
    api.clock.advance(60_000);
    const second = await applyAll();
    expect(await api.written()).toBe(before);
    expect(second).toEqual(first.map((answer) => ({ ...answer, status: 200 })));
  });

  it('when it is read back, it is what the PUT has answered', async () => {
    for (const { path } of declarations) {
      const answer = await api.request('operator').get(path);
      const declared = await api
        .request('operator')
        .put(path)
        .send(declarations.find((one) => one.path === path)!.body);
      expect([answer.status, answer.headers['etag'], answer.text]).toEqual([
        200,
        declared.headers['etag'],
        declared.text,
      ]);
    }
  });
});

describe('a declaration', () => {
  const put = (path: string, body: object, headers = {}) =>
    send(api, 'operator', { method: 'put', path, body }, { headers });

  it('when it leaves something out, that gets its default', async () => {
    const path = '/v1/customers/left-out';
    await put(path, { name: 'x', metadata: { plan: 'gold' } });
    const { status, body } = await put(path, { name: 'x' });
    expect([status, body.metadata]).toEqual([200, {}]);
  });

  it('when the modes are left out, they stay', async () => {
    const { serviceId, id } = await world.scene.service({
      serviceId: 'vpce-svc-0aaaaaaaaaaaaaaaa',
    });
    await api.request('operator').patch(`/v1/endpoint-services/${id}/modes`).send({
      principals: 'observe',
    });
    const { provider_account_id, region } = await read(`/v1/endpoint-services/${id}`);
    const declared = { name: 'y', provider_account_id, region };
    const { status, body } = await put(`/v1/endpoint-services/${serviceId}`, declared);
    expect([status, body.name, body.modes.principals]).toEqual([200, 'y', 'observe']);
  });

  it('when it would move a service, it is refused', async () => {
    const { serviceId } = await world.scene.service({ serviceId: 'vpce-svc-0bbbbbbbbbbbbbbbb' });
    const { provider_account_id } = await read(`/v1/endpoint-services/${serviceId}`);
    const declared = { name: 'y', provider_account_id, region: 'eu-west-1' };
    const { status, body } = await put(`/v1/endpoint-services/${serviceId}`, declared);
    expect([status, body.errors[0].pointer]).toEqual([400, '/region']);
  });

  it('when the role of a provider account changes, its services are looked at anew', async () => {
    const service = await world.scene.service();
    const { name, regions, account_id } = await read(
      `/v1/provider-accounts/${service.providerAccountId}`,
    );
    const role_arn = `arn:aws:iam::${account_id}:role/another`;
    await api.db.query(`UPDATE targets SET due_at = '2100-01-01' WHERE key = $1`, [service.id]);
    await put(`/v1/provider-accounts/${account_id}`, { name, regions, role_arn });
    const due = await api.db.query<{ dueAt: Date }>('SELECT due_at FROM targets WHERE key = $1', [
      service.id,
    ]);
    expect(due.map(({ dueAt }) => dueAt)).toContainEqual(api.clock.now());
    const other = { name, regions, role_arn: 'arn:aws:iam::999999999999:role/x' };
    expect((await put(`/v1/provider-accounts/${account_id}`, other)).status).toBe(400);
  });

  it('when its customer has left, it does not bring it back', async () => {
    const { externalId } = await world.scene.customer({ state: 'offboarded' });
    const { status, body } = await put(`/v1/customers/${externalId}`, { name: 'x' });
    expect([status, body.code]).toEqual([409, 'customer_not_active']);
  });

  it('when it only makes what is not there, it does not touch what is', async () => {
    const path = '/v1/customers/only-new';
    const made = await put(path, { name: 'first' }, { 'if-none-match': '*' });
    const again = await put(path, { name: 'second' }, { 'if-none-match': '*' });
    expect([made.status, again.status, again.body.code]).toEqual([201, 412, 'precondition_failed']);
    expect(again.headers['etag']).toBe(made.headers['etag']);
    const absent = await put('/v1/customers/absent', { name: 'x' }, { 'if-match': '"a.b"' });
    expect([absent.status, absent.body.code]).toEqual([412, 'precondition_failed']);
  });

  it.each([
    ['/v1/customers/grt_01kaqy0v5ne4rvk3z4m5t6w7x8', { name: 'x' }, 400, 'wrong_id_kind'],
    ['/v1/customers/cus_01kaqy0v5ne4rvk3z4m5t6w7x8', { name: 'x' }, 404, 'not_found'],
    ['/v1/customers/%20', { name: 'x' }, 400, 'invalid_request'],
    ['/v1/grants/grt_01kaqy0v5ne4rvk3z4m5t6w7x8', {}, 404, 'not_found'],
    ['/v1/grants/nobody:vpce-svc-0a1b2c3d4e5f60718', {}, 404, 'not_found'],
    ['/v1/accounts/222222222222', {}, 400, 'invalid_request'],
    ['/v1/accounts/acme:abc', {}, 404, 'not_found'],
    ['/v1/provider-accounts/production', { name: 'x', regions: ['us-east-1'] }, 404, 'not_found'],
  ])(
    'when %s is no natural key of what can be made, it is refused',
    async (path, body, status, code) => {
      const answer = await put(path, body);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    },
  );

  it('when a customer declares its account, its number is enough', async () => {
    const path = `/v1/accounts/${world.scene.accountNumber()}`;
    const answer = await send(api, 'customer', { method: 'put', path, body: {} });
    expect([answer.status, answer.body.customer_id]).toEqual([201, api.acme.id]);
    const foreign = `/v1/accounts/${api.globex.externalId}:${world.scene.accountNumber()}`;
    const refused = await send(api, 'customer', { method: 'put', path: foreign, body: {} });
    const absent = await send(api, 'customer', {
      method: 'put',
      path: foreign.replace(api.globex.externalId, 'nobody'),
      body: {},
    });
    expect([refused.status, absent.status]).toEqual([404, 404]);
  });

  async function read(path: string) {
    return (await api.request('operator').get(path).expect(200)).body;
  }
});

describe('what has been deleted', () => {
  it('when it is deleted again by another customer, it never was there', async () => {
    const { id } = await world.scene.account(api.globex, 'claimed');
    const path = `/v1/accounts/${id}`;
    await api.request('operator').delete(path).expect(204);
    await api.request('operator').delete(path).expect(204);
    await api.request('customer').delete(path).expect(404);
    await api
      .request('operator')
      .delete('/v1/accounts/acct_01kaqy0v5ne4rvk3z4m5t6w7x8')
      .expect(404);
  });
});
