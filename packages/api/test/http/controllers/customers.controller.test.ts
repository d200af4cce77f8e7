import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('createCustomer', () => {
  it('when', async () => {
    const { body } = await api
      .request('operator')
      .post('/v1/customers')
      .send({ external_id: 'x', name: 'X' })
      .expect(201);
    expect(body).toMatchObject({ external_id: 'x' });
  });
});
