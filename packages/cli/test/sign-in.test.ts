// Signing in with a real OpenID provider. That the real service takes its tokens is shown by
// real-service.test.ts.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeviceProvider, startDeviceProvider } from '../../api/test/oidc/device-provider.ts';
import { pageFrom } from './browser-page.ts';
import { changed, type FakeApi, startFakeApi } from './fake-api.ts';
import { folderWith, sallyport, startSallyport } from './harness.ts';

let provider: DeviceProvider;
let api: FakeApi;

beforeAll(async () => {
  // Its tokens end so soon that each command has to renew them.
  provider = await startDeviceProvider({ groups: [], seconds: 50 });
  const { issuer, clientId, audience } = provider;
  const oidc = { issuer, client_id: clientId, audience };
  const signIn = changed('SignIn', { staff_keys: false, oidc });
  api = await startFakeApi({ getSignIn: signIn }, (text) => text.startsWith('Bearer eyJ'));
});
afterAll(() => provider.close());

test('when the service names a provider, one signs in there, and stays signed in', async () => {
  const { env, file, outcome } = await login('agree');
  expect({ code: outcome.code, asked: api.asked.map(({ operation }) => operation) }).toEqual({
    code: 0,
    asked: ['getSignIn', 'getCaller'],
  });
  const runs = await Promise.all(
    ['customers', 'grants', 'services'].map((group) => sallyport([group, 'list'], { env })),
  );
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  // In turn: this provider ends a session whose refresh token comes twice.
  expect(provider.grants.filter((grant) => grant === 'refresh_token')).toHaveLength(3);
  const told = [outcome, ...runs].map(({ stdout, stderr }) => stdout + stderr).join('');
  expect(told).not.toMatch(/eyJ[\w-]+\./);
  const left = await fs.readdir(path.dirname(file));
  expect(left.sort()).toEqual(['config.json', 'credentials.json']);
});

test('when the person says no, it exits with 4 and keeps nothing', async () => {
  const { file, outcome } = await login('refuse');
  expect(outcome.code).toBe(4);
  expect(outcome.stderr).toContain(`${provider.issuer} did not let you in (access_denied`);
  // With --debug, what went to the provider is told, and nothing of what it carried.
  expect(outcome.stderr).toMatch(/^\* POST http:\S+: 400 access_denied in \d+ ms$/m);
  expect(outcome.stderr).not.toContain('device_code');
  await expect(fs.stat(file)).rejects.toThrow('ENOENT');
});

test('when the session has ended, it says how to go on, and keeps what it has', async () => {
  const { env, file } = await login('agree');
  const { default: text } = JSON.parse(await fs.readFile(file, 'utf8')) as { default: string };
  const session = JSON.parse(Buffer.from(text, 'base64url').toString()) as object;
  const ended = Buffer.from(JSON.stringify({ ...session, refreshToken: 'gone' }));
  await fs.writeFile(file, JSON.stringify({ default: ended.toString('base64url') }));
  const { code, stderr } = await sallyport(['customers', 'list'], { env });
  expect(code).toBe(4);
  expect(stderr).toContain('The session of the profile default has ended.\n');
  expect(stderr).toContain('next: sallyport auth login --profile default\n');
  expect(await fs.readFile(file, 'utf8')).toContain(ended.toString('base64url'));
});

test.each([
  ['is another one than it says', 'issuer', 'its discovery document is of another one'],
  ['is not encrypted', 'http://sallyport.invalid', 'it is not an https address'],
])('when the provider %s, nobody is sent there', async (_, issuer, words) => {
  const named = issuer === 'issuer' ? `${provider.issuer}/` : issuer;
  const oidc = { issuer: named, client_id: 'x', audience: 'y' };
  const other = await startFakeApi({ getSignIn: changed('SignIn', { oidc }) });
  const { code, stderr } = await sallyport(['auth', 'login', '--url', other.url]);
  expect(code).toBe(4);
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('enter the code');
});

async function login(decision: 'agree' | 'refuse') {
  const folder = await folderWith({});
  const env = { SALLYPORT_CONFIG_DIR: path.join(folder, 'c') };
  const args = ['auth', 'login', '--url', api.url, '--store', 'file', '--debug'];
  api.asked.length = 0;
  provider.grants.length = 0;
  const { child, outcome } = await startSallyport(args, { env });
  await provider.decide(await pageFrom(child.stderr!), decision);
  return { env, file: path.join(folder, 'c/credentials.json'), outcome: await outcome };
}
