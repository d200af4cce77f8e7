// What identity providers publish that is of no use, and tokens that go on for too long: staff are
// told why they are not let in, and nothing counts as a fault of the service.

import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Refusal } from '../../src/domain/errors.ts';
import { createStaffTokens } from '../../src/oidc/staff-tokens.ts';

const issuer = 'https://login.example.com';
const now = new Date('2026-03-01T12:00:00Z');
const seconds = now.getTime() / 1000;
const good = generateKeyPairSync('rsa', { modulusLength: 2048 });
const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
const published = (kid: string, { publicKey }: { publicKey: KeyObject } = good) => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
});

function tokensOf(keySet: unknown) {
  const settings = {
    issuer,
    audience: 'sallyport',
    clientId: null,
    groupsClaim: 'groups',
    operatorGroups: ['ops'],
    supportGroups: [],
  };
  const discovery = { issuer, jwks_uri: `${issuer}/keys` };
  const answers = async (address: unknown) =>
    new Response(JSON.stringify(address === discovery.jwks_uri ? keySet : discovery));
  return createStaffTokens(settings, { now: () => now, fetch: answers });
}

function token(kid: string | undefined, claims: object = {}, key = good.privateKey): string {
  const usual = { iss: issuer, aud: 'sallyport', sub: 'ann', iat: seconds, exp: seconds + 600 };
  const text = [
    { alg: 'RS256', kid },
    { ...usual, groups: ['ops'], ...claims },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

const refusal = (keySet: unknown, sent: string) =>
  tokensOf(keySet)
    .verify(sent)
    .then(
      () => 'let in',
      (error: unknown) => [(error as Refusal).code, (error as Refusal).message],
    );

it.each([
  ['is too short', published('short', short), 'short', short.privateKey],
  ['is broken', { kty: 'RSA', kid: 'a', n: '!', e: 'AQAB' }, 'a', good.privateKey],
  ['has no numbers', { kty: 'RSA', kid: 'a' }, 'a', good.privateKey],
])('when a key of the provider %s, tokens of it are refused', async (_, key, kid, signing) => {
  const said = await refusal({ keys: [published('other'), key] }, token(kid, {}, signing));
  expect(said).toEqual(['unauthenticated', expect.stringContaining('cannot be used')]);
});

it('when a token names no key and several fit, that is what is said', async () => {
  const said = await refusal({ keys: [published('a'), published('b')] }, token(undefined));
  expect(said).toEqual(['unauthenticated', expect.stringContaining('several keys')]);
});

it.each([null, [], 'keys', { keys: null }, { keys: [null] }, { keys: ['a'] }])(
  'when the key set is %j, staff are told that there is none',
  async (keySet) => {
    expect(await refusal(keySet, token('a'))).toEqual([
      'unavailable',
      'The provider has no key set.',
    ]);
  },
);

it.each([
  [600, 600],
  [172_800, 86_400],
  [9e12, 86_400],
  [1e300, 86_400],
])('when a token lives for %d s, it is told to end after %d', async (lives, told) => {
  const sent = token('a', { exp: seconds + lives });
  const { expiresAt } = await tokensOf({ keys: [published('a')] }).verify(sent);
  expect(expiresAt).toEqual(new Date(now.getTime() + told * 1000));
});
