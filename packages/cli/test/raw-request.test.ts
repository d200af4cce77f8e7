import { expect, test } from 'vitest';
import { targetOf } from '../src/commands/raw-target.ts';
import { operations } from './contract.ts';
import { page, problem, startFakeApi } from './fake-api.ts';
import { folderWith } from './harness.ts';
import { inOneProcess as sallyport } from './one-process.ts';
import { resources } from './resources.ts';

test('when fields go with a GET, they are in the query', async () => {
  const api = await startFakeApi();
  const args = ['api', 'get', '/v1/customers', '-f', 'limit=5', '-f', 'cursor=a&b=c'];
  const { code, stdout } = await sallyport(args, { api });
  expect(code).toBe(0);
  expect(api.asked[0]?.query).toEqual({ limit: '5', cursor: 'a&b=c' });
  expect(JSON.parse(stdout)).toEqual({ items: [resources.Customer], next_cursor: null });
});

test('when fields go with a PATCH, they are in the body', async () => {
  const api = await startFakeApi();
  const args = ['api', 'PATCH', '/v1/grants/grt_1', '-f', 'acceptance=manual'];
  const { code } = await sallyport([...args, '-F', 'connections_max=4'], { api });
  expect({ code, body: api.asked[0]?.body }).toEqual({
    code: 0,
    body: { acceptance: 'manual', connections_max: 4 },
  });
});

test('when a body is given, fields go into the query beside it', async () => {
  const api = await startFakeApi();
  const cwd = await folderWith({ 'body.json': '{"reason":"Known"}' });
  const path = '/v1/accounts/acct_1/attest';
  const args = ['api', 'POST', path, '--input', 'body.json', '-f', 'change_ref=OPS-1'];
  expect((await sallyport(args, { api, cwd })).code).toBe(0);
  expect(api.asked[0]).toMatchObject({ body: { reason: 'Known' }, query: { change_ref: 'OPS-1' } });
});

