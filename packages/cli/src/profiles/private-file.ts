// Files that only their owner may read, written whole or not at all.

import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, exitCodes } from '../exit-codes.ts';

/**
 * The JSON object in a file; undefined when there is no such file.
 * @throws CommandError when it cannot be read, without a word of what it holds
 */
export async function readObject(file: string): Promise<object | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    // A home such as /dev/null holds nothing either.
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new CommandError(exitCodes.failure, `${file} could not be read (${code}).`);
  }
  const value = parsed(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  const next = `Correct it, or move it away and run: sallyport auth login`;
  throw new CommandError(exitCodes.failure, `${file} does not hold a JSON object.`, next);
}

/** @throws CommandError when it cannot be written */
export async function writeObject(file: string, value: object): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await makeFolder(path.dirname(file));
    const handle = await open(draft, 'wx', 0o600);
    try {
      // Whatever the umask is.
      await chmod(draft, 0o600);
      await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const next = 'Set SALLYPORT_CONFIG_DIR to a folder that can be written.';
    throw new CommandError(exitCodes.failure, `${file} could not be written (${code}).`, next);
  }
}

/**
 * Node's own `recursive` tries for ever where nothing can be made in a folder that is there and the
 * system says ENOENT, as it does under automounted homes and in /proc.
 */
async function makeFolder(folder: string): Promise<void> {
  if ((await made(folder)) === 'ENOENT') {
    await makeFolder(path.dirname(folder));
    const problem = await made(folder);
    if (problem) throw Object.assign(new Error(folder), { code: problem });
  }
}

/** What kept it from being made, unless it is there. */
async function made(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EEXIST' ? undefined : code;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
