// The settings of who may: sign-in of staff, rate limits, proxies. Read from what config.ts hands
// over.

import { isIP } from 'node:net';
import { usualRateLimits, type RateLimit, type RateLimits } from './domain/rate-limit.ts';
import type { OidcSettings } from './oidc/staff-tokens.ts';

export interface AccessConfig {
  /** How staff sign in with the vendor's identity provider; null for keys only. */
  oidc: OidcSettings | null;
  /** Whether API keys of staff work. */
  staffKeys: boolean;
  rateLimits: RateLimits;
  /** Addresses whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  /** Where customers alone are served; null for where everybody is. */
  public: { host: string; port: number } | null;
}

type Environment = Record<string, string | undefined>;
type Check = (holds: boolean, problem: string) => void;

export function readAccess(environment: Environment, check: Check): AccessConfig {
  const oidc = readOidc(environment, check);
  const staffKeys = environment['SALLYPORT_STAFF_KEYS'] || 'on';
  check(['on', 'off'].includes(staffKeys), 'SALLYPORT_STAFF_KEYS is on or off');
  check(
    staffKeys !== 'off' || oidc !== null,
    'SALLYPORT_STAFF_KEYS=off needs SALLYPORT_OIDC_ISSUER: nobody could sign in',
  );
  const trustedProxies = listOf(environment['SALLYPORT_TRUSTED_PROXIES']);
  check(
    trustedProxies.every(isNetwork),
    'SALLYPORT_TRUSTED_PROXIES has addresses or networks such as 10.0.0.0/8,192.0.2.1',
  );
  const rateLimits = readRateLimits(environment, check);
  const open = readPublic(environment, check);
  return { oidc, staffKeys: staffKeys !== 'off', rateLimits, trustedProxies, public: open };
}

function readPublic(environment: Environment, check: Check): AccessConfig['public'] {
  const text = environment['SALLYPORT_PUBLIC_PORT'];
  if (!text) return null;
  const port = Number(text);
  const holds = Number.isInteger(port) && port >= 0 && port < 65_536;
  check(holds, 'SALLYPORT_PUBLIC_PORT is a number from 0 to 65535');
  const isAlone = port === 0 || text !== (environment['PORT'] || '8080');
  check(isAlone, 'SALLYPORT_PUBLIC_PORT is another port than PORT');
  const host = environment['SALLYPORT_PUBLIC_HOST'] || environment['SALLYPORT_HOST'];
  return { host: host || '127.0.0.1', port };
}

function readRateLimits(environment: Environment, check: Check): RateLimits {
  const read = (name: string, usual: RateLimit | null): RateLimit | null => {
    const text = environment[name];
    if (!text) return usual;
    if (text === 'off') return null;
    const [, requests, seconds] = (/^(\d{1,7})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
    const holds = Boolean(requests) && Boolean(seconds);
    check(holds, `${name} is off, or requests/seconds such as 100/10`);
    return holds ? { requests: requests!, seconds: seconds! } : usual;
  };
  return {
    staff: read('SALLYPORT_RATE_LIMIT_STAFF', usualRateLimits.staff),
    key: read('SALLYPORT_RATE_LIMIT_KEY', usualRateLimits.key),
    customer: read('SALLYPORT_RATE_LIMIT_CUSTOMER', usualRateLimits.customer),
    address: read('SALLYPORT_RATE_LIMIT_ADDRESS', usualRateLimits.address),
  };
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

function readOidc(environment: Environment, check: Check): OidcSettings | null {
  const issuer = environment['SALLYPORT_OIDC_ISSUER'];
  if (!issuer) return null;
  check(
    isIssuer(issuer),
    'SALLYPORT_OIDC_ISSUER looks like https://login.example.com; http is for loopback only',
  );
  const audience = environment['SALLYPORT_OIDC_AUDIENCE'] || '';
  check(audience !== '', 'SALLYPORT_OIDC_AUDIENCE is needed: what tokens of staff are for');
  const operatorGroups = listOf(environment['SALLYPORT_OIDC_OPERATOR_GROUPS']);
  const supportGroups = listOf(environment['SALLYPORT_OIDC_SUPPORT_GROUPS']);
  check(
    operatorGroups.length + supportGroups.length > 0,
    'SALLYPORT_OIDC_OPERATOR_GROUPS or SALLYPORT_OIDC_SUPPORT_GROUPS is needed: who may what',
  );
  return {
    issuer,
    audience,
    clientId: environment['SALLYPORT_OIDC_CLIENT_ID'] || null,
    groupsClaim: environment['SALLYPORT_OIDC_GROUPS_CLAIM'] || 'groups',
    operatorGroups,
    supportGroups,
  };
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol === 'https:') return true;
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
