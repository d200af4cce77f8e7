// The client that the program's commands use, made of flags and the environment.
import { Sallyport } from '../generated/client.ts';
import type { Given } from './flags.ts';
import { type Surroundings, UsageError } from './surroundings.ts';
import { VERSION } from '../version.ts';

/** @throws UsageError when it is not said where the service is, or with which key */
export async function clientOf(given: Given, { env }: Pick<Surroundings, 'env'>) {
  return new Sallyport({
    baseUrl: urlOf(given, env),
    apiKey: await keyOf(env),
    appInfo: { name: 'sallyport-sdk-program', version: VERSION },
  });
}

/** @throws UsageError when nobody says it */
export function urlOf(given: Given, env: Surroundings['env']): string {
  const url = given.text('url') ?? env['SALLYPORT_URL'];
  if (url) return url;
  throw new UsageError('Say where the service is: --url https://…, or SALLYPORT_URL.');
}

async function keyOf(env: Surroundings['env']): Promise<string> {
  const { SALLYPORT_API_KEY: key, SALLYPORT_API_KEY_FILE: file } = env;
  if (key) return key;
  if (!file) {
    throw new UsageError('Set SALLYPORT_API_KEY_FILE or SALLYPORT_API_KEY; see `redeem`.');
  }
  const { readFile } = await import('node:fs/promises');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new UsageError(`SALLYPORT_API_KEY_FILE: ${(error as Error).message}`);
  }
}
