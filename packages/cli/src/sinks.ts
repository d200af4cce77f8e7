// Where the process writes to. Node's own streams take longer to load than most answers take to
// make, and only a terminal needs them: what goes into a pipe or a file is written at once.

import fs from 'node:fs';
import { exitCodes } from './exit-codes.ts';
import { wantsColour } from './output/colour.ts';
import type { Sink } from './runtime.ts';

type Filter = (text: string) => string;
type Name = 'stdout' | 'stderr';
const descriptors = { stdout: 1, stderr: 2 } as const;

export function openSink(name: Name, env: NodeJS.ProcessEnv, filter: Filter): Sink {
  // A terminal is one, and `/dev/null`.
  const isDevice = fs.fstatSync(descriptors[name]).isCharacterDevice();
  return isDevice ? deviceSink(name, env, filter) : fileSink(name, env, filter);
}

function deviceSink(name: Name, env: NodeJS.ProcessEnv, filter: Filter): Sink {
  const stream = openedOnce(name);
  return {
    write: (text) => void stream().write(filter(text)),
    get isTerminal() {
      return stream().isTTY;
    },
    get columns() {
      return stream().isTTY ? stream().columns || 80 : undefined;
    },
    get colour() {
      return wantsColour(env, stream().isTTY);
    },
    get rewrites() {
      return stream().isTTY && env.TERM !== 'dumb';
    },
  };
}

function fileSink(name: Name, env: NodeJS.ProcessEnv, filter: Filter): Sink {
  const stream = openedOnce(name);
  let isFull = false;
  return {
    write(text) {
      const bytes = Buffer.from(filter(text));
      const left = isFull ? bytes : unwritten(name, bytes);
      if (left.length === 0) return;
      isFull = true;
      stream().write(left);
    },
    isTerminal: false,
    columns: undefined,
    colour: wantsColour(env, false),
    rewrites: false,
  };
}

/** What does not go into a pipe that is full, and that somebody told not to wait. */
function unwritten(name: Name, bytes: Buffer): Buffer {
  let left = bytes;
  try {
    while (left.length > 0) left = left.subarray(fs.writeSync(descriptors[name], left));
  } catch (error) {
    if (!isError(error, 'EAGAIN')) endOf(name, error);
  }
  return left;
}

function openedOnce(name: Name): () => NodeJS.WriteStream {
  let stream: NodeJS.WriteStream | undefined;
  return () => {
    stream ??= process[name].on('error', (error) => endOf(name, error));
    return stream;
  };
}

function endOf(name: Name, error: unknown): never {
  // Whoever read has read enough, as `head` does. That is no failure.
  if (isError(error, 'EPIPE')) process.exit();
  if (name === 'stdout') sayUnwritten(error);
  process.exit(exitCodes.failure);
}

/** Half an answer must not pass for one, as on a disk that is full. */
function sayUnwritten(error: unknown): void {
  const [reason] = (error as Error).message.split(', ');
  try {
    fs.writeSync(descriptors.stderr, `error: The answer could not be written (${reason}).\n`);
  } catch {
    // The exit code says it, too.
  }
}

function isError(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
