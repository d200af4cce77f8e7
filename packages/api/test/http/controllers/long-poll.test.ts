// Reads that wait for a state, or for any change.

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitRuleOf } from '../../../src/http/long-poll.ts';
import { watchedStates } from '../../../src/usecases/waits.ts';
import { spec, startApi, type Api, type Who } from '../../harness.ts';
import { addOperation, createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

/** The request is on its way when this returns. */
function ask(path: string, query: Record<string, string>, headers = {}, who: Who = 'operator') {
  const answer = api.request(who).get(path).query(query).set(headers);
  return Promise.resolve(answer.then((got) => got));
}

/** Fails when the answer comes only because the time is over. */
async function soon<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const tooLong = new AbortController();
  const late = pause(15_000, undefined, { signal: tooLong.signal }).then(() => {
    throw new Error('The change was not heard of.');
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    tooLong.abort();
    late.catch(() => {});
  }
}

const finish = (id: string, state: string) =>
  api.db.query('UPDATE operations SET state = $2 WHERE id = $1', [id, state]);

it('when an operation ends, who waits for it hears at once', async () => {
  const id = await addOperation(api, null);
  const answer = ask(`/v1/operations/${id}`, { wait: '30s' });
  await finish(id, 'succeeded');
  const { status, body, headers } = await soon(answer);
  expect([status, body.state, headers['retry-after']]).toEqual([200, 'succeeded', undefined]);
});

it('when an operation fails, waiting for its success ends too', async () => {
  const id = await addOperation(api, null);
  const answer = ask(`/v1/operations/${id}`, { wait: '30s', wait_for: 'succeeded' });
  await finish(id, 'failed');
  expect((await soon(answer)).body.state).toBe('failed');
});

it('when the time is over, the answer is what there is, and when to ask again', async () => {
  const id = await addOperation(api, null);
  const { status, body, headers } = await ask(`/v1/operations/${id}`, { wait: '1s' });
  expect([status, body.state, headers['retry-after']]).toEqual([200, 'running', '1']);
});

it.each([
  ['operations', 'succeded', 'succeeded', 'running, succeeded, failed'],
  ['connections', 'available,pendng', 'pending', 'pendingAcceptance, pending'],
  ['connections', 'Available', 'available', 'deleted'],
  ['accounts', 'prooven', 'proven', 'attested'],
  ['private-dns', 'verifed', 'verified', 'blocked'],
])('when %s are to be waited for until %s, that is refused', async (kind, states, meant, known) => {
  const { acme, service } = world;
  const paths: Record<string, string> = {
    operations: `/v1/operations/${acme.operationId}`,
    connections: `/v1/connections/${acme.connection.id}`,
    accounts: `/v1/accounts/${acme.account.id}`,
    'private-dns': `/v1/endpoint-services/${service.id}/private-dns`,
  };
  for (const waiting of [{}, { wait: '30s' }] as Record<string, string>[]) {
    const { status, body } = await soon(ask(paths[kind]!, { ...waiting, wait_for: states }));
    expect([status, body.errors[0].parameter]).toEqual([400, 'wait_for']);
    expect(body.detail).toContain(`did you mean \`${meant}\`?`);
    expect(body.detail).toContain(known);
  }
});

it('when the contract says what is waited for, there are such states', () => {
  const read = ({ get }: (typeof spec.paths)[string]) => get?.['x-waiter'];
  for (const [path, item] of Object.entries(spec.paths)) {
    const waiter = read(item);
    if (!waiter) continue;
    const { watched } = waitRuleOf(path, item.get!)!;
    const unknown = [...waiter.success, ...waiter.failure].filter(
      (state) => !watchedStates[watched].includes(state),
    );
    expect([path, unknown]).toEqual([path, []]);
  }
});

it('when the state is there already, nobody waits', async () => {
  const { id } = world.acme.connection;
  const { status, body } = await ask(`/v1/connections/${id}`, { wait: '30s' });
  expect([status, body.state]).toEqual([200, 'available']);
});

it('when an endpoint comes that nobody has seen yet, who waits for it gets it', async () => {
  const endpoint = 'vpce-0123456789abcdef0';
  const answer = ask(`/v1/connections/${endpoint}`, {
    wait: '30s',
    wait_for: 'pendingAcceptance',
  });
  await world.scene.showConnection(world.service, {
    vpcEndpointId: endpoint,
    ownerAccountId: world.acme.account.accountId,
  });
  const { status, body } = await soon(answer);
  expect([status, body.vpc_endpoint_id]).toEqual([200, endpoint]);
});

it("when it is somebody else's, it is waited for like one that never comes", async () => {
  const { vpcEndpointId } = world.globex.connection;
  const [foreign, absent] = await Promise.all(
    [vpcEndpointId, 'vpce-0fffffffffffffff0'].map((key) =>
      ask(`/v1/connections/${key}`, { wait: '1s' }, {}, 'customer'),
    ),
  );
  expect([foreign!.status, absent!.status]).toEqual([404, 404]);
});

it('when anything has changed since what the caller has, it gets the new answer', async () => {
  const path = `/v1/endpoint-services/${world.service.id}/private-dns`;
  const etag = String((await ask(path, {})).headers['etag']);
  const answer = ask(path, { wait: '30s' }, { 'if-none-match': etag });
  const name = 'waited-for.vendor.example';
  await api.request('operator').put(path).send({ name }).expect(200);
  const { status, body } = await soon(answer);
  expect([status, body.name]).toEqual([200, name]);
});

it('when nothing has changed, it is told so at the end', async () => {
  const path = `/v1/accounts/${world.acme.account.accountId}`;
  const etag = String((await ask(path, {})).headers['etag']);
  const { status } = await ask(path, { wait: '1s' }, { 'if-none-match': etag });
  expect(status).toBe(304);
});

it('when an account gets standing, who waits by its number hears of it', async () => {
  const { id, accountId } = await world.scene.account(api.acme, 'claimed');
  const path = `/v1/accounts/acme:${accountId}`;
  const answer = ask(path, { wait: '30s', wait_for: 'attested,proven' });
  await api.request('operator').post(`/v1/accounts/${id}/attest`).send({ reason: 'x' }).expect(200);
  expect((await soon(answer)).body.standing).toBe('attested');
});

it.each(['31s', '0s', '5', '5m', ''])('when the wait is %j, it is refused', async (wait) => {
  const { status, body } = await ask('/v1/operations/op_1', { wait });
  expect([status, body.errors[0].parameter]).toEqual([400, 'wait']);
});
