// The keys of token issuers: whom they are fetched from, how often, and within which bounds.

import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTokenIssuers } from '../../src/aws/token-issuers.ts';
import { readToken } from '../../src/domain/web-identity-token.ts';
import { failureOf, patience, startFakeAws, type FakeAnswer } from './fake-aws.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const keysNamed = (...names: string[]): FakeAnswer => {
  const jwk = pair.publicKey.export({ format: 'jwk' });
  return { body: JSON.stringify({ keys: names.map((kid) => ({ ...jwk, kid })) }) };
};

function tokenOf(issuer: string, kid = 'EC384_0'): string {
  const claims = {
    iss: `https://${issuer}.tokens.sts.global.api.aws`,
    aud: 'https://sallyport.test',
    sub: 'arn:aws:iam::222222222222:role/Deploy',
    jti: 'one-of-many',
    iat: 1_772_366_400,
    exp: 1_772_366_500,
  };
  const parts = [{ alg: 'ES384', kid }, claims].map((part) => JSON.stringify(part));
  const text = parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
  const by = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return `${text}.${sign('sha384', Buffer.from(text), by).toString('base64url')}`;
}

async function issuersOver(respond: (index: number) => FakeAnswer | null, timeoutMs = 5_000) {
  const fake = await startFakeAws((_, index) => respond(index));
  let now = 0;
  const issuers = createTokenIssuers({
    endpoint: new URL(fake.url),
    timeoutMs,
    issuersMax: 3,
    now: () => new Date(now),
  });
  return {
    requests: fake.requests,
    pass: (ms: number) => void (now += ms),
    verify: (token: string, signal = patience()) => issuers.verify(token, readToken(token), signal),
  };
}

const genuine = { kind: 'genuine' };

test('when two tokens come, keys are asked of the issuer once, by its own name', async () => {
  const { verify, requests } = await issuersOver(() => keysNamed('EC384_0'));
  expect(await verify(tokenOf('one'))).toEqual(genuine);
  expect(await verify(tokenOf('one'))).toEqual(genuine);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({ method: 'GET', target: '/.well-known/jwks.json' });
  expect(requests[0]!.headers.host).toBe('one.tokens.sts.global.api.aws');
});

test('when ten minutes have passed, they are asked for again', async () => {
  const { verify, requests, pass } = await issuersOver(() => keysNamed('EC384_0'));
  await verify(tokenOf('one'));
  pass(600_000);
  expect(await verify(tokenOf('one'))).toEqual(genuine);
  expect(requests).toHaveLength(2);
});

test('when a token names a new key, it is looked for twice a minute at most', async () => {
  const { verify, requests, pass } = await issuersOver((index) =>
    keysNamed(...(index === 0 ? ['EC384_0'] : ['EC384_0', 'EC384_1'])),
  );
  await verify(tokenOf('one'));
  expect(await verify(tokenOf('one', 'EC384_1'))).toMatchObject({ code: 'UnknownKey' });
  pass(30_000);
  expect(await verify(tokenOf('one', 'EC384_1'))).toEqual(genuine);
  for (let i = 0; i < 20; i++) await verify(tokenOf('one', `made-up-${i}`));
  expect(requests).toHaveLength(2);
});

test('when there are more issuers than are remembered, one goes', async () => {
  const { verify, requests } = await issuersOver(() => keysNamed('EC384_0'));
  for (const name of ['a', 'b', 'c', 'a', 'd']) await verify(tokenOf(name));
  expect(requests).toHaveLength(4);
  await verify(tokenOf('a'));
  expect(requests).toHaveLength(4);
  await verify(tokenOf('b'));
  expect(requests).toHaveLength(5);
});

const useless: [string, FakeAnswer][] = [
  ['redirects', { ...keysNamed('EC384_0'), status: 302, headers: { location: '/elsewhere' } }],
  ['has no keys', { body: '{}' }],
  ['answers in HTML', { body: '<html></html>' }],
  ['answers null', { body: 'null' }],
  ['sends too much', { body: ' '.repeat(70_000) }],
  ['is ill', { status: 500, body: '' }],
];
test.each(useless)('when the issuer %s, nothing is known of the token', async (_, answer) => {
  const { verify, requests } = await issuersOver(() => answer);
  expect(await verify(tokenOf('one'))).toMatchObject({ kind: 'unavailable' });
  expect(requests).toHaveLength(1);
});

test.each([404, 410])('when it answers %s, there is no such issuer for now', async (no) => {
  const { verify } = await issuersOver((index) =>
    index === 0 ? { status: no, body: '' } : keysNamed('EC384_0'),
  );
  expect(await verify(tokenOf('one'))).toMatchObject({ kind: 'refused', code: 'UnknownIssuer' });
  expect(await verify(tokenOf('one'))).toEqual(genuine);
});

test('when the issuer is silent, nothing is known after the time allowed', async () => {
  const { verify } = await issuersOver(() => null, 50);
  expect(await verify(tokenOf('one'))).toMatchObject({ kind: 'unavailable' });
});

test('when the caller gives up, it throws aborted', async () => {
  const stop = new AbortController();
  const { verify } = await issuersOver(() => {
    stop.abort();
    return null;
  });
  expect(await failureOf(verify(tokenOf('one'), stop.signal))).toMatchObject({ kind: 'aborted' });
});
