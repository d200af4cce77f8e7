#!/usr/bin/env node
// The simulator as a program: read the flags, start, print one line when ready, stop when told to
// or when whoever started it is gone.

import { parseArgs } from 'node:util';
import type { CallRecord } from './http/call-log.ts';
import { readScenario, ScenarioError } from './scenario/scenario.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { throttlingModes } from './throttling/throttle.ts';
import { profiles } from './world/settings/delays.ts';

const USAGE = `Usage: aws-simulator [flags]

  --port             port on 127.0.0.1; 0 takes a free one (default 4566)
  --scenario         JSON file: accounts, networks, delays, faults … (default: the default world)
  --profile          delays: compressed for tests, aws for realistic ones (default compressed)
  --throttling       request rates: off, or aws for the real ones (default: aws with profile aws)
  --seed             number; the same one gives the same ids and luck again
  --log              print every call to standard error
  --exit-with-stdin  stop when standard input closes

What a scenario may have: GET /_simulator/scenario/schema. All admin paths: GET /_simulator/
`;

interface Flags {
  readonly scenario: string | undefined;
  /** Flags go before what the scenario says. */
  readonly options: SimulatorOptions;
  readonly exitWithStdin: boolean;
}

/** The command line makes no sense. */
class UsageError extends Error {}

try {
  await run(flagsOf(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`aws-simulator: ${explain(error)}\n`);
  const misused = error instanceof UsageError || error instanceof ScenarioError;
  process.exitCode = misused ? 2 : 1;
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
  const scenario = flags.scenario === undefined ? {} : await readScenario(flags.scenario);
  // AWS's schemas take half a second to load, which somebody who mistyped a flag need not wait for.
  const { startSimulator } = await import('./simulator.ts');
  const simulator = await startSimulator({ ...scenario, ...flags.options });
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
      scenario: { type: 'string' },
      profile: { type: 'string' },
      throttling: { type: 'string' },
      seed: { type: 'string' },
      log: { type: 'boolean', default: false },
      'exit-with-stdin': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { profile, throttling, seed } = values;
  return {
    scenario: values.scenario,
    exitWithStdin: values['exit-with-stdin'],
    options: {
      port: numberOf('--port', values.port, 65_535),
      ...(values.log ? { log: printCall } : {}),
      ...(profile === undefined ? {} : { profile: oneOf('--profile', profile, profiles) }),
      ...(throttling === undefined
        ? {}
        : { throttling: oneOf('--throttling', throttling, throttlingModes) }),
      ...(seed === undefined ? {} : { seed: numberOf('--seed', seed, Number.MAX_SAFE_INTEGER) }),
    },
  };
}

function numberOf(flag: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new Error(`${flag} takes a number from 0 to ${most}, not '${text}'`);
}

function oneOf<T extends string>(flag: string, text: string, values: readonly T[]): T {
  const value = values.find((one) => one === text);
  if (value !== undefined) return value;
  throw new Error(`${flag} takes ${values.join(' or ')}, not '${text}'`);
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
  const { at, service, action, region, callerArn, outcome, fault, byHand } = record;
  const call = `${service}:${action ?? '?'} ${region ?? '-'} ${callerArn ?? 'unverified'}`;
  const why = fault === null ? '' : ` (fault: ${fault})`;
  process.stderr.write(`${at} ${call} ${outcome}${why}${byHand ? ' (by hand)' : ''}\n`);
}
