// Three workers and two fronts as processes, on one PostgreSQL of the oldest supported version, in
// a container: they share the work without doing anything twice, the fronts have nothing to speak
// to AWS with, and nobody is told anything wrong while the database stands still.
//
// The database stands still for 6 s; with SALLYPORT_TEST_LONG=1 for 30 s. Without a container
// engine and image this is skipped, and the reason is printed; with SALLYPORT_REQUIRE_DOCKER=1, as
// in CI, that is a failure.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AuditEntry, Customer } from '@sallyport/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChoice } from '../../../../tools/simulate/choice.ts';
import { openDatabase } from '../../src/storage/postgres/database.ts';
import { migrate } from '../../src/storage/postgres/migrations.ts';
import {
  findServerImage,
  type ServerContainer,
  startServerContainer,
} from '../storage/postgres/server-container.ts';
import { checkAudit, checkDeeds, type Scene, settle } from './crash-checks.ts';
import { createLoad } from './crash-load.ts';
import { type Answer, type Inquiry, inquire } from './inquiry.ts';
import { createPersistentClient } from './persistent-client.ts';
import { makeOperatorKey, type ServiceProcess, startService } from './service-process.ts';
import { startWitnessedAws, type WitnessedAws } from './witnessed-aws.ts';

const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';
const stillMs = isLong ? 30_000 : 6_000;
const rounds = isLong ? 10 : 3;
const testMaxMs = 150_000;
/** Nobody is left waiting for as long as the database stands still. */
const refusedInMs = 5_000;
const [region, vendor] = ['us-east-1', '100000000007'];
const names = ['worker-1', 'worker-2', 'worker-3'];
const { image, reason } = await findServerImage();
if (image === undefined) process.stderr.write(`Replicas on PostgreSQL 15: ${reason}\n`);

it('when CI requires a container engine, there is one', () => {
  const isRequired = process.env['SALLYPORT_REQUIRE_DOCKER'] === '1';
  expect(isRequired ? reason : undefined).toBeUndefined();
});

