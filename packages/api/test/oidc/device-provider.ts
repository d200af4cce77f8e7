// A real OpenID provider on loopback with a device flow, and somebody who decides in a browser.

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
// The package has no types of its own, and needs none for what is used here.
// @ts-expect-error: see above
import { Provider } from 'oidc-provider';

export interface DeviceProvider {
  issuer: string;
  clientId: string;
  audience: string;
  /** What a person does who opens the page: signs in and agrees, or does not. */
  decide(page: string, decision: 'agree' | 'refuse'): Promise<void>;
  /** Grants that were asked for at the token endpoint, in order. */
  grants: string[];
  close(): Promise<void>;
}

export interface DeviceProviderOptions {
  groups: readonly string[];
  /** How long an access token lasts. */
  seconds: number;
}

const clientId = 'sallyport-cli';
export const audience = 'https://sallyport.test/api';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

export async function startDeviceProvider(options: DeviceProviderOptions): Promise<DeviceProvider> {
  let handle: RequestListener = () => {};
  const grants: string[] = [];
  const server = createServer((request, response) => handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  handle = await listener(issuer, options, grants);
  return {
    issuer,
    clientId,
    audience,
    grants,
    decide: browse,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Context {
  path: string;
  body: Record<string, unknown>;
  oidc?: { params?: Record<string, string> };
}

async function listener(
  issuer: string,
  { groups, seconds }: DeviceProviderOptions,
  grants: string[],
): Promise<RequestListener> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' }] },
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        grant_types: [deviceGrant, 'refresh_token'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    scopes: ['openid', 'offline_access', 'api'],
    extraTokenClaims: () => ({ groups }),
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    rotateRefreshToken: true,
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'openid offline_access api',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: seconds,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  provider.use(async (context: Context, next: () => Promise<void>) => {
    try {
      await next();
    } finally {
      if (context.path === '/token') grants.push(context.oidc?.params?.grant_type ?? '');
    }
    // Else a client would wait for five seconds between two looks.
    if (context.path === '/device/auth') context.body.interval = 0.2;
  });
  return provider.callback() as RequestListener;
}

/** Follows redirections, fills each form in and sends it, until there is none. */
async function browse(page: string, decision: 'agree' | 'refuse'): Promise<void> {
  const jar = new Map<string, string>();
  let url = page;
  let form: URLSearchParams | undefined;
  let decided = false;
  for (let step = 0; step < 20; step++) {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
      ...(form ? { body: form } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      jar.set(name!, value!);
    }
    form = undefined;
    const location = response.headers.get('location');
    if (location !== null) {
      url = new URL(location, url).href;
      continue;
    }
    const html = await response.text();
    if (decided) return;
    const next = nextForm(html, decision);
    if (next === undefined) return;
    url = new URL(next.action, url).href;
    form = next.fields;
    // The page after that begins anew, for another code.
    if (form.has('abort')) decided = true;
  }
  throw new Error(`The pages after ${page} do not come to an end.`);
}

function nextForm(html: string, decision: 'agree' | 'refuse') {
  const action = /<form[^>]*action="([^"]*)"/.exec(html);
  if (action === null) return undefined;
  const fields = new URLSearchParams();
  for (const [input] of html.matchAll(/<input[^>]*>/g)) {
    const [, name] = /name="([^"]*)"/.exec(input) ?? [];
    const [, value = ''] = /value="([^"]*)"/.exec(input) ?? [];
    if (name) fields.set(name, name === 'login' ? 'ada' : name === 'password' ? 'any' : value);
  }
  if (decision === 'refuse' && html.includes('name="abort"')) fields.set('abort', 'yes');
  return { action: action[1]!, fields };
}
