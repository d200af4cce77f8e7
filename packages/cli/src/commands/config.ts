// `sallyport config …`: what holds on this machine, where it was set, and which login is in use.

import { findKey } from '../api/key.ts';
import { writeItems } from '../output/answer.ts';
import { mistypedVariables } from '../profiles/mistyped.ts';
import {
  checkProfileName,
  namedProfile,
  readProfiles,
  writeProfiles,
} from '../profiles/profiles.ts';
import type { Context } from '../runtime.ts';

export async function runConfigList(context: Context, withOrigin: boolean): Promise<void> {
  const settings = await context.settings();
  const { source, isSet } = await findKey({ ...context, settings }).then(
    (found) => ({ source: found.source, isSet: true }),
    (error: unknown) => ({ source: (error as Error).message, isSet: false }),
  );
  const { url, profile } = settings;
  const rows = [
    { setting: 'url', value: url.value, origin: url.origin },
    { setting: 'profile', value: profile.value ?? null, origin: profile.origin },
    // Whether there is one, and never which.
    { setting: 'key', value: isSet ? 'set' : null, origin: source },
  ];
  const shown = withOrigin ? rows : rows.map(({ setting, value }) => ({ setting, value }));
  writeItems(context, shown);
  for (const line of mistypedVariables(context)) context.say(`note: ${line}`);
}

export async function runConfigProfiles(context: Context): Promise<void> {
  const { all } = await readProfiles(context);
  const { profile } = await context.settings();
  const rows = Array.from(all, ([name, { url, store }]) => {
    return { profile: name, in_use: name === profile.value, url, kept_in: store };
  });
  writeItems(context, rows);
}

export async function runConfigUse(context: Context, name: string): Promise<void> {
  checkProfileName(name);
  const profiles = await readProfiles(context);
  const { url } = namedProfile(profiles, name);
  await writeProfiles(context, { ...profiles, current: name });
  context.say(`The profile in use is ${name} (${url}).`);
}
