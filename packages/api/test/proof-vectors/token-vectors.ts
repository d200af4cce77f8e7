// Proofs by a web identity token with one thing wrong in its header, its claims, its signature, its
// issuer, or the keys that the issuer publishes.

import { createHmac, sign, type KeyObject } from 'node:crypto';
import { curveOf, published, rsaOf } from './keys.ts';
import { attacker, audience, aws, breaking, challengeText, now, victim } from './plan.ts';
import type { HttpAnswer, Plan, Vector } from './plan.ts';

type Change = Vector['change'];

const kind = 'web_identity_token';
const issuer = 'https://victim.tokens.sts.global.api.aws';
const seconds = now.getTime() / 1000;
const theirs = () => rsaOf('attacker').privateKey;

const header = (change: object, key?: KeyObject): Change => {
  return ({ token }) => {
    Object.assign(token.header, change);
    if (key) token.key = key;
  };
};
const claim = (change: object): Change => {
  return ({ token }) => void Object.assign(token.claims, change);
};
/** AWS's own claims, of which some are others. */
const own = (change: object): Change => {
  return ({ token }) => void Object.assign(token.claims[aws] as object, change);
};
const tags = (request_tags: unknown): Change => own({ request_tags });
const written = (change: (token: string) => string): Change => {
  return ({ token }) => void (token.written = change);
};
const signed = (by: (text: string) => string, alg?: string): Change => {
  return ({ token }) => {
    token.sign = by;
    if (alg !== undefined) token.header['alg'] = alg;
  };
};
const answering = (change: (genuine: HttpAnswer) => HttpAnswer): Change => {
  return (plan: Plan) => void (plan.answer = change);
};
/** A host of the attacker's, who signs for it. */
const from = (iss: unknown): Change => {
  return ({ token }) => {
    token.claims['iss'] = iss;
    token.key = theirs();
  };
};

const withoutPaths: Vector[] = [
  ...breaking('size of the token', kind, {
    'tags until it is too long': own({ principal_tags: { team: 'x'.repeat(8_000) } }),
  }),
  ...breaking('form of the token', kind, {
    'a line break after it': written((token) => `${token}\n`),
    'a blank before its signature': written((token) => token.replace(/\.(?=[^.]*$)/, '. ')),
    'padding after its signature': written((token) => `${token}==`),
    'its signature in the other alphabet': ({ token }) => {
      // Until one comes that has letters which the alphabets differ in.
      token.written = (text) => `${text.replaceAll(/[-_](?=[^.]*$)/g, otherLetter)}=`;
    },
  }),
  ...breaking('algorithm', kind, {
    'no signature': signed(() => 'AA', 'none'),
    'no signature, in capitals': signed(() => 'AA', 'NONE'),
    'no signature, in both': signed(() => 'AA', 'nOnE'),
    'a MAC by the public key': signed((text) => {
      const pem = rsaOf('victim').publicKey.export({ type: 'spki', format: 'pem' });
      return createHmac('sha256', pem).update(text).digest('base64url');
    }, 'HS256'),
    RS384: header({ alg: 'RS384' }),
    RS512: header({ alg: 'RS512' }),
    ES256: header({ alg: 'ES256', kid: 'EC256_0' }, curveOf('victim', 'P-256').privateKey),
  }),
  ...breaking('extensions', kind, {
    'an extension that has to be understood': header({ crit: ['b64'] }),
    'an empty list of extensions': header({ crit: [] }),
  }),
  ...breaking('name of the key', kind, {
    'no key named': header({ kid: undefined }),
    'a number for the key': header({ kid: 7 }),
  }),
  ...breaking('key of the issuer', kind, {
    'a path for a key': header({ kid: '../../../dev/null' }),
    'a query for a key': header({ kid: "RSA_0' OR '1'='1" }),
    'a key id that is not there': header({ kid: 'RSA_9' }),
    'a key of the prototype': header({ kid: '__proto__' }),
  }),
  ...breaking('kind of the key', kind, {
    'an RSA key of 1024 bits': header({ kid: 'WEAK_0' }, rsaOf('victim', 1024).privateKey),
    'a smaller curve than said': signedOn('ES384', 'EC256_0', 'sha384'),
    'a curve where RSA is said': signedOn('RS256', 'EC256_0', 'sha256'),
  }),
  ...breaking('signature of the token', kind, {
    'the attacker’s key': ({ token }) => void (token.key = theirs()),
    'the attacker’s key inside': header({ jwk: published('attacker')[0] }, theirs()),
    'the attacker’s key set named': header({ jku: 'https://evil.example/jwks.json' }, theirs()),
    'the attacker’s certificate named': header({ x5u: 'https://evil.example/x5u' }, theirs()),
    'the attacker’s certificate inside': header({ x5c: ['MIIB'] }, theirs()),
    'the signature of another token': signed((text) =>
      sign('sha256', Buffer.from(`${text} `), rsaOf('victim').privateKey).toString('base64url'),
    ),
    'zeroes for its signature': signed(() => Buffer.alloc(256).toString('base64url')),
    'a signature cut short': signed(() => 'AA'),
    'claims changed after it was signed': written((token) => {
      const [head, , end] = token.split('.');
      const claims = { ...claimsOf(token), jti: 'another-id-of-the-token' };
      return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), end].join('.');
    }),
    'a header changed after it was signed': written((token) => {
      const [, ...rest] = token.split('.');
      const changed = { alg: 'RS256', kid: 'RSA_0', typ: 'at+jwt' };
      return [Buffer.from(JSON.stringify(changed)).toString('base64url'), ...rest].join('.');
    }),
  }),
];

