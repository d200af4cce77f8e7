// `sallyport auth logout`: forgets what a profile logged in with. What it holds at the service ends
// only there.

import { readCredential, forgetCredential } from '../profiles/credentials.ts';
import { namedProfile, readProfiles, writeProfiles } from '../profiles/profiles.ts';
import { usageError } from '../exit-codes.ts';
import type { Context } from '../runtime.ts';

export async function runAuthLogout(context: Context): Promise<void> {
  const { profile } = await context.settings();
  const name = profile.value;
  if (name === undefined) throw usageError('Nobody is logged in here.', 'sallyport auth login');
  const profiles = await readProfiles(context);
  const { store, url } = namedProfile(profiles, name);
  const credential = await readCredential(context, name, store);
  await forgetCredential(context, name, store);
  const all = new Map([...profiles.all].filter(([other]) => other !== name));
  const current = profiles.current === name ? [...all.keys()][0] : profiles.current;
  await writeProfiles(context, { current, all });
  context.say(`Logged out of ${url} (profile ${name}).`);
  if (current !== profiles.current && current !== undefined) {
    context.say(`The profile in use is ${current} now.`);
  }
  if (credential?.kind === 'key') {
    context.say('The key itself stays valid. To end it: sallyport api-keys revoke KEY');
  }
}
