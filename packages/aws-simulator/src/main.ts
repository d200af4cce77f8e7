#!/usr/bin/env node
// The simulator as a program: read the flags, start, print one line when ready, stop when told to
// or when whoever started it is gone.

import { parseArgs } from 'node:util';
import type { CallRecord } from './http/call-log.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';

const USAGE = `Usage: aws-simulator [flags]

  --port             port on 127.0.0.1; 0 takes a free one (default 4566)
  --profile          delays: compressed for tests, aws for realistic ones (default compressed)
  --log              print every call to standard error
  --exit-with-stdin  stop when standard input closes
`;

interface Flags {
  readonly options: SimulatorOptions;
  readonly exitWithStdin: boolean;
}

/** The command line makes no sense. */
class UsageError extends Error {}

try {
  await run(flagsOf(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`aws-simulator: ${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

function explain(error: unknown): string {
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (error instanceof UsageError) return `${message}\n\n${USAGE.trimEnd()}`;
  if (code !== 'EADDRINUSE') return message;
  return `port ${port} is in use. Stop what uses it, or give another with --port (0: a free one).`;
}

async function run(flags: Flags | 'help'): Promise<void> {
  if (flags === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  const simulator = await startSimulator(flags.options);
  stopWhenTold(simulator, flags.exitWithStdin);
  process.stdout.write(`${JSON.stringify({ endpoint: simulator.endpoint })}\n`);
}

/** @throws UsageError */
function flagsOf(argv: string[]): Flags | 'help' {
  try {
    return readFlags(argv);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** @throws Error that says what to write instead. */
function readFlags(argv: string[]): Flags | 'help' {
  const { values } = parseArgs({
    args: argv,
    options: {
      port: { type: 'string', default: '4566' },
      profile: { type: 'string', default: 'compressed' },
      log: { type: 'boolean', default: false },
      'exit-with-stdin': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, not '${values.port}'`);
  }
  const { profile } = values;
  if (profile !== 'compressed' && profile !== 'aws') {
    throw new Error(`--profile takes compressed or aws, not '${profile}'`);
  }
  const options = { port, profile, ...(values.log ? { log: printCall } : {}) } as const;
  return { options, exitWithStdin: values['exit-with-stdin'] };
}

function stopWhenTold(simulator: Simulator, exitWithStdin: boolean): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void simulator.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The channel to a parent that forked this process closes when the parent ends, however it ends.
  if (process.send) process.on('disconnect', stop);
  if (exitWithStdin) process.stdin.on('end', stop).on('close', stop).resume();
}

function printCall(record: CallRecord): void {
  const { at, service, action, region, callerArn, outcome } = record;
  const who = callerArn ?? 'unverified';
  process.stderr.write(`${at} ${service}:${action ?? '?'} ${region ?? '-'} ${who} ${outcome}\n`);
}
