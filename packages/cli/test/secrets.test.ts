import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { changed, KEY, page, problem, startFakeApi } from './fake-api.ts';
import { folderWith, sallyport } from './harness.ts';
import { ids, resources } from './resources.ts';
import { inTurns } from './turns.ts';

test.each([
  [['customers', 'list']],
  [['customers', 'get', 'acme']],
  [['auth', 'status']],
  [['diagnose', 'vpce-0a1b2c3d4e5f60718']],
  [['api', 'GET', '/v1/customers']],
  [['wait', 'account', 'acct_1']],
])('when %j is traced, the key is in no output', async (args) => {
  for (const status of [200, 401, 409]) {
    // Even where the service says it back.
    const members = { detail: `Bearer ${KEY} is not valid`, title: KEY };
    const refused = problem(status, 'unauthenticated', members);
    const every = ['listCustomers', 'getCustomer', 'listApiKeys', 'diagnoseConnection'];
    const answers = Object.fromEntries(every.map((id) => [id, refused]));
    const api = await startFakeApi(status === 200 ? {} : answers);
    const surroundings = { api };
    const [curl, trace] = await inTurns([
      { args: [...args, '--debug=curl'], surroundings },
      { args: [...args, '--debug'], surroundings },
    ]);
    const { stdout, stderr } = trace!;
    expect(curl!.stderr).toContain('authorization: Bearer $SALLYPORT_API_KEY');
    expect(curl!.stdout + curl!.stderr + stdout + stderr).not.toContain(KEY);
    expect(stderr).toContain(`> GET ${api.url}/v1/`);
  }
});

test('when requests are shown for curl, they can be run again, without what lets in', async () => {
  const api = await startFakeApi();
  const args = ['invites', 'redeem', '--token-file', '-', '--debug=curl'];
  const redeemed = await sallyport(args, { api, stdin: 'token-canary-7731' });
  expect(redeemed.stderr).toContain(`curl -X POST '${api.url}/v1/invites/redeem' \\\n`);
  expect(redeemed.stderr).toContain(`  --data '{"token":"[redacted]"`);
  expect(redeemed.stderr).not.toContain('token-canary-7731');
  const got = await sallyport(['customers', 'get', "it's", '--debug=curl'], { api });
  expect(got.stderr).not.toContain(KEY);
  const command = got.stderr.split('\n').slice(0, -1).join('\n');
  expect(command).toContain('-H "authorization: Bearer $SALLYPORT_API_KEY"');
  // As the shell reads it, with another program in the place of curl.
  const run = spawnSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${command}`], {
    encoding: 'utf8',
    env: { SALLYPORT_API_KEY: KEY },
  });
  expect(run.stdout).toBe(`${api.url}/v1/customers/it's\n-H\nauthorization: Bearer ${KEY}\n`);
});

test('when nobody answers, the key is not in the error', async () => {
  const api = await startFakeApi({ getCustomer: { breaks: true } });
  const { stderr } = await sallyport(['customers', 'get', 'acme', '--debug'], { api });
  expect(stderr).toContain('* trying again in');
  expect(stderr).not.toContain(KEY);
});

test('when secrets travel in bodies, the trace shows that they are there only', async () => {
  const api = await startFakeApi();
  const made = await sallyport(['customers', 'invites', 'create', 'acme', '--debug'], { api });
  expect(made.stdout).toContain(resources.InviteWithToken.token);
  expect(made.stderr).not.toContain(resources.InviteWithToken.token);
  expect(made.stderr).toContain('"token":"[redacted]"');
  const args = ['invites', 'redeem', '--token-file', '-', '--debug'];
  const redeemed = await sallyport(args, { api, stdin: 'token-canary-7731' });
  expect(redeemed.stderr).not.toContain('token-canary-7731');
  expect(redeemed.stderr).not.toContain(resources.ApiKeyWithSecret.secret);
});

test('when a request is tried again, the trace counts attempts and times each', async () => {
  const busy = { ...problem(503, 'unavailable'), headers: { 'retry-after': '0' } };
  const api = await startFakeApi({ listCustomers: [busy, page([])] });
  const { stderr } = await sallyport(['customers', 'list', '--debug'], { api });
  const shown = stderr.split('\n').filter((line) => /^(> GET|< \d|\*)/.test(line));
  expect(shown.map((line) => line.replaceAll(/\d+ ms/g, 'N ms'))).toEqual([
    `> GET ${api.url}/v1/customers (attempt 1)`,
    '< 503 Service Unavailable in N ms',
    expect.stringContaining('* trying again in N ms: 503 unavailable'),
    `> GET ${api.url}/v1/customers (attempt 2)`,
    '< 200 OK in N ms',
  ]);
});

