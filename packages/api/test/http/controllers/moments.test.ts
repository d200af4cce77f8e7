// Moments that callers give: what cannot be stored or told again is refused where it comes in.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
let newcomer: string;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
  newcomer = (await world.scene.customer()).id;
});
afterAll(() => api.close());

/** With the offset it is in the year 10000; then a leap second. */
const untold = ['9999-12-31T23:59:59-23:59', '2027-06-30T23:59:60Z'];

describe.each(untold)('when %s is given', (moment) => {
  it.each([
    ['/v1/api-keys', () => ({ name: 'x', role: 'support', expires_at: moment }), 'expires_at'],
    [
      '/v1/customers/acme/offboard',
      () => ({ policy: 'drain', drain_until: moment }),
      'drain_until',
    ],
    ['/v1/grants', () => ({ ...newGrant(), expires_at: moment }), 'expires_at'],
  ])('POST %s refuses it, and names the member', async (path, body, name) => {
    const answer = await api.request('operator').post(path).send(body()).expect(400);
    expect(answer.body.errors).toMatchObject([{ pointer: `/${name}` }]);
  });

  it.each([
    ['/v1/access-report', 'at'],
    ['/v1/events', 'since'],
    ['/v1/accounts', 'updated_since'],
  ])('GET %s refuses it, and names the parameter', async (path, name) => {
    const query = name === 'at' ? { endpoint_service_id: world.service.id } : {};
    const asked = { ...query, [name]: moment };
    const answer = await api.request('operator').get(path).query(asked).expect(400);
    expect(answer.body.errors).toMatchObject([{ parameter: name }]);
  });
});

describe('when the plus of an offset is no %2B, and so arrives as a space', () => {
  it.each([
    ['/v1/events', 'since'],
    ['/v1/customers', 'updated_since'],
  ])('GET %s says so', async (path, name) => {
    const target = `${path}?${name}=2027-01-31T12:00:00+01:00`;
    const { body } = await api.request('operator').get(target).expect(400);
    expect(body.errors).toMatchObject([{ parameter: name }]);
    expect(body.detail).toMatch(/; in a query `\+` is written `%2B`\.$/);
    await api.request('operator').get(target.replace('+', '%2B')).expect(200);
  });
});

it('when a key lives to the last moment, so does the one that takes its place', async () => {
  const last = '9999-12-31T23:59:59.999Z';
  const key = { name: 'x', role: 'support', expires_at: last };
  const made = await api.request('operator').post('/v1/api-keys').send(key).expect(201);
  api.clock.advance(86_400_000);
  const path = `/v1/api-keys/${made.body.id}/rotate`;
  const { body } = await api.request('operator').post(path).expect(201);
  expect(body.expires_at).toBe(last);
});

function newGrant() {
  return { customer_id: newcomer, endpoint_service_id: world.service.id };
}
