// One customer never learns of another, also where nothing is named by an id. What each operation
// answers about what is another customer's is in ../matrix/.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { absentKey } from '../matrix/requests.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

describe('a place in a list', () => {
  it('when a cursor of an operator is used, it shows no more than the own customer', async () => {
    const all = await api.request('operator').get('/v1/connections?limit=1').expect(200);
    const path = `/v1/connections?limit=50&cursor=${all.body.next_cursor}`;
    const { body } = await api.request('customer').get(path).expect(200);
    const owners = (body.items as Record<string, string>[]).map((item) => item.customer_id);
    expect(owners.filter((owner) => owner !== api.acme.id)).toEqual([]);
  });

  it('when it is after an event of another customer, it is told as after none', async () => {
    const after = (id: string) => api.request('customer').get(`/v1/events?after=${id}`).expect(400);
    const foreign = (await after(world.globex.eventId)).body;
    const absent = (await after(absentKey(world.globex.eventId))).body;
    expect(foreign.code).toBe('invalid_cursor');
    expect({ ...foreign, request_id: '' }).toEqual({ ...absent, request_id: '' });
  });
});

describe('an account that two customers claim', () => {
  it('when one has proven it, the other learns of it only by a proof of its own', async () => {
    const number = world.globex.account.accountId;
    const body = { account_id: number };
    const mine = await api.request('customer').post('/v1/accounts').send(body).expect(201);
    expect(mine.body).toMatchObject({ standing: 'claimed', customer_id: api.acme.id });
    const found = await api.request('customer').get(`/v1/accounts/${number}`).expect(200);
    expect(found.body.id).toBe(mine.body.id);
    const theirs = await api.request('customer').get(`/v1/connections?limit=200`).expect(200);
    const ids = (theirs.body.items as { id: string }[]).map(({ id }) => id);
    expect(ids).not.toContain(world.globex.connection.id);
  });
});
