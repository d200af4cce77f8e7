// The worker: who may run a target, what becomes of a run that is overtaken, fails or is stopped.

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { principalsTarget } from '../../src/domain/target.ts';
import { arrive } from '../../src/reconcile/arrival.ts';
import { leaseMs } from '../../src/reconcile/kept-lease.ts';
import { startLoop } from '../../src/reconcile/loop.ts';
import { claimDueTargets, runTarget, type WorkerOptions } from '../../src/reconcile/worker.ts';
import type { Lease } from '../../src/storage/targets.ts';
import { DatabaseUnavailableError } from '../../src/storage/postgres/errors.ts';
import * as targets from '../../src/storage/targets.ts';
import * as grants from '../../src/usecases/grants.ts';
import { acme, globex, letIn, rootArn, serviceOnStage, stagesOfFile } from './harness.ts';
import { awsFailure } from './hooked-aws.ts';
import { mortal } from './mortality.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const never = new AbortController().signal;
const change = 'ModifyVpcEndpointServicePermissions ok';

interface TargetRow {
  fence: number;
  failures: number;
  dueAt: Date;
  leaseOwner: string | null;
  report: Record<string, unknown>;
}

/** The target of the one service's allowlist. */
async function row({ db }: Stage): Promise<TargetRow> {
  const [found] = await db.query<TargetRow>(`SELECT * FROM targets WHERE kind = 'principals'`);
  return found!;
}

/** Claims what is due and gives the lease on the allowlist; what else was due is run. */
async function claimPrincipals(stage: Stage, worker: WorkerOptions): Promise<Lease> {
  const leases = await claimDueTargets(worker, 100);
  for (const lease of leases) {
    if (lease.kind !== 'principals') await runTarget(worker, lease, never);
  }
  return leases.find(({ kind }) => kind === 'principals')!;
}

function secondWorker({ worker }: Stage): WorkerOptions {
  return { ...worker, name: 'worker-2' };
}

/** Runs the work when the first call of this name comes, and before it goes on. */
function stallBefore(stage: Stage, name: string, work: () => Promise<unknown>): void {
  let stalled = false;
  stage.hooks.before = async (call) => {
    if (call.name !== name || stalled) return;
    stalled = true;
    await work();
  };
}

describe('a worker that stalls for longer than its lease', () => {
  it('when another one has done the work, nothing of its late run is recorded', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    stallBefore(stage, 'listPrincipals', async () => {
      stage.clock.advance(20_000);
      await stage.round(secondWorker(stage));
    });
    const lease = await claimPrincipals(stage, stage.worker);
    await runTarget(stage.worker, lease, never);
    const { fence, report, leaseOwner } = await row(stage);
    expect(fence).toBe(lease.fence + 1);
    expect(leaseOwner).toBeNull();
    expect(report).toMatchObject({ plan: { add: [rootArn(acme)] } });
    expect(stage.glance.ourChanges().filter((call) => call === change)).toHaveLength(1);
    expect(stage.errors).toEqual([]);
  });

  it('when its read is from before the work of another one, the read is not recorded', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    let stalled = false;
    stage.hooks.after = async ({ name }) => {
      if (name !== 'listPrincipals' || stalled) return;
      stalled = true;
      stage.clock.advance(20_000);
      await stage.pass(3_000, secondWorker(stage));
    };
    await runTarget(stage.worker, await claimPrincipals(stage, stage.worker), never);
    const entries = await stage.db.query('SELECT owned, observed, missed_reads FROM principals');
    expect(entries).toEqual([{ owned: true, observed: true, missedReads: 0 }]);
    expect(stage.glance.ourChanges().filter((call) => call === change)).toHaveLength(1);
    expect(stage.errors).toEqual([]);
  });

  it('when it stalls before its change, the change lands late and does no harm', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    stallBefore(stage, 'changePrincipals', async () => {
      stage.clock.advance(20_000);
      await stage.pass(3_000, secondWorker(stage));
    });
    await runTarget(stage.worker, await claimPrincipals(stage, stage.worker), never);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
    await stage.pass(65_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
    const effects = await stage.db.query(`SELECT outcome FROM effects WHERE finished_at IS NULL`);
    expect(effects).toEqual([]);
  });

  it('when the grant ended meanwhile, its late addition is taken back', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { grant } = await letIn(stage, service, acme);
    stallBefore(stage, 'changePrincipals', async () => {
      stage.clock.advance(20_000);
      await stage.change((context) => grants.remove(context, grant.id));
      await stage.pass(3_000, secondWorker(stage));
    });
    await runTarget(stage.worker, await claimPrincipals(stage, stage.worker), never);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
    await stage.pass(65_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  });
});

