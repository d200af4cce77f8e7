// The settings of who may: sign-in of staff. Read from what config.ts hands over.

import type { OidcSettings } from './oidc/staff-tokens.ts';

export interface AccessConfig {
  /** How staff sign in with the vendor's identity provider; null for keys only. */
  oidc: OidcSettings | null;
  /** Whether API keys of staff work. */
  staffKeys: boolean;
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
  return { oidc, staffKeys: staffKeys !== 'off' };
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
