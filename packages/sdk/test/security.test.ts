// Where the API key goes, and where it and other secrets never appear.
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { type ClientOptions, Sallyport, SallyportError } from '../src/index.ts';
import { API_KEY, clientOf, errorOf, problem, startService } from './harness.ts';

test.each([301, 302, 307, 308])('when %i is answered, it is not followed', async (status) => {
  const other = await startService();
  const service = await startService();
  const location = `${other.origin}/v1/customers/acme?key=1`;
  service.reply({ status, headers: { location } });
  const error = await errorOf(clientOf(service).customers.get('acme'));
  expect(error).toMatchObject({ name: 'ApiError', status });
  expect((error as Error).message).toContain(`redirect to ${other.origin}/v1/customers/acme.`);
  expect((error as Error).message).toContain('correct baseUrl');
  expect(other.seen).toHaveLength(0);
  expect(service.seen).toHaveLength(1);
});

test('when middleware sends a request elsewhere, it goes without the key', async () => {
  const other = await startService();
  const service = await startService();
  let seenByMiddleware = '';
  await clientOf(service, {
    middleware: [
      (request, next) => {
        seenByMiddleware = inspect(Object.fromEntries(request.headers));
        return next({ ...request, url: `${other.origin}/x` });
      },
    ],
  }).customers.get('acme');
  expect(other.seen).toHaveLength(1);
  expect(other.seen[0]!.headers.authorization).toBeUndefined();
  expect(seenByMiddleware).not.toContain(API_KEY);
});

test.each(['https://evil.example/v1/x', 'v1/x', '@evil.example/x', '/../admin', '/v1/../../admin'])(
  'when a path is %s, it is refused: it does not stay below baseUrl',
  async (path) => {
    const service = await startService();
    const client = clientOf(service, { baseUrl: `${service.origin}/sallyport` });
    const error = await errorOf(client.request({ method: 'GET', path }));
    expect((error as Error).message).toBe('path must start with "/" and stay below baseUrl.');
    expect(service.seen).toHaveLength(0);
  },
);

test.each(['//evil.example/x', '/\\evil.example', '/https://evil.example'])(
  'when a path is %s, it goes to baseUrl all the same',
  async (path) => {
    const service = await startService();
    await clientOf(service, { baseUrl: `${service.origin}/sallyport` }).request({
      method: 'GET',
      path,
    });
    expect(service.seen[0]!.path).toMatch(/^\/sallyport\//);
  },
);

test.each(['', '.', '..', undefined as unknown as string, 7 as unknown as string])(
  'when an id is %j, the call is refused before it can mean another path',
  async (id) => {
    const service = await startService();
    const error = await errorOf(clientOf(service).accounts.delete(id));
    expect((error as Error).message).toBe('id must be a text that is not empty, "." or "..".');
    expect(service.seen).toHaveLength(0);
  },
);

test('when baseUrl has a path, it is kept', async () => {
  const service = await startService();
  for (const suffix of ['/a/b', '/a/b/', '/a/b//']) {
    await clientOf(service, { baseUrl: service.origin + suffix }).customers.get('acme');
  }
  expect(new Set(service.seen.map(({ path }) => path))).toEqual(
    new Set(['/a/b/v1/customers/acme']),
  );
});

test.each([
  [{ baseUrl: 'connect.vendor.example' }, 'baseUrl'],
  [{ baseUrl: 'ftp://vendor.example' }, 'baseUrl'],
  [{ baseUrl: 'https://user:pass@vendor.example' }, 'baseUrl'],
  [{ baseUrl: 'https://vendor.example/?x=1' }, 'baseUrl'],
  [{ baseUrl: 'https://vendor.example', apiKey: '' }, 'apiKey'],
  [{ baseUrl: 'https://vendor.example', apiKey: `${API_KEY}\n` }, 'apiKey'],
  [{ baseUrl: 'https://vendor.example', apiKey: `Bearer ${API_KEY}` }, 'apiKey'],
  [{ baseUrl: 'https://vendor.example', timeoutMs: 0 }, 'timeoutMs'],
  [{ baseUrl: 'https://vendor.example', maxRetries: -1 }, 'maxRetries'],
] as [ClientOptions, string][])('when an option is wrong (%#), it says which', (options, name) => {
  const make = () => new Sallyport(options);
  expect(make).toThrow(SallyportError);
  expect(make).toThrow(name);
  expect(make).not.toThrow(API_KEY);
});

test('when there is no key, none is sent; a function is asked for each attempt', async () => {
  const service = await startService();
  await clientOf(service, { apiKey: undefined }).invites.redeem({ token: 'inv_0123456789' });
  expect(service.seen[0]!.headers.authorization).toBeUndefined();
  const keys = ['first', 'second'];
  service.reply({ fault: 'reset' }, { json: {} });
  await clientOf(service, { apiKey: () => keys.shift()! }).customers.get('acme');
  expect(service.seen.slice(1).map(({ headers }) => headers.authorization)).toEqual([
    'Bearer first',
    'Bearer second',
  ]);
});

test('when all goes wrong, no secret is in a log, an error or the client itself', async () => {
  const service = await startService();
  const secrets = { session_token: 'canary-session', signature: 'canary-signature' };
  const proof = {
    challenge_id: 'chl_1',
    region: 'us-east-1',
    access_key_id: 'AKIAIOSFODNN7EXAMPLE',
    amz_date: '20270131T120000Z',
    ...secrets,
  };
  const told: unknown[] = [];
  const tell = (...args: unknown[]) => told.push(args);
  const client = clientOf(service, { logger: { debug: tell, warn: tell }, maxRetries: 1 });
  service.reply({ fault: 'reset' }, problem(503, 'unavailable'));
  told.push(await errorOf(client.accounts.submitProof('acct_1', proof)));
  service.reply({ text: '<html>', headers: { 'content-type': 'text/html' } });
  told.push(
    await errorOf(client.request({ method: 'GET', path: '/x', query: { token: 'canary-q' } })),
  );
  const badHeader = { options: { headers: { authorization: `Bearer ${API_KEY}\n` } } };
  told.push(await errorOf(client.request({ method: 'GET', path: '/x', ...badHeader })));
  told.push(client);
  const text = inspect(told, { depth: 20, showHidden: true, getters: true });
  expect(text).toContain('sallyport retry');
  expect(text).toContain('503');
  for (const secret of [API_KEY, ...Object.values(secrets), 'canary-q']) {
    expect(text).not.toContain(secret);
  }
  // The canaries did travel: the test would see them.
  expect(service.seen[0]!.body).toContain('canary-signature');
  expect(service.seen[0]!.headers.authorization).toContain(API_KEY);
});