describe('a worker that dies', () => {
  it.each([
    ['before its call', 0, ['unknown', 'done']],
    ['after its call', 1, ['unknown']],
  ])('when that is %s, its effect ends as unknown', async (_, later, outcomes) => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const undisturbed = mortal(stage.worker);
    await letIn(stage, service, acme);
    await runTarget(undisturbed.worker, await claimPrincipals(stage, stage.worker), never);
    const moment = undisturbed.life.deeds.indexOf('changePrincipals') + later;
    await stage.pass(2_000);
    await letIn(stage, service, globex);
    const { worker } = mortal(stage.worker, moment);
    await runTarget(worker, await claimPrincipals(stage, stage.worker), never);
    await stage.pass(18_000, secondWorker(stage));
    expect(stage.glance.allowlist(service.serviceId)).toEqual([acme, globex].map(rootArn));
    const effects = await stage.db.query<{ outcome: string }>(
      `SELECT outcome FROM effects WHERE action = 'change_principals' ORDER BY id`,
    );
    expect(effects.map(({ outcome }) => outcome)).toEqual(['done', ...outcomes]);
  });

  it('when its lease has not ended, nobody else runs the target', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    const { worker } = mortal(stage.worker, 0);
    const lease = await claimPrincipals(stage, stage.worker);
    await runTarget(worker, lease, never);
    await stage.pass(leaseMs - 1_000, secondWorker(stage));
    expect(await row(stage)).toMatchObject({ fence: lease.fence, leaseOwner: 'worker-1' });
    await stage.pass(2_000, secondWorker(stage));
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  });
});

it('when a worker begins and nobody else can be at work, no target waits for a lease', async () => {
  const stage = await stageOfTest();
  const { now } = stage.clock;
  await targets.nudge(stage.db, [principalsTarget('svc_1')], now());
  const held = await claimDueTargets(stage.worker, 100);
  await arrive({ db: stage.db, now, makeId: stage.makeId });
  expect(await claimDueTargets(secondWorker(stage), 100)).toEqual([]);
  await arrive({ db: stage.db, now, makeId: stage.makeId, alone: true });
  expect(await claimDueTargets(secondWorker(stage), 100)).toHaveLength(held.length);
});

