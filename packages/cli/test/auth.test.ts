import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { mistypedVariables } from '../src/profiles/mistyped.ts';
import { openKeyring } from '../src/profiles/keyring.ts';
import { changed, type FakeApi, KEY, problem, startFakeApi } from './fake-api.ts';
import { folderWith, sallyport } from './harness.ts';
import { needsTerminal, onTerminal } from './pseudo-terminal.ts';
import { inTurns } from './turns.ts';

/** A keyring that keeps what it gets on stdin in a file beside it, and notes how it was called. */
const secretTool = `#!/bin/sh
folder=$(dirname "$0")
echo "$*" >> "$folder/calls"
for profile; do :; done
case $1 in
  store) cat > "$folder/secret-$profile" ;;
  lookup) cat "$folder/secret-$profile" ;;
  clear) rm "$folder/secret-$profile" ;;
esac
`;
const noKeys = { SALLYPORT_API_KEY: undefined, SALLYPORT_API_KEY_FILE: undefined };

async function home(files: Record<string, string> = {}) {
  const folder = await folderWith(files);
  // A keyring of whoever runs the tests is not to be found.
  return { folder, env: { ...noKeys, SALLYPORT_CONFIG_DIR: path.join(folder, 'c'), PATH: folder } };
}

async function loggedIn(api: FakeApi) {
  const { folder, env } = await home();
  const outcome = await sallyport(['auth', 'login', '--key-file', '-'], { api, env, stdin: KEY });
  return { folder, env, outcome, config: env.SALLYPORT_CONFIG_DIR };
}

test('when one logs in with a key, it is tried, kept for its owner only, and used', async () => {
  const api = await startFakeApi();
  const { env, outcome, config } = await loggedIn(api);
  expect({ code: outcome.code, asked: api.asked.map(({ operation }) => operation) }).toEqual({
    code: 0,
    asked: ['getCaller'],
  });
  expect(outcome.stderr).toContain('No keyring takes it here');
  expect(outcome.stdout + outcome.stderr).not.toContain(KEY);
  const modes = await Promise.all(
    ['', 'config.json', 'credentials.json'].map((file) => fs.stat(path.join(config, file))),
  );
  expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['700', '600', '600']);
  const list = await sallyport(['customers', 'list'], { env });
  expect({ code: list.code, key: api.asked[1]?.headers.authorization }).toEqual({
    code: 0,
    key: `Bearer ${KEY}`,
  });
});

test('when the home of who asks is no folder, a key from elsewhere will do', async () => {
  const env = { SALLYPORT_CONFIG_DIR: undefined, HOME: '/dev/null' };
  const { code } = await sallyport(['customers', 'list'], { api: await startFakeApi(), env });
  expect(code).toBe(0);
});

