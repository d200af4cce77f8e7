import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { connectionsTarget } from '../../../src/domain/target.ts';
import { addInvite, createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const operator = () => api.request('operator');
const create = (body: object) => operator().post('/v1/customers').send(body);

describe('createCustomer', () => {
  it('when it is made, it can be read by either of its names', async () => {
    const given = {
      external_id: 'initech:42',
      name: 'Initech',
      metadata: { planName: 'gold', 'crm-id': '7' },
      contacts: [{ name: 'Bill', email: 'bill@initech.example' }],
    };
    const { body, headers } = await create(given).expect(201);
    expect(body).toMatchObject({ ...given, state: 'active', offboarding_since: null });
    expect(headers['location']).toBe(`/v1/customers/${body.id}`);
    for (const name of [body.id, 'initech:42']) {
      expect((await operator().get(`/v1/customers/${name}`).expect(200)).body).toEqual(body);
    }
  });

  it.each([
    ['an empty external_id', { external_id: '' }, '/external_id'],
    ['a path', { external_id: 'a/b' }, '/external_id'],
    ['a space', { external_id: 'a b' }, '/external_id'],
    ['no name', { name: undefined }, '/name'],
    ['a long name', { name: 'x'.repeat(201) }, '/name'],
    ['no address', { contacts: [{ name: 'A', email: 'nobody' }] }, '/contacts/0/email'],
    ['a number in the metadata', { metadata: { a: 1 } }, '/metadata/a'],
    ['a state of its own', { state: 'offboarded' }, '/state'],
    ['what PostgreSQL cannot keep', { name: 'a\0b' }, '/name'],
  ])('when it has %s, the field is named', async (_, change, pointer) => {
    const { body } = await create({ external_id: 'valid', name: 'Valid', ...change }).expect(400);
    expect(body.errors).toMatchObject([{ pointer }]);
  });

  it('when the name is taken, it is refused', async () => {
    const { body } = await create({ external_id: 'acme', name: 'Another' }).expect(409);
    expect(body).toMatchObject({ code: 'already_exists', detail: expect.stringContaining('acme') });
  });

  it('when the external_id looks like an id of ours, it is refused', async () => {
    const { body } = await create({ external_id: api.acme.id, name: 'Mallory' }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/external_id' }]);
  });
});

describe('listCustomers', () => {
  it('when it is filtered by a state, the others are left out', async () => {
    const { id } = await world.scene.customer({ state: 'suspended' });
    const { body } = await operator().get('/v1/customers?state=suspended').expect(200);
    const found = body.items as { id: string; state: string }[];
    expect(found.map((customer) => customer.id)).toContain(id);
    expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['suspended']));
  });

  it.each([
    ['state=gone', 'state'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=x', 'limit'],
    ['stat=active', 'stat'],
  ])('when it is asked with %s, the parameter is named', async (query, parameter) => {
    const { body } = await operator().get(`/v1/customers?${query}`).expect(400);
    expect(body.errors).toMatchObject([{ parameter }]);
  });
});

describe('updateCustomer', () => {
  it('when some of it changes, the rest stays', async () => {
    const { body: made } = await create({ external_id: 'hooli', name: 'Hooli' }).expect(201);
    api.clock.advance(1_000);
    const path = `/v1/customers/${made.id}`;
    const { body } = await operator()
      .patch(path)
      .send({ metadata: { a: 'b' } })
      .expect(200);
    const updated_at = api.clock.now().toISOString();
    expect(body).toEqual({ ...made, metadata: { a: 'b' }, updated_at });
    expect((await operator().get(path).expect(200)).body).toEqual(body);
  });

  it('when nothing differs, not even the time of the change does', async () => {
    const { body: made } = await create({ external_id: 'umbrella', name: 'Umbrella' }).expect(201);
    api.clock.advance(1_000);
    for (const change of [{}, { name: 'Umbrella', metadata: {}, contacts: [] }]) {
      const { body } = await operator().patch('/v1/customers/umbrella').send(change).expect(200);
      expect(body).toEqual(made);
    }
  });

  it('when its id is to change, it is refused', async () => {
    const body = { external_id: 'other' };
    const answer = await operator().patch('/v1/customers/acme').send(body).expect(400);
    expect(answer.body.errors).toMatchObject([{ pointer: '/external_id' }]);
  });
});

describe('offboardCustomer', () => {
  it('when it begins, workers are woken and nothing is wanted any more', async () => {
    const customer = await world.scene.customer();
    await world.scene.account(customer, 'proven');
    const service = await world.scene.service();
    await world.scene.grant(customer, service);
    await api.db.query('DELETE FROM targets');
    await api.db.query(
      `INSERT INTO targets (kind, key, due_at) VALUES ('connections', $1, '2100-01-01')`,
      [connectionsTarget(service).key],
    );
    const { body } = await operator().post(`/v1/customers/${customer.id}/offboard`).expect(202);
    expect(body).toMatchObject({ kind: 'offboard_customer', done: false });
    const woken = await api.db.query<{ kind: string }>(
      "SELECT kind FROM targets WHERE due_at < '2100-01-01' ORDER BY kind",
    );
    expect(woken.map(({ kind }) => kind)).toEqual(['connections', 'customer', 'principals']);
    const query = { endpoint_service_id: service.id };
    const listed = await operator().get('/v1/principals').query(query).expect(200);
    expect(listed.body.items).toMatchObject([{ state: 'gone' }]);
  });

  it('when it is under way, the same operation is told', async () => {
    const { id } = await world.scene.customer();
    const path = `/v1/customers/${id}/offboard`;
    const first = await operator().post(path).expect(202);
    const second = await operator().post(path).expect(202);
    expect(second.body.id).toBe(first.body.id);
    const { body } = await operator().get(`/v1/customers/${id}`).expect(200);
    expect(body.offboarding_since).toBe(api.clock.now().toISOString());
  });

  it('when it has left, it cannot leave again', async () => {
    const { id } = await world.scene.customer({ state: 'offboarded' });
    const { body } = await operator().post(`/v1/customers/${id}/offboard`).expect(409);
    expect(body.code).toBe('invalid_state_transition');
  });
});

describe('the terms of an offboarding', () => {
  const offboard = async (body: object) => {
    const { id } = await world.scene.customer();
    return operator().post(`/v1/customers/${id}/offboard`).send(body);
  };

  it.each([
    ['drain without a deadline', { policy: 'drain' }],
    ['a deadline that has passed', { policy: 'drain', drain_until: '2000-01-01T00:00:00Z' }],
    ['a deadline without drain', { policy: 'keep', drain_until: '2100-01-01T00:00:00Z' }],
  ])('when they have %s, the field is named', async (_, body) => {
    const answer = await offboard(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ pointer: '/drain_until' }]);
  });

  it('when they are changed, the same operation goes on with them', async () => {
    const { id } = await world.scene.customer();
    const path = `/v1/customers/${id}/offboard`;
    const drain_until = '2100-01-01T00:00:00.000Z';
    const first = await operator().post(path).send({ policy: 'drain', drain_until }).expect(202);
    const drains = await operator().get(`/v1/customers/${id}`).expect(200);
    expect(drains.body).toMatchObject({ offboarding_policy: 'drain', drain_until });
    const entries = await api.audited(async () => {
      const second = await operator().post(path).send({ policy: 'reject' }).expect(202);
      expect(second.body.id).toBe(first.body.id);
    });
    expect(entries).toMatchObject([{ action: 'offboardCustomer' }]);
    const rejects = await operator().get(`/v1/customers/${id}`).expect(200);
    expect(rejects.body).toMatchObject({ offboarding_policy: 'reject', drain_until: null });
  });
});

