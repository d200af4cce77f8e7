import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { type Answer, changed, problem, startFakeApi } from './fake-api.ts';
import { folderWith, sallyport, startSallyport } from './harness.ts';
import { resources } from './resources.ts';

const get = ['customers', 'get', 'acme'];

/** Retries would only cost time where a test is about something else. */
async function codeOf(answer: Answer): Promise<number> {
  const api = await startFakeApi({ getCustomer: answer });
  return (await sallyport(get, { api })).code;
}

test('when all is well, it is 0', async () => {
  expect(await codeOf({ body: resources.Customer })).toBe(0);
});

test.concurrent.each([
  [2, problem(400, 'invalid_request')],
  [4, problem(401, 'unauthenticated')],
  [4, problem(403, 'forbidden')],
  [3, problem(404, 'not_found')],
  [1, problem(404, 'route_not_found')],
  [5, problem(409, 'in_use')],
  [5, problem(412, 'precondition_failed')],
  [1, problem(413, 'payload_too_large')],
  [1, problem(422, 'proof_refused')],
  [5, problem(428, 'precondition_required')],
  [6, problem(429, 'rate_limited')],
  [1, problem(500, 'internal_error')],
  [6, problem(503, 'unavailable')],
])('when the API refuses, it is %i for $1.status $1.body.code', async (code, answer) => {
  expect(await codeOf(answer)).toBe(code);
});

test('when nobody answers, it is 6, and the hint is to look at the URL', async () => {
  const api = await startFakeApi({ getCustomer: { breaks: true } });
  const { code, stderr } = await sallyport(get, { api });
  expect(code).toBe(6);
  expect(stderr).toContain('next: Check that the service runs, and that --url');
});

test('when there is no key, it is 4, and it says where one is looked for', async () => {
  const { code, stderr } = await sallyport(get, { env: { SALLYPORT_URL: 'https://x.example' } });
  expect(code).toBe(4);
  expect(stderr).toContain('SALLYPORT_API_KEY_FILE');
});

test.concurrent.each([
  ['customers', ['customers']],
  ['nothing', []],
  ['an unknown command', ['custmers', 'list']],
  ['an unknown flag', ['customers', 'list', '--stat', 'active']],
  ['a missing argument', ['customers', 'get']],
  ['an argument too many', ['customers', 'get', 'a', 'b']],
  ['a missing required flag', ['customers', 'create', '--name', 'Acme']],
  ['an unknown choice', ['api-keys', 'create', '--name', 'x', '--role', 'root']],
  ['a text for a number', ['grants', 'update', 'grt_1', '--connections-max', 'many']],
  ['a broken map', ['customers', 'create', '--metadata', 'plan']],
  ['broken JSON', ['customers', 'create', '--contacts', '[']],
  ['a limit of none', ['customers', 'list', '--limit', '0']],
  ['a limit of all', ['customers', 'list', '--limit', '5', '--all']],
  ['nothing to change', ['customers', 'update', 'acme']],
  ['a file that is not there', ['customers', 'create', '--file', 'not-there.json']],
  ['a duration without a unit', ['wait', 'operation', 'op_1', '--timeout', '10']],
  ['an unknown output', ['customers', 'list', '-o', 'xml']],
  ['a wrong URL', ['customers', 'list', '--url', 'localhost:8080']],
  ['an empty id', ['customers', 'get', '']],
  ['an unknown method', ['api', 'FETCH', '/v1/customers']],
  ['a relative path', ['api', 'GET', 'v1/customers']],
  ['stdin for two', ['invites', 'redeem', '--file', '-', '--token-file', '-']],
] as const)('when the command line has %s, it is 2 and nothing is sent', async (_, args) => {
  const api = await startFakeApi();
  const { code, stdout } = await sallyport(args, { api });
  expect({ code, stdout, asked: api.asked }).toEqual({ code: 2, stdout: '', asked: [] });
});

