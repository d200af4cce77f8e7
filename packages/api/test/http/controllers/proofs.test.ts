// The forms of a proof over HTTP, and the role that a customer is shown.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proofsWaitingMax } from '../../../src/domain/proof.ts';
import * as operations from '../../../src/storage/operations.ts';
import { startApi, type Api } from '../../harness.ts';
import { addOperation, createWorld, proofFor, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const customer = () => api.request('customer');
const claimed = () => world.scene.account(api.acme, 'claimed');

/** A proof of the customer's that nobody has judged yet, as far as callers follow it. */
async function addProof(customerId: string): Promise<string> {
  const id = await addOperation(api, customerId);
  await api.db.query(`UPDATE operations SET kind = 'prove_account' WHERE id = $1`, [id]);
  return id;
}

/** A fresh challenge of the account, and where its answer goes. */
async function challenged() {
  const { id, accountId } = await claimed();
  const path = `/v1/accounts/${id}`;
  const { body } = await customer().post(`${path}/challenges`).expect(201);
  return { accountId, path: `${path}/proofs`, challenge_id: String(body.id) };
}

describe('getProofRole', () => {
  it('when a customer asks, it is told what to make, with an id that is its own', async () => {
    const { id, accountId } = await claimed();
    const { body } = await customer().get(`/v1/accounts/${id}/proof-role`).expect(200);
    expect(body).toMatchObject({
      role_name: 'sallyport-proof',
      role_arn: `arn:aws:iam::${accountId}:role/sallyport-proof`,
      external_id: `sallyport-${api.acme.id}`,
    });
    expect(JSON.parse(body.trust_policy)).toMatchObject({
      Statement: [
        {
          Principal: { AWS: body.trusted_principal },
          Condition: { StringEquals: { 'sts:ExternalId': body.external_id } },
        },
      ],
    });
  });

  it('when customers differ, so do their external ids; their accounts share one', async () => {
    const role = async (account: { id: string }) => {
      const { body } = await api.request('operator').get(`/v1/accounts/${account.id}/proof-role`);
      return String(body.external_id);
    };
    const [one, two] = [await role(await claimed()), await role(await claimed())];
    const other = await world.scene.account(await world.scene.customer(), 'claimed');
    expect(one).toBe(two);
    expect(await role(other)).not.toBe(one);
  });

  it('when the vendor takes one role only, that is the one to make', async () => {
    const strict = await world.scene.customer({ requiredRole: 'NetworkAdmin' });
    const { id } = await world.scene.account(strict, 'claimed');
    const { body } = await api.request('operator').get(`/v1/accounts/${id}/proof-role`);
    expect(body.role_name).toBe('NetworkAdmin');
  });

  it('when the vendor has nobody in the partition, there is nobody to be trusted', async () => {
    const { id } = await world.scene.account(api.acme, 'claimed', { partition: 'aws-us-gov' });
    const { body } = await customer().get(`/v1/accounts/${id}/proof-role`).expect(200);
    expect(body).toMatchObject({ trusted_principal: null, trust_policy: null });
  });
});

describe('submitProof', () => {
  it('when as many of the customer wait for a verdict as may, it comes too early', async () => {
    const other = await world.scene.customer();
    const { id } = await world.scene.account(other, 'claimed');
    const submit = async () => {
      const { body } = await api.request('operator').post(`/v1/accounts/${id}/challenges`);
      const proof = { challenge_id: body.id, method: 'role' };
      return api.request('operator').post(`/v1/accounts/${id}/proofs`).send(proof);
    };
    const waiting: string[] = [];
    for (let n = 0; n < proofsWaitingMax - 2; n++) waiting.push(await addProof(other.id));
    const two = await Promise.all([submit(), submit(), submit(), submit()]);
    expect(two.map(({ status }) => status).sort()).toEqual([202, 202, 429, 429]);
    const { body, headers } = await submit();
    expect([body.code, headers['retry-after']]).toEqual(['too_many_open', '5']);
    expect(body.remediation.command).toContain(other.id);
    const verdict = { state: 'succeeded', message: 'Proven.' } as const;
    await operations.finish(api.db, waiting[0]!, verdict, api.clock.now());
    expect((await submit()).status).toBe(202);
  });

  it('when it is a role, it is followed like any other', async () => {
    const { path, challenge_id } = await challenged();
    const proof = { challenge_id, method: 'role' };
    const { body } = await customer().post(path).send(proof).expect(202);
    expect(body).toMatchObject({ kind: 'prove_account', state: 'running' });
    const again = await customer().post(path).send(proof).expect(409);
    expect(again.body.code).toBe('challenge_not_usable');
  });

  it.each([
    ['a signature without its region', { access_key_id: 'ASIAIOSFODNN7EXAMPLE' }, '/region'],
    ['no token', { method: 'web_identity_token' }, '/web_identity_token'],
    ['a region beside a role', { method: 'role', region: 'us-east-1' }, '/region'],
    [
      'a role beside a token',
      { method: 'web_identity_token', web_identity_token: 'a.b.c', role_name: 'x' },
      '/role_name',
    ],
    ['an external id', { method: 'role', external_id: 'sallyport-cus_other' }, '/external_id'],
    ['another method', { method: 'password' }, '/method'],
  ])('when it has %s, the member is named and the challenge stays', async (_, proof, pointer) => {
    const { path, challenge_id } = await challenged();
    const { body } = await customer()
      .post(path)
      .send({ challenge_id, ...proof })
      .expect(400);
    expect(body.errors).toMatchObject([{ pointer }]);
    await customer().post(path).send({ challenge_id, method: 'role' }).expect(202);
  });

  it('when a token is none, nothing of it comes back', async () => {
    const { path, challenge_id } = await challenged();
    const proof = { challenge_id, method: 'web_identity_token', web_identity_token: 'S3CR3T.b.c' };
    const { body } = await customer().post(path).send(proof).expect(422);
    expect(body.code).toBe('proof_refused');
    expect(JSON.stringify(body)).not.toContain('S3CR3T');
  });

  it('when nobody could assume a role in the partition, it is refused', async () => {
    const { id } = await world.scene.account(api.acme, 'claimed', { partition: 'aws-us-gov' });
    const { body: made } = await customer().post(`/v1/accounts/${id}/challenges`).expect(201);
    const proof = { challenge_id: made.id, method: 'role' };
    const { body } = await customer().post(`/v1/accounts/${id}/proofs`).send(proof).expect(422);
    expect(body.detail).toContain('no account in aws-us-gov');
  });

  it('when the method is left out, it is a signature, as it always was', async () => {
    const account = await claimed();
    const proof = await proofFor(api, account);
    await customer().post(`/v1/accounts/${account.id}/proofs`).send(proof).expect(202);
  });
});
