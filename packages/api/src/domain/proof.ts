// Proof of an AWS account by a signature: the customer signs an STS GetCallerIdentity and sends
// only the *fields* of it. We rebuild the request ourselves, so that nothing the customer sends can
// become another action, host, path or header (the lesson of CVE-2020-16250 and CVE-2022-2385).

import type { Partition } from './account.ts';
import { refuse } from './errors.ts';

/**
 * What the customer sends. Secret: the session token and the signature are never logged or kept.
 */
export interface ProofFields {
  region: string;
  accessKeyId: string;
  /** `YYYYMMDDTHHMMSSZ`, as signed. */
  amzDate: string;
  sessionToken: string | null;
  signature: string;
}

export interface Challenge {
  id: string;
  accountId: string;
  challenge: string;
  audience: string;
  expiresAt: Date;
  spentAt: Date | null;
}

/** The request that the worker sends to STS, byte for byte what was signed. */
export interface IdentityRequest {
  host: string;
  /** Path and query, as they stand in the request line. */
  target: string;
  headers: Record<string, string>;
}

/** Who STS says signed the request. */
export interface CallerIdentity {
  accountId: string;
  arn: string;
}

/**
 * Proofs of one customer that wait for their verdict at once. Each is asked about for minutes when
 * nobody answers, so without an end one customer could keep the others' waiting.
 */
export const proofsWaitingMax = 50;

/** A challenge lives at most this long, and is spent by its first proof. */
export const challengeLifetimeMs = 300_000;

/**
 * STS accepts a presigned GetCallerIdentity for 15 minutes whatever X-Amz-Expires says
 * (aws-iam-authenticator, token.go). We accept less: what was signed must be this fresh.
 */
const signatureAgeMaxMs = 300_000;
const clockSkewMaxMs = 60_000;

/**
 * Checks the form of the fields before anything is sent. The session token is the one long field.
 * @throws Refusal `proof_refused`
 */
export function checkProofFields(fields: ProofFields, now: Date): void {
  stsHost(fields.region);
  const signedAt = parseAmzDate(fields.amzDate);
  const forms: [boolean, string][] = [
    [/^[A-Z0-9]{12,128}$/.test(fields.accessKeyId), 'access_key_id is not an access key id'],
    [/^[0-9a-f]{64}$/.test(fields.signature), 'signature is not 64 lower-case hex digits'],
    [!Number.isNaN(signedAt), 'amz_date is not YYYYMMDDTHHMMSSZ'],
    [isToken(fields.sessionToken), 'session_token is not base64 of at most 4096 characters'],
  ];
  const wrong = forms.find(([holds]) => !holds);
  if (wrong) throw refuse('proof_refused', `The proof is malformed: ${wrong[1]}.`);
  const age = now.getTime() - signedAt;
  if (age > signatureAgeMaxMs) {
    throw refuse('proof_refused', 'The proof was signed more than five minutes ago; sign again.');
  }
  if (age < -clockSkewMaxMs) {
    throw refuse(
      'proof_refused',
      'The proof is dated in the future; correct the clock of the signer.',
    );
  }
}

/**
 * Why a challenge cannot be answered with a proof of this account; null when it can.
 * @param challenge as it will stay until it is spent; null for one that is not there
 */
export function challengeProblem(
  challenge: Challenge | null,
  accountId: string,
  now: Date,
): string | null {
  if (challenge === null) return 'unknown';
  if (challenge.accountId !== accountId) return 'unknown';
  if (challenge.spentAt !== null) return 'spent';
  if (challenge.expiresAt <= now) return 'expired';
  return null;
}

/** Rebuilds the signed request from the fields and from what *we* know: challenge and audience. */
export function rebuildRequest(
  fields: ProofFields,
  bound: Pick<Challenge, 'challenge' | 'audience'>,
): IdentityRequest {
  const scope = `${fields.amzDate.slice(0, 8)}/${fields.region}/sts/aws4_request`;
  const query: [string, string][] = [
    ['Action', 'GetCallerIdentity'],
    ['Version', '2011-06-15'],
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${fields.accessKeyId}/${scope}`],
    ['X-Amz-Date', fields.amzDate],
    ['X-Amz-Expires', '300'],
  ];
  if (fields.sessionToken !== null) query.push(['X-Amz-Security-Token', fields.sessionToken]);
  query.push(
    ['X-Amz-SignedHeaders', 'host;x-sallyport-audience;x-sallyport-challenge'],
    ['X-Amz-Signature', fields.signature],
  );
  return {
    host: stsHost(fields.region),
    target: `/?${query.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&')}`,
    headers: {
      'x-sallyport-audience': bound.audience,
      'x-sallyport-challenge': bound.challenge,
    },
  };
}

/**
 * The genuine STS host of a region. The region is matched against AWS's naming, so that it cannot
 * carry a host of somebody else.
 * @throws Refusal `proof_refused`
 */
export function stsHost(region: string): string {
  if (!/^(us|eu|ap|sa|ca|af|me|il|mx|cn|us-gov)-[a-z]{4,9}-\d$/.test(region)) {
    throw refuse('proof_refused', `"${region}" is not a region of AWS.`);
  }
  return region.startsWith('cn-')
    ? `sts.${region}.amazonaws.com.cn`
    : `sts.${region}.amazonaws.com`;
}

/** The partition of a region, which must be the claimed account's. */
export function partitionOfRegion(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/**
 * Reads STS's JSON answer, strictly: both members as strings, and the account inside the ARN.
 * @returns null when the answer is not one that STS gives to GetCallerIdentity
 */
export function parseIdentity(text: string): CallerIdentity | null {
  const result = parseResult(text);
  return result ? parseCaller(result) : null;
}

/** Reads who a caller is, likewise. */
export function parseCaller({ Account, Arn }: IdentityResult): CallerIdentity | null {
  if (typeof Account !== 'string' || typeof Arn !== 'string') return null;
  const match = /^arn:(aws|aws-cn|aws-us-gov):(iam|sts)::(\d{12}):\S+$/.exec(Arn);
  if (!match || match[3] !== Account) return null;
  return { accountId: Account, arn: Arn };
}

/** The role that an ARN of IAM or STS names, without its path; null when it is of no role. */
export function roleNameOf(arn: string): string | null {
  const session = /^arn:[\w-]+:sts::\d{12}:assumed-role\/([\w+=,.@-]+)\/[^/]+$/.exec(arn);
  const role = /^arn:[\w-]+:iam::\d{12}:role\/(?:[^/]+\/)*([\w+=,.@-]+)$/.exec(arn);
  return session?.[1] ?? role?.[1] ?? null;
}

interface IdentityResult {
  Account?: unknown;
  Arn?: unknown;
}

interface StsAnswer {
  GetCallerIdentityResponse?: { GetCallerIdentityResult?: IdentityResult };
}

function parseResult(text: string): IdentityResult | undefined {
  try {
    const answer = JSON.parse(text) as StsAnswer | null;
    return answer?.GetCallerIdentityResponse?.GetCallerIdentityResult;
  } catch {
    return undefined;
  }
}

/** RFC 3986 unreserved characters stay; SigV4 wants the rest as upper-case escapes. */
function percentEncode(value: string): string {
  return encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Milliseconds since the epoch, or NaN for anything but a date of SigV4's form. */
function parseAmzDate(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function isToken(token: string | null): boolean {
  return token === null || /^[A-Za-z0-9+/=_-]{1,4096}$/.test(token);
}
