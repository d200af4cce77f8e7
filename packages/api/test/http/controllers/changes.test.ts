// What holds for every operation that changes something: one audit entry, one effect under an
// idempotency key, nothing at all under `validate_only`.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spec, startApi, type Api, type Who } from '../../harness.ts';
import { changeSamples, send, type Sending } from './requests.ts';
import { createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const operations = Object.values(spec.paths).flatMap((item) => Object.entries(item));
const samples = Object.entries(changeSamples);
/** Those that the contract gives an idempotency key. */
const keyed = samples.filter(([id]) =>
  operations
    .find(([, { operationId }]) => operationId === id)?.[1]
    .parameters?.some(({ name }) => name === 'Idempotency-Key'),
);
const keyless = ['redeemInvite', 'uploadObservation'];
const callerOf = (operationId: string): Who =>
  keyless.includes(operationId) ? 'nobody' : 'operator';

let keysMade = 0;
const idempotent = () => ({ headers: { 'idempotency-key': `test-${++keysMade}` } });

it('when the contract gets an operation that changes something, it has a sample here', () => {
  const changes = operations
    .filter(([method, operation]) => method !== 'get' && !operation['x-question'])
    .map(([, { operationId }]) => operationId);
  expect(changes.sort()).toEqual(Object.keys(changeSamples).sort());
});

describe('the audit log', () => {
  it.each(samples)('when %s has changed something, it has one entry', async (id, sample) => {
    const { make, action = id } = sample;
    const sending = await make(world);
    const query = { change_ref: `CHG-${id}` };
    const headers = { 'x-request-id': `trace-${id}` };
    const entries = await api.audited(async () => {
      const { status, body } = await send(api, callerOf(id), sending, { headers, query });
      expect([status < 300, body.detail]).toEqual([true, undefined]);
    });
    expect(entries).toMatchObject([
      { action, changeRef: `CHG-${id}`, requestId: `trace-${id}`, at: api.clock.now() },
    ]);
    expect(entries[0]!.actor).toMatch(keyless.includes(id) ? /^anyone$/ : /^key_/);
  });

  it.each(samples)('when %s is sent again, it is as the sample says', async (id, sample) => {
    const sending = await sample.make(world);
    await send(api, callerOf(id), sending);
    let second = '';
    const before = await api.written();
    const entries = await api.audited(async () => {
      const { status, body } = await send(api, callerOf(id), sending);
      second = status < 300 ? 'fine' : `refused ${body.code}`;
    });
    if (second === 'fine') second = entries.length === 0 ? 'nothing' : 'another';
    expect(second).toBe(sample.again);
    expect(entries).toHaveLength(sample.again === 'another' ? 1 : 0);
    // Others may wake a worker, which finds nothing to do.
    if (sending.method === 'delete') expect(await api.written()).toBe(before);
  });

  it.each(samples)('when %s is refused, it has none', async (_, { make }) => {
    const { method, path } = await make(world);
    const entries = await api.audited(() =>
      send(api, 'operator', { method, path, body: { no_such_field: 1 } }),
    );
    expect(entries).toEqual([]);
  });
});

describe('validate_only', () => {
  it.each(samples)(
    'when %s is only tried, the answer is real and nothing is kept',
    async (id, { make }) => {
      const sending = await make(world);
      const before = await api.written();
      const query = { validate_only: 'true' };
      const tried = await send(api, callerOf(id), sending, { ...idempotent(), query });
      expect(await api.written()).toBe(before);
      const done = await send(api, callerOf(id), sending);
      expect(tried.status).toBe(done.status);
      expect(Object.keys(tried.body as object)).toEqual(Object.keys(done.body as object));
    },
  );
});

describe('an idempotency key', () => {
  it.each(keyed)('when %s comes again with it, the answer is the same', async (id, { make }) => {
    const sending = await make(world);
    const extra = idempotent();
    const first = await send(api, callerOf(id), sending, extra);
    const before = await api.written();
    const again = await send(api, callerOf(id), sending, extra);
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.headers['location']).toBe(first.headers['location']);
    expect(await api.written()).toBe(before);
  });

  const withKey = keyed.filter(([id]) => !keyless.includes(id));
  it.each(withKey)('when another %s comes with it, it is refused', async (id, { make }) => {
    const extra = idempotent();
    await send(api, callerOf(id), await make(world), extra);
    const other = await otherThan(id, await make(world));
    const before = await api.written();
    const { status, body } = await send(api, callerOf(id), other, extra);
    expect([status, body.code]).toEqual([422, 'idempotency_mismatch']);
    expect(await api.written()).toBe(before);
  });

  it.each(keyed)('when %s comes five times at once, it is done once', async (id, { make }) => {
    const sending = await make(world);
    const extra = idempotent();
    const answers: { status: number; text: string; code: string }[] = [];
    const entries = await api.audited(async () => {
      const five = Array.from({ length: 5 }, () => send(api, callerOf(id), sending, extra));
      for (const { status, text, body } of await Promise.all(five)) {
        answers.push({ status, text, code: String(body.code) });
      }
    });
    const done = answers.filter(({ status }) => status < 300);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    const others = answers.filter(({ status }) => status >= 300).map(({ code }) => code);
    expect(others.filter((code) => code !== 'idempotency_in_progress')).toEqual([]);
    expect(entries).toHaveLength(1);
  });

  it.each(keyless)('when two strangers send %s with the same one, each is done', async (id) => {
    const two = [await changeSamples[id]!.make(world), await changeSamples[id]!.make(world)];
    const extra = idempotent();
    const answers = await Promise.all(two.map((sending) => send(api, 'nobody', sending, extra)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(2);
  });

  it('when who has no key sends another body with the same token, it is refused', async () => {
    const sending = await changeSamples['redeemInvite']!.make(world);
    const extra = idempotent();
    await send(api, 'nobody', sending, extra);
    const other = { ...sending, body: { ...sending.body, key_name: 'another' } };
    const { status, body } = await send(api, 'nobody', other, extra);
    expect([status, body.code]).toEqual([422, 'idempotency_mismatch']);
  });

  it('when another caller has the same one, they are two', async () => {
    const sending = await changeSamples.createAccount!.make(world);
    const extra = idempotent();
    const first = await send(api, 'operator', sending, extra);
    const second = await send(api, 'customer', sending, extra);
    expect([first.status, second.status, second.body.code]).toEqual([201, 409, 'already_exists']);
  });

  it('when the first request was refused, the second one is done', async () => {
    const { id } = await world.scene.customer({ state: 'suspended' });
    const sending: Sending = { method: 'post', path: `/v1/customers/${id}/invites` };
    const extra = idempotent();
    await send(api, 'operator', sending, extra);
    await api.db.query(`UPDATE customers SET state = 'active' WHERE id = $1`, [id]);
    const second = await send(api, 'operator', sending, extra);
    expect(second.status).toBe(201);
    expect(second.headers).not.toHaveProperty('idempotent-replayed');
  });

  /** Two samples of createApiKey or of createInvite are equal, but for what they are about. */
  async function otherThan(id: string, sending: Sending): Promise<Sending> {
    if (id !== 'createApiKey') return sending;
    return { ...sending, body: { ...sending.body, name: 'another' } };
  }
});
