// The built service killed with -9 at random moments of random work, for real.
//
// Several deployments are killed side by side, each with a database and a vendor of its own, as
// most of a round is waiting. 20 kills; with SALLYPORT_TEST_LONG=1 there are 200. The seed is told:
// SALLYPORT_TEST_SEED plays the same load and the same moments again, as far as real time allows.

import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createChoice } from '../../../../tools/simulate/choice.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';
import { createLane, type Lane, type LaneFigures, type Launcher } from './crash-lane.ts';
import { makeOperatorKey, startService } from './service-process.ts';
import { startWitnessedAws, type WitnessedAws } from './witnessed-aws.ts';

const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';
const seed = Number(process.env['SALLYPORT_TEST_SEED'] ?? randomInt(1_000_000));
const region = 'us-east-1';
const lanesCount = 4;
const killsTotal = isLong ? 200 : 20;
const killsEach = killsTotal / lanesCount;
const vendors = Array.from({ length: lanesCount }, (_, index) => `10000000000${index}`);

let aws: WitnessedAws;
const databases: TemporaryDatabase[] = [];
const lanes: Lane[] = [];

beforeAll(async () => {
  process.stderr.write(
    `Kills of the service: SALLYPORT_TEST_SEED=${seed}${isLong ? '' : '; 20 of 200 rounds'}\n`,
  );
  const names = Array.from({ length: 8 }, (_, index) => ({ name: `lb-${index}`, region }));
  aws = await startWitnessedAws(
    { accounts: vendors.map((id) => ({ id, loadBalancers: names })) },
    seed,
  );
  // Long enough for many kills to hit between a change of AWS and the record of its outcome.
  aws.simulator.setFault({ name: 'slow', match: { mutating: true }, delayMs: 120 });
  for (const [index, vendor] of vendors.entries()) {
    const database = await temporaryDatabase({ applicationName: 'bystander' });
    databases.push(database);
    const launcher = createLauncher(database, vendor);
    const choice = createChoice(seed * lanesCount + index);
    lanes.push(createLane({ launcher, aws, choice, vendor, region }));
  }
});

afterAll(async () => {
  await Promise.all(lanes.map((lane) => lane.close()));
  await aws?.close();
  await Promise.all(databases.map((database) => database.close()));
});

it('when the service is killed at any moment, nothing is lost or done twice', async () => {
  await Promise.all(lanes.map(play));
  const figures = await Promise.all(lanes.map((lane) => lane.figures()));
  const total = (name: keyof LaneFigures) => figures.reduce((sum, one) => sum + one[name], 0);
  const slowest = Math.max(...figures.map(({ slowestMs }) => slowestMs));
  process.stderr.write(
    `${total('kills')} kills of the service: ${total('changes')} changes ` +
      `acknowledged, ${total('repeated')} of them sent again, ${total('replayed')} replayed; ` +
      `${total('unheard')} changes of AWS unheard of; settled within ${Math.round(slowest)} ms.\n`,
  );
  expect(total('kills')).toBeGreaterThanOrEqual(killsTotal);
}, 900_000);

async function play(lane: Lane): Promise<void> {
  await lane.open();
  for (let kills = 0; kills < killsEach; ) kills += await lane.round();
}

function createLauncher(database: TemporaryDatabase, vendor: string): Launcher {
  const settings = {
    DATABASE_URL: database.connectionString,
    AWS_ENDPOINT_URL: aws.simulator.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: vendor,
    AWS_SECRET_ACCESS_KEY: 'simulator',
  };
  return {
    start: () => startService('all', settings),
    crash: async (service) => {
      await service.end('SIGKILL');
      await untilRolledBack(database);
      // The time of its leases passes at once: takeover.test.ts waits for it.
      await database.query('UPDATE targets SET lease_until = now() WHERE lease_owner LIKE $1', [
        `%/${service.pid}`,
      ]);
      return 'kill -9 of the service';
    },
    key: () => makeOperatorKey(settings),
  };
}

/** What the killed process had sent may still be under way. */
async function untilRolledBack(database: TemporaryDatabase): Promise<void> {
  const sessions = `SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'sallyport'`;
  await expect.poll(() => database.query(sessions), { timeout: 5_000 }).toEqual([]);
}
