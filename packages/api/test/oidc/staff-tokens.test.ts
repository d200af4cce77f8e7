// Staff who sign in with an identity provider: a real one, with its own tokens, and with those that
// an attacker would send.

import { createPublicKey } from 'node:crypto';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { pino } from 'pino';
import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bindings } from '../../src/http/generated/bindings.ts';
import { createServer } from '../../src/http/server.ts';
import { createStaffTokens } from '../../src/oidc/staff-tokens.ts';
import { createRequests } from '../../src/usecases/requests.ts';
import { spec, startApi, type Api } from '../harness.ts';
import { audience, startProvider, type Forgery, type TestProvider } from './provider.ts';

let api: Api;
let provider: TestProvider;
let server: ReturnType<typeof createServer>;
/** What the service's clock is ahead of the provider's, in milliseconds. */
let aheadMs = 0;
const now = () => new Date(Date.now() + aheadMs);

beforeAll(async () => {
  api = await startApi();
  provider = await startProvider();
});
afterAll(async () => {
  await provider.close();
  await api.close();
});
beforeEach(async () => {
  aheadMs = 0;
  provider.behave('well');
  server = serve(true);
  await server.ready();
  return () => server.close();
});

function serve(staffKeys: boolean, patienceMs = 2_000) {
  const settings = {
    issuer: provider.issuer,
    audience,
    clientId: 'sallyport-cli',
    groupsClaim: 'groups',
    operatorGroups: ['ops'],
    supportGroups: ['desk'],
  };
  const { makeId, random, db: database } = api;
  const { issuer, clientId } = settings;
  return createServer({
    requests: createRequests({
      database,
      now,
      makeId,
      random,
      audience: () => '',
      signIn: { staffKeys, oidc: { issuer, clientId, audience } },
      staffTokens: createStaffTokens(settings, { now, patienceMs }),
    }),
    spec,
    bindings,
    logger: pino({ level: 'silent' }),
    makeRequestId: () => makeId('request'),
    docs: false,
    strictAnswers: true,
  });
}

const ask = (token: string, path = '/v1/caller') =>
  supertest(server.server).get(path).auth(token, { type: 'bearer' });
const refused = async (token: string, status = 401) => {
  const { body } = await ask(token).expect(status);
  return body.detail as string;
};

describe('a token of the provider itself', () => {
  it.each([
    [['ops'], 'operator'],
    [['desk', 'lunch'], 'support'],
    [['desk', 'ops'], 'operator'],
    ['desk', 'support'],
  ])('when its groups are %j, the role is %s', async (groups, role) => {
    const { body } = await ask(await provider.token({ groups, email: 'ann@v.example' })).expect(
      200,
    );
    const name = 'ann@v.example';
    expect(body).toMatchObject({ id: 'oidc:robot', name, role, customer_id: null, scopes: [] });
    expect(Date.parse(body.expires_at)).toBeGreaterThan(Date.now());
  });

  it('when it changes something, the audit log names the person', async () => {
    const token = await provider.token({ groups: ['ops'] });
    const [entry] = await api.audited(async () => {
      const body = { external_id: 'initech', name: 'Initech' };
      const post = supertest(server.server).post('/v1/customers').auth(token, { type: 'bearer' });
      await post.send(body).expect(201);
    });
    expect(entry).toMatchObject({ action: 'createCustomer', actor: 'oidc:robot' });
  });

  it('when the groups are missing, or give no role, that is what is said', async () => {
    expect(await refused(await provider.token(), 403)).toContain('no claim `groups`');
    const others = await provider.token({ groups: ['lunch'] });
    expect(await refused(others, 403)).toContain('No group');
  });

  it('when the role may not, it is refused as with a key', async () => {
    const token = await provider.token({ groups: ['desk'] });
    await ask(token, '/v1/customers').expect(200);
    const made = supertest(server.server).post('/v1/customers').send({ name: 'Acme' });
    await made.auth(token, { type: 'bearer' }).expect(403);
  });

  it('when it has many groups, it is read all the same', async () => {
    const many = Array.from({ length: 200 }, (_, n) => `group-with-a-name-${n}`);
    await ask(await provider.token({ groups: [...many, 'ops'] })).expect(200);
  });
});

