import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as events from '../../../src/storage/events.ts';
import { startApi, type Api, type Who } from '../../harness.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

interface Told {
  id: string;
  type: string;
  subject: { id: string };
  customer_id: string | null;
}

const publish = () => events.publish(api.db, () => api.makeId('event'));

async function list(who: Who, query: Record<string, string> = {}) {
  await publish();
  const { body } = await api.request(who).get('/v1/events').query(query).expect(200);
  return body as { items: Told[]; next_cursor: string | null };
}

async function renamed(customerId: string, name: string): Promise<void> {
  await api.request('operator').patch(`/v1/customers/${customerId}`).send({ name }).expect(200);
}

/** The last event that staff see. */
async function newest(): Promise<Told> {
  await renamed(world.acme.customer.id, `Acme ${api.makeId('request')}`);
  await publish();
  const [last] = await events.listAfter(api.db, {}, (await events.lastPosition(api.db)) - 1, 1);
  return last as unknown as Told;
}

describe('listEvents', () => {
  it('when something is changed, it is told in few words', async () => {
    const { id: after } = await newest();
    const { id } = world.acme.customer;
    const body = { reason: 'Unpaid', policy: 'keep' };
    await api.request('operator').post(`/v1/customers/${id}/suspend`).send(body).expect(202);
    await api.request('operator').post(`/v1/customers/${id}/resume`).expect(200);
    const { items } = await list('operator', { after, subject_id: id });
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^evt_/),
        type: 'customer.suspended',
        at: api.clock.now().toISOString(),
        subject: { kind: 'customer', id },
        customer_id: id,
        state: { before: 'active', after: 'suspended' },
        alarm: null,
      },
      expect.objectContaining({ type: 'customer.resumed' }),
    ]);
  });

  it('when a change is only tried out, or refused, nobody is told', async () => {
    const { id: after } = await newest();
    const path = `/v1/customers/${world.acme.customer.id}`;
    const trial = { validate_only: 'true' };
    await api.request('operator').patch(path).query(trial).send({ name: 'Trial' }).expect(200);
    await api.request('operator').patch(path).send({ nonsense: true }).expect(400);
    expect((await list('operator', { after })).items).toEqual([]);
  });

  it('when a customer reads, it sees all of its own events and no others', async () => {
    const { id: own } = world.acme.customer;
    const { id: other } = world.globex.customer;
    for (const id of [own, other, own]) await renamed(id, `Renamed ${api.makeId('request')}`);
    const { items } = await list('customer', { limit: '200' });
    expect(new Set(items.map(({ customer_id }) => customer_id))).toEqual(new Set([own]));
    const all = (await list('operator', { limit: '200' })).items;
    expect(items).toEqual(all.filter(({ customer_id }) => customer_id === own));
    expect((await list('customer', { customer_id: other })).items).toEqual([]);
    expect((await list('customer', { subject_id: other })).items).toEqual([]);
  });

  it('when a customer goes on after an event of another, it learns nothing', async () => {
    await publish();
    const { items } = await list('operator', { customer_id: world.globex.customer.id });
    const foreign = items[0]!.id;
    const absent = foreign.replace(/.$/, foreign.endsWith('0') ? '1' : '0');
    const answers = [];
    for (const after of [foreign, absent]) {
      const { body } = await api.request('customer').get('/v1/events').query({ after }).expect(400);
      answers.push({ ...body, request_id: null, instance: null });
    }
    expect(answers[0]).toMatchObject({ code: 'invalid_cursor' });
    expect(answers[0]).toEqual(answers[1]);
  });

  it('when the pages are followed while there is more to tell, each event comes once', async () => {
    const { id: start } = await newest();
    const ids: string[] = [];
    let query: Record<string, string> = { after: start, limit: '2' };
    for (let page = 0; page < 4; page++) {
      for (const turn of [1, 2]) await renamed(world.acme.customer.id, `Page ${page}.${turn}`);
      const { items, next_cursor } = await list('operator', query);
      ids.push(...items.map(({ id }) => id));
      query = next_cursor
        ? { after: start, limit: '2', cursor: next_cursor }
        : { after: ids.at(-1)!, limit: '2' };
    }
    const { items } = await list('operator', { after: start });
    expect(ids).toEqual(items.map(({ id }) => id).slice(0, ids.length));
    expect(ids).toHaveLength(8);
  });

  it('when it is limited to a type, a resource or a time, only such are listed', async () => {
    const { id: after } = await newest();
    api.clock.advance(60_000);
    const since = api.clock.now().toISOString();
    await renamed(world.acme.customer.id, 'Later');
    const body = { name: 'k', role: 'support' };
    await api.request('operator').post('/v1/api-keys').send(body).expect(201);
    const types = async (query: Record<string, string>) =>
      (await list('operator', { after, ...query })).items.map(({ type }) => type);
    expect(await types({ type: 'api_key.created' })).toEqual(['api_key.created']);
    expect(await types({ type: 'customer.*' })).toEqual(['customer.updated']);
    expect(await types({ since })).toEqual(['customer.updated', 'api_key.created']);
    api.clock.advance(1);
    expect(await types({ since: api.clock.now().toISOString() })).toEqual([]);
  });

  it.each([
    [{ type: 'customer.exploded' }, 'invalid_request'],
    [{ type: '*' }, 'invalid_request'],
    [{ since: 'yesterday' }, 'invalid_request'],
    [{ after: 'evt_nonsense' }, 'invalid_cursor'],
  ])('when it is asked for %j, it is refused as %s', async (query, code) => {
    const { body } = await api.request('operator').get('/v1/events').query(query).expect(400);
    expect(body).toMatchObject({ code });
  });

  it.each([
    ['customer.udpated', 'customer.updated'],
    ['customers.*', 'customer.*'],
    ['conection.available', 'connection.available'],
  ])('when it is asked for the type %s, %s is what was meant', async (type, meant) => {
    const { body } = await api.request('operator').get('/v1/events').query({ type }).expect(400);
    expect(body.detail).toBe(
      `There is no event type "${type}", did you mean \`${meant}\`? ` +
        'docs/event-types.md has them all.',
    );
  });
});
