// `sallyport auth status`: which service, which key, and what the key may do. Never shows the key.

import { stat } from 'node:fs/promises';
import { findKey } from '../api/key.ts';
import { isLoopback } from '../api/loopback.ts';
import { writeOne } from '../output/answer.ts';
import type { Context } from '../runtime.ts';

export async function runAuthStatus(context: Context): Promise<void> {
  const client = await context.client();
  const settings = await context.settings();
  const { source, file, expiresAt } = await findKey({ ...context, settings });
  const { url, profile } = settings;
  if (file !== undefined) await warnOfReaders(context, file);
  if (url.value.startsWith('http:') && !isLoopback(url.value)) {
    context.say(`warning: the key goes to ${client.origin} unencrypted; use https.`);
  }
  const caller = await client.caller.get({ signal: context.signal });
  const ends = expiresAt === undefined ? {} : { token_ends: new Date(expiresAt).toISOString() };
  writeOne(context, {
    url: url.value,
    profile: profile.value ?? null,
    key: source,
    ...ends,
    ...caller,
  });
}

async function warnOfReaders({ say, platform }: Context, file: string): Promise<void> {
  const { mode } = await stat(file);
  if (platform === 'win32' || (mode & 0o077) === 0) return;
  say(`warning: others on this machine may read the key. Run: chmod 600 ${file}`);
}