test('when nothing comes back, nothing is printed', async () => {
  const api = await startFakeApi();
  const outcome = await sallyport(['api', 'DELETE', '/v1/grants/grt_1'], { api });
  expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('when there is no such path, it says so and exits with 1', async () => {
  const api = await startFakeApi();
  const { code, stderr } = await sallyport(['api', 'GET', '/v2/nothing'], { api });
  expect(code).toBe(1);
  expect(stderr).toContain('(route_not_found)');
});

test.each([
  ['/v1/custmers?limit=1', '/v1/customers'],
  ['/v1/conections/vpce-1/history', '/v1/connections/vpce-1/history'],
])('when the path is %s, it asks whether %s was meant', async (path, meant) => {
  const api = await startFakeApi();
  const { code, stderr } = await sallyport(['api', 'GET', path], { api });
  expect(code).toBe(1);
  expect(stderr).toContain('route_not_found');
  expect(stderr).toContain(`next: Did you mean ${meant}?\n`);
});

test('when a field is typed, it is JSON where it can be, and a file where it says so', async () => {
  const api = await startFakeApi();
  const cwd = await folderWith({ 'name.txt': 'Acme\nInc\n' });
  const args = ['api', 'PATCH', '/v1/customers/acme', '-F', 'name=@name.txt', '-F', 'a=@-'];
  const more = ['b=true', 'c=5', 'd=null', 'e=007', 'f=x=y', 'g=["z"]', 'h=', 'i=1', 'i=2'];
  await sallyport([...args, ...more.flatMap((one) => ['-F', one]), '-f', 'j=5'], {
    api,
    cwd,
    stdin: 'two\n\n',
  });
  const typed = { b: true, c: 5, d: null, e: '007', f: 'x=y', g: ['z'], h: '', i: [1, 2] };
  expect(api.asked[0]?.body).toEqual({ name: 'Acme\nInc', a: 'two\n', ...typed, j: '5' });
});

test('when an operation is called by its id, each field is where it belongs', async () => {
  const api = await startFakeApi();
  const one = ['attestAccount', '-f', 'id=a/b', '-f', 'reason=Known', '-f', 'change_ref=OPS-1'];
  const list = ['attestAccounts', '-f', 'accounts=acme:222222222222', '-f', 'reason=Known'];
  const redeem = ['redeemInvite', '-F', 'token=@-'];
  for (const args of [one, list, redeem]) {
    const stdin = args === redeem ? 'inv_a-token\n' : undefined;
    const { code, stderr } = await sallyport(['api', ...args], { api, stdin });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }
  expect(api.asked.map(({ path, query, body }) => ({ path, query, body }))).toEqual([
    { path: '/v1/accounts/a/b/attest', query: { change_ref: 'OPS-1' }, body: { reason: 'Known' } },
    {
      path: '/v1/attestations',
      query: {},
      body: { accounts: ['acme:222222222222'], reason: 'Known' },
    },
    { path: '/v1/invites/redeem', query: {}, body: { token: 'inv_a-token' } },
  ]);
  expect(api.asked[2]?.headers).not.toHaveProperty('authorization');
});

test('when there is an operation, its id calls it, with all fields that it takes', () => {
  for (const { id, method, path, fields } of operations) {
    const target = targetOf({
      what: id,
      path: undefined,
      fields: fields.map((name) => ({ name, value: 'x', isFromFile: true })),
      input: undefined,
    });
    expect({ id, method: target.method }).toEqual({ id, method });
    expect(target.path.split('?')[0]).toBe(path);
    expect(target.params).toEqual(path.match(/\{\w+\}/g)?.map(() => 'x') ?? []);
    const query = new URL(target.path, 'http://localhost').searchParams;
    const named = [...query.keys(), ...Object.keys(target.body ?? {})];
    const others = fields.filter((name) => !path.includes(`{${name}}`));
    expect({ id, named: named.sort() }).toEqual({ id, named: others.sort() });
  }
});

test.each([
  [['GTE', '/v1/customers'], '"GTE" is not an HTTP method.', 'Did you mean GET?'],
  [
    ['getConection', '-f', 'id=1'],
    '"getConection" is no operation, and no method.',
    'Did you mean getConnection?',
  ],
  [
    ['listConnections', '-f', 'sate=pending'],
    'listConnections has no field "sate".',
    'Did you mean state?',
  ],
  [['getConnection'], 'getConnection needs id.', 'sallyport api getConnection -f id=…'],
  [
    ['getConnection', 'con_1'],
    '"getConnection" is not an HTTP method.',
    'It is an operation: sallyport api getConnection -f name=value',
  ],
  [['get'], 'GET needs a path.', 'sallyport api GET /v1/customers'],
  [
    ['redeemInvite', '-f', 'token=canary'],
    'token is a secret, and others can read the command line.',
    'Put it into a file: -F token=@file, or -F token=@- for stdin.',
  ],
  [
    ['PATCH', '/v1/grants/g', '-F', 'dns={'],
    '-F dns is not JSON (at position 1 (line 1 column 2)).',
    'Take -f for it to be a text.',
  ],
  [
    ['deleteGrant', '-f', 'id=1', '--paginate'],
    'DELETE /v1/grants/{id} is no list.',
    'Leave --paginate out.',
  ],
])('when %j is typed, it says %s', async (args, what, next) => {
  const { code, stdout, stderr } = await sallyport(['api', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  const lines = stderr.split('\n');
  expect([lines[0], lines.find((line) => line.startsWith('next: '))]).toEqual([
    `error: ${what}`,
    `next: ${next}`,
  ]);
});

test('when all pages are wanted, they are one list, or lines as they come', async () => {
  const names = ['one', 'two', 'three'];
  const pages = names.map((name, index) => {
    return page([{ ...resources.Customer, name }], index === 2 ? null : `after-${name}`);
  });
  const args = ['api', 'listCustomers', '-f', 'state=active', '--paginate'];
  const api = await startFakeApi({ listCustomers: pages });
  const whole = JSON.parse((await sallyport(args, { api })).stdout) as { items: Customer[] };
  expect(whole).toMatchObject({ items: names.map((name) => ({ name })), next_cursor: null });
  expect(api.asked.map(({ query }) => query)).toEqual([
    { state: 'active' },
    { state: 'active', cursor: 'after-one' },
    { state: 'active', cursor: 'after-two' },
  ]);
  const broken = await startFakeApi({
    listCustomers: [...pages.slice(0, 2), problem(403, 'forbidden')],
  });
  const lines = await sallyport([...args, '-o', 'ndjson'], { api: broken });
  expect(lines.code).toBe(4);
  const shown = lines.stdout.trimEnd().split('\n');
  expect(shown.map((line) => (JSON.parse(line) as Customer).name)).toEqual(['one', 'two']);
});

test('when what is to be read in pages is no list, it says so', async () => {
  const api = await startFakeApi();
  const { code, stderr } = await sallyport(['api', 'GET', '/v1/customers/a', '--paginate'], {
    api,
  });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'error: GET /v1/customers/a is no list.\nnext: Leave --paginate out.\n',
  });
});

interface Customer {
  name: string;
}
