// The issuer of an account's web identity tokens, as the world can see it: a host name of its own,
// and the two documents below `/.well-known/` by which anybody can verify a token.

import type { JsonWebKey } from 'node:crypto';
import { publicKeys, SIGNING_ALGORITHMS } from '../../identity/token-keys.ts';
import type { Account } from '../../world/accounts/account.ts';
import type { World } from '../../world/world.ts';

export function issuerUrl(account: Account): string {
  return `https://${account.tokenIssuer}`;
}

/**
 * The id of the account whose issuer has this host name (a port may follow it), or undefined.
 */
export function issuerAccount(world: World, host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (!name.endsWith('.tokens.sts.global.api.aws')) return undefined;
  return [...world.accounts.values()].find(({ tokenIssuer }) => tokenIssuer === name)?.id;
}

/** `openid-configuration` of an account, or undefined when it has no issuer: federation is off. */
export function openIdConfiguration(world: World, accountId: string): object | undefined {
  const account = world.accounts.get(accountId);
  if (!account?.outboundFederation) return undefined;
  return {
    issuer: issuerUrl(account),
    jwks_uri: `${issuerUrl(account)}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: SIGNING_ALGORITHMS,
    subject_types_supported: ['public'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'jti', 'https://sts.amazonaws.com/'],
  };
}

/** `jwks.json` of an account, or undefined when it has no issuer: federation is off. */
export async function jwks(
  world: World,
  accountId: string,
): Promise<{ readonly keys: readonly JsonWebKey[] } | undefined> {
  const account = world.accounts.get(accountId);
  return account?.outboundFederation ? { keys: await publicKeys(account.tokenKeys) } : undefined;
}