const ofIssuers: Vector[] = [
  ...breaking('issuer', kind, {
    'an issuer of the attacker’s': from('https://evil.example'),
    'an issuer below the attacker’s host': from(`${issuer}.evil.example`),
    'AWS’s host for a user name': from(`${issuer}@evil.example`),
    'AWS’s host for a password': from('https://a:victim.tokens.sts.global.api.aws@evil.example'),
    'another port of AWS’s host': from(`${issuer}:8443`),
    'a host that ends like AWS’s': from('https://eviltokens.sts.global.api.aws'),
    'a backslash': from('https://evil.example\\.tokens.sts.global.api.aws'),
    'an issuer without TLS': claim({ iss: issuer.replace('https', 'http') }),
    'a slash after the issuer': claim({ iss: `${issuer}/` }),
    'a path after the issuer': claim({ iss: `${issuer}/x` }),
    'a query after the issuer': claim({ iss: `${issuer}?x` }),
    'a fragment after the issuer': claim({ iss: `${issuer}#x` }),
    'an issuer in capitals': claim({ iss: issuer.toUpperCase() }),
    'a line break after the issuer': claim({ iss: `${issuer}\n` }),
    'a full stop of another script': claim({ iss: issuer.replace('.aws', '。aws') }),
    'a list of issuers': claim({ iss: [issuer] }),
  }),
  ...breaking('status of the keys', kind, {
    'keys by a redirect': answering((genuine) => ({ ...genuine, status: 302 })),
    'keys that are not found': answering((genuine) => ({ ...genuine, status: 404 })),
  }),
  ...breaking('size of the keys', kind, {
    'keys of 70 KB': answering(({ body }) => ({ body: ' '.repeat(70_000) + body })),
  }),
  ...breaking('number of keys', kind, {
    'more keys than anybody has': answering(() => {
      const keys = published('victim');
      return { body: JSON.stringify({ keys: [...keys, ...Array<object>(60).fill(keys[1]!)] }) };
    }),
  }),
];

