// One replica of the worker, which stops before everything that it does and goes on when it is told
// to: so that the seed says how replicas interleave, and where one of them stalls or dies.
//
// It stops outside of transactions only. What PostgreSQL does inside of them it serialises itself.

import type { Lease } from '../../packages/api/src/storage/targets.ts';
import type { Database } from '../../packages/api/src/storage/postgres/database.ts';
import {
  claimDueTargets,
  runTarget,
  type WorkerOptions,
} from '../../packages/api/src/reconcile/worker.ts';
import type { Clock } from '../../packages/api/test/ambience.ts';
import { Died } from '../../packages/api/test/reconcile/mortality.ts';
import { troubledAws, type Trouble } from './trouble.ts';
import { createVirtualTimers } from './virtual-timers.ts';

export interface Replica {
  name: string;
  /** The target that it works on, or null. */
  lease: () => Lease | null;
  /** What it is about to do, or null when it is idle. */
  deed: () => string | null;
  /** Goes on until it stops again, or claims and finds nothing. @returns whether it did anything */
  step: () => Promise<boolean>;
  /**
   * Until then it does nothing. One that is frozen as a whole misses its timers too, and so loses
   * its lease; one that only waits for an answer keeps it.
   */
  stall: (untilMs: number, frozen: boolean) => void;
  stalledUntil: () => number | null;
  /** Does what its timers say, unless it is frozen. */
  fireTimers: () => Promise<void>;
  nextTimerMs: () => number | null;
  /** Does nothing more, ever. What it had sent or committed stays. */
  die: () => Promise<void>;
  /** Dies before it has done so many more things. */
  dieAfter: (deeds: number) => void;
  isDead: () => boolean;
}

export interface ReplicaOptions {
  worker: WorkerOptions;
  clock: Clock;
  trouble: Trouble;
  /**
   * Told of each transaction of a run that may have stored an intent, when it is over and before
   * anybody else goes on.
   */
  onTransaction: (lease: Lease) => Promise<void>;
  /** Told of a death that `dieAfter` has brought. */
  onDeath: (replica: Replica) => Promise<void>;
}

interface Life {
  lease: Lease | null;
  deed: string | null;
  go: (() => void) | null;
  stopped: () => void;
  job: Promise<void> | null;
  found: boolean;
  dead: boolean;
  deedsLeft: number;
  stall: { untilMs: number; frozen: boolean } | null;
  inTimer: boolean;
}

export function createReplica(told: ReplicaOptions): Replica {
  const { worker, clock, trouble, onTransaction, onDeath } = told;
  const life: Life = {
    lease: null,
    deed: null,
    go: null,
    stopped: () => {},
    job: null,
    found: false,
    dead: false,
    deedsLeft: Number.POSITIVE_INFINITY,
    stall: null,
    inTimer: false,
  };
  const timers = createVirtualTimers(clock.now);
  const before = async (deed: string) => {
    if (life.inTimer) return;
    if (!life.dead && life.deedsLeft-- <= 0) await expire();
    if (!life.dead) await stop(life, deed);
    if (life.dead) throw new Died(`${worker.name} died before ${deed}.`);
  };
  const after = async () => {
    if (life.lease) await onTransaction(life.lease);
  };
  const options: WorkerOptions = {
    ...worker,
    timers,
    db: stoppingDatabase(worker.db, before, after),
    aws: troubledAws(worker.aws, { trouble, before, lease: () => life.lease }),
    onError: (message, error) => {
      if (!life.dead) worker.onError(message, error);
    },
  };
  const expire = async () => {
    life.dead = true;
    await onDeath(replica);
  };
  const replica: Replica = {
    name: worker.name,
    lease: () => life.lease,
    deed: () => life.deed,
    step: () => goOn(life, () => round(life, options)),
    stall: (untilMs, frozen) => (life.stall = { untilMs, frozen }),
    stalledUntil: () => stalledUntil(life, clock),
    fireTimers: () => fireTimers(life, clock, timers.fire),
    nextTimerMs: () => (life.dead ? null : timers.nextMs()),
    die: async () => {
      life.dead = true;
      if (life.go) await goOn(life, () => Promise.resolve());
      await life.job;
    },
    dieAfter: (deeds) => (life.deedsLeft = deeds),
    isDead: () => life.dead,
  };
  return replica;
}

/** Claims one target and runs it. */
async function round(life: Life, options: WorkerOptions): Promise<void> {
  try {
    const [lease] = await claimDueTargets(options, 1);
    life.found = lease !== undefined;
    if (!lease) return;
    life.lease = lease;
    await runTarget(options, lease, new AbortController().signal);
  } catch (error) {
    if (!life.dead) throw error;
  } finally {
    life.lease = null;
  }
}

/** @returns whether it did anything but find nothing to do */
async function goOn(life: Life, start: () => Promise<void>): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  life.stopped = resolve;
  life.found = true;
  life.deed = null;
  const { go } = life;
  life.go = null;
  if (go) {
    go();
  } else {
    life.job = start()
      .catch(reject)
      .finally(() => {
        life.job = null;
        life.stopped();
      });
  }
  await promise;
  return life.found;
}

function stop(life: Life, deed: string): Promise<void> {
  return new Promise((resolve) => {
    life.deed = deed;
    life.go = resolve;
    life.stopped();
  });
}

function stalledUntil(life: Life, clock: Clock): number | null {
  if (life.stall && life.stall.untilMs <= clock.now().getTime()) life.stall = null;
  return life.stall?.untilMs ?? null;
}

async function fireTimers(life: Life, clock: Clock, fire: () => Promise<void>): Promise<void> {
  if (life.dead || (stalledUntil(life, clock) !== null && life.stall?.frozen)) return;
  life.inTimer = true;
  await fire();
  life.inTimer = false;
}

function stoppingDatabase(
  db: Database,
  before: (deed: string) => Promise<void>,
  after: () => Promise<void>,
): Database {
  return {
    ...db,
    query: async (...request) => {
      await before('query');
      return db.query(...request);
    },
    transaction: async (work) => {
      await before('transaction');
      let names = false;
      const result = await db.transaction((tx) =>
        work({
          query: (text, ...rest) => {
            names ||= text.includes('effects');
            return tx.query(text, ...rest);
          },
        }),
      );
      if (names) await after();
      return result;
    },
  };
}
