// What holds for every resource that has an ETag: it tells of every change, a change that names an
// old one is refused, and of two that name the same one wins.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spec, startApi, type Api } from '../../harness.ts';
import { changeSamples, readSamples, send, type Sending } from './requests.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const operations = Object.values(spec.paths).flatMap((item) => Object.values(item));
const conditional = operations
  .filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'If-Match'))
  // Their samples make what is not there; declarations.test.ts has their preconditions.
  .filter((operation) => !operation['x-upsert'])
  .map(({ operationId }) => operationId);

const deletions = conditional.filter((id) => /^(delete|revoke)/.test(id));

/** Where the thing is read that a request changes. */
const readOf = ({ path }: Sending) => path.replace(/\/modes$/, '');

async function seen(path: string) {
  const { headers, text } = await api.request('operator').get(path).expect(200);
  return { etag: String(headers['etag']), text };
}

describe('a read', () => {
  it.each(Object.entries(readSamples))('when %s comes again, it is a 304', async (_, sample) => {
    const path = await sample(world);
    const { etag } = await seen(path);
    expect(etag).toMatch(/^"[\w-]{16}\.[\w-]{16}"$/);
    const again = await api.request('operator').get(path).set('if-none-match', etag);
    expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', etag]);
    const other = await api.request('operator').get(path).set('if-none-match', '"x"');
    expect(other.status).toBe(200);
  });
});

describe('a change under If-Match', () => {
  it('when the contract has one, it is among these', () => {
    expect(conditional).toEqual(expect.arrayContaining(['updateGrant', 'deleteGrant']));
    expect(conditional.length).toBeGreaterThan(8);
  });

  it.each(conditional)('when %s names what is there, it is done', async (id) => {
    const sending = await changeSamples[id]!.make(world);
    const { etag } = await seen(readOf(sending));
    const answer = await send(api, 'operator', sending, { headers: { 'if-match': etag } });
    expect([answer.status < 300, answer.body.detail]).toEqual([true, undefined]);
    if (answer.status === 204) return;
    const after = await seen(readOf(sending));
    expect(after.text).toBe(answer.text);
    expect(answer.headers['etag']).toBe(after.etag);
    expect(after.etag).not.toBe(etag);
  });

  it.each(conditional)('when %s names what was there, nothing changes', async (id) => {
    const sending = await changeSamples[id]!.make(world);
    const { etag } = await seen(readOf(sending));
    const before = await api.written();
    const headers = { 'if-match': '"0123456789abcdef.0123456789abcdef"' };
    const answer = await send(api, 'operator', sending, { headers });
    expect([answer.status, answer.body.code]).toEqual([412, 'precondition_failed']);
    expect(answer.headers['etag']).toBe(etag);
    expect(answer.body.detail).toContain(etag);
    expect(await api.written()).toBe(before);
  });

  it.each(conditional)('when five %s name the same, one wins', async (id) => {
    const sending = await changeSamples[id]!.make(world);
    const { etag } = await seen(readOf(sending));
    const results: string[] = [];
    const entries = await api.audited(async () => {
      const headers = { 'if-match': etag };
      const five = Array.from({ length: 5 }, () => send(api, 'operator', sending, { headers }));
      for (const { status, body } of await Promise.all(five)) {
        results.push(status < 300 ? 'fine' : String(body.code));
      }
    });
    // What is gone is gone for all of them.
    const won = sending.method === 'delete' ? 5 : 1;
    const lost = results.filter((result) => result === 'precondition_failed');
    expect([results.filter((result) => result === 'fine').length, lost.length]).toEqual([
      won,
      5 - won,
    ]);
    expect(entries).toHaveLength(1);
  });

  it('when it is no list of tags, it says so', async () => {
    const sending = await changeSamples.updateCustomer!.make(world);
    const answer = await send(api, 'operator', sending, { headers: { 'if-match': 'abc' } });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ parameter: 'If-Match' }] });
  });

  it('when its answer was lost, its key gets it although the tag is old', async () => {
    const sending = await changeSamples.updateCustomer!.make(world);
    const { etag } = await seen(readOf(sending));
    const headers = { 'if-match': etag, 'idempotency-key': 'lost-answer' };
    const first = await send(api, 'operator', sending, { headers });
    const again = await send(api, 'operator', sending, { headers });
    expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
    expect(again.headers['etag']).toBe(first.headers['etag']);
  });

  it.each(deletions)('when the answer to %s was lost, the same again is done', async (id) => {
    const sending = await changeSamples[id]!.make(world);
    const { etag } = await seen(readOf(sending));
    const headers = { 'if-match': etag };
    const first = await send(api, 'operator', sending, { headers });
    const before = await api.written();
    const again = await send(api, 'operator', sending, { headers });
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(await api.written()).toBe(before);
  });

  it('when a grant was made anew since, it is not the one to delete', async () => {
    const [customer, service] = [world.globex.customer.id, (await world.scene.service()).id];
    const path = `/v1/grants/${customer}:${service}`;
    const body = { customer_id: customer, endpoint_service_id: service };
    const make = () => api.request('operator').post('/v1/grants').send(body).expect(201);
    const headers = { 'if-match': String((await make()).headers['etag']) };
    const remove = (more = {}) => send(api, 'operator', { method: 'delete', path }, more);
    expect((await remove({ headers })).status).toBe(204);
    expect((await remove({ headers })).status).toBe(404);
    await make();
    expect((await remove({ headers })).body).toMatchObject({ code: 'precondition_failed' });
    expect((await remove()).status).toBe(204);
  });

  it('when only a worker has read AWS since, the change is done', async () => {
    const service = await world.scene.service();
    const path = `/v1/endpoint-services/${service.id}`;
    const { etag } = await seen(path);
    await world.scene.showService(service);
    const after = await seen(path);
    expect(after.etag).not.toBe(etag);
    const headers = { 'if-match': etag };
    const sending: Sending = { method: 'patch', path, body: { name: 'another' } };
    expect((await send(api, 'operator', sending, { headers })).status).toBe(200);
  });
});

describe('a list that would be replaced blindly', () => {
  it.each(['updateGrant', 'updateProviderAccount'])(
    'when %s names no ETag, it is refused',
    async (id) => {
      const { headers: _, ...sending } = await changeSamples[id]!.make(world);
      const before = await api.written();
      const { status, body } = await send(api, 'operator', sending);
      expect([status, body.code]).toEqual([428, 'precondition_required']);
      expect(body.errors).toMatchObject([{ parameter: 'If-Match' }]);
      expect(await api.written()).toBe(before);
    },
  );

  it('when no list is in it, no ETag is asked for', async () => {
    const { headers: _, ...sending } = await changeSamples.updateGrant!.make(world);
    const { status } = await send(api, 'operator', { ...sending, body: { connections_max: 7 } });
    expect(status).toBe(200);
  });
});
