import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as events from '../../../src/storage/events.ts';
import { addKey, startApi, type Api, type Who } from '../../harness.ts';
import { addDelivery, createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());
beforeEach(() => api.db.query('DELETE FROM webhooks'));

const target_url = 'https://hooks.example.com/in';
const create = (who: Who, body: object = {}) =>
  api
    .request(who)
    .post('/v1/webhooks')
    .send({ target_url, ...body });

describe('a webhook', () => {
  it('when it is made, its secret is shown this once', async () => {
    const { body } = await create('operator', { event_types: ['connection.*'] }).expect(201);
    expect(body).toMatchObject({ owner: 'vendor', customer_id: null, disabled_since: null });
    expect(Buffer.from((body.secret as string).replace('whsec_', ''), 'base64')).toHaveLength(32);
    const shown = await api.request('operator').get(`/v1/webhooks/${body.id}`).expect(200);
    expect(shown.body).toEqual({ ...body, secret: undefined });
    const audit = await api.request('support').get('/v1/audit-entries').expect(200);
    expect(JSON.stringify(audit.body)).not.toContain(body.secret);
  });

  it('when a customer makes one, it is its own, and the vendor sees it', async () => {
    const { body } = await create('customer').expect(201);
    expect(body).toMatchObject({ owner: 'customer', customer_id: api.acme.id });
    await api.request('support').get(`/v1/webhooks/${body.id}`).expect(200);
  });

  it('when the vendor has one about a customer, that is none of the customer’s', async () => {
    const { body } = await create('operator', { customer_id: 'acme' }).expect(201);
    expect(body).toMatchObject({ owner: 'vendor', customer_id: api.acme.id });
    await api.request('customer').get(`/v1/webhooks/${body.id}`).expect(404);
    const listed = await api.request('customer').get('/v1/webhooks').expect(200);
    expect(listed.body.items).toEqual([]);
    await events.publish(api.db, () => api.makeId('event'));
    const told = await api.request('customer').get('/v1/events?type=webhook.*').expect(200);
    const subjects = (told.body.items as { subject: { id: string } }[]).map(
      ({ subject }) => subject,
    );
    expect(subjects.map(({ id }) => id)).not.toContain(body.id);
  });

  it('when the key is limited to some services, it makes none', async () => {
    const secret = await addKey(api.db, api, 'customer', api.acme.id);
    await api.db.query(
      `UPDATE api_keys SET endpoint_service_ids = $1 WHERE id = (SELECT max(id) FROM api_keys)`,
      [[world.service.id]],
    );
    const { body } = await api
      .request({ secret })
      .post('/v1/webhooks')
      .send({ target_url })
      .expect(403);
    expect(body.code).toBe('insufficient_scope');
  });

  it.each([
    ['plain http', { target_url: 'http://hooks.example.com/' }, '/target_url'],
    ['another protocol', { target_url: 'file:///etc/passwd' }, '/target_url'],
    ['no address', { target_url: 'hooks' }, '/target_url'],
    ['a password', { target_url: 'https://a:b@hooks.example.com/' }, '/target_url'],
    ['a fragment', { target_url: 'https://hooks.example.com/#a' }, '/target_url'],
    ['an unknown type', { event_types: ['grant.*', 'grant.made'] }, '/event_types/1'],
  ])('when it is made with %s, that is refused', async (_, terms, pointer) => {
    const { body } = await create('operator', terms).expect(400);
    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ pointer }] });
  });

  it('when it is made for a mistyped type, the answer names the one that was meant', async () => {
    const { body } = await create('operator', { event_types: ['grant.*', 'acount.*'] }).expect(400);
    expect(body.errors).toMatchObject([
      { pointer: '/event_types/1', detail: expect.stringContaining('did you mean `account.*`?') },
    ]);
  });

  it('when there are twenty, no more are made, and others may still', async () => {
    for (let n = 0; n < 20; n++) await create('customer').expect(201);
    const { body } = await create('customer').expect(409);
    expect(body.code).toBe('limit_reached');
    await create('stranger').expect(201);
  });

  it('when it is switched off and on, nothing is sent meanwhile', async () => {
    const { body } = await create('operator').expect(201);
    const path = `/v1/webhooks/${body.id}`;
    const off = await api.request('operator').patch(path).send({ enabled: false }).expect(200);
    expect(off.body.disabled_reason).toBe('It was switched off.');
    const refused = await api.request('operator').post(`${path}/test`).expect(409);
    expect(refused.body.remediation.command).toBe(`sallyport webhooks update ${body.id} --enabled`);
    const on = await api.request('operator').patch(path).send({ enabled: true }).expect(200);
    expect(on.body).toMatchObject({ disabled_since: null, disabled_reason: null });
    await api.request('operator').post(`${path}/test`).expect(201);
  });

  it('when its secret is rotated, there are never more than two', async () => {
    const { body } = await create('operator').expect(201);
    const rotate = (overlap_hours: number) =>
      api.request('operator').post(`/v1/webhooks/${body.id}/rotate-secret`).send({ overlap_hours });
    const rotated = await rotate(2).expect(201);
    expect(rotated.body.secret).not.toBe(body.secret);
    const ends = new Date(api.clock.now().getTime() + 7_200_000).toISOString();
    expect(rotated.body.secret_ends_at).toBe(ends);
    await rotate(0).expect(409);
    api.clock.advance(7_200_000);
    const again = await rotate(0).expect(201);
    expect(again.body.secret_ends_at).toBeNull();
  });
});

describe('deliveries', () => {
  it('when they are limited to a state, only such are listed, newest first', async () => {
    const { body } = await create('operator').expect(201);
    const ids = [await addDelivery(api, body.id), await addDelivery(api, body.id)];
    const path = `/v1/webhooks/${body.id}/deliveries`;
    const list = async (state: string) =>
      (await api.request('support').get(path).query({ state }).expect(200)).body.items as {
        id: string;
      }[];
    expect((await list('pending')).map(({ id }) => id)).toEqual(ids.toReversed());
    expect(await list('failed')).toEqual([]);
    await api.request('support').get(path).query({ state: 'lost' }).expect(400);
  });

  it('when support asks for one again, it is sent once more', async () => {
    const { body } = await create('operator').expect(201);
    const path = `/v1/webhooks/${body.id}/deliveries`;
    const id = await addDelivery(api, body.id);
    const again = await api.request('support').post(`${path}/${id}/redeliver`).expect(201);
    expect(again.body).toMatchObject({ state: 'pending', message_id: id, attempts: [] });
    expect(again.body.id).not.toBe(id);
  });
});
