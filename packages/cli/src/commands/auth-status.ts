// `sallyport auth status`: which service, which key, and what the key may do. Never shows the key.

import { stat } from 'node:fs/promises';
import { findKey, isLoopback } from '../api/key.ts';
import { writeOne } from '../output/answer.ts';
import type { Context } from '../runtime.ts';

export async function runAuthStatus(context: Context): Promise<void> {
  const { env, options, signal } = context;
  const client = await context.client();
  const { source, file } = await findKey({ env, url: options.url });
  if (file !== undefined) await warnOfReaders(context, file);
  if (options.url.startsWith('http:') && !isLoopback(options.url)) {
    context.say(`warning: the key goes to ${client.origin} unencrypted; use https.`);
  }
  const caller = await client.caller.get({ signal });
  writeOne(context, { url: options.url, key: source, ...caller });
}

async function warnOfReaders({ say }: Context, file: string): Promise<void> {
  const { mode } = await stat(file);
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  say(`warning: others on this machine may read the key. Run: chmod 600 ${file}`);
}
