import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import * as operations from '../../../src/storage/operations.ts';
import * as principals from '../../../src/storage/principals.ts';
import { audience, startApi, type Api } from '../../harness.ts';
import { createWorld, proofFor, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const operator = () => api.request('operator');
const customer = () => api.request('customer');
const claimed = () => world.scene.account(api.acme, 'claimed');

describe('createAccount', () => {
  it('when a customer claims an account, it is its own and lets nobody in', async () => {
    const account_id = world.scene.accountNumber();
    const { body, headers } = await customer()
      .post('/v1/accounts')
      .send({ account_id })
      .expect(201);
    expect(body).toMatchObject({ account_id, standing: 'claimed', customer_id: api.acme.id });
    expect(body).toMatchObject({ partition: 'aws', proven_by: null, attested_reason: null });
    expect(headers['location']).toBe(`/v1/accounts/${body.id}`);
  });

  it('when an operator claims one for a customer, either of its names will do', async () => {
    for (const customer_id of [api.acme.id, api.acme.externalId]) {
      const body = { account_id: world.scene.accountNumber(), customer_id, partition: 'aws-cn' };
      const made = await operator().post('/v1/accounts').send(body).expect(201);
      expect(made.body).toMatchObject({ customer_id: api.acme.id, partition: 'aws-cn' });
    }
  });

  it('when an operator does not say for whom, it is told what is missing', async () => {
    const body = { account_id: world.scene.accountNumber() };
    const answer = await operator().post('/v1/accounts').send(body).expect(400);
    expect(answer.body.errors).toMatchObject([{ pointer: '/customer_id' }]);
  });

  it.each([
    '22222222222',
    '2222222222222',
    '2222-2222-2222',
    ' 222222222222',
    '２２２２２２２２２２２２',
  ])('when the number is %j, it is refused', async (account_id) => {
    const { body } = await customer().post('/v1/accounts').send({ account_id }).expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/account_id' }]);
  });

  it('when the customer has claimed it already, it is refused', async () => {
    const { accountId: account_id } = world.acme.account;
    const { body } = await customer().post('/v1/accounts').send({ account_id }).expect(409);
    expect(body.code).toBe('already_exists');
  });

  it.each(['suspended', 'offboarding', 'offboarded'] as const)(
    'when the customer is %s, it is refused',
    async (state) => {
      const { id: customer_id } = await world.scene.customer({ state });
      const body = { account_id: world.scene.accountNumber(), customer_id };
      const answer = await operator().post('/v1/accounts').send(body).expect(409);
      expect(answer.body.code).toBe('customer_not_active');
    },
  );
});

describe('listAccounts', () => {
  it('when it is filtered, each item has what was asked for', async () => {
    const owner = await world.scene.customer();
    const lapsed = await world.scene.account(owner, 'lapsed');
    await world.scene.account(owner, 'claimed');
    const query = { customer_id: owner.externalId, standing: 'lapsed' };
    const { body } = await api.request('support').get('/v1/accounts').query(query).expect(200);
    expect(body.items).toMatchObject([{ id: lapsed.id }]);
    expect(body.next_cursor).toBeNull();
  });

  it('when the standing is none that there is, it is told which there are', async () => {
    const { body } = await operator().get('/v1/accounts?standing=prooven').expect(400);
    expect(body.errors).toMatchObject([{ parameter: 'standing' }]);
    expect(body.detail).toContain('`claimed`, `proven`, `attested`');
  });
});

describe('getAccount', () => {
  it('when it is named by its number, it is the same as by its id', async () => {
    const { id, accountId } = world.acme.account;
    const byId = await customer().get(`/v1/accounts/${id}`).expect(200);
    const byNumber = await customer().get(`/v1/accounts/${accountId}`).expect(200);
    expect(byNumber.body).toEqual(byId.body);
  });

  it('when the id is of another kind, both kinds are named', async () => {
    const { body } = await operator().get(`/v1/accounts/${api.acme.id}`).expect(400);
    expect(body.code).toBe('wrong_id_kind');
    expect(body.detail).toMatch(/the id of a customer; this takes an account/);
  });
});

describe('deleteAccount', () => {
  it('when it is given up, its entry on the allowlist is no longer wanted', async () => {
    const account = await world.scene.account(api.acme, 'proven');
    const service = await world.scene.service();
    await world.scene.grant(api.acme, service, { accountIds: [account.accountId] });
    await customer().delete(`/v1/accounts/${account.id}`).expect(204);
    const facts = await principals.facts(api.db, service.id);
    expect(facts).toMatchObject([{ wanted: false }]);
    await customer().get(`/v1/accounts/${account.id}`).expect(404);
  });

  it('when the customer leaves, it stays, so that its connections are not forgotten', async () => {
    const leaving = await world.scene.customer();
    const account = await world.scene.account(leaving, 'proven');
    await operator().post(`/v1/customers/${leaving.id}/offboard`).expect(202);
    const { body } = await operator().delete(`/v1/accounts/${account.id}`).expect(409);
    expect(body.code).toBe('customer_not_active');
  });

  it('when a proof of it is under way, whoever follows that learns of its end', async () => {
    const account = await claimed();
    const proof = await proofFor(api, account);
    const path = `/v1/accounts/${account.id}`;
    const { body } = await customer().post(`${path}/proofs`).send(proof).expect(202);
    await customer().delete(path).expect(204);
    const ended = await customer().get(`/v1/operations/${body.id}`).expect(200);
    expect(ended.body).toMatchObject({ done: true, state: 'failed', error_code: 'not_found' });
  });
});

describe('createChallenge', () => {
  it('when it is asked for, it is random, ours and lives five minutes', async () => {
    const { id } = await claimed();
    const ask = () => customer().post(`/v1/accounts/${id}/challenges`).expect(201);
    const [one, two] = [await ask(), await ask()];
    const told = ['id', 'challenge', 'audience', 'request_tag_key', 'expires_at'];
    expect(Object.keys(one.body as object)).toEqual(told);
    expect(one.body.request_tag_key).toBe('sallyport-challenge');
    expect(one.body.audience).toBe(audience);
    expect(Date.parse(one.body.expires_at) - api.clock.now().getTime()).toBe(300_000);
    expect(Buffer.from(one.body.challenge, 'base64url')).toHaveLength(32);
    expect(one.body.challenge).not.toBe(two.body.challenge);
  });

  it('when the customer is suspended, it is refused', async () => {
    const suspended = await world.scene.customer({ state: 'suspended' });
    const { id } = await world.scene.account(suspended, 'claimed');
    const { body } = await operator().post(`/v1/accounts/${id}/challenges`).expect(409);
    expect(body.code).toBe('customer_not_active');
  });
});

describe('submitProof', () => {
  const submit = (account: Account, body: object) =>
    customer().post(`/v1/accounts/${account.id}/proofs`).send(body);

  it('when it is well formed, a worker is to judge it and the answer says where', async () => {
    const account = await claimed();
    const { body, headers } = await submit(account, await proofFor(api, account)).expect(202);
    expect(body).toMatchObject({ kind: 'prove_account', subject_id: account.id, done: false });
    expect(headers).toMatchObject({ location: `/v1/operations/${body.id}`, 'retry-after': '1' });
    const rows = await api.db.query('SELECT key FROM targets WHERE kind = $1', ['proof']);
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each([
    ['a region of somebody else', { region: 'us-east-1.evil' }],
    ['a region of another partition', { region: 'cn-north-1' }],
    ['an old date', { amz_date: '20260301T110000Z' }],
    ['a signature in upper case', { signature: 'A'.repeat(64) }],
    ['a key id with a line break', { access_key_id: 'ASIAIOSFODNN7\r\nX' }],
  ])('when it has %s, it is refused and the challenge stays good', async (_, change) => {
    const account = await claimed();
    const proof = await proofFor(api, account);
    const { body } = await submit(account, { ...proof, ...change }).expect(422);
    expect(body).toMatchObject({ code: 'proof_refused', remediation: { actor: 'customer' } });
    await submit(account, proof).expect(202);
  });

  it.each([
    ['no challenge', { challenge_id: undefined }],
    ['a token of 5000 characters', { session_token: 'A'.repeat(5000) }],
    ['a field that there is none of', { secret_access_key: 'x' }],
  ])('when it has %s, it is not valid', async (_, change) => {
    const account = await claimed();
    const proof = { ...(await proofFor(api, account)), ...change };
    const { body } = await submit(account, proof).expect(400);
    expect(body.code).toBe('invalid_request');
  });

  it('when the challenge is of another account, it is refused', async () => {
    const [mine, other] = [await claimed(), await claimed()];
    const { body } = await submit(mine, await proofFor(api, other)).expect(409);
    expect(body.code).toBe('challenge_not_usable');
  });

  it('when the challenge has expired, it is refused', async () => {
    const account = await claimed();
    const proof = await proofFor(api, account);
    await api.db.query('UPDATE challenges SET expires_at = $1', [api.clock.now()]);
    const { body } = await submit(account, proof).expect(409);
    expect(body.code).toBe('challenge_not_usable');
  });

  it('when two are handed in, each has an operation of its own', async () => {
    const account = await claimed();
    const first = await submit(account, await proofFor(api, account)).expect(202);
    const second = await submit(account, await proofFor(api, account)).expect(202);
    const refused = { state: 'failed', message: 'No.', errorCode: 'proof_refused' } as const;
    await operations.finish(api.db, first.body.id as string, refused, api.clock.now());
    const { body } = await customer().get(`/v1/operations/${second.body.id}`).expect(200);
    expect(body.state).toBe('running');
  });
});

describe('attestAccount', () => {
  const attest = (id: string, reason: string) =>
    operator().post(`/v1/accounts/${id}/attest`).send({ reason });

  it.each(['claimed', 'disputed', 'lapsed'] as const)(
    'when the account is %s, it has standing afterwards, with the reason in the log',
    async (standing) => {
      const { id } = await world.scene.account(api.acme, standing);
      const entries = await api.audited(async () => {
        const { body } = await attest(id, 'Contract 4711').expect(200);
        expect(body).toMatchObject({ standing: 'attested', attested_reason: 'Contract 4711' });
      });
      expect(entries).toMatchObject([{ reason: 'Contract 4711', customerId: api.acme.id }]);
    },
  );

  it.each(['proven', 'imported'] as const)('when it is %s, it stays so', async (standing) => {
    const { id } = await world.scene.account(api.acme, standing);
    const { body } = await attest(id, 'Contract 4711').expect(200);
    expect(body).toMatchObject({ standing, attested_reason: null });
  });

  it('when somebody else owns the number, it is refused and nothing changes', async () => {
    const { accountId } = world.globex.account;
    const { id } = await world.scene.account(api.acme, 'claimed', { accountId });
    const { body } = await attest(id, 'They said so').expect(409);
    expect(body).toMatchObject({ code: 'account_disputed', remediation: { actor: 'vendor' } });
    const owner = await operator().get(`/v1/accounts/${accountId}`).expect(200);
    expect(owner.body.customer_id).toBe(api.globex.id);
  });

  it('when it has standing, its entry can be seen on the allowlist at once', async () => {
    const owner = await world.scene.customer();
    const service = await world.scene.service();
    await world.scene.grant(owner, service);
    const { id, accountId } = await world.scene.account(owner, 'claimed');
    await attest(id, 'Contract 4711').expect(200);
    const query = { endpoint_service_id: service.serviceId! };
    const { body } = await operator().get('/v1/principals').query(query).expect(200);
    const arn = `arn:aws:iam::${accountId}:root`;
    expect(body.items).toMatchObject([{ arn, state: 'pending' }]);
  });

  it('when there is no reason, it is refused', async () => {
    const { id } = await claimed();
    const { body } = await attest(id, '').expect(400);
    expect(body.errors).toMatchObject([{ pointer: '/reason' }]);
  });
});
