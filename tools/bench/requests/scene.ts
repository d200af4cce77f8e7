// A service with its embedded database and one customer, each process on its core, and a way to its
// tables that goes past it.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort, startService } from '../../../examples/demo/processes.ts';
import { startGuard } from '../../guard.ts';
import { type Bound, startBound } from './bound.ts';
import { type Cores, pin, pinServer } from './cores.ts';
import { applyLoad, applyPace, type Load, type Loaded } from './load.ts';
import { debuggable, residentMebibytes } from './memory.ts';
import type { Pace, Paced } from './pace.ts';

export interface RequestScene {
  url: string;
  pid: number;
  /** The file of its log. */
  log: string;
  /** In mebibytes, before any request; null where that is not known. */
  residentAtStart: number | null;
  operatorKey: string;
  /** Of the customer `quiet`. */
  customerKey: string;
  connectionString: string;
  tables: Client;
  bound: Bound;
  load(load: Omit<Load, 'url'> & { url?: string }): Promise<Loaded>;
  pace(pace: Omit<Pace, 'url'>, from?: 'load' | 'neighbour'): Promise<Paced>;
  /** @returns the key of a customer of this name, which is new */
  makeCustomer(name: string): Promise<string>;
  /** Has the service stand still, so that its core is all of the bound's. */
  without<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves when the service has no work left behind from before. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/** Counted as ever, and never exhausted. */
const endless = '9999999/1';
const withoutLimits = {
  SALLYPORT_RATE_LIMIT_KEY: endless,
  SALLYPORT_RATE_LIMIT_CUSTOMER: endless,
  SALLYPORT_RATE_LIMIT_STAFF: endless,
};

export async function openRequestScene(
  cores: Cores | null,
  settings: Record<string, string> = withoutLimits,
): Promise<RequestScene> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-requests-'));
  const guard = await startGuard();
  guard.removes(directory);
  const service = await startService(directory, 'http://127.0.0.1:9', await freePort(), {
    ...settings,
    ...debuggable,
  });
  const residentAtStart = residentMebibytes(service.pid);
  guard.ends(service.pid);
  pin(service.pid, cores?.measured);
  const postgres = join(directory, 'data/postgres');
  pinServer(postgres, cores?.database);
  const connectionString = `postgresql://sallyport@${encodeURIComponent(postgres)}/sallyport`;
  const tables = new Client({ connectionString });
  await tables.connect();
  const operatorKey = (await readFile(join(directory, 'data/operator.key'), 'utf8')).trim();
  const bound = startBound(cores);
  const { url, pid } = service;
  const makeCustomer = (name: string) => postCustomer(url, operatorKey, name);
  return {
    url,
    pid,
    log: join(directory, 'service.log'),
    residentAtStart,
    operatorKey,
    connectionString,
    tables,
    bound,
    customerKey: await makeCustomer('quiet'),
    makeCustomer,
    load: (load) => applyLoad({ url, ...load }, cores?.load),
    pace: (pace, from = 'load') => applyPace({ url, ...pace }, cores?.[from]),
    without: (work) => standingStill(pid, work),
    rest: () => untilAtRest(tables),
    close: async () => {
      bound.close();
      await tables.end();
      await service.stop('SIGTERM');
      await rm(directory, { recursive: true, force: true });
      await guard.release();
    },
  };
}

async function postCustomer(url: string, operator: string, name: string): Promise<string> {
  const headers = { authorization: `Bearer ${operator}`, 'content-type': 'application/json' };
  const post = async (path: string, body: object) => {
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(url + path, request);
    if (!response.ok) throw new Error(`POST ${path}: ${await response.text()}`);
    return (await response.json()) as { secret: string };
  };
  await post('/v1/customers', { external_id: name, name, metadata: { plan: 'gold' } });
  const key = { name, role: 'customer', customer_id: name };
  return (await post('/v1/api-keys', key)).secret;
}

async function standingStill<Result>(pid: number, work: () => Promise<Result>): Promise<Result> {
  process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** What follows each change: its seal, and its place in the feed. */
async function untilAtRest(tables: Client): Promise<void> {
  const deadline = performance.now() + 300_000;
  for (;;) {
    const { rows } = await tables.query<{ rest: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM audit_unsealed)
         AND NOT EXISTS (SELECT FROM event_outbox) AS rest`,
    );
    if (rows[0]?.rest) return;
    if (performance.now() > deadline) throw new Error('Waited in vain for the seals of the bench.');
    await pause(200);
  }
}
