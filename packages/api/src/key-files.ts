// Files that hold a key: read where a setting names one, written for this user alone to read.

import { open, readFile } from 'node:fs/promises';

/** @throws Error that names the setting, when the file cannot be read */
export async function readKeyFile(setting: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${setting}: ${file} cannot be read (${code}).`);
  });
}

/**
 * On the disk when it returns.
 * @param flag `w` writes over what is there, `wx` refuses to
 * @throws NodeJS.ErrnoException `EEXIST` with `wx`, when the file is there
 */
export async function writeKeyFile(path: string, key: string, flag: 'w' | 'wx'): Promise<void> {
  const file = await open(path, flag, 0o600);
  try {
    // An older file keeps its mode when it is opened.
    await file.chmod(0o600);
    await file.writeFile(`${key}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
