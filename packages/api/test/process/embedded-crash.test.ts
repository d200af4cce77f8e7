// The embedded PostgreSQL killed with -9 under the service, at random moments of random work: all
// of its processes, the first of them, or another.
//
// 3 kills; with SALLYPORT_TEST_LONG=1 there are 50. The seed is told, as in crash.test.ts.

import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Choice, createChoice } from '../../../../tools/simulate/choice.ts';
import { stopOrphanedPostgres } from '../../src/storage/postgres/embedded-postgres.ts';
import { findServerProcesses } from '../../src/storage/postgres/embedded/orphans.ts';
import { createLane, type Lane, type Launcher } from './crash-lane.ts';
import { startService } from './service-process.ts';
import { startWitnessedAws, type WitnessedAws } from './witnessed-aws.ts';

const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';
const seed = Number(process.env['SALLYPORT_TEST_SEED'] ?? randomInt(1_000_000));
const killsTotal = isLong ? 50 : 3;
const [region, vendor] = ['us-east-1', '100000000009'];

let aws: WitnessedAws;
let directory: string;
let lane: Lane;

beforeAll(async () => {
  const note = isLong ? '' : `; ${killsTotal} of 50, see test:long`;
  process.stderr.write(`Kills of the embedded server: SALLYPORT_TEST_SEED=${seed}${note}\n`);
  directory = await mkdtemp(join(tmpdir(), 'sallyport-crash-'));
  const loadBalancers = Array.from({ length: 8 }, (_, index) => ({ name: `lb-${index}`, region }));
  aws = await startWitnessedAws({ accounts: [{ id: vendor, loadBalancers }] }, seed);
  aws.simulator.setFault({ name: 'slow', match: { mutating: true }, delayMs: 120 });
  const choice = createChoice(seed);
  lane = createLane({ launcher: createLauncher(choice), aws, choice, vendor, region });
});

afterAll(async () => {
  await lane?.close();
  await aws?.close();
  await stopOrphanedPostgres(join(directory, 'data'));
  await rm(directory, { recursive: true, force: true });
});

it('when its server is killed at any moment, nothing is lost or done twice', async () => {
  await lane.open();
  for (let kills = 0; kills < killsTotal; ) kills += await lane.round();
  const figures = await lane.figures();
  process.stderr.write(
    `${figures.kills} kills of the embedded server: ${figures.changes} changes acknowledged, ` +
      `${figures.repeated} of them sent again, ${figures.replayed} replayed; ` +
      `settled within ${Math.round(figures.slowestMs)} ms.\n`,
  );
  expect(figures.kills).toBeGreaterThanOrEqual(killsTotal);
}, 900_000);

function createLauncher(choice: Choice): Launcher {
  const dataDirectory = join(directory, 'data');
  const settings = {
    SALLYPORT_DATA_DIR: dataDirectory,
    AWS_ENDPOINT_URL: aws.simulator.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: vendor,
    AWS_SECRET_ACCESS_KEY: 'simulator',
  };
  return {
    start: () => startService('all', settings),
    crash: async () => {
      const server = join(dataDirectory, 'postgres');
      const all = await findServerProcesses(server);
      const first = Number((await readFile(join(server, 'postmaster.pid'), 'utf8')).split('\n')[0]);
      const others = all.filter((pid) => pid !== first);
      const [how, killed] = choice.of([
        ['kill -9 of the server', all],
        ['kill -9 of its first process', [first]],
        ['kill -9 of another of its processes', [choice.of(others)]],
      ] as const);
      for (const pid of killed) kill(pid);
      return how;
    },
    key: async () => (await readFile(join(dataDirectory, 'operator.key'), 'utf8')).trim(),
  };
}

/** A process that served a connection may have ended by itself meanwhile. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
