import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as operations from '../../../src/storage/operations.ts';
import { startApi, type Api } from '../../harness.ts';
import { addOperation } from './world.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const get = (id: string) => api.request('customer').get(`/v1/operations/${id}`);

describe('getOperation', () => {
  it('when it runs, the answer says when to ask again', async () => {
    const id = await addOperation(api, api.acme.id);
    const { body, headers } = await get(id).expect(200);
    expect(body).toMatchObject({ id, state: 'running', done: false, finished_at: null });
    expect(headers['retry-after']).toBe('1');
  });

  it('when it has failed, the answer says why and does not ask to come again', async () => {
    const id = await addOperation(api, api.acme.id);
    const outcome = {
      state: 'failed',
      message: 'STS refused.',
      errorCode: 'proof_refused',
    } as const;
    await operations.finish(api.db, id, outcome, api.clock.now());
    const { body, headers } = await get(id).expect(200);
    expect(body).toMatchObject({
      done: true,
      error_code: 'proof_refused',
      message: 'STS refused.',
    });
    expect(body.finished_at).toBe(api.clock.now().toISOString());
    expect(headers).not.toHaveProperty('retry-after');
  });

  it('when it is of the vendor, a customer does not see it', async () => {
    const id = await addOperation(api, null);
    await get(id).expect(404);
    await api.request('support').get(`/v1/operations/${id}`).expect(200);
  });
});

describe('listOperations', () => {
  it('when it is filtered by a state, the newest of them come first', async () => {
    const ids = [await addOperation(api, null), await addOperation(api, null)];
    const outcome = { state: 'succeeded', message: 'Done.' } as const;
    for (const id of ids) await operations.finish(api.db, id, outcome, api.clock.now());
    const request = api.request('support').get('/v1/operations?state=succeeded').expect(200);
    const items = (await request).body.items as { id: string }[];
    expect(items.map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('when the state is none that there is, it is refused', async () => {
    const { body } = await api.request('support').get('/v1/operations?state=done').expect(400);
    expect(body.errors).toMatchObject([{ parameter: 'state' }]);
  });
});
