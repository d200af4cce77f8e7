// Redeems an invite. Neither it nor the key is ever an argument or printed.
import { Sallyport } from '../generated/client.ts';
import { urlOf } from './client.ts';
import type { Given } from './flags.ts';
import { exitCodes, type Outcome, type Surroundings, UsageError } from './surroundings.ts';

/** @throws UsageError before the invite is used up, when the file cannot be written */
export async function redeem(given: Given, around: Surroundings): Promise<Outcome> {
  const file = given.text('key-file');
  if (file === undefined) throw new UsageError('Say where the key goes: --key-file <path>.');
  const client = new Sallyport({ baseUrl: urlOf(given, around.env) });
  const token = (await around.readInput()).trim();
  if (token === '') throw new UsageError('Give the invite on standard input.');
  const { open } = await import('node:fs/promises');
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    throw new UsageError(`${(error as Error).message}. The invite is not used.`);
  });
  try {
    const key_name = given.text('key-name');
    const body = { token, ...(key_name === undefined ? {} : { key_name }) };
    const { secret, ...key } = await client.invites.redeem(body, { signal: around.signal });
    await handle.writeFile(`${secret}\n`);
    const lines = [`The key is in ${file}. Set SALLYPORT_API_KEY_FILE=${file}`];
    return { result: { ...key, key_file: file }, lines, code: exitCodes.ok };
  } finally {
    await handle.close();
  }
}
