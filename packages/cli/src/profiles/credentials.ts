// Keeps credentials by profile: in the keyring of the system where there is one, else in a file
// that only its owner may read. Nothing but a logout takes one away, whatever a service answers.

import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Credential, credentialFrom, credentialText } from './credential.ts';
import { type Keyring, openKeyring } from './keyring.ts';
import { configFolder, type Place } from './places.ts';
import { readObject, writeObject } from './private-file.ts';
import type { Profile } from './profiles.ts';

export type Store = Profile['store'];

export interface Kept {
  store: Store;
  /** Where it is, for people. */
  place: string;
}

export function credentialsFile(place: Place): string {
  return path.join(configFolder(place), 'credentials.json');
}

export async function readCredential(
  place: Place,
  name: string,
  store: Store,
): Promise<Credential | undefined> {
  const text =
    store === 'keyring' ? await openKeyring(place)?.read(name) : await inFile(place, name);
  return text === undefined ? undefined : credentialFrom(text);
}

/** In the store that is wanted; in the file, where the keyring does not take it. */
export async function keepCredential(
  place: Place,
  name: string,
  credential: Credential,
  wanted: Store,
): Promise<Kept> {
  const text = credentialText(credential);
  const keyring: Keyring | undefined = wanted === 'keyring' ? openKeyring(place) : undefined;
  if (await keyring?.write(name, text)) return { store: 'keyring', place: keyring!.name };
  const file = credentialsFile(place);
  await writeObject(file, { ...(await readObject(file)), [name]: text });
  return { store: 'file', place: file };
}

export async function forgetCredential(place: Place, name: string, store: Store): Promise<void> {
  if (store === 'keyring') {
    await openKeyring(place)?.remove(name);
    return;
  }
  const file = credentialsFile(place);
  const { [name]: _, ...others } = ((await readObject(file)) ?? {}) as Record<string, string>;
  if (Object.keys(others).length > 0) await writeObject(file, others);
  else await rm(file, { force: true });
}

async function inFile(place: Place, name: string): Promise<string | undefined> {
  const all = ((await readObject(credentialsFile(place))) ?? {}) as Record<string, unknown>;
  const text = Object.hasOwn(all, name) ? all[name] : undefined;
  return typeof text === 'string' ? text : undefined;
}