describe('getOffboarding', () => {
  it('when it is looked at first, it tells what would be done, and changes nothing', async () => {
    const customer = await world.scene.customer();
    const { accountId } = await world.scene.account(customer, 'proven');
    const service = await world.scene.service({ frozenSince: api.clock.now() });
    const arn = `arn:aws:iam::${accountId}:root`;
    await world.scene.showPrincipals(service, [arn]);
    const { id } = await world.scene.showConnection(service, {
      ownerAccountId: accountId,
      awsState: 'available',
    });
    const path = `/v1/customers/${customer.id}/offboarding`;
    const { body } = await api.request('support').get(path).expect(200);
    expect(body).toMatchObject({
      customer_id: customer.id,
      state: 'active',
      policy: 'reject',
      next: { step: 'wait', connection_ids: [] },
      services: [
        {
          endpoint_service_id: service.id,
          principals: [{ arn, owned: false }],
          connections: [{ id, decision: 'undecided' }],
          steps: ['reject_connections', 'read_again'],
          held_up_by: [{ by: 'frozen' }, { by: 'unmanaged_principal' }],
        },
      ],
    });
    const unchanged = await operator().get(`/v1/customers/${customer.id}`).expect(200);
    expect(unchanged.body.state).toBe('active');
  });

  it('when the policy is none, the parameter is named', async () => {
    const { body } = await operator()
      .get('/v1/customers/acme/offboarding?policy=forget')
      .expect(400);
    expect(body.errors).toMatchObject([{ parameter: 'policy' }]);
  });
});

