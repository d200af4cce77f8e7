import { setTimeout as pause } from 'node:timers/promises';
import { Script } from 'node:vm';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../src/domain/errors.ts';
import { fixtureSpec } from './fixture-spec.ts';
import { as, startFixture } from './fixture-server.ts';
import { thing } from './fixture-world.ts';
import { spec } from '../harness.ts';

interface Tagged {
  tags: { name: string }[];
}

describe('the request id', () => {
  it.each([
    'req_1',
    'c0ffee00-1111-4222-8333-444455556666',
    'Root=1-67891233-abc',
    'a'.repeat(128),
  ])('when it comes as %s, it is taken and echoed', async (id) => {
    const { app, requests, logs } = await startFixture();
    const headers = { ...as('operator'), 'x-request-id': id };
    const answer = await request(app.server).get('/v1/things').set(headers);
    expect(answer.headers['x-request-id']).toBe(id);
    expect(requests.reads[0]?.requestId).toBe(id);
    expect(logs).toMatchObject([{ request_id: id, message: 'request' }]);
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['in two words', 'a b'],
    ['a piece of a page', '<script>'],
    ['too long', 'a'.repeat(129)],
    ['no id', '-'],
  ])('when it is %s, one is made', async (_, id) => {
    const { app } = await startFixture();
    const answer = await request(app.server)
      .get('/livez')
      .set(id === undefined ? {} : { 'x-request-id': id });
    expect(answer.headers['x-request-id']).toBe('req_1');
  });
});

describe('the log line and the metric of a request', () => {
  it('when it was refused, the line has the code of the problem', async () => {
    const { app, logs } = await startFixture();
    await request(app.server).get('/v1/things?stat=canary').set(as('operator'));
    await request(app.server).get('/v1/things').set(as('operator'));
    expect(logs).toMatchObject([
      { status: 400, code: 'invalid_request', duration_ms: expect.any(Number) },
      { status: 200 },
    ]);
    expect(logs[1]).not.toHaveProperty('code');
    expect(JSON.stringify(logs)).not.toContain('canary');
  });

  it('when it may wait, how long it took is told apart', async () => {
    const answers: boolean[] = [];
    const { app } = await startFixture({ onAnswer: ({ waits }) => answers.push(waits) });
    await request(app.server).get('/v1/things?wait=1s').set(as('operator'));
    await request(app.server).get('/v1/things').set(as('operator'));
    expect(answers).toEqual([true, false]);
  });
});

describe('the headers of every answer', () => {
  it.each(['/livez', '/v1/things', '/nothing', '/openapi.json', '/errors', '/v1/things/%zz'])(
    'when %s is asked for, a browser is told to do nothing with it',
    async (target) => {
      const { app } = await startFixture();
      const { headers } = await request(app.server).get(target);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
    },
  );
});

