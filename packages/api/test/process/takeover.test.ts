// Two workers and a front as processes: one of the workers ends in the middle of a change of AWS,
// killed or told to stop, and the other one goes on.

import { setTimeout as pause } from 'node:timers/promises';
import type { Effect } from '@sallyport/sdk';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createChoice } from '../../../../tools/simulate/choice.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';
import { checkDeeds, settle } from './crash-checks.ts';
import { createLoad, type Load } from './crash-load.ts';
import { createPersistentClient, type PersistentClient } from './persistent-client.ts';
import { makeOperatorKey, type ServiceProcess, startService } from './service-process.ts';
import { startWitnessedAws, type WitnessedAws } from './witnessed-aws.ts';

const [region, vendor] = ['us-east-1', '100000000008'];

let aws: WitnessedAws;
let database: TemporaryDatabase;
let front: ServiceProcess;
let workers: ServiceProcess[];
let client: PersistentClient;
let load: Load;

beforeAll(async () => {
  const loadBalancers = [{ name: 'api', region }];
  aws = await startWitnessedAws({ accounts: [{ id: vendor, loadBalancers }] }, 1);
  database = await temporaryDatabase();
  const settings = { DATABASE_URL: database.connectionString };
  front = await startService('front', settings);
  workers = [await startWorker()];
  const key = await makeOperatorKey(settings);
  client = createPersistentClient({ address: () => front.address, key: () => key }, 'takeover');
  load = createLoad({ client, aws, choice: createChoice(1), vendor, region });
  await load.open();
  await settle({ client, load, aws, vendor });
}, 120_000);

/** Each test ends one of the two. */
beforeEach(async () => {
  workers.push(await startWorker());
});

afterEach(() => {
  aws.simulator.simulation.faults.clear();
});

afterAll(async () => {
  await Promise.all([front, ...(workers ?? [])].map((one) => one?.end('SIGTERM')));
  await aws?.close();
  await database?.close();
});

it('when a worker is killed amid a change of AWS, another one goes on within 15 s', async () => {
  aws.simulator.setFault({ name: 'slow', match: { action: modify }, delayMs: 5_000 });
  const { worker, playing, changes } = await workerAmidChange();
  await worker.end('SIGKILL');
  const killedAt = performance.now();
  aws.simulator.simulation.faults.clear();
  await playing;
  await settle({ client, load, aws, vendor });
  const seconds = (performance.now() - killedAt) / 1_000;
  process.stderr.write(`Another worker went on ${seconds.toFixed(1)} s after a kill.\n`);
  expect(seconds).toBeLessThan(15);
  checkDeeds({ client, load, aws, vendor });
  expect(await outcomesSince(changes)).toContain('unknown');
});

it('when a worker is told to stop, it ends the change that is under way', async () => {
  aws.simulator.setFault({ name: 'slow', match: { action: modify }, delayMs: 1_500 });
  const { code, seconds, changes } = await stopAmidChange();
  expect(code).toBe(0);
  expect(seconds).toBeLessThan(4);
  await settle({ client, load, aws, vendor });
  checkDeeds({ client, load, aws, vendor });
  expect(new Set(await outcomesSince(changes))).toEqual(new Set(['done']));
});

it('when AWS does not answer either, it gives up, and another one goes on at once', async () => {
  aws.simulator.setFault({ name: 'mute', match: { action: modify }, answer: 'silence', times: 1 });
  const { code, seconds, endedAt, fence, changes } = await stopAmidChange();
  expect(code).toBe(0);
  expect(seconds).toBeLessThan(8);
  await expect.poll(async () => (await allowlist()).fence, often).toBeGreaterThan(fence);
  const gap = (performance.now() - endedAt) / 1_000;
  process.stderr.write(`Another worker went on ${gap.toFixed(1)} s after one had stopped.\n`);
  expect(gap).toBeLessThan(2);
  await settle({ client, load, aws, vendor });
  checkDeeds({ client, load, aws, vendor });
  expect(await outcomesSince(changes)).toContain('unknown');
});

const modify = 'ModifyVpcEndpointServicePermissions';

const often = { timeout: 10_000, interval: 10 };

interface AmidChange {
  worker: ServiceProcess;
  /** Of its claim. */
  fence: number;
  /** How many changes of the allowlist there were before. */
  changes: number;
  /** Resolves when everything that is wanted is acknowledged. */
  playing: Promise<void>;
}

/** Lets customers in, and waits until a worker has sent what that takes. */
async function workerAmidChange(): Promise<AmidChange> {
  const changes = (await outcomesSince(0)).length;
  const before = aws.changes(vendor).filter(isModify).length;
  const playing = load.play();
  await expect
    .poll(() => aws.changes(vendor).filter(isModify).length, often)
    .toBeGreaterThan(before);
  const { leaseOwner, fence } = await allowlist();
  const index = workers.findIndex(({ pid }) => leaseOwner?.endsWith(`/${pid}`));
  expect(index).toBeGreaterThanOrEqual(0);
  const [worker] = workers.splice(index, 1);
  return { worker: worker!, fence, changes, playing };
}

async function stopAmidChange() {
  const { worker, playing, ...amid } = await workerAmidChange();
  const startedAt = performance.now();
  const tooLate = pause(20_000).then(() => ({ code: null }));
  const { code } = await Promise.race([worker.end('SIGTERM'), tooLate]);
  const endedAt = performance.now();
  await playing;
  return { ...amid, code, endedAt, seconds: (endedAt - startedAt) / 1_000 };
}

/** The target of the one service's allowlist. */
async function allowlist(): Promise<{ leaseOwner: string | null; fence: number }> {
  const rows = await database.query<{ leaseOwner: string | null; fence: number }>(
    `SELECT lease_owner, fence FROM targets WHERE kind = 'principals'`,
  );
  return rows[0]!;
}

function isModify({ record }: { record: { action: string | null } }): boolean {
  return record.action === modify;
}

/** What came of changes of the allowlist, but for the first ones. */
async function outcomesSince(count: number): Promise<string[]> {
  const effects = await client.list<Effect>('/v1/effects');
  const changes = effects.filter(({ action }) => action === 'change_principals');
  return changes.slice(0, changes.length - count).map(({ outcome }) => outcome);
}

function startWorker(): Promise<ServiceProcess> {
  return startService('worker', {
    DATABASE_URL: database.connectionString,
    AWS_ENDPOINT_URL: aws.simulator.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: vendor,
    AWS_SECRET_ACCESS_KEY: 'simulator',
  });
}
