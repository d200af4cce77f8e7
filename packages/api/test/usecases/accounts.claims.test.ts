// A number that several customers claim: whose account is meant must be said.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import { startApi, type Api } from '../harness.ts';
import { createScene, type Scene } from '../storage/scene.ts';

let api: Api;
let scene: Scene;
let accountId: string;
let first: Account;
let second: Account;
beforeAll(async () => {
  api = await startApi();
  scene = createScene(api.db, api);
});
afterAll(() => api.close());

/** A stranger claims the number before the customer whose account it is. */
beforeEach(async () => {
  accountId = scene.accountNumber();
  first = await scene.account(api.globex, 'claimed', { accountId });
  second = await scene.account(api.acme, 'claimed', { accountId });
});

const standings = () =>
  api.db.query<{ standing: string }>('SELECT standing FROM accounts WHERE account_id = $1', [
    accountId,
  ]);
const operator = () => api.request('operator');

describe('an operator who names the number', () => {
  it('when it would be vouched for, nobody is, and the ids are told', async () => {
    const { body } = await operator()
      .post(`/v1/accounts/${accountId}/attest`)
      .send({ reason: 'A letter.' })
      .expect(400);
    expect(body.detail).toContain(first.id);
    expect(body.detail).toContain(second.id);
    expect(await standings()).toEqual([{ standing: 'claimed' }, { standing: 'claimed' }]);
  });

  it('when it would be given up, or challenged, nothing happens', async () => {
    await operator().delete(`/v1/accounts/${accountId}`).expect(400);
    await operator().post(`/v1/accounts/${accountId}/challenges`).expect(400);
    expect(await standings()).toHaveLength(2);
  });

  it('when it is only looked at, the owner is shown', async () => {
    const path = `/v1/accounts/${second.id}/attest`;
    await operator().post(path).send({ reason: 'A letter.' }).expect(200);
    const { body } = await operator().get(`/v1/accounts/${accountId}`).expect(200);
    expect(body.id).toBe(second.id);
  });
});

describe('a customer who names the number', () => {
  it('when others claim it too, its own is meant', async () => {
    await api.request('customer').post(`/v1/accounts/${accountId}/challenges`).expect(201);
    await api.request('customer').delete(`/v1/accounts/${accountId}`).expect(204);
    const { body } = await operator().get(`/v1/accounts/${accountId}`).expect(200);
    expect(body.id).toBe(first.id);
  });
});
