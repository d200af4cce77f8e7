// Dates that the contract lets pass and that no calendar of ours has.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type Api } from '../harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('when a key is to expire in a leap second, the answer says what is wrong', async () => {
  const key = { name: 'leap', role: 'support', expires_at: '2027-06-30T23:59:60Z' };
  const { status, body } = await api.request('operator').post('/v1/api-keys').send(key);
  expect([status, body.code]).toEqual([400, 'invalid_request']);
  expect(JSON.stringify(body)).toContain('/expires_at');
});
