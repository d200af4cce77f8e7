#!/usr/bin/env node
// The process: its streams, signals and environment. Nothing else reads them.

import { exitCodes } from './exit-codes.ts';
import { wantsColour } from './output/colour.ts';
import { runProgram } from './program/program.ts';
import type { Sink } from './runtime.ts';

const { env, stdout, stderr } = process;
/** Anything shorter is no key, and blanking it out would make words unreadable. */
const SECRET_MIN = 8;
const secrets = new Set<string>();
const interruption = new AbortController();

for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read has read enough, as `head` does. That is no failure.
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

process.once('SIGINT', () => {
  interruption.abort();
  process.once('SIGINT', () => process.exit(exitCodes.interrupted));
});

/** For tests that run many commands in one process. */
export const done = runProgram(process.argv.slice(2), {
  env,
  platform: process.platform,
  out: sinkOf(stdout, (text) => text),
  err: sinkOf(stderr, withoutSecrets),
  // To open it takes time, and few commands read.
  get stdin() {
    return process.stdin;
  },
  get stdinIsTerminal() {
    return process.stdin.isTTY;
  },
  signal: interruption.signal,
  now: Date.now,
  hide: (secret) => void (secret.length >= SECRET_MIN && secrets.add(secret)),
}).then((exitCode) => {
  process.exitCode = exitCode;
});

function sinkOf(stream: NodeJS.WriteStream, filter: (text: string) => string): Sink {
  const isTerminal = stream.isTTY;
  return {
    write: (text) => void stream.write(filter(text)),
    isTerminal,
    columns: isTerminal ? stream.columns || 80 : undefined,
    colour: wantsColour(env, isTerminal),
    rewrites: isTerminal && env.TERM !== 'dumb',
  };
}

function withoutSecrets(text: string): string {
  return [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
}
