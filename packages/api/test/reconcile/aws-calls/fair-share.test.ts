// Several workers within AWS's real request rates: nobody is refused, and who wants little does not
// wait for who wants much.

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAws } from '../../../src/aws/aws.ts';
import { manageAll } from '../../../src/domain/endpoint-service.ts';
import { createCallBudget, usualPatienceMs } from '../../../src/reconcile/call-budget.ts';
import { startLoop } from '../../../src/reconcile/loop.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../../storage/postgres/temporary-database.ts';
import { region } from '../other-hands.ts';
import { emptyDatabase } from '../shared-database.ts';
import type { Stage } from '../stage.ts';
import { customerAccount, openCrowd, otherAccount, type Crowd } from './crowd.ts';

const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';
if (!isLong) {
  process.stderr.write('skipped: the burst at ten services, which is part of test:long only\n');
}
const workersCount = 3;

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase({ poolSize: 12 });
});
afterAll(() => db.close());

async function crowdOf(services: number): Promise<Crowd> {
  await emptyDatabase(db);
  const size = { services, principals: 0, connections: 0 };
  const setEnvironment = (variables: Record<string, string | undefined>) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  };
  const simulator = { throttling: 'aws' as const };
  const crowd = await openCrowd({ db, setEnvironment, size, modes: manageAll, simulator });
  onTestFinished(async () => {
    await crowd.close();
    vi.unstubAllEnvs();
  });
  return crowd;
}

/**
 * Each with clients and a budget of its own, which share nothing but the database, and the loop of
 * the real process. The clock of the stage goes as the real one does.
 */
function startWorkers({ worker, clock, simulator }: Stage): void {
  let lastMs = performance.now();
  const ticking = setInterval(() => {
    const passedMs = Math.floor(performance.now() - lastMs);
    clock.advance(passedMs);
    lastMs += passedMs;
  }, 5);
  const loops = Array.from({ length: workersCount }, (_, index) => {
    const budget = createCallBudget({ db, now: clock.now, patienceMs: usualPatienceMs });
    const aws = createAws({ region, now: clock.now, stsEndpoint: simulator.endpoint, budget });
    const loop = startLoop({ ...worker, name: `worker-${index}`, aws });
    return { stop: () => loop.stop().finally(() => aws.close()) };
  });
  onTestFinished(async () => {
    await Promise.all(loops.map(({ stop }) => stop()));
    clearInterval(ticking);
  });
}

/** @returns after how many milliseconds of the stage's time it is so */
async function until({ clock }: Stage, isSo: () => boolean | Promise<boolean>): Promise<number> {
  const startMs = clock.now().getTime();
  const passedMs = () => clock.now().getTime() - startMs;
  while (!(await isSo())) {
    if (passedMs() > 120_000) throw new Error('It has not come to be so for two minutes.');
    await pause(10);
  }
  return passedMs();
}

/** One customer is let in by many roles at each service, and then another by one at the last. */
async function burst(services: number, roles: number) {
  const crowd = await crowdOf(services);
  const { stage } = crowd;
  startWorkers(stage);
  await until(stage, async () => {
    const unread = 'SELECT 1 AS one FROM endpoint_services WHERE principals_read_at IS NULL';
    return (await db.query(unread)).length === 0;
  });
  const [many, one] = [await stage.operator.customer('many'), await stage.operator.customer('one')];
  await stage.operator.attest(many, customerAccount);
  await stage.operator.attest(one, otherAccount);
  const roleNames = Array.from({ length: roles }, (_, n) => `role-${n}`);
  for (const service of crowd.services) await stage.operator.grant(many, service, { roleNames });
  const last = crowd.services.at(-1)!;
  const isListed = (arn: string) => stage.glance.allowlist(last.serviceId).includes(arn);
  await stage.operator.grant(one, last);
  const waitedMs = await until(stage, () => isListed(`arn:aws:iam::${otherAccount}:root`));
  const all = services * roles + 1;
  const restMs = await until(stage, () => {
    const lists = crowd.services.map(({ serviceId }) => stage.glance.allowlist(serviceId));
    return lists.flat().length === all;
  });
  const calls = stage.simulator.calls();
  const count = (name: string) => calls.filter(({ action }) => action === name).length;
  process.stderr.write(
    `${services} services × ${roles} roles: the one entry took ${waitedMs} ms, all others ` +
      `${restMs} ms more; ${count('ModifyVpcEndpointServicePermissions')} changes, ` +
      `${count('CreateTags')} marks, ${count('DescribeVpcEndpointServicePermissions')} reads\n`,
  );
  return { waitedMs, refused: calls.filter(({ outcome }) => outcome !== 'ok') };
}

describe('one customer with a thousand principals, and another with one', () => {
  it('when it is at one service, AWS refuses nothing, and the one waits little', async () => {
    const { waitedMs, refused } = await burst(1, 1_000);
    expect(refused).toEqual([]);
    expect(waitedMs).toBeLessThanOrEqual(5_000);
  });

  it.runIf(isLong)(
    'when it is at ten services, the same holds',
    async () => {
      const { waitedMs, refused } = await burst(10, 1_000);
      expect(refused).toEqual([]);
      expect(waitedMs).toBeLessThanOrEqual(5_000);
    },
    300_000,
  );
});