describe('health', () => {
  it('when all is well, both are, also for HEAD', async () => {
    const { app } = await startFixture();
    for (const target of ['/livez', '/readyz']) {
      const answer = await request(app.server).get(target);
      expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
      expect((await request(app.server).head(target)).status).toBe(200);
    }
  });

  it('when the database is away, the process lives and is not ready', async () => {
    const { app, requests, logs } = await startFixture();
    requests.ready = () => Promise.reject(new Error('canary: wrong schema'));
    const answer = await request(app.server).get('/readyz');
    expect(answer.body).toMatchObject({ status: 503, code: 'unavailable' });
    expect(answer.text).not.toContain('canary');
    expect((await request(app.server).get('/livez')).status).toBe(200);
    expect(logs).toMatchObject([{ level: 'warn', message: 'not ready' }]);
  });

  it('when many ask at once, the database is asked once, and again later', async () => {
    const { app, requests } = await startFixture();
    let asked = 0;
    requests.ready = async () => {
      asked += 1;
      await pause(100);
    };
    const many = () => Promise.all(Array.from({ length: 9 }, () => app.inject('/readyz')));
    for (const turn of [1, 2]) {
      expect((await many()).map(({ statusCode }) => statusCode)).toEqual(Array(9).fill(200));
      expect(asked).toBe(turn);
    }
  });

  it('when the server is closing, it answers what runs and refuses what comes', async () => {
    const { app, world } = await startFixture();
    await app.listen({ port: 0, host: '127.0.0.1' });
    const answer = Promise.withResolvers<object>();
    const reached = Promise.withResolvers<void>();
    world.answer = () => {
      reached.resolve();
      return answer.promise;
    };
    const { port } = app.server.address() as AddressInfo;
    const running = listenTo(connect(port, '127.0.0.1'));
    const late = listenTo(connect(port, '127.0.0.1'));
    const head = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n`;
    late.socket.write(head('/readyz'));
    running.socket.write(
      `${head('/v1/things/a')}Authorization: ${as('operator').authorization}\r\n\r\n`,
    );
    await reached.promise;
    const closed = app.close();
    late.socket.write('\r\n');
    expect(await late.text).toMatch(
      /^HTTP\/1\.1 503[^]+connection: close[^]+"code":"unavailable"/i,
    );
    answer.resolve(thing('a'));
    expect(await running.text).toMatch(/^HTTP\/1\.1 200/);
    await closed;
  });
});

it('when a client neither goes on nor goes, the server closes all the same', async () => {
  const { app } = await startFixture({ closingMaxMs: 50 });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const { socket, text } = listenTo(connect(port, '127.0.0.1'));
  const connected = once(app.server, 'connection');
  socket.write('POST /v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n');
  await connected;
  await app.close();
  expect(await text).toBe('');
});

const asText: Parameters<request.Test['parse']>[0] = (answer, done) => {
  const chunks: string[] = [];
  answer.on('data', (chunk) => chunks.push(String(chunk)));
  answer.on('end', () => done(null, chunks.join('')));
};

/** All that comes from the socket until the server hangs up. */
function listenTo(socket: Socket): { socket: Socket; text: Promise<string> } {
  const chunks: string[] = [];
  socket.on('data', (chunk) => chunks.push(String(chunk)));
  return { socket, text: once(socket, 'close').then(() => chunks.join('')) };
}

describe('the documentation', () => {
  it('when the contract is asked for, it comes as it is', async () => {
    const { app } = await startFixture();
    const answer = await request(app.server).get('/openapi.json');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body).toEqual(fixtureSpec);
  });

  it('when the docs are asked for, everything comes from here under a strict policy', async () => {
    const { app } = await startFixture({ docs: true });
    const page = await request(app.server).get('/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'/,
    );
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
    expect(page.text).not.toMatch(/<script>|<style|style=|onload=/);
    expect(page.text).toMatch(/<noscript>.*JavaScript.*\/openapi\.json.*<\/noscript>/);
    const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) {
      expect(link).toMatch(/^\/docs\/static\/|^\/openapi\.json$|^\/errors$/);
      expect((await request(app.server).get(link)).status).toBe(200);
    }
    const { body } = await request(app.server).get('/docs/json');
    expect(body).toMatchObject({ ...fixtureSpec, externalDocs: { url: '/errors' } });
    expect(page.text).toContain('<title>Sallyport API</title>');
    expect(page.text).toContain('<meta name="viewport" content="width=device-width');
  });

  it('when the docs are read on a phone, the empty column of links gives its place', async () => {
    const { app } = await startFixture({ docs: true });
    const page = await request(app.server).get('/docs');
    const [, style] = /href="([^"]+page\.css)"/.exec(page.text)!;
    const { text, headers } = await request(app.server).get(style!);
    expect(headers['content-type']).toMatch(/^text\/css/);
    expect(text).toMatch(/max-width.*response-col_links \{ display: none \}/);
    expect(JSON.stringify(spec.paths)).not.toContain('"links":');
  });

  it('when the docs run, it is without the bar, whose style the policy forbids', async () => {
    const { app } = await startFixture({ docs: true });
    const { text } = await request(app.server).get('/docs/static/swagger-initializer.js');
    expect(text).toMatch(/"layout":"BaseLayout"/);
  });

  it('when the docs run, they can be searched, and are as dark as the system', async () => {
    const { app } = await startFixture({ docs: true });
    const { text } = await request(app.server).get('/docs/static/swagger-initializer.js');
    expect(text).toContain('opsFilter');
    expect(() => new Script(text)).not.toThrow();
    const { text: dark } = await request(app.server).get('/docs/static/theme/dark.js');
    expect(dark).toContain('prefers-color-scheme');
  });

  it.each(['/docs/json', '/docs/yaml'])(
    'when %s is asked for again, it is not made again',
    async (path) => {
      const { app } = await startFixture({ docs: true });
      const first = await request(app.server).get(path).buffer(true).parse(asText).expect(200);
      Object.assign(app, { swagger: () => expect.unreachable('It was made again.') });
      const again = await request(app.server).get(path).buffer(true).parse(asText).expect(200);
      expect([again.body, again.type]).toEqual([first.body, first.type]);
      expect(again.body).toContain('/v1/things');
    },
  );

  it('when an operation is read, it says for whom it is', async () => {
    const { app } = await startFixture({ docs: true });
    const { body } = await request(app.server).get('/docs/json');
    const { description } = body.paths['/v1/things'].post as { description: string };
    expect(description).toContain('*For operator, with the scope `things:write`.*');
  });

  it('when the docs are read from the top, each kind of resource has its place', async () => {
    const contract = new URL('../../../../openapi.json', import.meta.url);
    const { tags } = JSON.parse(await readFile(contract, 'utf8')) as Tagged;
    const { app } = await startFixture({ docs: true });
    const body = (await request(app.server).get('/docs/json')).body as Tagged;
    const names = ({ tags }: Tagged) => tags.map(({ name }) => name);
    expect(names(body).toSorted()).toEqual(names({ tags }).toSorted());
    expect(names(body)[0]).toBe('provider-accounts');
  });

  it('when a person opens the bare address, it leads to the docs', async () => {
    const { app } = await startFixture({ docs: true });
    const answer = await request(app.server).get('/');
    expect([answer.status, answer.headers.location]).toEqual([302, '/docs']);
  });

  it('when a file of the docs is missing, it is no route', async () => {
    const { app } = await startFixture({ docs: true });
    const answer = await request(app.server).get('/docs/static/nothing.js');
    expect(answer.body).toMatchObject({ status: 404, code: 'route_not_found' });
  });

  it('when the docs are off, there are none', async () => {
    const { app } = await startFixture({ docs: false });
    expect((await request(app.server).get('/docs')).status).toBe(404);
  });

  it('when an error is looked up, its page says the cause and the remedy', async () => {
    const { app } = await startFixture();
    const index = await request(app.server).get('/errors');
    for (const code of Object.keys(errorCatalogue)) {
      expect(index.text).toContain(`href="/errors/${code}"`);
      const page = await request(app.server).get(`/errors/${code}`);
      expect(page.status).toBe(200);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.text).toContain(`<h1>${code}</h1>`);
    }
    const { text } = await request(app.server).get('/errors/unauthenticated');
    expect(text).toContain('<code>Authorization: Bearer &lt;key&gt;</code>');
    expect(text).toContain('<pre>sallyport auth status</pre>');
    const alone = await request(app.server).get('/errors/invalid_cursor');
    expect(alone.text).toContain('There is no command for it: the command line follows cursors');
    const missing = await request(app.server).get('/errors/nothing');
    expect(missing.body).toMatchObject({ status: 404, code: 'route_not_found' });
  });
});

describe('the log', () => {
  it('when requests are served, each is one line without headers and bodies', async () => {
    const { app, logs } = await startFixture();
    await request(app.server)
      .post('/v1/things?change_ref=canary')
      .set({ ...as('operator'), 'idempotency-key': 'canary' })
      .send({ name: 'canary' });
    await request(app.server).get('/canary?key=canary');
    await request(app.server).get('/livez');
    expect(logs).toMatchObject([
      { level: 'info', method: 'POST', route: '/v1/things', status: 201, caller: 'key_operator' },
      { level: 'info', method: 'GET', route: null, status: 404, caller: null },
    ]);
    expect(logs).toHaveLength(2);
    expect(JSON.stringify(logs)).not.toContain('canary');
    expect(JSON.stringify(logs)).not.toContain('sk_operator');
  });
});
