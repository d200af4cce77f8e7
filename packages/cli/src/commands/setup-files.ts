// `sallyport setup render --to FOLDER`: the files of a setup on this machine, and what to do with
// them.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Setup } from '@sallyport/sdk';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { unmade } from '../input/file-failures.ts';
import type { Context } from '../runtime.ts';

/** @throws CommandError when a file is there already: nothing that was changed is written over */
export async function writeSetup(context: Context, folder: string, setup: Setup): Promise<void> {
  const { files, steps, placeholders } = setup;
  // The names come from a server, which is not to choose what is written outside of the folder.
  const odd = files.find(({ name }) => !name.split('/').every(isPlain));
  if (odd) throw new CommandError(exitCodes.failure, `The service named a file "${odd.name}".`);
  for (const { name, content } of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { flag: 'wx' }).catch((error: unknown) => {
      throw unmade(path, error, '--to');
    });
    context.out.write(`${path}\n`);
  }
  for (const { name, meaning, command } of placeholders) {
    context.say(`${name}: ${meaning}${command === null ? '' : ` ${command}`}`);
  }
  for (const { action, command } of steps) {
    context.say(`next: ${action}${command === null ? '' : ` ${command}`}`);
  }
}

function isPlain(part: string): boolean {
  return /^[a-z0-9-]+(\.[a-z]+)?$/.test(part);
}
