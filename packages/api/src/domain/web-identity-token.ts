// Proof of an AWS account by a token of `sts:GetWebIdentityToken`: a JWT that STS signs for the
// account, for our audience, with our challenge as a request tag. What it has to say is here; that
// it is signed with the issuer's key is found out in aws/.
//
// The names of claims are those of the IAM User Guide, "Understanding token claims".

import type { Account } from './account.ts';
import { refuse } from './errors.ts';

/** What the token's own text says, whoever has written it. */
export interface ReadToken {
  algorithm: string;
  keyId: string;
  /** `https://….tokens.sts.global.api.aws`, and nothing else. */
  issuer: string;
  claims: TokenClaims;
}

export interface TokenClaims {
  issuer: string;
  audience: unknown;
  subject: string;
  tokenId: string;
  /** Seconds since the epoch. */
  issuedAt: number;
  expiresAt: number;
  accountId: unknown;
  requestTags: Record<string, unknown>;
}

/** What the token has to be about. */
export interface TokenExpectation {
  account: Pick<Account, 'accountId' | 'partition'>;
  audience: string;
  challenge: string;
  now: Date;
}

/** The key of the request tag that carries the challenge. */
export const challengeTag = 'sallyport-challenge';

/** STS signs with one of these (STS API reference, GetWebIdentityToken). */
export const tokenAlgorithms: readonly string[] = ['RS256', 'ES384'];

/** STS's tokens have about 1 KiB, and more with the tags of the principal. */
export const tokenMax = 8192;

const lifetimeMaxSeconds = 300;
const clockSkewSeconds = 60;

/**
 * Reads a token and checks all that its text can show.
 * @throws Refusal `proof_refused`
 */
export function readToken(text: string): ReadToken {
  if (text.length > tokenMax) throw malformed(`it has more than ${tokenMax} characters`);
  const parts = text.split('.');
  const wellFormed = parts.length === 3 && parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part));
  if (!wellFormed) throw malformed('it is not three parts of base64url');
  const header = readPart(parts[0]!);
  if (typeof header['alg'] !== 'string' || !tokenAlgorithms.includes(header['alg'])) {
    throw malformed(`it is not signed with ${tokenAlgorithms.join(' or ')}`);
  }
  if (header['crit'] !== undefined) throw malformed('its header has extensions');
  if (typeof header['kid'] !== 'string') throw malformed('its header names no key');
  const claims = readClaims(readPart(parts[1]!));
  const { alg: algorithm, kid: keyId } = header as { alg: string; kid: string };
  return { algorithm, keyId, issuer: claims.issuer, claims };
}

/** What is wrong with what the token says; null when nothing is. */
export function tokenProblem(claims: TokenClaims, expected: TokenExpectation): string | null {
  const { account, audience, challenge, now } = expected;
  const seconds = now.getTime() / 1000;
  const { issuedAt, expiresAt } = claims;
  const subject = /^arn:([\w-]+):(?:iam|sts)::(\d{12}):\S+$/.exec(claims.subject);
  const rules: [boolean, string][] = [
    [claims.audience === audience, `it is not for ${audience} alone`],
    [
      claims.requestTags[challengeTag] === challenge,
      `its tag ${challengeTag} is not the challenge`,
    ],
    [claims.accountId === account.accountId, `it is not of the account ${account.accountId}`],
    [subject?.[2] === account.accountId, `its subject is not of the account ${account.accountId}`],
    [
      subject?.[1] === account.partition,
      `its subject is not in the partition ${account.partition}`,
    ],
    [expiresAt - issuedAt <= lifetimeMaxSeconds, `it lives for more than ${lifetimeMaxSeconds} s`],
    [expiresAt > seconds - clockSkewSeconds, 'it has expired'],
    [issuedAt <= seconds + clockSkewSeconds, 'it is dated in the future'],
  ];
  return rules.find(([holds]) => !holds)?.[1] ?? null;
}

/** @throws Refusal `proof_refused` for one that says it */
export function checkToken(claims: TokenClaims, expected: TokenExpectation): void {
  const problem = tokenProblem(claims, expected);
  if (problem !== null) throw refuse('proof_refused', `The token proves nothing: ${problem}.`);
}

type Json = Record<string, unknown>;

function readClaims(payload: Json): TokenClaims {
  const { iss, aud, sub, jti, iat, exp } = payload;
  const own = objectOf(payload['https://sts.amazonaws.com/']);
  const forms: [boolean, string][] = [
    [typeof iss === 'string' && isIssuer(iss), 'its issuer is not one of AWS'],
    [typeof sub === 'string', 'it has no subject'],
    [typeof jti === 'string' && /^[\w.:-]{8,200}$/.test(jti), 'it has no id'],
    [Number.isSafeInteger(iat) && Number.isSafeInteger(exp), 'it does not say how long it lives'],
  ];
  const wrong = forms.find(([holds]) => !holds);
  if (wrong) throw malformed(wrong[1]);
  return {
    issuer: iss as string,
    audience: aud,
    subject: sub as string,
    tokenId: jti as string,
    issuedAt: iat as number,
    expiresAt: exp as number,
    accountId: own['aws_account'],
    requestTags: objectOf(own['request_tags']),
  };
}

/** One label below AWS's domain for issuers, so that it cannot name a host of somebody else. */
function isIssuer(text: string): boolean {
  return /^https:\/\/[0-9a-z-]{1,63}\.tokens\.sts\.global\.api\.aws$/.test(text);
}

/** @throws Refusal `proof_refused` */
function readPart(part: string): Json {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    // Said below, as what JSON.parse says could quote the token.
  }
  throw malformed('a part of it is no JSON object');
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** In our words: nothing of the token comes back. */
function malformed(what: string) {
  return refuse('proof_refused', `The token cannot be used: ${what}.`);
}
