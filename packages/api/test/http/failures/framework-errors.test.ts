import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { as, startFixture } from '../fixture-server.ts';
import { parse, portOf, speak } from './raw-socket.ts';

describe('a path that does not exist', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/v1'],
    ['GET', '/v1/thing'],
    ['GET', '/v1/things/a/b/c'],
    ['GET', '/V1/things'],
    ['POST', '/v1/nothing'],
    ['DELETE', '/nothing?canary=1'],
  ])('when %s %s is asked for, it is no route', async (method, target) => {
    const { app } = await startFixture();
    const answer = await app.inject({ method: method as 'GET', url: target });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'route_not_found' });
    expect(answer.headers['x-request-id']).toBe(answer.json().request_id);
    expect(answer.body).not.toContain('canary');
  });

  it('when its body is no JSON, it is still the path that is wrong', async () => {
    const { app } = await startFixture();
    const answer = await request(app.server).post('/v1/nothing').type('text').send('x');
    expect(answer.body.code).toBe('route_not_found');
  });
});

describe('a method that the path does not take', () => {
  it.each([
    ['PUT', '/v1/things', 'GET, HEAD, POST'],
    ['HEAD', '/v1/things/a/start', 'POST'],
    ['OPTIONS', '/v1/things/a', 'DELETE, GET, HEAD, PATCH'],
    ['GET', '/v1/things/a/start?x=1', 'POST'],
    ['POST', '/livez', 'GET, HEAD'],
    ['PURGE', '/v1/things', 'GET, HEAD, POST'],
    ['DELETE', '/errors/not_found', 'GET, HEAD'],
  ])('when %s %s is asked for, Allow names the others', async (method, target, allow) => {
    const { app } = await startFixture();
    const answer = await send(app, method, target);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    const problem = { code: 'method_not_allowed', status: 405, instance: target.split('?')[0] };
    expect(answer.body ?? problem).toMatchObject(problem);
  });

  async function send(app: Awaited<ReturnType<typeof startFixture>>['app'], ...line: string[]) {
    const text = await speak(
      app,
      `${line.join(' ')} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    return parse(text);
  }
});

describe('a body that cannot be read', () => {
  const json = { 'content-type': 'application/json' };
  const bodies: [string, Record<string, string>, string | Buffer, number, string][] = [
    ['malformed', json, '{"name":', 400, 'invalid_json'],
    ['not in UTF-8', json, Buffer.from([0x22, 0xff, 0x22]), 400, 'invalid_json'],
    ['poisoned', json, '{"__proto__":{"admin":true}}', 400, 'invalid_json'],
    ['too large', json, `{"name":"${'x'.repeat(2000)}"}`, 413, 'payload_too_large'],
    ['plain text', { 'content-type': 'text/plain' }, 'x', 415, 'unsupported_media_type'],
    ['of no type', { 'content-type': '' }, 'x', 415, 'unsupported_media_type'],
    ['of half a type', { 'content-type': 'application' }, 'x', 415, 'unsupported_media_type'],
    ['a form', { 'content-type': 'multipart/form-data' }, 'x', 415, 'unsupported_media_type'],
    ['compressed', { ...json, 'content-encoding': 'gzip' }, 'x', 415, 'unsupported_media_type'],
  ];
  it.each(bodies)('when it is %s, it is refused', async (_, headers, body, status, code) => {
    const { app, world } = await startFixture({ bodyLimit: 1000 });
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/things',
      headers: { ...as('operator'), ...headers },
      payload: body,
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(world.calls).toEqual([]);
  });

  it.each([
    ['{"name":', 'The body ends before its JSON does.'],
    ['{"name": "canary",}', 'The body is not valid JSON at line 1 column 19.'],
    ['canary', 'The body is not valid JSON.'],
    ['{"__proto__":{}}', /has a key that is not taken, such as `__proto__`/],
    ['\ufeff{"__proto__":{}}', /has a key that is not taken, such as `__proto__`/],
  ])('when it is %s, the answer says where it breaks and repeats nothing', async (text, detail) => {
    const { app } = await startFixture();
    const post = request(app.server)
      .post('/v1/things')
      .set({ ...as('operator'), ...json });
    const answer = await post.send(text);
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_json' });
    expect(answer.body.detail).toEqual(
      typeof detail === 'string' ? detail : expect.stringMatching(detail),
    );
    expect(answer.text).not.toContain('canary');
  });

  it('when it names a member twice, the answer names the member, and nothing is done', async () => {
    const { app, world } = await startFixture();
    const post = request(app.server)
      .post('/v1/things')
      .set({ ...as('operator'), ...json });
    const answer = await post.send('{"name":"canary","note":null,"n\\u0061me":"b"}');
    const detail = '`name` is given more than once';
    expect(answer.body).toMatchObject({
      status: 400,
      code: 'invalid_request',
      detail: `${detail}.`,
      errors: [{ pointer: '/name', detail }],
    });
    expect(answer.text).not.toContain('canary');
    expect(world.calls).toEqual([]);
  });

  it('when it is nested a hundred thousand deep, it is refused like any other', async () => {
    const { app } = await startFixture();
    const answer = await request(app.server)
      .post('/v1/things')
      .set({ ...as('operator'), ...json })
      .send(`{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});

describe('a target that cannot be routed', () => {
  it.each([
    ['/v1/thing', ', did you mean `/v1/things`?'],
    ['/v1//things', ', did you mean `/v1/things`?'],
    ['/V1/Things/x/Start', ', did you mean `/v1/things/{id}/start`?'],
    ['/v1/things/x/', ', did you mean `/v1/things/{id}`?'],
    ['/v1/nothing-like-it', '.'],
    [`/v1${'/things'.repeat(100)}`, '.'],
  ])('when it is %s, the answer names the path that was meant', async (target, end) => {
    const { app } = await startFixture();
    const answer = await app.inject({ method: 'POST', url: target, headers: as('operator') });
    expect(answer.json()).toMatchObject({
      code: 'route_not_found',
      detail: `No operation has this path${end}`,
    });
  });

  it.each([
    ['broken escapes', '/v1/things/%zz', /percent-encoded/],
    ['a broken character', '/v1/things/%ff', /percent-encoded/],
    ['too long a target', `/v1/things?state=${'x'.repeat(8200)}`, /longer than 8192/],
  ])('when it has %s, the answer is a problem with all headers', async (_, target, detail) => {
    const { app } = await startFixture();
    const answer = await request(app.server).get(target).set(as('operator'));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_request' });
    expect(answer.body.detail).toMatch(detail);
    expect(answer.headers).toMatchObject({
      'x-request-id': answer.body.request_id,
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('what is no request', () => {
  it.each([
    ['garbage', 'garbage\r\n\r\n', 'HTTP has no method of this name, or this is no HTTP.'],
    [
      'a space in a header',
      'GET / HTTP/1.1\r\nHost: x\r\na b: c\r\n\r\n',
      'This is not valid HTTP/1.1.',
    ],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      'A body has one length: of one Content-Length, or of its chunks.',
    ],
  ])('when it is %s, the socket gets a problem and the end', async (_, text, detail) => {
    const { app } = await startFixture();
    const { status, headers, body } = parse(await speak(app, text));
    expect(status).toBe(400);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'x-request-id': expect.stringMatching(/^req_/),
    });
    expect(body).toMatchObject({ code: 'invalid_request', detail });
  });

  it('when it has no Host, it is refused with a problem', async () => {
    const { app } = await startFixture();
    const text = 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n';
    const { status, body } = parse(await speak(app, text));
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'invalid_request',
      detail: expect.stringContaining('`Host`'),
    });
    const old = await speak(app, 'GET /livez HTTP/1.0\r\n\r\n');
    expect(parse(old).status).toBe(200);
  });

  it('when its headers have no end, the socket gets a 431 and the end', async () => {
    const { app } = await startFixture();
    const text = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    const { status, body } = parse(await speak(app, text));
    expect(status).toBe(431);
    expect(body).toMatchObject({ code: 'headers_too_large', status: 431 });
  });

  it('when it does not arrive in time, the socket gets a 408 and the end', async () => {
    const { app } = await startFixture();
    const port = await portOf(app);
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8').write('GET / HTTP/1.1\r\nHost: x\r\n');
    const [served] = (await once(app.server, 'connection')) as [Socket];
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    app.server.emit('clientError', { code: 'ERR_HTTP_REQUEST_TIMEOUT' }, served);
    await once(socket, 'close');
    expect(parse(answer)).toMatchObject({ status: 408, body: { code: 'request_timeout' } });
  });

  it('when a request expects what nobody knows, it is served all the same', async () => {
    const { app } = await startFixture();
    const head = 'GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: cake\r\n\r\n';
    expect(parse(await speak(app, head)).status).toBe(200);
  });

  it('when a body breaks off, the next request is served', async () => {
    const { app, logs } = await startFixture();
    const port = await portOf(app);
    const socket = connect(port, '127.0.0.1');
    const authorization = `Authorization: ${as('operator').authorization}`;
    const type = 'Content-Type: application/json\r\nContent-Length: 100';
    socket.write(`POST /v1/things HTTP/1.1\r\nHost: x\r\n${authorization}\r\n${type}\r\n\r\n{`);
    const [incoming] = (await once(app.server, 'request')) as [IncomingMessage];
    socket.destroy();
    await once(incoming.socket, 'close');
    expect((await request(app.server).get('/livez')).status).toBe(200);
    expect(logs.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});
