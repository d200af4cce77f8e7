// Where the API key comes from. Never from the command line: there every user of the machine can
// read it.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, exitCodes } from '../exit-codes.ts';

export interface FoundKey {
  key: string;
  /** For people: the variable or the file. */
  source: string;
  file?: string;
}

export interface KeyPlaces {
  env: Readonly<Record<string, string | undefined>>;
  url: string;
}

/**
 * The first key of: SALLYPORT_API_KEY, the file SALLYPORT_API_KEY_FILE, and, where the URL is of
 * this very machine, the key that the service wrote for its operator.
 * @throws CommandError when there is none, or its file cannot be read
 */
export async function findKey(places: KeyPlaces): Promise<FoundKey> {
  const found = await lookFor(places);
  if (/^[!-~]+$/.test(found.key)) return found;
  return refuse(`What ${found.source} holds is no API key: it has blanks or line breaks in it.`);
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

async function lookFor({ env, url }: KeyPlaces): Promise<FoundKey> {
  if (env.SALLYPORT_API_KEY) return { key: env.SALLYPORT_API_KEY, source: 'SALLYPORT_API_KEY' };
  const file = env.SALLYPORT_API_KEY_FILE;
  if (file) {
    return (await keyIn(file, `SALLYPORT_API_KEY_FILE (${file})`)) ?? refuse(`${file} is empty.`);
  }
  const operatorFile = path.join(env.SALLYPORT_DATA_DIR || '.sallyport', 'operator.key');
  const local = isLoopback(url);
  const found = local ? await keyIn(operatorFile, operatorFile, 'may be absent') : undefined;
  const looked = local
    ? ` ${operatorFile}, which a service on this machine writes, is not there.`
    : '';
  return found ?? refuse(`There is no API key for ${url}.${looked}`);
}

async function keyIn(
  file: string,
  source: string,
  absence?: 'may be absent',
): Promise<FoundKey | undefined> {
  try {
    const key = (await readFile(file, 'utf8')).trim();
    return key === '' ? undefined : { key, source, file };
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && absence) return undefined;
    return refuse(`The API key could not be read from ${file} (${code}).`);
  }
}

function refuse(message: string): never {
  throw new CommandError(
    exitCodes.auth,
    message,
    'Put the key into a file and set SALLYPORT_API_KEY_FILE to it, or set SALLYPORT_API_KEY.',
  );
}
