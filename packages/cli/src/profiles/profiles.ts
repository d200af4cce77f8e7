// The profiles: which services a person works with, under names of their own. No secret is in here.

import path from 'node:path';
import { usageError } from '../exit-codes.ts';
import { didYouMean } from '../input/nearest.ts';
import { mistypedMember } from './mistyped.ts';
import { configFolder, type Place } from './places.ts';
import { readObject, writeObject } from './private-file.ts';

export interface Profile {
  url: string;
  /** Where its credential is kept. */
  store: 'keyring' | 'file';
}

export interface Profiles {
  /** The one in use where none is named. */
  current: string | undefined;
  all: ReadonlyMap<string, Profile>;
}

export function profilesFile(place: Place): string {
  return path.join(configFolder(place), 'config.json');
}

/** @throws CommandError when the file is not what it should be */
export async function readProfiles(place: Place): Promise<Profiles> {
  const file = profilesFile(place);
  const kept = ((await readObject(file)) ?? {}) as {
    profile?: unknown;
    profiles?: Record<string, Partial<Profile>>;
  };
  checkMembers(file, kept, ['profile', 'profiles']);
  const { profile, profiles = {} } = kept;
  const all = Object.entries(profiles).map(([name, one]) => {
    checkMembers(file, one, ['url', 'store']);
    const { url, store = 'file' } = one;
    if (typeof url === 'string') return [name, { url, store }] as const;
    throw usageError(`${file}: the profile ${name} has no url.`, 'Correct the file.');
  });
  return { current: typeof profile === 'string' ? profile : undefined, all: new Map(all) };
}

export async function writeProfiles(place: Place, { current, all }: Profiles): Promise<void> {
  await writeObject(profilesFile(place), { profile: current, profiles: Object.fromEntries(all) });
}

/** @throws CommandError when there is none of this name */
export function namedProfile({ all }: Profiles, name: string): Profile {
  const found = all.get(name);
  if (found) return found;
  const hint = didYouMean(name, all.keys());
  const next = `sallyport auth login --profile ${name} --url …`;
  throw usageError(`There is no profile "${name}".`, hint ?? next);
}

/** @throws CommandError when it cannot be the name of a profile */
export function checkProfileName(name: string): void {
  if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) return;
  throw usageError(
    `"${name}" cannot be the name of a profile.`,
    'Take letters, digits, dots, dashes and underscores.',
  );
}

function checkMembers(file: string, value: object, known: readonly string[]): void {
  const mistyped = mistypedMember(value, known);
  if (mistyped) throw usageError(`${file} has no "${mistyped.name}".`, mistyped.hint);
}
