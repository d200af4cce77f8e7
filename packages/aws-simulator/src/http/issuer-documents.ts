// The two documents of an account's token issuer, at the issuer's own host name. They are public:
// whoever verifies a token asks for them without credentials.

import { headerValue, type WireRequest, type WireResponse } from '../protocols/wire.ts';
import { issuerAccount, jwks, openIdConfiguration } from '../services/sts/token-issuer.ts';
import type { World } from '../world/world.ts';

/** Undefined when the request is for another host. */
export function answerIssuer(
  world: World,
  request: WireRequest,
): Promise<WireResponse> | undefined {
  const account = issuerAccount(world, headerValue(request, 'host') ?? '');
  return account === undefined ? undefined : document(world, account, request.path);
}

async function document(world: World, account: string, path: string): Promise<WireResponse> {
  const found =
    path === '/.well-known/openid-configuration'
      ? openIdConfiguration(world, account)
      : path === '/.well-known/jwks.json' && (await jwks(world, account));
  const headers = { 'content-type': 'application/json' };
  return found
    ? { status: 200, headers, body: JSON.stringify(found) }
    : { status: 404, headers, body: '{}' };
}
