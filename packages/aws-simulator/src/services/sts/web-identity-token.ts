// GetWebIdentityToken: a signed statement of who the caller is, for whoever trusts the account's
// issuer. Claims: IAM User Guide, understanding token claims.

import type { GetWebIdentityTokenResponse } from '@aws-sdk/client-sts';
import { AwsError } from '../../aws-error.ts';
import { signedToken } from '../../identity/token-keys.ts';
import type { Account } from '../../world/accounts/account.ts';
import type { Call } from '../call.ts';
import { tagsOf } from '../request-keys.ts';
import { issuerUrl } from './token-issuer.ts';
import { checkTokenRequest, tokenDuration, type TokenRequest } from './token-request.ts';

const SECOND = 1000;

/**
 * @throws AwsError OutboundWebIdentityFederationDisabledException,
 * SessionDurationEscalationException, JWTPayloadSizeExceededException or ValidationError.
 */
export async function getWebIdentityToken(
  call: Call<TokenRequest>,
): Promise<GetWebIdentityTokenResponse> {
  const { world, caller, input } = call;
  const algorithm = checkTokenRequest(input);
  const account = world.accounts.get(caller.account);
  if (!account?.outboundFederation) throw disabled();
  const issuedAt = Math.floor(world.schedule.now() / SECOND);
  const expires = issuedAt + tokenDuration(input);
  if (caller.session && expires * SECOND > caller.session.expiresAt) throw escalation();
  const payload = JSON.stringify(claimsOf(call, account, { issuedAt, expires }));
  if (Buffer.byteLength(payload) > world.quotas.webIdentityTokenBytes) throw tooLarge();
  return {
    WebIdentityToken: await signedToken(account.tokenKeys, algorithm, payload),
    Expiration: new Date(expires * SECOND),
  };
}

function claimsOf(
  call: Call<TokenRequest>,
  account: Account,
  times: { readonly issuedAt: number; readonly expires: number },
) {
  const { world, caller, input } = call;
  const { Audience: audience } = input;
  return {
    iss: issuerUrl(account),
    // One audience is a text, several are a list (RFC 7519); the documented sample has the former.
    aud: audience.length === 1 ? audience[0] : audience,
    sub: caller.identityArn,
    iat: times.issuedAt,
    exp: times.expires,
    jti: world.ids.uuid(),
    'https://sts.amazonaws.com/': identityClaims(call, account),
  };
}

// What does not apply is left out: "all these claims may not be present at the same time".
function identityClaims({ world, caller, region, input }: Call<TokenRequest>, account: Account) {
  const { session } = caller;
  const principalTags = tagsOf(world, caller);
  const requested = (input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return {
    aws_account: account.id,
    source_region: region,
    ...(account.organization !== undefined && { org_id: account.organization }),
    ...(principalTags.size > 0 && { principal_tags: Object.fromEntries(principalTags) }),
    ...(session && { original_session_exp: isoSeconds(session.expiresAt) }),
    ...(session?.sourceIdentity !== undefined && { source_identity: session.sourceIdentity }),
    ...(requested.length > 0 && { request_tags: Object.fromEntries(requested) }),
  };
}

function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

// Codes and statuses are the model's, texts follow its documentation.
function disabled(): AwsError {
  const message = 'Outbound web identity federation is not enabled for this account.';
  return new AwsError('OutboundWebIdentityFederationDisabledException', message, 403);
}

function escalation(): AwsError {
  const message = 'The requested token duration would extend the session beyond its expiration.';
  return new AwsError('SessionDurationEscalationException', message, 403);
}

function tooLarge(): AwsError {
  const message = 'The requested token payload is too large; give fewer or shorter tags.';
  return new AwsError('JWTPayloadSizeExceededException', message);
}
