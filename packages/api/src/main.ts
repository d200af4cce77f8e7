#!/usr/bin/env node
// The process: its arguments, its signals and its exit code.

import { parseArgs } from 'node:util';
import { createIds, createLog, openStore, startApp } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createOperatorKey } from './operator-key.ts';
import { createRequests } from './usecases/requests.ts';

const usage = `sallyport-api [start] [--role all|front|worker]
sallyport-api migrate                          bring the database of DATABASE_URL up to date
sallyport-api create-operator-key --name NAME  make an operator key and print it, once
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      name: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command = 'start'] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const config = readConfig(process.env, values.role);
  if (command === 'start') return serve(config);
  if (command === 'migrate') return migrateServer(config);
  if (command === 'create-operator-key') return createKey(config, values.name ?? 'Operator');
  process.stderr.write(`There is no command "${command}".\n\n${usage}`);
  return 2;
}

/** Runs until it is told to stop, or until it cannot go on. */
async function serve(config: Config): Promise<number> {
  const log = createLog(config);
  const stop = stopRequested();
  const app = await startApp(config, log);
  process.send?.({ address: app.address });
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
    const expected = error instanceof ConfigError;
    process.stderr.write(`${expected ? error.message : explain(error)}\n`);
    process.exitCode = expected ? 2 : 1;
    if (process.connected) process.disconnect();
  },
);

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `sallyport-api could not start: ${error.message}`;
}
