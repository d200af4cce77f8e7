#!/usr/bin/env node
// The process: its arguments, its signals and its exit code.

import { parseArgs } from 'node:util';
import { createIds, openStore, startApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createLog } from './log.ts';
import { nodeComplaint } from './node-version.ts';
import { createOperatorKey } from './operator-key.ts';
import { createRequests } from './usecases/requests.ts';

const usage = `Usage: sallyport-api [command]

  start [--role all|front|worker]    run the service; without a command, too (role: all)
  migrate                            bring the database of DATABASE_URL up to date
  create-operator-key [--name NAME]  make an operator key and print it, once

Settings are environment variables: see docs/settings.md.
`;

async function main(): Promise<number> {
  const complaint = nodeComplaint(process.versions.node, process.execPath);
  if (complaint !== null) throw new Error(complaint);
  const { values, command } = readArguments();
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const config = readConfig(process.env, values.role);
  if (command === 'start') return serve(config);
  if (command === 'migrate') return migrateServer(config);
  if (command === 'create-operator-key') return createKey(config, values.name ?? 'Operator');
  throw new UsageError(`There is no command "${command}".`);
}

/** The command line makes no sense. */
class UsageError extends Error {}

/** @throws UsageError */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        name: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const [command = 'start', extra] = positionals;
    if (extra !== undefined) throw new Error(`Unexpected argument "${extra}".`);
    return { values, command };
  } catch (error) {
    // Node goes on to explain how to give an argument that looks like a flag.
    throw new UsageError((error as Error).message.replace(/\. To specify .*/s, '.'));
  }
}

/** Runs until it is told to stop, or until it cannot go on. */
async function serve(config: Config): Promise<number> {
  const log = createLog(config);
  const stop = stopRequested();
  const app = await startApp(config, log);
  process.send?.({ address: app.address, open: app.open });
  const error = await Promise.race([stop, app.failed]);
  if (error) log.fatal({ err: error }, 'cannot go on');
  else log.info('stopping');
  await app.close();
  return error ? 1 : 0;
}

/** A signal, or the end of the process that started this one and keeps a channel to it. */
function stopRequested(): Promise<null> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve(null));
    }
    process.on('disconnect', () => resolve(null));
  });
}

async function migrateServer(config: Config): Promise<number> {
  const store = await openStore(config, createLog(config), true);
  await store.close();
  return 0;
}

/** The key goes to standard output alone; it is stored as a hash and cannot be shown again. */
async function createKey(config: Config, name: string): Promise<number> {
  const store = await openStore(config, createLog({ ...config, logLevel: 'warn' }));
  try {
    const requests = createRequests({
      database: store.database,
      ...createIds(),
      audience: () => '',
    });
    process.stdout.write(`${await createOperatorKey(requests, name)}\n`);
  } finally {
    await store.close();
  }
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
    // A channel to the parent would keep the process alive.
    if (process.connected) process.disconnect();
  },
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = error instanceof ConfigError || error instanceof UsageError ? 2 : 1;
    if (process.connected) process.disconnect();
  },
);

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof UsageError) return `${error.message}\n\n${usage.trimEnd()}`;
  if (!(error instanceof Error)) return String(error);
  return `sallyport-api could not start: ${error.message}`;
}
