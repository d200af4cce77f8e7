// The process: its streams, signals and environment. Nothing else reads them.

import { exitCodes } from './exit-codes.ts';
import { runProgram } from './program/program.ts';
import { openSink } from './sinks.ts';

const { env, platform } = process;
/** Anything shorter is no key, and blanking it out would make words unreadable. */
const SECRET_MIN = 8;
const secrets = new Set<string>();
const interruption = new AbortController();

process.once('SIGINT', () => {
  interruption.abort();
  process.once('SIGINT', () => process.exit(exitCodes.interrupted));
});

/** For tests that run many commands in one process. */
export const done = runProgram(process.argv.slice(2), {
  env,
  platform,
  out: openSink('stdout', env, (text) => text),
  err: openSink('stderr', env, withoutSecrets),
  stdin: () => process.stdin,
  signal: interruption.signal,
  now: Date.now,
  hide: (secret) => void (secret.length >= SECRET_MIN && secrets.add(secret)),
}).then((exitCode) => {
  process.exitCode = exitCode;
});

function withoutSecrets(text: string): string {
  return [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
}
