// What a program weighs once a bundler has taken what it does not need.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown } from 'rolldown';

/** @param directory where its packages are looked for; the program is written there. */
export async function bundle(directory: string, program: string): Promise<string> {
  const input = path.join(directory, 'program.js');
  await writeFile(input, program);
  const built = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  const { output } = await built.generate({ format: 'esm', minify: true, codeSplitting: false });
  await built.close();
  return output[0].code;
}
