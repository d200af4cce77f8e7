// A real OpenID provider on loopback, whose keys can be changed, and which can be stopped.

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
// The package has no types of its own, and needs none for what is used here.
// @ts-expect-error: see above
import { Provider } from 'oidc-provider';

export interface TestProvider {
  issuer: string;
  /** A token by the client credentials grant of the provider itself. */
  token: (claims?: Record<string, unknown>) => Promise<string>;
  /** A token that the provider would never give, signed with its current key. */
  forge: (forgery?: Forgery) => Promise<string>;
  /** New signing keys; tokens of the old ones are not the provider's any more. */
  rotate: () => Promise<void>;
  /** The current public key. */
  publicKey: () => JWK;
  /** How often each path was asked for. */
  asked: (path: string) => number;
  /** How the provider answers from now on. */
  behave: (how: Behaviour) => void;
  close: () => Promise<void>;
}

export interface Forgery {
  header?: { alg?: string; kid?: string };
  payload?: JWTPayload & Record<string, unknown>;
  key?: Parameters<SignJWT['sign']>[0];
}

export type Behaviour = 'well' | 'silent' | 'broken' | 'endless';

export const audience = 'https://sallyport.test/api';
const client = { id: 'robot', secret: 'a-secret-of-the-tests' };

export async function startProvider(): Promise<TestProvider> {
  let handle: RequestListener = () => {};
  let behaviour: Behaviour = 'well';
  let claims: Record<string, unknown> = {};
  let key: JWK = {};
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    counts.set(request.url!, (counts.get(request.url!) ?? 0) + 1);
    if (behaviour === 'well') handle(request, response);
    if (behaviour === 'broken') response.writeHead(500).end('oh no');
    if (behaviour === 'endless') {
      const more = () => void (response.destroyed || response.write('x'.repeat(65_536), more));
      more();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rotate = async () => {
    key = await newKey();
    handle = providerOf(issuer, key, () => claims);
  };
  await rotate();
  return {
    issuer,
    rotate,
    token: (given = {}) => {
      claims = given;
      return askForToken(issuer);
    },
    forge: (forgery) => forge(issuer, key, forgery),
    publicKey: () => ({ kty: key.kty!, n: key.n!, e: key.e!, kid: key.kid! }),
    asked: (path) => counts.get(path) ?? 0,
    behave: (how) => void (behaviour = how),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

let keysMade = 0;

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: `key-${++keysMade}`, alg: 'RS256', use: 'sig' };
}

function providerOf(issuer: string, key: JWK, claims: () => object): RequestListener {
  const resource = {
    scope: 'api',
    audience,
    accessTokenFormat: 'jwt',
    accessTokenTTL: 600,
    jwt: { sign: { alg: 'RS256' } },
  };
  const provider = new Provider(issuer, {
    jwks: { keys: [key] },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    extraTokenClaims: claims,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: () => resource,
      },
    },
  });
  return provider.callback() as RequestListener;
}

async function askForToken(issuer: string): Promise<string> {
  const credentials = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'api' }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (!body.access_token) throw new Error(`No token: ${JSON.stringify(body)}`);
  return body.access_token;
}

async function forge(issuer: string, key: JWK, forgery: Forgery = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: issuer, aud: audience, sub: 'forged', iat: now, exp: now + 600 };
  return new SignJWT({ ...usual, groups: ['ops'], ...forgery.payload })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid!, ...forgery.header })
    .sign(forgery.key ?? (await importJWK(key, 'RS256')));
}
