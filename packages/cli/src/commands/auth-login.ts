// `sallyport auth login`: a key from stdin, a file or a prompt, or a sign-in with the provider that
// the service names. It is tried before it is kept, and kept for this one service.

import type { Caller } from '@sallyport/sdk';
import { usageError } from '../exit-codes.ts';
import { secretPrompt } from '../input/secret-prompt.ts';
import { textSource } from '../input/text-source.ts';
import { writeOne } from '../output/answer.ts';
import { type Credential, secretsOf } from '../profiles/credential.ts';
import { keepCredential, type Store } from '../profiles/credentials.ts';
import { checkProfileName, readProfiles, writeProfiles } from '../profiles/profiles.ts';
import type { Context } from '../runtime.ts';
import { signIn } from './sign-in.ts';

export interface LoginOptions {
  /** Where the key is; undefined to sign in, or to be asked. */
  keyFile: string | undefined;
  store: Store;
  /** What is asked of the identity provider. */
  scope: string;
}

const FIRST_PROFILE = 'default';

export async function runAuthLogin(context: Context, options: LoginOptions): Promise<void> {
  const { profile, url } = await context.settings({ isNew: true });
  const name = profile.value ?? FIRST_PROFILE;
  checkProfileName(name);
  // Refuses a URL that is none.
  const { origin } = await context.client({ anonymous: true });
  const credential = await credentialFor(context, options, origin);
  secretsOf(credential).forEach(context.hide);
  const apiKey = credential.kind === 'key' ? credential.key : credential.token;
  const client = await context.client({ apiKey, keySource: options.keyFile });
  const caller: Caller = await client.caller.get({ signal: context.signal });
  const kept = await keepCredential(context, name, credential, options.store);
  const profiles = await readProfiles(context);
  const all = new Map([...profiles.all, [name, { url: url.value, store: kept.store }] as const]);
  await writeProfiles(context, { current: name, all });
  if (options.store === 'keyring' && kept.store === 'file') {
    context.say('No keyring takes it here, so it is in a file that only you may read.');
  }
  writeOne(context, { url: url.value, profile: name, key: kept.place, ...caller });
}

async function credentialFor(
  context: Context,
  { keyFile, scope }: LoginOptions,
  origin: string,
): Promise<Credential> {
  if (keyFile !== undefined) {
    return keyCredential(await textSource(context).read(keyFile, '--key-file'), origin);
  }
  const client = await context.client({ anonymous: true });
  const { oidc, staff_keys: takesKeys } = await client.signIn.get({ signal: context.signal });
  if (oidc?.client_id) {
    const { issuer, client_id: clientId, audience } = oidc;
    return signIn(context, { origin, issuer, clientId, audience, scope });
  }
  if (!takesKeys) context.say('Keys of staff do not work here: those of customers do.');
  if (!context.stdin().isTTY || !context.err.isTerminal) {
    throw usageError(
      'There is no terminal to ask for the key on.',
      'Give --key-file, - for stdin.',
    );
  }
  return keyCredential(await secretPrompt(context, `API key for ${origin}: `), origin);
}

function keyCredential(text: string, origin: string): Credential {
  const key = text.trim();
  if (/^[!-~]+$/.test(key)) return { kind: 'key', origin, key };
  throw usageError('That is no API key: it is empty, or has blanks or line breaks in it.');
}
