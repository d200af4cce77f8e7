// Signs a challenge: the parts of a presigned `sts:GetCallerIdentity`, bound to one service and one
// challenge. No credential leaves this file; what does leave it is good for this one question.
import { SallyportError } from './errors.ts';
import {
  amzDateOf,
  credentialScope,
  EMPTY_PAYLOAD_HASH,
  type SigningKey,
  signature,
  signedHeaders,
} from './sigv4.ts';

/** The shape of the AWS SDK's credentials. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** What the service asked to have signed. */
export interface SignableChallenge {
  challenge: string;
  audience: string;
}

export interface SignProofInput {
  challenge: SignableChallenge;
  credentials: AwsCredentials;
  /** Whose STS is asked, for example `eu-west-1`. */
  region: string;
  /** The time that is signed; AWS takes it for 15 minutes. */
  now: Date;
}

/** The body of `POST /v1/accounts/{id}/proofs`, but for the challenge's id. */
export interface ProofFields {
  region: string;
  access_key_id: string;
  amz_date: string;
  session_token?: string;
  signature: string;
}

/** STS ignores it (aws-iam-authenticator, token.go), but it is part of what is signed. */
const EXPIRES_SECONDS = '300';

/**
 * Signs `GET https://sts.<region>.amazonaws.com/?Action=GetCallerIdentity…` with the challenge and
 * the audience as signed headers, so that it is of no use to anybody else.
 * @throws SallyportError for a region outside aws, aws-cn and aws-us-gov, without credentials, or
 *   for a challenge that is no plain text
 */
export async function signProof(input: SignProofInput): Promise<ProofFields> {
  const { challenge, region, now } = input;
  checkChallenge(challenge);
  const { accessKeyId, secretAccessKey, sessionToken } = checkedCredentials(input.credentials);
  const key: SigningKey = { secretAccessKey, region, service: 'sts' };
  const amzDate = amzDateOf(now);
  const headers = {
    host: stsHost(region),
    'x-sallyport-audience': challenge.audience,
    'x-sallyport-challenge': challenge.challenge,
  };
  const query = {
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKeyId}/${credentialScope(key, amzDate)}`,
    'X-Amz-Date': amzDate,
    'X-Amz-Expires': EXPIRES_SECONDS,
    'X-Amz-SignedHeaders': signedHeaders(headers),
    ...(sessionToken ? { 'X-Amz-Security-Token': sessionToken } : {}),
  };
  const payloadHash = EMPTY_PAYLOAD_HASH;
  const request = { method: 'GET', path: '/', query, headers, payloadHash, amzDate };
  return {
    region,
    access_key_id: accessKeyId,
    amz_date: amzDate,
    ...(sessionToken ? { session_token: sessionToken } : {}),
    signature: await signature(key, request),
  };
}

/** @throws SallyportError for a region outside the three partitions */
export function partitionOf(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (!/^[a-z]{2}(-gov)?-[a-z]+-\d+$/.test(region)) {
    throw new SallyportError(
      `"${region}" is not a region of aws, aws-cn or aws-us-gov; give one like "eu-west-1".`,
    );
  }
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function stsHost(region: string): string {
  const suffix = partitionOf(region) === 'aws-cn' ? '.cn' : '';
  return `sts.${region}.amazonaws.com${suffix}`;
}

/** A line break in a signed header could make the signed text mean something else. */
function checkChallenge({ challenge, audience }: SignableChallenge): void {
  if (/^[!-~]+$/.test(challenge) && /^[!-~]+$/.test(audience)) return;
  throw new SallyportError(
    'The challenge has characters that no challenge has; it was not signed.',
  );
}

function checkedCredentials(credentials: AwsCredentials): AwsCredentials {
  if (credentials?.accessKeyId && credentials.secretAccessKey) return credentials;
  throw new SallyportError(
    'There are no AWS credentials to sign with: accessKeyId and secretAccessKey are needed.',
  );
}
