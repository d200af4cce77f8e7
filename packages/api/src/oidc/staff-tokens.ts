// Staff who sign in with the vendor's identity provider: checks a token (a JWT) of theirs and tells
// their role by their groups. Nothing is stored.

import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Role } from '../domain/api-key.ts';
import { refuse, type Refusal } from '../domain/errors.ts';
import { createKeySet, ProviderUnavailable, type KeySetOptions } from './key-set.ts';

export interface OidcSettings {
  /** As the provider writes it, to the letter. */
  issuer: string;
  /** What tokens must be for: this service, or the client that people sign in with. */
  audience: string;
  /** The client that command lines sign in with; told to them, and not checked. */
  clientId: string | null;
  /** The claim that has the groups. */
  groupsClaim: string;
  operatorGroups: readonly string[];
  supportGroups: readonly string[];
}

export interface StaffMember {
  /** `oidc:` and the provider's own id of the person. */
  id: string;
  role: Extract<Role, 'operator' | 'support'>;
  /** The mail address or the user name, to recognise them by. */
  name: string | null;
  expiresAt: Date;
}

export interface StaffTokens {
  /** @throws Refusal `unauthenticated`, `forbidden`, `unavailable` */
  verify(token: string): Promise<StaffMember>;
}

/**
 * Asymmetric ones only: with HS256 in the list, the provider's public key would sign tokens, and
 * `none` is no signature at all.
 */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** What clocks may differ by, in seconds. */
const skew = 60;
/** In seconds, however long the provider lets a token live; people change groups, and leave. */
const ageMax = 86_400;

export function createStaffTokens(
  settings: OidcSettings,
  keyOptions: Omit<KeySetOptions, 'issuer'>,
): StaffTokens {
  const { issuer, audience } = settings;
  const keys = createKeySet({ ...keyOptions, issuer });
  return {
    verify: async (token) => {
      const verified = jwtVerify(token, keys.find, {
        issuer,
        audience,
        algorithms,
        clockTolerance: skew,
        maxTokenAge: ageMax,
        currentDate: keyOptions.now(),
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      const { payload } = await verified.catch((error: unknown) => {
        throw refusalOf(error);
      });
      return memberOf(settings, payload);
    },
  };
}

function memberOf(settings: OidcSettings, payload: JWTPayload): StaffMember {
  const { sub = '', exp = 0, iat = 0, email, preferred_username: user } = payload;
  if (!/^[\x21-\x7e]{1,255}$/.test(sub)) {
    throw refuse('unauthenticated', 'The token names nobody in `sub`.');
  }
  const name = [email, user].find((one): one is string => typeof one === 'string');
  return {
    id: `oidc:${sub}`,
    role: roleOf(settings, payload[settings.groupsClaim]),
    name: name?.slice(0, 200) ?? null,
    expiresAt: new Date(Math.min(exp, iat + ageMax) * 1000),
  };
}

/** Who is in groups of both roles is an operator. */
function roleOf(settings: OidcSettings, claim: unknown): StaffMember['role'] {
  const { groupsClaim, operatorGroups, supportGroups } = settings;
  if (claim === undefined) {
    const detail = `The token has no claim \`${groupsClaim}\`: let the identity provider add it.`;
    throw refuse('forbidden', detail);
  }
  const groups = new Set((Array.isArray(claim) ? claim : [claim]) as unknown[]);
  if (operatorGroups.some((group) => groups.has(group))) return 'operator';
  if (supportGroups.some((group) => groups.has(group))) return 'support';
  throw refuse('forbidden', `No group in \`${groupsClaim}\` of the token has a role here.`);
}

/** In words of our own, so that nothing of the token comes back. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof ProviderUnavailable) return refuse('unavailable', error.message);
  return refuse('unauthenticated', `The token is not accepted: ${reasonOf(error)}.`);
}

function reasonOf(error: unknown): string {
  // Of a key that is too short, or none at all, the library says so with errors of the platform.
  if (!(error instanceof errors.JOSEError)) return "the provider's key for it cannot be used";
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `its \`${error.claim}\` does not fit`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is not allowed';
  if (error instanceof errors.JWKSNoMatchingKey) return 'the provider does not know its key';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'several keys of the provider fit it';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  return 'it is malformed';
}
