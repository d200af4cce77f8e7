import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { KEY, problem, startFakeApi } from './fake-api.ts';
import { sallyport, startSallyport } from './harness.ts';
import { ids, NOW, resources } from './resources.ts';

const servers = new Set<http.Server>();

afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

function event(at: number, type: string, before: string | null, after: string) {
  const id = `evt_01kaqy0v5ne4rvk3z4m5t6w7x${at}`;
  const subject = { kind: 'connection', id: ids.connection };
  const state = { before, after };
  return { id, type, at: NOW, subject, customer_id: ids.customer, state, alarm: null };
}

const pending = event(1, 'connection.pending', 'pendingAcceptance', 'pending');
const available = event(2, 'connection.available', 'pending', 'available');
const deleted = event(3, 'connection.deleted', 'deleting', 'deleted');

interface Asked {
  url: string;
  last: string | undefined;
}

/** Streams of events, each a list: all but the last end behind it. */
async function startFeed(...streams: ReturnType<typeof event>[][]) {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const { headers, url = '' } = request;
    if (!url.startsWith('/v1/events')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      const isList = /\?|accounts$/.test(url);
      const found = url.includes('connections') ? resources.Connection : resources.Customer;
      response.end(JSON.stringify(isList ? { items: [], next_cursor: null } : found));
      return;
    }
    asked.push({ url, last: headers['last-event-id'] as string | undefined });
    const events = streams[Math.min(asked.length, streams.length) - 1]!;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 2000\n\n: \n\n');
    for (const one of events) response.write(`id: ${one.id}\ndata: ${JSON.stringify(one)}\n\n`);
    if (asked.length < streams.length) response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.add(server);
  const { port } = server.address() as AddressInfo;
  const env = { SALLYPORT_URL: `http://127.0.0.1:${port}`, SALLYPORT_API_KEY: KEY };
  return { asked, surroundings: { env } };
}

test('when a stream ends, it goes on behind the last event, and Ctrl-C says how to', async () => {
  const { asked, surroundings } = await startFeed([pending], [available]);
  const args = ['events', '--follow', '--type', 'connection.*', '-o', 'ndjson'];
  const { child, outcome } = await startSallyport(args, surroundings);
  let seen = '';
  child.stdout!.on('data', (chunk: string) => {
    seen += chunk;
    if (seen.includes(available.id)) child.kill('SIGINT');
  });
  const { code, stdout, stderr } = await outcome;
  expect(code).toBe(130);
  expect(stdout).toBe(`${JSON.stringify(pending)}\n${JSON.stringify(available)}\n`);
  expect(stderr).toContain(`next: sallyport events --follow --after ${available.id}`);
  expect(asked).toEqual([
    { url: '/v1/events?type=connection.*', last: undefined },
    { url: '/v1/events?type=connection.*', last: pending.id },
  ]);
});

test('when something is watched in a pipe, each change is a line, to the end', async () => {
  const { asked, surroundings } = await startFeed([pending, available, deleted]);
  const { code, stdout, stderr } = await sallyport(['watch', ids.endpoint], surroundings);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: [
      `${NOW}  connection.pending            ${ids.endpoint}  pendingAcceptance → pending`,
      `${NOW}  connection.available          ${ids.endpoint}  pending → available`,
      `${NOW}  connection.deleted            ${ids.endpoint}  deleting → deleted`,
      '',
    ].join('\n'),
  });
  expect(stderr).toBe(`${ids.endpoint}: available. Watching; Ctrl-C ends it.\n`);
  expect(asked[0]!.url).toBe(`/v1/events?subject_id=${ids.connection}`);
});

test('when the time of a watch is over, it exits with 8 and says how to go on', async () => {
  const { surroundings } = await startFeed([pending]);
  const args = ['watch', ids.customer, '--timeout', '300ms'];
  const { code, stderr } = await sallyport(args, surroundings);
  expect(code).toBe(8);
  expect(stderr).toContain(`next: Go on with: sallyport watch ${ids.customer}`);
});

test('when the time is over before anything was answered, that is no Ctrl-C', async () => {
  const api = await startFakeApi({ getCustomer: { hangs: true } });
  const args = ['watch', ids.customer, '--timeout', '300ms'];
  const { code, stderr } = await sallyport(args, { api });
  expect(code).toBe(8);
  expect(stderr).toContain(`next: Go on with: sallyport watch ${ids.customer}`);
});

test('when the feed refuses, it does not come again', async () => {
  const api = await startFakeApi({ listEvents: problem(400, 'invalid_cursor') });
  const { code, stderr } = await sallyport(['events', '--follow', '--after', 'evt_old'], { api });
  expect(code).toBe(2);
  expect(stderr).toContain('(invalid_');
  expect(api.asked).toHaveLength(1);
});