test.each([
  ['{', 'is not JSON'],
  ['[]', 'must hold a JSON object'],
  ['{"name":"a","contacts":[{"name":"b","name":"b"}]}', 'body.json names contacts/0/name twice.'],
])('when the file is %j, it is 2 and says why', async (text, why) => {
  const api = await startFakeApi();
  const cwd = await folderWith({ 'body.json': text });
  const args = ['customers', 'create', '--file', 'body.json'];
  const { code, stderr } = await sallyport(args, { api, cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(why);
});

test('when it is interrupted, it is 130 at once, and it says what may have happened', async () => {
  const api = await startFakeApi({ createCustomer: { hangs: true } });
  const args = ['customers', 'create', '--external-id', 'acme', '--name', 'Acme'];
  const asked = api.next('createCustomer');
  const { child, outcome } = await startSallyport(args, { api });
  await asked;
  child.kill('SIGINT');
  const { code, stderr } = await outcome;
  expect(code).toBe(130);
  const key = String(api.asked[0]?.headers['idempotency-key']);
  expect(stderr).toContain(`Repeat it safely with --idempotency-key ${key}`);
});

test('when something was refused, it says what, what to do, and the request id', async () => {
  const remediation = { actor: 'vendor', action: 'Look at the plan.', command: 'sallyport x' };
  const errors = [{ pointer: '/account_ids/0', detail: 'must have 12 digits' }];
  const api = await startFakeApi({
    updateGrant: problem(409, 'aspect_not_managed', { remediation, errors }),
  });
  const { stderr } = await sallyport(
    ['grants', 'update', 'grt_1', '--account-ids', '1'.repeat(12)],
    {
      api,
    },
  );
  expect(stderr.split('\n')).toEqual([
    'error: The detail of aspect_not_managed. (aspect_not_managed)',
    '  --account-ids: must have 12 digits',
    'next: vendor: Look at the plan: sallyport x',
    'request: req_fake_1',
    '',
  ]);
});

test('when one field is wrong and that is all there is to say, it is said once', async () => {
  const detail = '`name` is too long';
  const errors = [{ pointer: '/name', detail }];
  const answer = problem(400, 'invalid_request', { detail: `${detail}.`, errors });
  const api = await startFakeApi({ updateCustomer: answer });
  const { stderr } = await sallyport(['customers', 'update', 'acme', '--name', 'x'], { api });
  expect(stderr.split(detail)).toHaveLength(2);
});

test('when a flag is what is wrong, the next step names it', async () => {
  const detail = 'Name the customer whose endpoint it is to be';
  const errors = [{ pointer: '/customer_id', detail }];
  const answer = problem(400, 'invalid_request', { detail: `${detail}.`, errors });
  const args = ['setup', 'preflight', '--endpoint-service-id', 'svc'];
  const api = await startFakeApi({ preflight: answer });
  const { stderr } = await sallyport([...args, '--account-id', '1'.repeat(12)], { api });
  expect(stderr).toContain('\nnext: Correct --customer-id, and send the same again\n');
});

test('when a POST fails on the way, it says how to repeat it', async () => {
  const api = await startFakeApi({ createInvite: problem(503, 'unavailable') });
  const { code, stderr } = await sallyport(['customers', 'invites', 'create', 'acme'], { api });
  const keys = new Set(api.asked.map(({ headers }) => headers['idempotency-key']));
  expect({ code, keys: keys.size }).toEqual({ code: 6, keys: 1 });
  expect(stderr).toContain(`--idempotency-key ${String([...keys][0])}`);
});

test('when a question fails on the way, it does not say that it took effect', async () => {
  const api = await startFakeApi({ preflight: problem(503, 'unavailable') });
  const args = [
    'setup',
    'preflight',
    '--endpoint-service-id',
    'svc',
    '--account-id',
    '1'.repeat(12),
  ];
  const { code, stderr } = await sallyport(args, { api });
  expect(code).toBe(6);
  expect(stderr).not.toContain('taken effect');
});

test('when an id is not there, it names the command that lists the ids', async () => {
  const api = await startFakeApi({ getCustomer: problem(404, 'not_found') });
  const { stderr } = await sallyport(get, { api });
  expect(stderr).toContain(': sallyport customers list\n');
});

test('when another thing is not there, it names the list of that', async () => {
  const remediation = { actor: 'caller', action: 'Look.', command: 'sallyport services list' };
  const api = await startFakeApi({ createGrant: problem(404, 'not_found', { remediation }) });
  const args = ['grants', 'create', '--customer-id', 'acme', '--endpoint-service-id', 'svc'];
  expect((await sallyport(args, { api })).stderr).toContain(': sallyport services list\n');
});

test('when the key is refused, it says which key that was', async () => {
  const api = await startFakeApi({ getCustomer: problem(401, 'unauthenticated') });
  const { stderr } = await sallyport(get, { api });
  expect(stderr).toContain(
    `next: Put a key that is valid at ${api.url} where this one came from: SALLYPORT_API_KEY\n`,
  );
});

test('when the path is not there, the hint is to look at the URL', async () => {
  const api = await startFakeApi({ getCustomer: problem(404, 'route_not_found') });
  expect((await sallyport(get, { api })).stderr).toContain('next: Check --url or SALLYPORT_URL');
});

test('when something else than Sallyport answers, the hint is to look at the URL', async () => {
  const other = http.createServer((_, response) => response.writeHead(400).end('Bad Request'));
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const env = { SALLYPORT_URL: url, SALLYPORT_API_KEY: 'key-of-the-test' };
  const { stderr } = await sallyport(get, { env });
  other.close();
  expect(stderr).toContain(`what answers at ${url} may not be Sallyport`);
});

test.each([
  [['custmers', 'list'], 'Did you mean customers?'],
  [['customers', 'lst'], 'Did you mean list?'],
  [['customers', 'list', '--stat', 'x'], 'Did you mean --state?'],
])('when %j is mistyped, it asks: %s', async (args, question) => {
  expect((await sallyport(args)).stderr).toContain(question);
});

test('when the service is a later one, what it adds does not break a run', async () => {
  const api = await startFakeApi({ getCustomer: { body: resources.Customer } });
  const { code, stdout } = await sallyport([...get, '-o', 'json'], { api });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(resources.Customer);
  const later = await startFakeApi({
    getConnection: { ...changed('Connection', { state: 'hibernating' }), foreign: true },
  });
  expect((await sallyport(['connections', 'get', 'con_1'], { api: later })).stdout).toContain(
    'hibernating',
  );
});