describe('a token that is not for us', () => {
  const soon = () => Math.floor(Date.now() / 1000);
  it.each<[string, RegExp, () => Forgery]>([
    ['of another issuer', /`iss`/, () => ({ payload: { iss: 'https://evil.example' } })],
    ['for another audience', /`aud`/, () => ({ payload: { aud: 'https://other.example' } })],
    ['without an audience', /`aud`/, () => ({ payload: { aud: undefined as never } })],
    ['expired', /expired/, () => ({ payload: { exp: soon() - 61 } })],
    ['not valid yet', /`nbf`/, () => ({ payload: { nbf: soon() + 120 } })],
    ['without an end', /`exp`/, () => ({ payload: { exp: undefined as never } })],
    ['older than a day', /expired|`iat`/, () => ({ payload: { iat: soon() - 90_000 } })],
    ['of nobody', /`sub`/, () => ({ payload: { sub: undefined as never } })],
    ['of a person with a line break', /`sub`/, () => ({ payload: { sub: 'a\nb' } })],
    ['with a key that is not there', /does not know its key/, () => ({ header: { kid: 'none' } })],
  ])('when it is %s, it is refused and the reason is told', async (_, reason, forgery) => {
    expect(await refused(await provider.forge(forgery()))).toMatch(reason);
  });

  it('when it is signed by somebody else under the right key id, it is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    expect(await refused(await provider.forge({ key: privateKey }))).toContain('signature');
  });

  it('when the public key signs it as a shared secret, it is refused', async () => {
    const pem = createPublicKey({ key: provider.publicKey(), format: 'jwk' } as never);
    const secret = Buffer.from(pem.export({ type: 'spki', format: 'pem' }));
    const token = await provider.forge({ header: { alg: 'HS256' }, key: secret });
    expect(await refused(token)).toContain('algorithm');
  });

  it('when it has no signature, it is refused', async () => {
    const token = new UnsecuredJWT({ groups: ['ops'] })
      .setIssuer(provider.issuer)
      .setAudience(audience)
      .setSubject('forged')
      .setIssuedAt()
      .setExpirationTime('5m')
      .encode();
    expect(await refused(token)).toContain('algorithm');
  });

  it('when it is no token at all, or a huge one, it is refused', async () => {
    expect(await refused('a.b.c')).toContain('malformed');
    expect(await refused(`${'a'.repeat(13_000)}.b.c`)).toContain('not `Bearer');
  });
});

describe('clocks that differ', () => {
  it.each([
    [-50_000, 200],
    [50_000 + 600_000, 200],
    [61_000 + 600_000, 401],
    [-120_000, 401],
  ])('when ours is %d ms ahead, the answer is %d', async (ms, status) => {
    const token = await provider.forge();
    aheadMs = ms;
    await ask(token).expect(status);
  });
});

describe('the keys of the provider', () => {
  const keysAsked = () => provider.asked('/jwks');

  it('when many tokens come, they are fetched once', async () => {
    const token = await provider.token({ groups: ['ops'] });
    const before = keysAsked();
    await Promise.all(Array.from({ length: 10 }, () => ask(token).expect(200)));
    expect(keysAsked() - before).toBe(1);
  });

  it('when the provider changes them, new tokens work, and old ones do not', async () => {
    const old = await provider.token({ groups: ['ops'] });
    await ask(old).expect(200);
    await provider.rotate();
    aheadMs = 31_000;
    await ask(await provider.token({ groups: ['ops'] })).expect(200);
    await ask(old).expect(401);
  });

  it('when tokens name keys that are not there, the provider is asked twice a minute', async () => {
    await ask(await provider.token({ groups: ['ops'] })).expect(200);
    const before = keysAsked();
    for (let n = 0; n < 5; n++) await ask(await provider.forge({ header: { kid: `x${n}` } }));
    aheadMs = 31_000;
    for (let n = 0; n < 5; n++) await ask(await provider.forge({ header: { kid: `y${n}` } }));
    expect(keysAsked() - before).toBe(1);
  });

  it.each(['silent', 'broken', 'endless'] as const)(
    'when the provider is %s, known keys go on for hours, and then it is unavailable',
    async (how) => {
      await server.close();
      server = serve(true, 200);
      await server.ready();
      const exp = Math.floor(Date.now() / 1000) + 80_000;
      const token = await provider.forge({ payload: { exp } });
      await ask(token).expect(200);
      provider.behave(how);
      aheadMs = 3_600_000;
      await ask(token).expect(200);
      aheadMs = 7 * 3_600_000;
      const { headers, body } = await ask(token).expect(503);
      expect([body.code, headers['retry-after']]).toEqual(['unavailable', '2']);
      await ask(api.keys.operator).expect(200);
    },
  );
});

describe('keys of staff', () => {
  it('when they are switched off, they are refused, and those of customers are not', async () => {
    await server.close();
    server = serve(false);
    await server.ready();
    for (const key of [api.keys.operator, api.keys.support]) {
      expect(await refused(key)).toContain('switched off');
    }
    await ask(api.keys.customer).expect(200);
    await ask(await provider.token({ groups: ['ops'] })).expect(200);
  });

  it('when somebody has no key yet, it is told how to sign in', async () => {
    const { body } = await supertest(server.server).get('/v1/sign-in').expect(200);
    const oidc = { issuer: provider.issuer, client_id: 'sallyport-cli', audience };
    expect(body).toEqual({ staff_keys: true, oidc });
    const without = await api.request('nobody').get('/v1/sign-in').expect(200);
    expect(without.body).toEqual({ staff_keys: true, oidc: null });
  });
});
