// Asks STS for a token that answers a challenge: for the service's audience alone, with the
// challenge as a request tag, for two minutes. Its AWS client is an optional peer.
import { SallyportError } from '../errors.ts';
import type { AwsCredentials } from '../proof.ts';
import { loaded } from './clients.ts';
import { AwsCallError, asked } from './refusal.ts';

export interface TokenInput {
  challenge: { challenge: string; audience: string; request_tag_key: string };
  region: string;
  credentials?: AwsCredentials | (() => Promise<AwsCredentials>) | undefined;
  /** Anything else that the AWS SDK's client takes. */
  aws?: Record<string, unknown> | undefined;
  signal?: AbortSignal | undefined;
}

/** Long enough to hand it in, and short enough to be of little use to anybody else. */
const LIFETIME_SECONDS = 120;

/**
 * @throws MissingPeerError without `@aws-sdk/client-sts`
 * @throws SallyportError when the account does not issue tokens
 * @throws AwsCallError when AWS says no for another reason
 */
export async function requestToken(input: TokenInput): Promise<string> {
  const { challenge, region, credentials, aws, signal } = input;
  const { STS } = await loaded('@aws-sdk/client-sts', () => import('@aws-sdk/client-sts'));
  const config: object = { ...aws, region, ...(credentials === undefined ? {} : { credentials }) };
  const sts = new STS(config);
  try {
    const { WebIdentityToken: token } = await asked(
      'sts:GetWebIdentityToken',
      signal ?? new AbortController().signal,
      (options) =>
        sts.getWebIdentityToken(
          {
            Audience: [challenge.audience],
            SigningAlgorithm: 'ES384',
            DurationSeconds: LIFETIME_SECONDS,
            Tags: [{ Key: challenge.request_tag_key, Value: challenge.challenge }],
          },
          options,
        ),
    );
    if (token === undefined) throw new SallyportError('STS gave no token.');
    return token;
  } catch (error) {
    throw isDisabled(error) ? notEnabled(error) : error;
  } finally {
    sts.destroy();
  }
}

function isDisabled(error: unknown): boolean {
  return error instanceof AwsCallError && /FederationDisabled/.test(error.code);
}

function notEnabled(cause: unknown): SallyportError {
  return new SallyportError(
    'The account issues no web identity tokens. Enable that with ' +
      '`aws iam enable-outbound-web-identity-federation`, or prove it with `method: "signature"`.',
    undefined,
    cause,
  );
}
