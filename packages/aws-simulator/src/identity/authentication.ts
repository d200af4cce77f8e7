// Turns a request into a verified caller, or refuses it. Every call passes here; only the admin
// paths do not. The order is: well-formed, in time, known key, valid token, right signature.

import { headerValue, type WireRequest } from '../protocols/wire.ts';
import type { AccessKeys } from './access-keys.ts';
import { CredentialsRefused } from './credential-failure.ts';
import { type PresentedSignature, presentedSignature } from './presented-signature.ts';
import type { Caller } from './principals.ts';
import { signatureMatches } from './signature.ts';

export interface Clocks {
  /** What clients sign by: the wall clock, even while the world's clock is moved. */
  readonly signed: Date;
  /** What credentials expire by. */
  readonly world: Date;
}

export interface Authenticated {
  readonly caller: Caller;
  readonly region: string;
}

// AWS accepts 15 minutes either way (EC2 API reference, RequestExpired; STS the same).
const SKEW_MS = 15 * 60_000;

/**
 * Verifies a request for a service.
 * @param clocks what the clocks say.
 * @throws CredentialsRefused with the reason; the service's refusals word it.
 */
export function authenticate(
  request: WireRequest,
  service: string,
  keys: AccessKeys,
  { signed: now, world }: Clocks,
): Authenticated {
  const presented = presentedSignature(request);
  if (!presented) throw new CredentialsRefused('missing');
  checkScope(presented, request, service);
  checkTime(presented, service, now);
  if (!presented.signedHeaders.includes('host')) {
    throw new CredentialsRefused('unsigned-host');
  }
  const key = keys.find(presented.accessKeyId);
  if (!key) throw new CredentialsRefused('unknown-key');
  if (presented.sessionToken !== key.sessionToken) {
    throw new CredentialsRefused('wrong-token');
  }
  if (!signatureMatches(request, presented, key.secret)) {
    throw new CredentialsRefused('mismatch');
  }
  if (key.expiresAt !== undefined && key.expiresAt <= world.getTime()) {
    throw new CredentialsRefused('expired-token');
  }
  return { caller: key.caller, region: presented.region };
}

// A caller may send an AWS host name to this loopback address. Then the scope must fit that host,
// as it has to at AWS: a signature made for one service or Region is no proof to another.
function checkScope(presented: PresentedSignature, request: WireRequest, service: string): void {
  const host = headerValue(request, 'host') ?? '';
  const aws = /^([a-z0-9]+)(?:\.([a-z0-9-]+))?\.amazonaws\.com$/.exec(host);
  const hostService = aws?.[1] ?? service;
  if (presented.service !== service || hostService !== service) {
    throw wrongScope(`Credential should be scoped to correct service: '${hostService}'.`);
  }
  // Route 53 is global: with an endpoint override, clients scope it to their own Region.
  const hostRegion = aws && service !== 'route53' && (aws[2] ?? 'us-east-1');
  if (hostRegion && hostRegion !== presented.region) {
    throw wrongScope(`Credential should be scoped to a valid region, not '${presented.region}'.`);
  }
}

function checkTime(presented: PresentedSignature, service: string, now: Date): void {
  const { timestamp, scopeDate } = presented;
  if (!timestamp.startsWith(scopeDate)) {
    throw wrongScope(`Date in Credential scope does not match YYYYMMDD of ${timestamp}`);
  }
  const signedAt = parseTimestamp(timestamp);
  const validUntil = signedAt + lifetimeMs(presented, service);
  if (now.getTime() > validUntil) {
    const detail =
      `Signature expired: ${timestamp} is now earlier than ` +
      `${basicFormat(now.getTime() - SKEW_MS)} (${basicFormat(now.getTime())} - 15 min.)`;
    throw new CredentialsRefused('expired', detail);
  }
  if (signedAt - now.getTime() > SKEW_MS) {
    const detail =
      `Signature not yet current: ${timestamp} is still later than ` +
      `${basicFormat(now.getTime() + SKEW_MS)} (${basicFormat(now.getTime())} + 15 min.)`;
    throw new CredentialsRefused('not-yet-valid', detail);
  }
}

// STS ignores X-Amz-Expires: its presigned URLs live 15 minutes from X-Amz-Date whatever they say
// (aws-iam-authenticator, pkg/token/token.go).
function lifetimeMs(presented: PresentedSignature, service: string): number {
  if (!presented.presigned || service === 'sts') return SKEW_MS;
  return (presented.expiresIn ?? 0) * 1000;
}

function parseTimestamp(timestamp: string): number {
  const [, y, mo, d, h, mi, s] =
    /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(timestamp) ?? [];
  return Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
}

function basicFormat(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function wrongScope(detail: string): CredentialsRefused {
  return new CredentialsRefused('wrong-scope', detail);
}