describe('a run that fails', () => {
  /** Seconds between the failures of the allowlist, as long as all its reads fail. */
  async function pauses(stage: Stage, failure: Error, runs: number): Promise<number[]> {
    const { service } = await serviceOnStage(stage);
    const times: number[] = [];
    stage.hooks.before = ({ name }) => {
      if (name !== 'listPrincipals') return;
      times.push(stage.clock.now().getTime());
      throw failure;
    };
    await targets.nudge(stage.db, [principalsTarget(service.id)], stage.clock.now());
    while (times.length <= runs) await stage.pass(5_000);
    return times.slice(1, runs + 1).map((time, index) => (time - times[index]!) / 1_000);
  }

  it('when AWS is not there, it pauses for longer each time, up to a minute', async () => {
    const stage = await stageOfTest();
    const failure = awsFailure('unavailable', 'ECONNREFUSED');
    expect(await pauses(stage, failure, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(await row(stage)).toMatchObject({ report: { error: 'ECONNREFUSED' } });
  });

  it('when AWS throttles, it pauses for much longer', async () => {
    const stage = await stageOfTest();
    const failure = awsFailure('throttled', 'RequestLimitExceeded');
    expect(await pauses(stage, failure, 5)).toEqual([5, 10, 20, 40, 60]);
  });

  it('when the cause is ours, it is told as such, and the others run as ever', async () => {
    const stage = await stageOfTest();
    expect(await pauses(stage, new Error('a defect'), 2)).toEqual([1, 2]);
    expect(await row(stage)).toMatchObject({ report: { error: 'internal_error' } });
    expect(stage.errors).toContainEqual(new Error('a defect'));
    const [others] = await stage.db.query<{ failures: number }>(
      `SELECT sum(failures)::int AS failures FROM targets WHERE kind <> 'principals'`,
    );
    expect(others).toEqual({ failures: 0 });
  });

  it('when AWS is well again, the pauses are forgotten', async () => {
    const stage = await stageOfTest();
    await pauses(stage, awsFailure('unavailable', 'ECONNREFUSED'), 3);
    stage.hooks.before = () => undefined;
    await stage.pass(20_000);
    expect(await row(stage)).toMatchObject({ failures: 0 });
    expect((await row(stage)).report).not.toHaveProperty('error');
  });
});

describe('a nudge', () => {
  it('when it comes during a run, the target runs again at once', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    stallBefore(stage, 'listPrincipals', () => letIn(stage, service, acme));
    await targets.nudge(stage.db, [principalsTarget(service.id)], stage.clock.now());
    await stage.round();
    const { dueAt } = await row(stage);
    expect(dueAt).toEqual(stage.clock.now());
    await stage.round();
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  });
});

describe('two workers', () => {
  it('when many targets are due, each is run by one of them at a time', async () => {
    const stage = await stageOfTest();
    const account = await stage.operator.providerAccount();
    for (let i = 0; i < 12; i++) {
      const serviceId = await stage.hands.makeService([rootArn(acme)]);
      await stage.operator.register(account, serviceId, { principals: 'manage' });
    }
    stage.hooks.before = () => turn();
    const running = new Set<string>();
    const ran = new Map<string, number>();
    const work = async (name: string) => {
      const worker = { ...stage.worker, name };
      for (let claimed = -1; claimed !== 0; ) {
        const leases = await claimDueTargets(worker, 3);
        claimed = leases.length;
        await Promise.all(leases.map((lease) => runAlone(worker, lease, running, ran)));
      }
    };
    await Promise.all([work('worker-1'), work('worker-2')]);
    // They are looked at anew when a service shows entries that other hands have made.
    expect(ran.delete('alarms database')).toBe(true);
    expect([...ran.values()]).toEqual(Array.from({ length: 26 }, () => 1));
    const [read] = await stage.db.query<{ count: number }>(
      'SELECT count(*) FROM endpoint_services WHERE principals_read_at IS NOT NULL',
    );
    expect(read).toEqual({ count: 12 });
    expect(stage.errors).toEqual([]);
  });

  async function runAlone(
    worker: WorkerOptions,
    lease: Lease,
    running: Set<string>,
    ran: Map<string, number>,
  ): Promise<void> {
    const target = `${lease.kind} ${lease.key}`;
    expect(running.has(target), `${target} is run twice at once`).toBe(false);
    running.add(target);
    ran.set(target, (ran.get(target) ?? 0) + 1);
    await runTarget(worker, lease, never);
    running.delete(target);
  }
});

describe('a worker whose database goes away for a moment', () => {
  it('when it is back, the target is given back, and no failure of AWS is counted', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    const lease = await claimPrincipals(stage, stage.worker);
    const { db, isAway } = leavingDatabase(stage.db);
    stage.hooks.before = async ({ name }) => {
      if (name !== 'listPrincipals') return;
      isAway.now = true;
      setTimeout(() => (isAway.now = false), 400);
    };
    await runTarget({ ...stage.worker, db }, lease, never);
    const given = await row(stage);
    expect(given).toMatchObject({ leaseOwner: null, failures: 0 });
    expect(given.dueAt).toEqual(stage.clock.now());
  });

  function leavingDatabase(real: Stage['db']) {
    const isAway = { now: false };
    const unlessAway = () => {
      if (isAway.now) throw new DatabaseUnavailableError(new Error('away'));
    };
    const db: Stage['db'] = {
      ...real,
      query: async (...request) => {
        unlessAway();
        return real.query(...request);
      },
      transaction: async (work) => {
        unlessAway();
        return real.transaction(work);
      },
    };
    return { db, isAway };
  }
});

describe('a worker that is told to stop', () => {
  it('when a call is under way, the call is aborted and the target given back', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    const stop = new AbortController();
    stage.hooks.before = ({ name, args }) => {
      if (name !== 'changePrincipals') return undefined;
      stop.abort();
      expect((args.at(-1) as AbortSignal).aborted).toBe(true);
      return undefined;
    };
    await runTarget(stage.worker, await claimPrincipals(stage, stage.worker), stop.signal);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
    const given = await row(stage);
    expect(given).toMatchObject({ leaseOwner: null, failures: 0, report: { error: 'AbortError' } });
    expect(given.dueAt).toEqual(stage.clock.now());
    const effects = await stage.db.query(
      `SELECT outcome FROM effects WHERE action = 'change_principals'`,
    );
    expect(effects).toEqual([{ outcome: 'unknown' }]);
    expect(stage.errors).toEqual([]);
    stage.hooks.before = () => undefined;
    await stage.pass(3_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  });

  it('when its loop is stopped, what runs ends first and nothing more is claimed', async () => {
    const stage = await stageOfTest();
    const account = await stage.operator.providerAccount();
    await stage.operator.service(account);
    const { promise: called, resolve: call } = Promise.withResolvers<void>();
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    stage.hooks.before = async ({ name }) => {
      if (name !== 'listServices') return;
      call();
      await answered;
    };
    const loop = startLoop(stage.worker);
    await called;
    const stopped = loop.stop();
    answer();
    await stopped;
    // A claim that was under way when it was told to stop may still end; one after that may not.
    await targets.nudge(stage.db, [principalsTarget('svc_late')], stage.clock.now());
    expect(stage.glance.serviceIds()).toHaveLength(1);
    const held = await stage.db.query('SELECT key FROM targets WHERE lease_owner IS NOT NULL');
    expect(held).toEqual([]);
    const late = await stage.db.query(`SELECT key FROM targets WHERE key = 'svc_late'`);
    expect(late).toHaveLength(1);
  });
});
