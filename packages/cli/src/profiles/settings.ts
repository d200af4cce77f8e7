// What holds for one command, and where it was set: a flag wins over the environment, that over the
// profile, and that over what holds for everybody.

import { DEFAULT_URL } from '../default-url.ts';
import type { Place } from './places.ts';
import { namedProfile, type Profile, profilesFile, readProfiles } from './profiles.ts';

export interface Setting<T> {
  value: T;
  /** Where it was set, for people. */
  origin: string;
}

export interface Settings {
  url: Setting<string>;
  /** The name of the profile; undefined where there is none. */
  profile: Setting<string | undefined>;
  /** Undefined also when the profile named is still to be made. */
  stored: Profile | undefined;
}

export interface Flags {
  url: string | undefined;
  profile: string | undefined;
  /** Whether a profile that there is not may be named. */
  isNew?: boolean;
}

/** @throws CommandError when the profile is not there, or the file of profiles is broken */
export async function settingsFor(place: Place, flags: Flags): Promise<Settings> {
  const { env } = place;
  const profiles = await readProfiles(place);
  const file = profilesFile(place);
  const profile = first(
    [flags.profile, '--profile'],
    [env.SALLYPORT_PROFILE, 'SALLYPORT_PROFILE'],
    [profiles.current, file],
  ) ?? { value: undefined, origin: 'none' };
  const { value: name } = profile;
  const mayLack = name === undefined || flags.isNew === true;
  const stored = mayLack ? profiles.all.get(name ?? '') : namedProfile(profiles, name);
  const url = first(
    [flags.url, '--url'],
    [env.SALLYPORT_URL, 'SALLYPORT_URL'],
    [stored?.url, `${file}, profile ${name}`],
  ) ?? { value: DEFAULT_URL, origin: 'the default' };
  return { url, profile, stored };
}

function first(
  ...places: readonly (readonly [value: string | undefined, origin: string])[]
): Setting<string> | undefined {
  const [value, origin] = places.find(([text]) => text !== undefined && text !== '') ?? [];
  return value === undefined || origin === undefined ? undefined : { value, origin };
}