const ofClaims: Vector[] = [
  ...breaking('audience', kind, {
    'another audience': claim({ aud: 'https://other.example' }),
    'an audience with a slash': claim({ aud: `${audience}/` }),
    'an audience that begins like ours': claim({ aud: `${audience}.evil.example` }),
    'an audience in capitals': claim({ aud: audience.toUpperCase() }),
    'another audience besides': claim({ aud: [audience, 'https://other.example'] }),
    'a list of our audience': claim({ aud: [audience] }),
    'no audience': claim({ aud: undefined }),
  }),
  ...breaking('challenge in the token', kind, {
    'no tags': tags(undefined),
    'another challenge': tags({ 'sallyport-challenge': 'YW5vdGhlcg' }),
    'a part of the challenge': tags({ 'sallyport-challenge': challengeText.slice(0, -1) }),
    'a tag in capitals': tags({ 'Sallyport-Challenge': challengeText }),
    'a list of challenges': tags({ 'sallyport-challenge': [challengeText] }),
    'the challenge in tags of the principal': own({
      request_tags: {},
      principal_tags: { 'sallyport-challenge': challengeText },
    }),
    'the challenge in tags beside AWS’s claims': ({ token }) => {
      (token.claims[aws] as Record<string, unknown>)['request_tags'] = {};
      token.claims['request_tags'] = { 'sallyport-challenge': challengeText };
    },
  }),
  ...breaking('account of the token', kind, {
    'another account': own({ aws_account: attacker }),
    'no account': own({ aws_account: undefined }),
    'a number for an account': own({ aws_account: Number(victim) }),
    'a list of accounts': own({ aws_account: [victim] }),
  }),
  ...breaking('account of the subject', kind, {
    'a role of another account': claim({ sub: `arn:aws:iam::${attacker}:role/NetworkAdmin` }),
    'a session of another account': claim({
      sub: `arn:aws:sts::${attacker}:assumed-role/NetworkAdmin/alice`,
    }),
  }),
  ...breaking('partition', kind, {
    'a subject of China': claim({ sub: `arn:aws-cn:iam::${victim}:role/NetworkAdmin` }),
  }),
  ...breaking('lifetime of the token', kind, {
    'a life of 301 seconds': claim({ exp: seconds - 10 + 301 }),
    'a life of an hour': claim({ exp: seconds - 10 + 3_600 }),
  }),
  ...breaking('end of the token', kind, {
    'an end a minute ago': claim({ iat: seconds - 360, exp: seconds - 60 }),
    'an end of yesterday': claim({ iat: seconds - 86_700, exp: seconds - 86_400 }),
  }),
  ...breaking('begin of the token', kind, {
    'a begin in a minute and a second': claim({ iat: seconds + 61, exp: seconds + 300 }),
    'a begin of tomorrow': claim({ iat: seconds + 86_400, exp: seconds + 86_700 }),
  }),
  ...breaking('times of the token', kind, {
    'times as text': claim({ iat: String(seconds - 10), exp: String(seconds + 200) }),
    'fractions of seconds': claim({ iat: seconds - 9.5 }),
  }),
  ...breaking('id of the token', kind, {
    'no id': claim({ jti: undefined }),
    'an empty id': claim({ jti: '' }),
    'a number for an id': claim({ jti: 1_234_567_890 }),
    'an id that is too long': claim({ jti: 'x'.repeat(201) }),
    'an id with a line break': claim({ jti: '0f2b7a4e-5a0e\n' }),
  }),
  ...breaking('members', kind, {
    'a signature besides': (plan) => {
      plan.given = (given) => ({ ...given, signature: '0'.repeat(64) });
    },
  }),
];

export const tokenVectors: Vector[] = [...withoutPaths, ...ofIssuers, ...ofClaims];

function signedOn(alg: string, kid: string, hash: string): Change {
  return ({ token }) => {
    Object.assign(token.header, { alg, kid });
    const key = curveOf('victim', 'P-256').privateKey;
    const by = { key, dsaEncoding: 'ieee-p1363' } as const;
    token.sign = (text) => sign(hash, Buffer.from(text), by).toString('base64url');
  };
}

function otherLetter(letter: string): string {
  return letter === '-' ? '+' : '/';
}

function claimsOf(token: string): object {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8')) as object;
}
