// Reads a text that a flag names: a file, or stdin for `-`.

import { readFile } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { usageError } from '../exit-codes.ts';
import type { Runtime } from '../runtime.ts';
import { unreadable } from './file-failures.ts';

export interface TextSource {
  /** @throws CommandError when it cannot be read; AbortError when the person interrupts */
  read(file: string, flag: string): Promise<string>;
}

/** Stdin can be read once: two flags that both ask for it are told so, and one gets it again. */
export function textSource({ stdin, signal }: Pick<Runtime, 'stdin' | 'signal'>): TextSource {
  let reader: string | undefined;
  let text: Promise<string> | undefined;
  return {
    async read(file, flag) {
      if (file !== '-') return fileText(file, flag, signal);
      if (reader !== undefined && reader !== flag) {
        throw usageError(`${reader} and ${flag} both read stdin.`, 'Give one of them a file.');
      }
      reader = flag;
      text ??= streamText(addAbortSignal(signal, stdin()));
      return text;
    },
  };
}

async function fileText(file: string, flag: string, signal: AbortSignal): Promise<string> {
  try {
    return await readFile(file, { encoding: 'utf8', signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreadable(file, error, flag);
  }
}

async function streamText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString('utf8');
}