test('when the key is refused, nothing is kept', async () => {
  const api = await startFakeApi({ getCaller: problem(401, 'unauthenticated') });
  const { outcome, folder } = await loggedIn(api);
  expect(outcome.code).toBe(4);
  expect(outcome.stderr).toContain(`next: Put a key that is valid at ${api.url} where this one`);
  expect(await fs.readdir(folder)).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'when the system says of a folder that it is not there and lets none be made, it ends',
  async () => {
    const env = { ...noKeys, SALLYPORT_CONFIG_DIR: '/proc/self/no/folder' };
    const args = ['auth', 'login', '--key-file', '-', '--store', 'file'];
    const { code, stderr } = await sallyport(args, { api: await startFakeApi(), env, stdin: KEY });
    expect(code).toBe(1);
    expect(stderr).toContain('next: Set SALLYPORT_CONFIG_DIR to a folder that can be written.');
  },
);

test('when a kept key is refused later, it stays where it is', async () => {
  const api = await startFakeApi({ listCustomers: problem(401, 'unauthenticated') });
  const { env, config } = await loggedIn(api);
  const file = path.join(config, 'credentials.json');
  const before = await fs.readFile(file, 'utf8');
  const { code, stderr } = await sallyport(['customers', 'list'], { env });
  expect(code).toBe(4);
  expect(stderr).toContain(`came from: profile default (${file})`);
  expect(await fs.readFile(file, 'utf8')).toBe(before);
});

test('when another service is meant, the key of the profile does not go there', async () => {
  const api = await startFakeApi();
  const elsewhere = await startFakeApi();
  const { env } = await loggedIn(api);
  const args = ['customers', 'list', '--url', elsewhere.url];
  const { code, stderr } = await sallyport(args, { env });
  expect({ code, asked: elsewhere.asked }).toEqual({ code: 4, asked: [] });
  expect(stderr).toContain(`profile default logged in with is for ${api.url} alone.`);
});

test('when there is a keyring, the key is there, and in no file or command line', async () => {
  const api = await startFakeApi();
  const { folder, env } = await home({ 'secret-tool': secretTool });
  await fs.chmod(path.join(folder, 'secret-tool'), 0o755);
  const withTools = { ...env, PATH: `${folder}:/usr/bin:/bin` };
  const given = { api, env: withTools, stdin: KEY };
  const login = await sallyport(['auth', 'login', '--key-file', '-', '-o', 'json'], given);
  expect(JSON.parse(login.stdout)).toMatchObject({ key: 'the keyring', profile: 'default' });
  const list = await sallyport(['customers', 'list'], { env: withTools });
  expect(list.code).toBe(0);
  const logout = await sallyport(['auth', 'logout'], { env: withTools });
  expect(logout.stderr).toContain('The key itself stays valid.');
  const calls = await fs.readFile(path.join(folder, 'calls'), 'utf8');
  expect(calls.split('\n')).toEqual([
    'store --label=sallyport default service sallyport profile default',
    'lookup service sallyport profile default',
    'lookup service sallyport profile default',
    'clear service sallyport profile default',
    '',
  ]);
  expect(await fs.readdir(folder)).toEqual(['c', 'calls', 'secret-tool']);
  expect(await fs.readdir(path.join(folder, 'c'))).toEqual(['config.json']);
});

test('when it is macOS, the keychain gets the secret on stdin', async () => {
  const security = `#!/bin/sh
folder=$(dirname "$0")
echo "$*" >> "$folder/calls"
case $1 in
  -i) cat > "$folder/stdin"; sed 's/.* -w //' "$folder/stdin" > "$folder/kept" ;;
  find-generic-password) cat "$folder/kept" ;;
  delete-generic-password) rm "$folder/kept" ;;
esac
`;
  const folder = await folderWith({ security });
  await fs.chmod(path.join(folder, 'security'), 0o755);
  const env = { PATH: `${folder}:/usr/bin:/bin` };
  const keyring = openKeyring({ env, platform: 'darwin' })!;
  expect(await keyring.write('default', 'abc')).toBe(true);
  expect(await keyring.read('default')).toBe('abc');
  await keyring.remove('default');
  expect(await keyring.read('default')).toBeUndefined();
  expect(await fs.readFile(path.join(folder, 'stdin'), 'utf8')).toBe(
    'add-generic-password -U -s sallyport -a default -w abc\n',
  );
  expect(await fs.readFile(path.join(folder, 'calls'), 'utf8')).not.toContain('abc');
});

test('when there are several profiles, one is in use, and each can be named', async () => {
  const [one, two] = [await startFakeApi(), await startFakeApi()];
  const { env } = await home();
  const login = (name: string, { url }: FakeApi) =>
    sallyport(['auth', 'login', '--profile', name, '--url', url, '--key-file', '-'], {
      env,
      stdin: KEY,
    });
  await login('prod', one);
  await login('staging', two);
  const turns = [
    'config profiles -o json',
    'config use prod',
    'config list --show-origin -o ndjson',
    'config list --show-origin --profile staging -o ndjson',
    'config use pord',
    'auth logout',
    'config profiles -o name',
    'config list -o json',
  ].map((line) => ({ args: line.split(' '), surroundings: { env } }));
  const [profiles, use, used, named, mistyped, logout, , last] = await inTurns(turns);
  expect(JSON.parse(profiles!.stdout)).toMatchObject({
    items: [
      { profile: 'prod', in_use: false, url: one.url, kept_in: 'file' },
      { profile: 'staging', in_use: true, url: two.url },
    ],
  });
  expect(use!.stderr).toBe(`The profile in use is prod (${one.url}).\n`);
  const file = path.join(env.SALLYPORT_CONFIG_DIR, 'config.json');
  expect(used!.stdout.split('\n').map((line) => line && (JSON.parse(line) as unknown))).toEqual([
    { setting: 'url', value: one.url, origin: `${file}, profile prod` },
    { setting: 'profile', value: 'prod', origin: file },
    { setting: 'key', value: 'set', origin: expect.stringContaining('profile prod (') as string },
    '',
  ]);
  expect(named!.stdout).toContain(`{"setting":"profile","value":"staging","origin":"--profile"}`);
  expect({ code: mistyped!.code, stderr: mistyped!.stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('next: Did you mean prod?') as string,
  });
  expect(logout!.stderr).toContain('The profile in use is staging now.');
  expect(last!.stdout).toContain('staging');
  expect([one.asked.length, two.asked.length]).toEqual([1, 1]);
});

test('when a setting is mistyped, it asks which was meant', async () => {
  const files = [
    { proflies: {} },
    { profiles: { a: { ulr: 'http://127.0.0.1:1' } } },
    { late: {} },
  ];
  const folders = await Promise.all(
    files.map((file) => folderWith({ 'config.json': JSON.stringify(file) })),
  );
  const turns = folders.map((folder) => ({
    args: ['config', 'profiles'],
    surroundings: { env: { SALLYPORT_CONFIG_DIR: folder } },
  }));
  const env = {
    SALLYPORT_CONFIG_DIR: folders[2],
    SALLYPORT_ULR: 'http://127.0.0.1:2',
    SALLYPORT_API_KY: KEY,
  };
  const set = ['config list', 'customers list'].map((line) => {
    return { args: line.split(' '), surroundings: { env } };
  });
  const [member, ofProfile, later, list, used] = await inTurns([...turns, ...set]);
  const [first, second] = folders.map((folder) => path.join(folder, 'config.json'));
  expect(member!.stderr).toBe(`error: ${first} has no "proflies".\nnext: Did you mean profiles?\n`);
  expect(ofProfile!.stderr).toBe(`error: ${second} has no "ulr".\nnext: Did you mean url?\n`);
  expect([member!.code, ofProfile!.code, later!.code]).toEqual([2, 2, 0]);
  const notes =
    'note: SALLYPORT_ULR is set. Did you mean SALLYPORT_URL?\n' +
    'note: SALLYPORT_API_KY is set. Did you mean SALLYPORT_API_KEY?\n';
  expect(list!.stderr).toBe(notes);
  expect(used!.code).toBe(4);
  expect(used!.stderr.endsWith(notes)).toBe(true);
});

test('when a variable is one of the service, it is not taken for a mistake', async () => {
  const page = path.resolve(import.meta.dirname, '../../../docs/settings.md');
  const names = (await fs.readFile(page, 'utf8')).match(/SALLYPORT_[A-Z_]+/g)!;
  expect(names.length).toBeGreaterThan(20);
  const env = Object.fromEntries(names.map((name) => [name, '1']));
  expect(mistypedVariables({ env })).toEqual([]);
});

test('when the environment says otherwise, it wins over the profile, and is told', async () => {
  const api = await startFakeApi();
  const { env } = await loggedIn(api);
  const other = { ...env, SALLYPORT_URL: 'http://127.0.0.1:9', SALLYPORT_API_KEY: 'key-of-env' };
  const args = ['config', 'list', '--show-origin', '--no-headers'];
  const { stdout } = await sallyport(args, { env: other });
  expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toMatchObject([
    ['url', 'http://127.0.0.1:9', 'SALLYPORT_URL'],
    ['profile', 'default', expect.stringContaining('config.json')],
    ['key', 'set', 'SALLYPORT_API_KEY'],
    [''],
  ]);
  expect(stdout).not.toContain('key-of-env');
});

test('when the file of profiles is broken, it says which and how to go on', async () => {
  const { env } = await home({ 'c/config.json': '{ "profiles": ' });
  const { code, stderr } = await sallyport(['customers', 'list'], { env });
  expect(code).toBe(1);
  expect(stderr).toContain('c/config.json does not hold a JSON object.\nnext: Correct it');
  expect((await sallyport(['--help'], { env })).code).toBe(0);
});

const keysOnly = { getSignIn: changed('SignIn', { oidc: null }) };

test('when there is no terminal and no key file, it does not wait for a key', async () => {
  const api = await startFakeApi(keysOnly);
  const { env } = await home();
  const { code, stderr } = await sallyport(['auth', 'login'], { api, env });
  expect(code).toBe(2);
  expect(stderr).toContain('next: Give --key-file, - for stdin.');
});

test('when the key is typed on a terminal, it is not shown', async (context) => {
  needsTerminal(context);
  const api = await startFakeApi(keysOnly);
  const { env } = await home();
  const withTools = { ...env, PATH: '/usr/bin:/bin' };
  const { code, text } = await onTerminal(['auth', 'login'], {
    api,
    env: withTools,
    dialogue: [[`API key for ${api.url}: `, `${KEY}x\u007f\r`]],
  });
  expect({ code, shown: text.includes(KEY) }).toEqual({ code: 0, shown: false });
  const interrupted = await onTerminal(['auth', 'login'], {
    api,
    env: withTools,
    dialogue: [[`API key for ${api.url}: `, 'abc\u0003']],
  });
  expect(interrupted.code).toBe(130);
});
