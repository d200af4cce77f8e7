import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const reason = 'From the inventory of 2026';
const send = (body: object) => api.request('operator').post('/v1/imports').send(body);

/** A customer with an account, a grant and a connection that other hands have let in. */
async function existing(name: string) {
  const account = world.scene.accountNumber();
  const shown = { ownerAccountId: account, awsState: 'available' };
  const { vpcEndpointId, id } = await world.scene.showConnection(world.service, shown);
  const body = {
    reason,
    customers: [{ external_id: name, name, metadata: { plan_name: 'gold' } }],
    accounts: [{ customer_id: name, account_id: account }],
    grants: [{ customer_id: name, endpoint_service_id: world.service.serviceId!, role_names: [] }],
    connections: [{ customer_id: name, vpc_endpoint_id: vpcEndpointId }],
  };
  return { account, connection: id, body };
}

describe('an import', () => {
  it('when everything is new, it is made, and each row has one audit entry', async () => {
    const { account, connection, body } = await existing('all-new');
    const answers: { body: Record<string, unknown> }[] = [];
    const entries = await api.audited(async () => {
      answers.push(await send(body).expect(200));
    });
    expect(answers[0]!.body).toMatchObject({ created: 3, updated: 1, unchanged: 0, refused: 0 });
    expect(entries.map(({ action }) => action)).toEqual([
      'createCustomer',
      'createImport',
      'createGrant',
      'createImport',
    ]);
    const made = await api.request('support').get(`/v1/accounts/${account}`).expect(200);
    expect(made.body).toMatchObject({ standing: 'imported', attested_reason: reason });
    const seen = await api.request('support').get(`/v1/connections/${connection}`).expect(200);
    expect(seen.body).toMatchObject({ decision: 'accept', decision_reason: reason });
    expect(seen.body.customer_id).toBe(made.body.customer_id);
    const listed = await api.request('support').get('/v1/principals').query({ limit: '100' });
    const arns = (listed.body.items as { arn: string }[]).map(({ arn }) => arn);
    expect(arns).toContain(`arn:aws:iam::${account}:root`);
  });

  it('when the same comes again, nothing changes', async () => {
    const { body } = await existing('twice');
    await send(body).expect(200);
    const entries = await api.audited(async () => {
      const again = await send(body).expect(200);
      expect(again.body).toMatchObject({ created: 0, updated: 0, unchanged: 4, refused: 0 });
    });
    expect(entries).toEqual([]);
  });

  it('when a row differs from what is there, only its members change', async () => {
    const { body } = await existing('renamed');
    await send(body).expect(200);
    const customers = [{ external_id: 'renamed', name: 'Renamed' }];
    const grants = [{ ...body.grants[0]!, connections_max: 2 }];
    const { rows } = (await send({ reason, customers, grants }).expect(200)).body;
    expect(rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['updated', 'updated']);
    const now = await api.request('support').get('/v1/customers/renamed').expect(200);
    expect(now.body).toMatchObject({ name: 'Renamed', metadata: { plan_name: 'gold' } });
  });
});

describe('a row that is refused', () => {
  it('when it is one of several, it is told why, and the others are kept', async () => {
    const asking = { ownerAccountId: world.scene.accountNumber() };
    const waiting = await world.scene.showConnection(world.service, asking);
    const disputed = await world.scene.account(api.globex, 'disputed');
    const fine = world.scene.accountNumber();
    const customer_id = api.acme.externalId;
    const { body } = await send({
      reason,
      accounts: [
        { customer_id, account_id: world.globex.account.accountId },
        { customer_id: 'nobody', account_id: fine },
        { customer_id: api.globex.externalId, account_id: disputed.accountId },
        { customer_id, account_id: fine },
      ],
      grants: [{ customer_id, endpoint_service_id: world.service.id, role_names: ['a/path'] }],
      connections: [
        { customer_id, vpc_endpoint_id: waiting.vpcEndpointId },
        { customer_id, vpc_endpoint_id: 'vpce-0123456789abcdef0' },
        { customer_id, vpc_endpoint_id: world.globex.connection.vpcEndpointId },
      ],
    }).expect(200);
    const told = (body.rows as { outcome: string; error: { code: string } | null }[]).map(
      ({ outcome, error }) => error?.code ?? outcome,
    );
    expect(told).toEqual([
      'account_disputed',
      'not_found',
      'account_disputed',
      'created',
      'invalid_principal',
      'invalid_state_transition',
      'not_found',
      'account_disputed',
    ]);
    const other = `/v1/accounts/${waiting.ownerAccountId}`;
    await api.request('support').get(other).expect(404);
  });

  it('when it is all or nothing, nothing is kept, and the rows are named', async () => {
    const { account, body } = await existing('all-or-nothing');
    const wrong = { customer_id: 'all-or-nothing', vpc_endpoint_id: 'vpce-0123456789abcdef1' };
    const connections = [...body.connections, wrong];
    const before = await api.written();
    const refused = await send({ ...body, connections, all_or_nothing: true }).expect(422);
    expect(refused.body).toMatchObject({
      code: 'import_refused',
      errors: [{ pointer: '/connections/1' }],
    });
    expect(await api.written()).toBe(before);
    await api.request('support').get(`/v1/accounts/${account}`).expect(404);
  });

  it('when the account has lapsed, the old list does not make it good again', async () => {
    const { accountId, id } = await world.scene.account(api.acme, 'lapsed');
    const accounts = [{ customer_id: api.acme.id, account_id: accountId }];
    const { body } = await send({ reason, accounts }).expect(200);
    expect(body.rows[0].error).toMatchObject({ code: 'invalid_state_transition' });
    expect(body.rows[0].error.command).toContain(id);
  });

  it('when there are no rows, or too many, that is said', async () => {
    await send({ reason }).expect(400);
    const account = { customer_id: 'acme', account_id: '222222222222' };
    const accounts = Array.from({ length: 600 }, () => account);
    const grant = { customer_id: 'acme', endpoint_service_id: world.service.id };
    const grants = Array.from({ length: 401 }, () => grant);
    const { body } = await send({ reason, accounts, grants }).expect(400);
    expect(body.detail).toContain('1001');
  });
});
