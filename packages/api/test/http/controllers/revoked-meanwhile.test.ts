// A key that is revoked while a request of it is still open: what comes after is not for it any
// more. Streams of events are in ../event-streams.test.ts.

import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bindings } from '../../../src/http/generated/bindings.ts';
import { createServer } from '../../../src/http/server.ts';
import { toWire } from '../../../src/http/wire/names.ts';
import { sealSome } from '../../../src/usecases/audit-sealing.ts';
import type { Requests } from '../../../src/usecases/requests.ts';
import { spec, startApi, type Api } from '../../harness.ts';
import { addOperation } from './world.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

interface Key {
  id: string;
  secret: string;
}

async function makeKey(body: object): Promise<Key> {
  const named = { name: 'stolen', ...body };
  return (await api.request('operator').post('/v1/api-keys').send(named).expect(201)).body as Key;
}

const revoke = ({ id }: Key) => api.request('operator').delete(`/v1/api-keys/${id}`).expect(204);

it.each(['POST', 'PUT'])('when a %s ends after that, it changes nothing', async (method) => {
  const key = await makeKey({ role: 'operator' });
  const body = JSON.stringify({ name: 'survivor', external_id: 'survivor' });
  const path = method === 'POST' ? '/v1/customers' : '/v1/customers/survivor';
  const sent = method === 'POST' ? body : JSON.stringify({ name: 'survivor' });
  const text = await sendLate({ method, path, key, body: sent }, () => revoke(key));
  expect(text).toMatch(/^HTTP\/1\.1 401 /);
  await api.request('operator').get('/v1/customers/survivor').expect(404);
});

it('when a body ends late and the key is good, it is served', async () => {
  const key = await makeKey({ role: 'operator' });
  const body = JSON.stringify({ name: 'late' });
  const sending = { method: 'PUT', path: '/v1/customers/late', key, body };
  expect(await sendLate(sending, async () => {})).toMatch(/^HTTP\/1\.1 201 /);
});

it('when a read has waited since, it tells nothing', async () => {
  const key = await makeKey({ role: 'customer', customer_id: 'acme' });
  const id = await addOperation(api, api.acme.id);
  const waiting = api.request(key).get(`/v1/operations/${id}`).query({ wait: '30s' });
  const answer = Promise.resolve(waiting.then((got) => got));
  await pause(300);
  await revoke(key);
  await api.db.query(`UPDATE operations SET state = 'succeeded' WHERE id = $1`, [id]);
  expect((await answer).body.code).toBe('unauthenticated');
});

it('when an export is read slowly, it breaks off', async () => {
  await api.db.query(
    `INSERT INTO audit_entries (id, at, action, actor, subject_id, request_id)
     SELECT 'aud_' || lpad(n::text, 26, '0'), $1, 'createCustomer', 'key_x', 'cus_x', 'req_x'
     FROM generate_series(1, 400) n`,
    [api.clock.now()],
  );
  await sealSome({ db: api.db, now: api.clock.now, documentOf: toWire });
  let looks = 0;
  const { authenticate } = api.requests;
  const firstOnly: Requests['authenticate'] = (secret) => {
    looks += 1;
    return looks === 1 ? authenticate(secret) : Promise.resolve(null);
  };
  const app = createServer({
    requests: { ...api.requests, authenticate: firstOnly },
    spec,
    bindings,
    logger: pino({ level: 'silent' }),
    makeRequestId: () => api.makeId('request'),
    docs: false,
  });
  try {
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const authorization = `Bearer ${api.keys.support}`;
    const { body } = await fetch(`${origin}/v1/audit-entries/export`, {
      headers: { authorization },
    });
    let text = '';
    const reading = async () => {
      for await (const part of body!) text += Buffer.from(part).toString();
    };
    await expect(reading()).rejects.toThrow();
    expect([text.includes('"kind":"entry"'), text.includes('"kind":"end"')]).toEqual([true, false]);
  } finally {
    await app.close();
  }
});

interface Late {
  method: string;
  path: string;
  key: Key;
  body: string;
}

/** Holds the last byte back until `meanwhile` is over. @returns the answer */
async function sendLate({ method, path, key, body }: Late, meanwhile: () => Promise<unknown>) {
  const { hostname, port } = new URL(api.origin);
  const socket = connect(Number(port), hostname);
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  socket.write(
    [
      `${method} ${path} HTTP/1.1`,
      `Host: ${hostname}`,
      `Authorization: Bearer ${key.secret}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Connection: close',
      '',
      body.slice(0, -1),
    ].join('\r\n'),
  );
  await untilUsed(key);
  await meanwhile();
  socket.write(body.slice(-1));
  await once(socket, 'close');
  return Buffer.concat(parts).toString();
}

/** Until it was looked at, and a moment more. */
async function untilUsed({ id }: Key): Promise<void> {
  const used = 'SELECT 1 AS one FROM api_keys WHERE id = $1 AND last_used_at IS NOT NULL';
  while ((await api.db.query(used, [id])).length === 0) await pause(5);
  await pause(20);
}
