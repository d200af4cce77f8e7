// The calls that Sallyport makes, counted in the simulator's log, are as few as they can be. The
// formulas are in bounds.ts; docs/aws-calls.md says what is in them, and why.

import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { manageAll } from '../../../src/domain/endpoint-service.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../../storage/postgres/temporary-database.ts';
import { emptyDatabase } from '../shared-database.ts';
import { acceptance, fullRead, idleWatch, onboarding, readEveryMs, type Size } from './bounds.ts';
import { openCrowd, type Crowd } from './crowd.ts';
import { burst, idle, onboard, readAll } from './scenarios.ts';

const long = process.env['SALLYPORT_TEST_LONG'] === '1';
if (!long) {
  process.stderr.write('skipped: the large grid of AWS calls, which is part of test:long only\n');
}

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());

async function crowdOf(size: Size): Promise<Crowd> {
  await emptyDatabase(db);
  const setEnvironment = (variables: Record<string, string | undefined>) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  };
  const crowd = await openCrowd({ db, setEnvironment, size, modes: manageAll });
  onTestFinished(async () => {
    await crowd.close();
    vi.unstubAllEnvs();
  });
  return crowd;
}

const sizeOf = (services: number, principals: number, connections: number): Size => {
  return { services, principals, connections };
};

/** With nothing, with more than a page of each, and with more changes than one run makes. */
const few = [sizeOf(1, 0, 0), sizeOf(1, 1_001, 1_001), sizeOf(3, 100, 1), sizeOf(11, 1, 0)];
const many = [1, 3, 10].flatMap((services) =>
  [0, 1, 100, 501, 1_001].flatMap((principals) =>
    [0, 1, 150, 501].map((connections) => sizeOf(services, principals, connections)),
  ),
);
const timeoutMs = 600_000;

describe.each(long ? many : few)(
  '$services services, $principals principals, $connections connections',
  ({ services, principals, connections }) => {
    it('when each job is done, it takes the least calls', { timeout: timeoutMs }, async () => {
      const size = sizeOf(services, principals, connections);
      const crowd = await crowdOf(size);
      await crowd.stage.pass(3_000);
      // Also the run that finds nothing to change: it makes no call that changes anything.
      expect(await readAll(crowd)).toEqual(fullRead(size));
      expect(await onboard(crowd, 150)).toEqual(onboarding(size, 150));
      const waiting = services > 3 ? 2 : 101;
      expect(await burst(crowd, waiting)).toEqual(acceptance(size, waiting));
      expect(crowd.stage.errors).toEqual([]);
    });
  },
);

describe('when nothing happens', () => {
  const [minutes, size] = long ? [60, sizeOf(10, 501, 150)] : [3, sizeOf(3, 1, 1)];
  it(`for ${minutes} minutes, only the regular reads are made`, {
    timeout: timeoutMs,
  }, async () => {
    const crowd = await crowdOf(size);
    expect(await idle(crowd, minutes * 60_000)).toEqual(idleWatch(size, minutes * 60_000));
  });
});

describe.runIf(long)('a large vendor', { timeout: timeoutMs }, () => {
  it.each([sizeOf(1_000, 1, 1), sizeOf(10, 1_000, 1_000), sizeOf(100, 100, 100)])(
    'when it is as large as %o, the calls are the least',
    async (size) => {
      const crowd = await crowdOf(size);
      await crowd.stage.pass(3_000);
      expect(await readAll(crowd)).toEqual(fullRead(size));
      expect(await onboard(crowd, 1_000)).toEqual(onboarding(size, 1_000));
    },
  );

  it('when 1 000 services are watched, each list is read as seldom as its tier says', async () => {
    const size = sizeOf(1_000, 1, 1);
    const crowd = await crowdOf(size);
    await crowd.stage.pass(60_000);
    const ms = readEveryMs(1_000);
    expect(await idle(crowd, ms)).toEqual(idleWatch(size, ms));
  });

  it('when 1 000 endpoints wait at one service, the calls are the least', async () => {
    const size = sizeOf(1, 1_000, 1_000);
    const crowd = await crowdOf(size);
    await crowd.stage.pass(3_000);
    expect(await burst(crowd, 1_000)).toEqual(acceptance(size, 1_000));
  });
});