describe('suspendCustomer', () => {
  const path = (id: string) => `/v1/customers/${id}/suspend`;

  it('when no policy is named, nothing is taken away, and it can be taken away later', async () => {
    const { id } = await world.scene.customer();
    const reason = 'Unpaid';
    const first = await operator().post(path(id)).send({ reason }).expect(202);
    expect(first.body).toMatchObject({ kind: 'suspend_customer', done: false });
    const kept = await operator().get(`/v1/customers/${id}`).expect(200);
    expect(kept.body).toMatchObject({
      state: 'suspended',
      suspended_since: api.clock.now().toISOString(),
      suspension_policy: 'keep',
      suspension_reason: reason,
    });
    const second = await operator().post(path(id)).send({ reason, policy: 'block' }).expect(202);
    expect(second.body.id).toBe(first.body.id);
    await operator().post(path(id)).send({ reason }).expect(202);
    const blocked = await operator().get(`/v1/customers/${id}`).expect(200);
    expect(blocked.body.suspension_policy).toBe('block');
  });

  it.each([
    ['no reason', {}, '/reason'],
    ['a policy that there is not', { reason: 'x', policy: 'drain' }, '/policy'],
  ])('when it has %s, the field is named', async (_, body, pointer) => {
    const { id } = await world.scene.customer();
    const answer = await operator().post(path(id)).send(body).expect(400);
    expect(answer.body.errors).toMatchObject([{ pointer }]);
  });

  it.each(['offboarding', 'offboarded'] as const)(
    'when the customer is %s, it can neither be suspended nor resumed',
    async (state) => {
      const { id } = await world.scene.customer({ state });
      const suspended = await operator().post(path(id)).send({ reason: 'x' }).expect(409);
      const resumed = await operator().post(`/v1/customers/${id}/resume`).expect(409);
      for (const { body } of [suspended, resumed]) {
        expect(body.code).toBe('invalid_state_transition');
      }
    },
  );
});

describe('resumeCustomer', () => {
  it('when it is back, nothing of the suspension is left, and who waits is told', async () => {
    const { id } = await world.scene.customer();
    const reason = 'Unpaid';
    const { body: operation } = await operator()
      .post(`/v1/customers/${id}/suspend`)
      .send({ reason, policy: 'reject' })
      .expect(202);
    const { body } = await operator().post(`/v1/customers/${id}/resume`).expect(200);
    expect(body).toMatchObject({
      state: 'active',
      suspended_since: null,
      suspension_policy: null,
      suspension_reason: null,
      rejected_connection_ids: [],
    });
    const told = await operator().get(`/v1/operations/${operation.id}`).expect(200);
    expect(told.body).toMatchObject({ state: 'failed', error_code: 'invalid_state_transition' });
  });
});

describe('invites', () => {
  const path = () => `/v1/customers/${api.acme.id}/invites`;

  it('when one is made, its token is shown once', async () => {
    const { body } = await operator().post(path()).expect(201);
    expect(body).toMatchObject({ state: 'open', customer_id: api.acme.id });
    expect(body.token).toMatch(/^sallyport_invite_/);
    const listed = await api.request('support').get(path()).expect(200);
    const { token: _token, ...shown } = body;
    expect(listed.body.items).toContainEqual(shown);
  });

  it('when its time is up, the list says so', async () => {
    const { body } = await operator().post(path()).expect(201);
    api.clock.advance(7 * 86_400_000);
    const listed = await operator().get(`${path()}?limit=200`).expect(200);
    const states = (listed.body.items as { id: string; state: string }[]).filter(
      ({ id }) => id === body.id,
    );
    expect(states).toMatchObject([{ state: 'expired' }]);
  });

  it('when the customer is not active, none is made', async () => {
    const { id } = await world.scene.customer({ state: 'suspended' });
    const { body } = await operator().post(`/v1/customers/${id}/invites`).expect(409);
    expect(body.code).toBe('customer_not_active');
  });

  it('when one is revoked, it cannot be redeemed', async () => {
    const token = 'token-to-be-revoked';
    const id = await addInvite(api, api.acme.id, token);
    await operator().delete(`${path()}/${id}`).expect(204);
    await api.request('nobody').post('/v1/invites/redeem').send({ token }).expect(409);
  });

  it('when one was redeemed, revoking it says that the key is to be revoked', async () => {
    const token = 'token-to-be-redeemed';
    const id = await addInvite(api, api.acme.id, token);
    await api.request('nobody').post('/v1/invites/redeem').send({ token }).expect(201);
    const { body } = await operator().delete(`${path()}/${id}`).expect(409);
    expect(body.detail).toContain('revoke its API key');
  });

  it('when it is of another customer, it is not found', async () => {
    const id = await addInvite(api, api.globex.id, 'token-of-globex');
    await operator().delete(`${path()}/${id}`).expect(404);
  });
});
