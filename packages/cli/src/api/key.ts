// Where the API key comes from. Never from the command line: there every user of the machine can
// read it.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { type Credential, secretsOf } from '../profiles/credential.ts';
import { credentialsFile, readCredential } from '../profiles/credentials.ts';
import type { Settings } from '../profiles/settings.ts';
import type { Runtime } from '../runtime.ts';
import { isLoopback } from './loopback.ts';

export interface FoundKey {
  key: string;
  /** For people: the variable, the file or the profile. */
  source: string;
  file?: string;
  /** Of a session: when it ends, unless it is renewed. */
  expiresAt?: number;
}

export type KeyPlaces = Pick<Runtime, 'env' | 'platform' | 'signal' | 'now' | 'hide'> & {
  settings: Settings;
};

/**
 * The first key of: SALLYPORT_API_KEY, the file SALLYPORT_API_KEY_FILE, what the profile logged in
 * with, and, where the URL is of this machine, the key that the service wrote for its operator.
 * @throws CommandError when there is none, or its file cannot be read
 */
export async function findKey(places: KeyPlaces): Promise<FoundKey> {
  const found = await lookFor(places);
  places.hide(found.key);
  if (/^[!-~]+$/.test(found.key)) return found;
  return refuse(`What ${found.source} holds is no API key: it has blanks or line breaks in it.`);
}

async function lookFor(places: KeyPlaces): Promise<FoundKey> {
  const { env, settings } = places;
  const url = settings.url.value;
  if (env.SALLYPORT_API_KEY) return { key: env.SALLYPORT_API_KEY, source: 'SALLYPORT_API_KEY' };
  const file = env.SALLYPORT_API_KEY_FILE;
  if (file) {
    return (await keyIn(file, `SALLYPORT_API_KEY_FILE (${file})`)) ?? refuse(`${file} is empty.`);
  }
  const ofProfile = await profileKey(places);
  if (ofProfile) return ofProfile;
  const operatorFile = path.join(env.SALLYPORT_DATA_DIR || '.sallyport', 'operator.key');
  const local = isLoopback(url);
  const found = local ? await keyIn(operatorFile, operatorFile, 'may be absent') : undefined;
  const looked = local
    ? ` ${operatorFile}, which a service on this machine writes, is not there.`
    : '';
  return found ?? refuse(`There is no API key for ${url}.${looked}`);
}

/** What the profile logged in with, if that was at this very service. */
async function profileKey(places: KeyPlaces): Promise<FoundKey | undefined> {
  const { settings, hide } = places;
  const name = settings.profile.value;
  if (name === undefined || settings.stored === undefined) return undefined;
  const { store } = settings.stored;
  const credential = await readCredential(places, name, store);
  if (credential === undefined) return undefined;
  secretsOf(credential).forEach(hide);
  const { origin } = new URL(settings.url.value);
  if (credential.origin !== origin) {
    return refuse(`What profile ${name} logged in with is for ${credential.origin} alone.`);
  }
  const kept = store === 'file' ? { file: credentialsFile(places) } : {};
  const source = `profile ${name} (${store === 'file' ? credentialsFile(places) : 'keyring'})`;
  return { ...(await keyOf(credential, places, name)), source, ...kept };
}

async function keyOf(
  credential: Credential,
  places: KeyPlaces,
  profile: string,
): Promise<Pick<FoundKey, 'key' | 'expiresAt'>> {
  if (credential.kind === 'key') return { key: credential.key };
  const { freshSession } = await import('../profiles/sessions.ts');
  const { store } = places.settings.stored!;
  const renewal = { place: places, profile, store, signal: places.signal, now: places.now };
  const { token, expiresAt } = await freshSession(credential, renewal);
  return { key: token, expiresAt };
}

async function keyIn(
  file: string,
  source: string,
  absence?: 'may be absent',
): Promise<FoundKey | undefined> {
  try {
    const key = (await readFile(file, 'utf8')).trim();
    return key === '' ? undefined : { key, source, file };
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && absence) return undefined;
    return refuse(`The API key could not be read from ${file} (${code}).`);
  }
}

function refuse(message: string): never {
  throw new CommandError(
    exitCodes.auth,
    message,
    'Run `sallyport auth login --url …`, or set SALLYPORT_API_KEY_FILE to a file with a key.',
  );
}
