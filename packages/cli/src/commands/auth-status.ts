// `sallyport auth status`: which service, which key, and what the key may do. Never shows the key.

import { stat } from 'node:fs/promises';
import { PermissionDeniedError, type Sallyport } from '@sallyport/sdk';
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
  writeOne(context, { url: options.url, key: source, role: await roleOf(client, signal) });
}

/** The API has no answer to "who am I", but lists that only some roles may see. */
async function roleOf(client: Sallyport, signal: AbortSignal): Promise<string> {
  const one = { limit: 1, signal };
  if (await isAllowed(client.apiKeys.list(one).page())) return 'operator';
  if (await isAllowed(client.auditEntries.list(one).page())) return 'support';
  await client.accounts.list(one).page();
  return 'customer';
}

async function isAllowed(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof PermissionDeniedError) return false;
    throw error;
  }
}

async function warnOfReaders({ say }: Context, file: string): Promise<void> {
  const { mode } = await stat(file);
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  say(`warning: others on this machine may read the key. Run: chmod 600 ${file}`);
}