test('when something looks like a secret, the trace blanks it, whatever its name', async () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmVk';
  const secrets = ['AKIAIOSFODNN7EXAMPLE', token, `spk_${'x'.repeat(24)}`];
  const name = `Acme ${secrets.join(' ')}`;
  const api = await startFakeApi({ getCustomer: changed('Customer', { name }) });
  const paths = ['/v1/customers/acme', `/v1/customers?note=${token}`];
  const surroundings = { api };
  const turns = paths.map((path) => ({ args: ['api', 'GET', path, '--debug'], surroundings }));
  const stderr = (await inTurns(turns)).map((outcome) => outcome.stderr).join('');
  expect(stderr).toContain('"name":"Acme [redacted] [redacted] [redacted]"');
  expect(stderr).toContain('/v1/customers?note=%5Bredacted%5D ');
  for (const secret of secrets) expect(stderr).not.toContain(secret);
});

test('when a key is typed behind a flag, it is not said back', async () => {
  const { code, stderr } = await sallyport(['customers', 'list', `--api-key=${KEY}`]);
  expect(code).toBe(2);
  expect(stderr).not.toContain(KEY);
  expect(stderr).toContain('SALLYPORT_API_KEY_FILE');
});

test('when the service redirects, the key does not follow', async () => {
  const elsewhere = await startFakeApi();
  const headers = { location: `${elsewhere.url}/v1/customers/acme` };
  const api = await startFakeApi({
    getCustomer: { ...problem(307, 'unavailable'), headers, foreign: true },
  });
  const { code } = await sallyport(['customers', 'get', 'acme'], { api });
  expect({ code, elsewhere: elsewhere.asked }).toEqual({ code: 1, elsewhere: [] });
});

test('when the key is in a file, it is read from there, without its line end', async () => {
  const api = await startFakeApi();
  const cwd = await folderWith({ 'the.key': `${KEY}\n` });
  const env = { SALLYPORT_API_KEY: undefined, SALLYPORT_API_KEY_FILE: 'the.key' };
  expect((await sallyport(['customers', 'list'], { api, cwd, env })).code).toBe(0);
});

test('when the service is on this machine, its operator key is found', async () => {
  const api = await startFakeApi();
  const cwd = await folderWith({ '.sallyport/operator.key': KEY, 'data/operator.key': KEY });
  const env = { SALLYPORT_API_KEY: undefined };
  expect((await sallyport(['customers', 'list'], { api, cwd, env })).code).toBe(0);
  const elsewhere = { ...env, SALLYPORT_DATA_DIR: path.join(cwd, 'data') };
  expect((await sallyport(['customers', 'list'], { api, env: elsewhere })).code).toBe(0);
});

test('when the service is on another machine, the operator key of this one stays', async () => {
  const cwd = await folderWith({ '.sallyport/operator.key': KEY });
  const args = ['customers', 'list', '--url', 'https://sallyport.invalid', '--debug'];
  const { code, stderr } = await sallyport(args, { cwd });
  expect(code).toBe(4);
  expect(stderr).toBe(
    'error: There is no API key for https://sallyport.invalid.\n' +
      'next: Run `sallyport auth login --url …`, or set SALLYPORT_API_KEY_FILE ' +
      'to a file with a key.\n',
  );
});

test('when what is set is no key, it is not said back', async () => {
  const env = { SALLYPORT_API_KEY: 'two words', SALLYPORT_URL: 'http://127.0.0.1:1' };
  const { code, stderr } = await sallyport(['customers', 'list'], { env });
  expect(code).toBe(4);
  expect(stderr).not.toContain('two words');
});

test('when the key works, auth status says which it is and what it may do', async () => {
  const { Caller: caller } = resources;
  const limited = { ...caller, role: 'customer', customer_id: ids.customer, scopes: ['read'] };
  const api = await startFakeApi({ getCaller: { body: limited } });
  const { stdout } = await sallyport(['auth', 'status', '-o', 'json'], { api });
  expect(JSON.parse(stdout)).toEqual({
    url: api.url,
    profile: null,
    key: 'SALLYPORT_API_KEY',
    ...limited,
  });
});

test('when others may read the key file, auth status warns', async () => {
  const api = await startFakeApi();
  const cwd = await folderWith({ 'the.key': KEY });
  const env = { SALLYPORT_API_KEY: undefined, SALLYPORT_API_KEY_FILE: 'the.key' };
  const before = await sallyport(['auth', 'status'], { api, cwd, env });
  await fs.chmod(path.join(cwd, 'the.key'), 0o644);
  const after = await sallyport(['auth', 'status'], { api, cwd, env });
  expect([before.stderr, after.stderr]).toEqual([
    '',
    'warning: others on this machine may read the key. Run: chmod 600 the.key\n',
  ]);
});

test('when the key is refused, auth status exits with 4, and no file is touched', async () => {
  const api = await startFakeApi();
  const cwd = await folderWith({ 'the.key': 'spk_revoked' });
  const env = { SALLYPORT_API_KEY: undefined, SALLYPORT_API_KEY_FILE: 'the.key' };
  const { code, stdout } = await sallyport(['auth', 'status'], { api, cwd, env });
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(await fs.readFile(path.join(cwd, 'the.key'), 'utf8')).toBe('spk_revoked');
});