describe.skipIf(image === undefined)(`three workers and two fronts (${image ?? reason})`, () => {
  let directory: string;
  let container: ServerContainer;
  let aws: WitnessedAws;
  let fronts: ServiceProcess[];
  let workers: ServiceProcess[];
  let key: string;
  let scene: Scene;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sallyport-replicas-'));
    const loadBalancers = Array.from({ length: 4 }, (_, n) => ({ name: `lb-${n}`, region }));
    const users = names.map((name) => ({ name, accessKeyId: keyOf(name), secret: name }));
    [container, aws] = await Promise.all([
      startServerContainer(image!),
      startWitnessedAws({ accounts: [{ id: vendor, loadBalancers, users }] }, 1),
    ]);
    await migrateServer(container.connectionString);
    [fronts, workers] = await Promise.all([
      Promise.all([1, 2].map(() => startService('front', frontSettings()))),
      Promise.all(names.map((name) => startService('worker', workerSettings(name)))),
    ]);
    key = await makeOperatorKey(frontSettings());
    let turn = 0;
    const address = () => fronts[turn++ % 2]!.address;
    const client = createPersistentClient({ address, key: () => key }, 'replicas');
    const load = createLoad({ client, aws, choice: createChoice(1), vendor, region });
    scene = { client, load, aws, vendor };
    await load.open();
    await load.play();
    await settle(scene);
  }, testMaxMs);

  afterAll(async () => {
    await container?.unpause().catch(() => {});
    await Promise.all([...(fronts ?? []), ...(workers ?? [])].map((one) => one.end('SIGTERM')));
    await aws?.close();
    await container?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it(
    'when they share the work, nothing is done twice, and each change is audited once',
    async () => {
      for (let round = 0; round < rounds; round++) {
        await scene.load.play();
        await settle(scene);
      }
      checkDeeds(scene);
      await checkAudit(scene.client, scene.client.changes);
      const workedFor = new Set(aws.simulator.calls().map(({ callerArn }) => callerArn));
      expect([...workedFor].filter((arn) => arn?.includes('worker-'))).toHaveLength(3);
    },
    testMaxMs,
  );

  it('when a front looks for credentials of AWS, it finds none', async () => {
    for (const { pid } of fronts) {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
      expect(environment.split('\0').filter((line) => line.startsWith('AWS_'))).toEqual([]);
    }
    expect(await readdir(directory)).toEqual([]);
    // The SDK would ask the instance it runs on last; no test may leave this machine.
    const env = {
      PATH: process.env['PATH'],
      ...frontSettings(),
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const call = `import { STS } from '@aws-sdk/client-sts';
      await new STS({ region: '${region}', endpoint: '${aws.simulator.endpoint}' })
        .getCallerIdentity({});`;
    const cwd = fileURLToPath(new URL('../../../..', import.meta.url));
    const trying = promisify(execFile)(process.execPath, ['--input-type=module', '-e', call], {
      env,
      cwd,
    });
    await expect(trying).rejects.toThrow('CredentialsProviderError');
  });

  it(
    'when the database stands still, nobody is told anything wrong, and soon all is well',
    async () => {
      const inquiries = fronts.map(({ address }, n) =>
        inquire({ address, key, name: `front-${n + 1}` }),
      );
      await Promise.all(inquiries.map((inquiry) => inquiry.untilAnswered()));
      await container.pause();
      const pausedAt = performance.now();
      const unready = Promise.all([...fronts, ...workers].map(untilUnready));
      const tenant = scene.load.tenants.find(({ isIn }) => isIn)!;
      await scene.load.connect(tenant);
      await pause(stillMs - (performance.now() - pausedAt));
      const backAt = performance.now();
      await container.unpause();
      const accepted = untilAccepted(tenant.endpoints.at(-1)!);
      const statuses = await unready;
      await Promise.all(inquiries.map((inquiry) => inquiry.untilAnswered()));
      const servedMs = performance.now() - backAt;
      const workedMs = (await accepted) - backAt;
      await Promise.all(inquiries.map((inquiry) => inquiry.end()));
      process.stderr.write(
        `After ${stillMs} ms without a database, both fronts served again within ` +
          `${Math.round(servedMs)} ms, and a worker accepted a connection within ` +
          `${Math.round(workedMs)} ms. ` +
          `Meanwhile: ${inquiries.map(told).join('; ')}.\n`,
      );
      expect(statuses).toEqual(statuses.map(() => 503));
      expect(servedMs).toBeLessThan(5_000);
      expect(workedMs).toBeLessThan(5_000);
      for (const { answers } of inquiries) checkAnswers(answers, { pausedAt, backAt });
      await checkNothingLost(inquiries.flatMap(({ answers }) => answers));
      await settle(scene);
      checkDeeds(scene);
    },
    testMaxMs,
  );

  /** @returns when */
  async function untilAccepted(vpcEndpointId: string): Promise<number> {
    const accept = /^accept/;
    const isAccepted = () =>
      [...aws.deeds(vendor).keys()].some(
        (deed) => accept.test(deed) && deed.includes(vpcEndpointId),
      );
    await expect.poll(isAccepted, { timeout: 30_000, interval: 10 }).toBe(true);
    return performance.now();
  }

  /** What was acknowledged is there with its audit entry, and nothing has two. */
  async function checkNothingLost(answers: Answer[]): Promise<void> {
    const { client } = scene;
    const customers = await client.list<Customer>('/v1/customers');
    const entries = await client.list<AuditEntry>('/v1/audit-entries');
    const audits = Object.groupBy(entries, ({ request_id: id }) => id ?? '');
    const there = new Set(customers.map(({ external_id: id }) => id));
    for (const { requestId, status } of answers.filter(({ write }) => write)) {
      if (status === 201) expect(there, requestId).toContain(requestId);
      expect(audits[requestId] ?? [], requestId).toHaveLength(there.has(requestId) ? 1 : 0);
    }
  }

  /** Nothing of whoever runs the tests, and a home in which there is nothing. */
  function frontSettings(): Record<string, string> {
    return { DATABASE_URL: container.connectionString, HOME: directory };
  }

  function workerSettings(name: string): Record<string, string> {
    return {
      DATABASE_URL: container.connectionString,
      AWS_ENDPOINT_URL: aws.simulator.endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: keyOf(name),
      AWS_SECRET_ACCESS_KEY: name,
    };
  }
});

interface Standstill {
  pausedAt: number;
  backAt: number;
}

/** What began and ended while there was no database cannot have succeeded, and says so clearly. */
function checkAnswers(answers: Answer[], { pausedAt, backAt }: Standstill): void {
  const meanwhile = answers.filter(
    ({ startedAt, answeredAt }) => startedAt > pausedAt && answeredAt < backAt,
  );
  expect(meanwhile.length).toBeGreaterThan(0);
  for (const { status, retryAfter, body } of meanwhile) {
    expect({ status, retryAfter, code: body['code'] }).toEqual({
      status: 503,
      retryAfter: expect.stringMatching(/^[1-9]$/),
      code: 'unavailable',
    });
  }
  const late = answers.filter(({ startedAt, answeredAt }) => answeredAt - startedAt > refusedInMs);
  expect(late).toEqual([]);
  const others = answers.filter((one) => !meanwhile.includes(one)).map(({ status }) => status);
  expect([200, 201, 503]).toEqual(expect.arrayContaining([...new Set(others)]));
}

/** @returns the first status of its readiness that is no success, or 200 when there was none */
async function untilUnready({ address }: ServiceProcess): Promise<number> {
  const deadline = performance.now() + stillMs;
  while (performance.now() < deadline) {
    const { ok, status } = await fetch(`${address}/readyz`);
    if (!ok) return status;
    await pause(50);
  }
  return 200;
}

function told({ answers }: Inquiry): string {
  const slowest = Math.max(...answers.map(({ startedAt, answeredAt }) => answeredAt - startedAt));
  const counts = Object.entries(Object.groupBy(answers, ({ status }) => status));
  const statuses = counts.map(([status, those]) => `${those!.length} times ${status}`);
  return `${statuses.join(', ')}, the slowest after ${Math.round(slowest)} ms`;
}

/** Migrating a server is somebody's decision, and not a front's. */
async function migrateServer(connectionString: string): Promise<void> {
  const database = openDatabase({ connectionString });
  const directory = fileURLToPath(new URL('../../migrations', import.meta.url));
  await migrate(database, { directory });
  await database.close();
}

function keyOf(name: string): string {
  return `AKIA${name.toUpperCase().replace('-', '')}0000000`;
}
