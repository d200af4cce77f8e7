// Sessions of people who signed in with an identity provider: which of its tokens the service
// takes, and a new one before the old one ends.

import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { refreshTokens, type Tokens } from '../api/provider.ts';
import { CommandError, exitCodes } from '../exit-codes.ts';
import type { SessionCredential } from './credential.ts';
import { credentialsFile, keepCredential, readCredential, type Store } from './credentials.ts';
import type { Place } from './places.ts';

/** A token that ends so soon may end on its way. */
const MARGIN_MS = 60_000;
/** Whoever holds the lock for longer has died with it. */
const LOCK_MAX_MS = 20_000;
const LOCK_LOOK_MS = 100;

export type SessionFacts = Omit<SessionCredential, 'kind' | 'token' | 'expiresAt' | 'refreshToken'>;

/**
 * The access token where it is a JWT for the service, else the ID token, which it takes too.
 * @throws CommandError when neither is for the service
 */
export function sessionFrom(tokens: Tokens, facts: SessionFacts, nowMs: number): SessionCredential {
  const { access_token: access, id_token: id, refresh_token: refreshToken } = tokens;
  const { audience } = facts;
  const token = [access, id].find((text) => [claimsOf(text)?.aud].flat().includes(audience));
  if (token === undefined) {
    const message = `${facts.issuer} gave no token for ${audience}.`;
    const next = 'Ask who runs the service to let the client have one, or log in with --key-file.';
    throw new CommandError(exitCodes.auth, message, next);
  }
  const end = claimsOf(token)?.exp;
  const expiresAt = typeof end === 'number' ? end * 1000 : nowMs + (tokens.expires_in ?? 0) * 1000;
  return { ...facts, kind: 'session', token, expiresAt, refreshToken };
}

export interface Renewal {
  place: Place;
  profile: string;
  store: Store;
  signal: AbortSignal;
  now(): number;
}

/**
 * The session with a token that lasts for a while. Of several commands at once one renews it: a
 * provider takes a refresh token once, and may end the session when it comes twice.
 * @throws CommandError when the person has to sign in again
 */
export async function freshSession(
  session: SessionCredential,
  renewal: Renewal,
): Promise<SessionCredential> {
  if (isFresh(session, renewal.now())) return session;
  const unlock = await lock(renewal);
  try {
    const { place, profile, store } = renewal;
    const now = await readCredential(place, profile, store);
    const known = now?.kind === 'session' ? now : session;
    return isFresh(known, renewal.now()) ? known : await renewed(known, renewal);
  } finally {
    await unlock();
  }
}

async function renewed(session: SessionCredential, renewal: Renewal): Promise<SessionCredential> {
  const { refreshToken, kind: _, token: __, expiresAt: ___, ...facts } = session;
  const tokens = refreshToken
    ? await refreshTokens({ ...facts, refreshToken }, renewal)
    : undefined;
  if (tokens === undefined) {
    const { profile } = renewal;
    const message = `The session of the profile ${profile} has ended.`;
    throw new CommandError(exitCodes.auth, message, `sallyport auth login --profile ${profile}`);
  }
  // A provider that does not rotate refresh tokens leaves the old one out.
  const given = { refresh_token: refreshToken!, ...tokens };
  const next = sessionFrom(given, facts, renewal.now());
  await keepCredential(renewal.place, renewal.profile, next, renewal.store);
  return next;
}

function isFresh({ expiresAt }: SessionCredential, nowMs: number): boolean {
  return expiresAt - nowMs > MARGIN_MS;
}

/** Without a check of the signature: that is the service's to do. */
function claimsOf(token: string | undefined): Record<string, unknown> | undefined {
  try {
    const [, payload = ''] = (token ?? '').split('.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

async function lock({ place, profile, signal, now }: Renewal): Promise<() => Promise<void>> {
  const file = `${credentialsFile(place)}.${profile}.lock`;
  for (;;) {
    try {
      await (await open(file, 'wx', 0o600)).close();
      return () => rm(file, { force: true });
    } catch (error) {
      // A folder that cannot be written has no other command that renews in it either.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return () => Promise.resolve();
    }
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
    if (now() - mtimeMs > LOCK_MAX_MS) await rm(file, { force: true });
    else await sleep(LOCK_LOOK_MS, undefined, { signal });
  }
}
