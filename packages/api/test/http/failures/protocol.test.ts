// What is odd about HTTP itself: other methods, versions, targets and framings than clients use.

import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { as, startFixture } from '../fixture-server.ts';
import { thing } from '../fixture-world.ts';
import { parse, portOf, speak } from './raw-socket.ts';

const host = 'Host: x\r\n';
const key = `Authorization: ${as('operator').authorization}\r\n`;
const json = 'Content-Type: application/json\r\n';
const close = 'Connection: close\r\n';

describe('a request that is refused as it is', () => {
  it.each([
    ['of CONNECT', 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n', /^CONNECT is for proxies/],
    ['of no method', `FOO /v1/things HTTP/1.1\r\n${host}\r\n`, /no method of this name/],
    ['of TLS', '\x16\x03\x01\x00\x75\x01\x00\x00\x71\x03\x03', /no method of this name/],
    ['without a version', 'GET /livez\r\n\r\n', /HTTP\/1\.1 and HTTP\/1\.0/],
    ['of HTTP/2.0', `GET /livez HTTP/2.0\r\n${host}${close}\r\n`, /HTTP\/1\.1 and HTTP\/1\.0/],
    ['of HTTP/1.2', `GET /livez HTTP/1.2\r\n${host}\r\n`, /HTTP\/1\.1 and HTTP\/1\.0/],
    ['of HTTP/2 itself', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /./],
    ['of two hosts', `GET /livez HTTP/1.1\r\n${host}Host: y\r\n${close}\r\n`, /one `Host`/],
    ['of an odd host', `GET /livez HTTP/1.1\r\nHost: a b/c@d\r\n${close}\r\n`, /one `Host`/],
    [
      'of two lengths',
      `POST /v1/things HTTP/1.1\r\n${host}${key}${json}Content-Length: 2\r\n` +
        'Content-Length: 3\r\n\r\n{}',
      /length/,
    ],
    [
      'of a length and chunks',
      `POST /v1/things HTTP/1.1\r\n${host}${key}${json}Content-Length: 4\r\n` +
        'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /length/,
    ],
    [
      'of chunks in HTTP/1.0',
      `POST /v1/things HTTP/1.0\r\n${key}${json}Connection: keep-alive\r\n` +
        'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
      /HTTP\/1\.0 has no Transfer-Encoding/,
    ],
    [
      'of chunks that are none',
      `POST /v1/things HTTP/1.1\r\n${host}${key}${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      /chunk/,
    ],
  ])('when it is %s, the problem says so, and the server hangs up', async (_, text, detail) => {
    const { app, world } = await startFixture();
    const { status, headers, body } = parse(await speak(app, text));
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(body).toMatchObject({ code: 'invalid_request', detail: expect.stringMatching(detail) });
    expect(world.calls).toEqual([]);
  });

  it('when its body is packed for the way, it is refused like one that is packed', async () => {
    const { app } = await startFixture();
    const text =
      `POST /v1/things HTTP/1.1\r\n${host}${key}${json}${close}` +
      'Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n';
    const { body } = parse(await speak(app, text));
    expect(body).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it('when it names two keys or two types, neither counts', async () => {
    const { app } = await startFixture();
    const keys = `GET /v1/things HTTP/1.1\r\n${host}${key}${key}${close}\r\n`;
    expect(parse(await speak(app, keys)).status).toBe(401);
    const types =
      `POST /v1/things HTTP/1.1\r\n${host}${key}${json}Content-Type: text/plain\r\n${close}` +
      'Content-Length: 12\r\n\r\n{"name":"x"}';
    expect(parse(await speak(app, types)).status).toBe(415);
  });

  it.each(['Content-Length: 100\r\n\r\n{"a"', 'Transfer-Encoding: chunked\r\n\r\n10\r\n{"a"'])(
    'when its body ends half-way (%j), the problem says so',
    async (rest) => {
      const { app, world, logs } = await startFixture();
      const text = `POST /v1/things HTTP/1.1\r\n${host}${key}${json}${rest}`;
      const { body } = parse(await halfClosed(app, text));
      expect(body).toMatchObject({
        code: 'invalid_request',
        detail: 'The request ends before it is whole.',
      });
      expect(world.calls).toEqual([]);
      expect(logs.filter(({ level }) => level !== 'info')).toEqual([]);
    },
  );

  it('when it was refused before its body broke off, it is answered once', async () => {
    const { app } = await startFixture();
    const text = `POST /nothing HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\n{`;
    const answers = (await halfClosed(app, text)).match(/HTTP\/1\.1 \d+/g);
    expect(answers).toEqual(['HTTP/1.1 404']);
  });
});

const isLong = Boolean(process.env.SALLYPORT_TEST_LONG);
if (!isLong) process.stderr.write('Slow requests: 45 s of waiting, see test:long\n');
describe.skipIf(!isLong)('a request that is slow (test:long)', () => {
  it.each([
    ['its headers', `GET /livez HTTP/1.1\r\n${host}`, 'X: y\r\n', 15],
    [
      'its body',
      `POST /v1/things HTTP/1.1\r\n${host}${key}${json}Content-Length: 99\r\n\r\n`,
      ' ',
      30,
    ],
  ])('when %s drip in, it ends within 3 s of its time', { timeout: 60_000 }, async (...it) => {
    const [, text, drop, seconds] = it;
    const { app } = await startFixture();
    const startedAt = performance.now();
    const answer = parse(await speak(app, text, drop));
    expect(answer).toMatchObject({ status: 408, body: { code: 'request_timeout' } });
    expect((performance.now() - startedAt) / 1_000 - seconds).toBeLessThan(3);
  });
});

describe('a request that is served', () => {
  it('when its target is a whole address, the path of it counts', async () => {
    const { app } = await startFixture();
    const get = (target: string, method = 'GET') =>
      speak(app, `${method} ${target} HTTP/1.1\r\n${host}${key}${close}\r\n`).then(parse);
    expect(await get('http://other.example/v1/things?limit=1')).toMatchObject({ status: 200 });
    expect(await get('HTTPS://x/v1/things/a', 'PUT')).toMatchObject({
      status: 405,
      headers: { allow: 'DELETE, GET, HEAD, PATCH' },
      body: { instance: '/v1/things/a' },
    });
    expect(await get('http://x?state=a')).toMatchObject({ body: { instance: '/' } });
  });

  it.each(['GET', 'OPTIONS'])('when %s asks for no path, it is no route', async (method) => {
    const { app } = await startFixture({ docs: true });
    const text = await speak(app, `${method} * HTTP/1.1\r\n${host}${close}\r\n`);
    expect(parse(text)).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
  });

  it.each(['h2c', 'websocket'])('when it would go on as %s, it goes on as it is', async (other) => {
    const { app } = await startFixture();
    const socket = connect(await portOf(app), '127.0.0.1').setEncoding('utf8');
    const get = (headers: string) => `GET /livez HTTP/1.1\r\n${host}${headers}\r\n`;
    socket.write(get(`Connection: Upgrade\r\nUpgrade: ${other}\r\n`));
    expect(await once(socket, 'data')).toEqual([expect.stringMatching(/^HTTP\/1\.1 200/)]);
    socket.write(get(close));
    expect(await once(socket, 'data')).toEqual([expect.stringMatching(/^HTTP\/1\.1 200/)]);
  });

  it('when a GET has a body, nobody looks at it, and the next request is found', async () => {
    const { app } = await startFixture();
    const text =
      `GET /v1/things HTTP/1.1\r\n${host}${key}Content-Length: 5\r\n\r\nhello` +
      `GET /livez HTTP/1.1\r\n${host}${close}\r\n`;
    const answers = (await speak(app, text)).match(/HTTP\/1\.1 \d+/g);
    expect(answers).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  });
});

describe('a request after which garbage comes', () => {
  it('when it is still being served, its own answer comes, and then the end', async () => {
    const { app, world } = await startFixture();
    const [reached, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<object>()];
    world.answer = () => {
      reached.resolve();
      return answered.promise;
    };
    // As from a client that says less than the length of its body.
    const body = '{"name":"x"}';
    const head = `POST /v1/things HTTP/1.1\r\n${host}${key}${json}Content-Length: 12\r\n\r\n`;
    const all = speak(app, `${head}${body}, and more`);
    await reached.promise;
    answered.resolve(thing('a'));
    expect((await all).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 201']);
  });
});

describe('a client that asks before it sends its body', () => {
  const ask = (head: string) => `POST /v1/things HTTP/1.1\r\n${head}Expect: 100-continue\r\n`;

  it.each([
    ['has no key', `${ask(host)}${json}Content-Length: 12\r\n\r\n`, 401],
    ['has too much', `${ask(host + key)}${json}Content-Length: 2000000\r\n\r\n`, 413],
    ['has no JSON', `${ask(host + key)}Content-Type: text/csv\r\nContent-Length: 5\r\n\r\n`, 415],
  ])('when it %s, it is told at once, and need not send it', async (_, text, status) => {
    const { app } = await startFixture();
    const answers = (await speak(app, text)).match(/HTTP\/1\.1 \d+/g);
    expect(answers).toEqual([`HTTP/1.1 ${status}`]);
  });

  it('when nothing is wrong so far, it is told to go on, and the connection is kept', async () => {
    const { app } = await startFixture();
    const socket = connect(await portOf(app), '127.0.0.1').setEncoding('utf8');
    socket.write(`${ask(host + key)}${json}Content-Length: 12\r\n\r\n`);
    const [first] = (await once(socket, 'data')) as [string];
    expect(first).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write('{"name":"x"}');
    const [second] = (await once(socket, 'data')) as [string];
    expect(second).toMatch(/^HTTP\/1\.1 201[^]+connection: keep-alive/i);
    socket.destroy();
  });
});

/** Sends, and says that nothing more comes; gives all that comes back. */
async function halfClosed(app: Parameters<typeof portOf>[0], text: string): Promise<string> {
  const socket = connect(await portOf(app), '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  socket.end(text);
  await once(socket, 'close');
  return answer;
}
