// The replicas of a history, on one database: who goes on, and when time passes.
//
// Time passes when nobody can do anything, as in `rounds.ts`; a replica that stalls in the middle
// of what it does stays there from one event to the next.

import type { Clock } from '../../packages/api/test/ambience.ts';
import type { Database } from '../../packages/api/src/storage/postgres/database.ts';
import { nextDueMs } from '../../packages/api/test/reconcile/rounds.ts';
import type { Choice } from './choice.ts';
import type { Replica } from './replica.ts';

export interface Crew {
  replicas: () => Replica[];
  /**
   * Lets so much time pass, with everything that comes due until then; but after so many steps it
   * leaves replicas wherever they are.
   */
  pass: (ms: number, stepsMax?: number) => Promise<void>;
  /** Lets so much time pass at once, and then everything run that has come due. */
  leap: (ms: number) => Promise<void>;
  /** Somebody else may have given them something to do. */
  wake: () => void;
  /** Ends all of them, and starts as many. */
  restart: () => Promise<void>;
}

export interface CrewOptions {
  db: Database;
  clock: Clock;
  choice: Choice;
  size: number;
  /** A new process. @param number counts all that ever were */
  start: (number: number) => Promise<Replica>;
}

/** A target that wants to run again at the same moment so often does nothing useful. */
const stepsAtOnceMax = 3_000;

export async function createCrew(options: CrewOptions): Promise<Crew> {
  const { clock, choice, size, start } = options;
  let started = 0;
  const replicas: Replica[] = [];
  const idle = new Set<Replica>();
  const hire = async () => {
    replicas.push(await start(++started));
  };
  const dismiss = async (replica: Replica) => {
    await replica.die();
    replicas.splice(replicas.indexOf(replica), 1);
    idle.clear();
  };
  for (let count = 0; count < size; count++) await hire();
  const step = async () => {
    const able = replicas.filter((one) => !idle.has(one) && one.stalledUntil() === null);
    if (able.length === 0) return false;
    const replica = choice.of(able);
    // What was frozen may go on before its timers tell it how late it is.
    if (choice.chance(0.7)) await replica.fireTimers();
    const busy = await replica.step();
    if (replica.isDead()) {
      await dismiss(replica);
      await hire();
    } else if (busy && replica.deed() === null) {
      // It may have given others something to do.
      idle.clear();
    } else if (!busy) {
      // What one of them does not find, the others do not find either.
      for (const other of replicas) if (other.deed() === null) idle.add(other);
    }
    return true;
  };
  const exhaust = async (stepsMax = Number.POSITIVE_INFINITY) => {
    let count = 0;
    while (count < stepsMax && (await step())) {
      if (++count === stepsAtOnceMax) throw new Error('A target is due again and again.');
    }
    return count;
  };
  const advanceTo = async (ms: number) => {
    clock.advance(Math.max(0, ms - clock.now().getTime()));
    idle.clear();
    for (const replica of replicas) await replica.fireTimers();
  };
  return {
    replicas: () => [...replicas],
    pass: async (ms, stepsMax = Number.POSITIVE_INFINITY) => {
      const end = clock.now().getTime() + ms;
      for (let left = stepsMax; ; ) {
        left -= await exhaust(left);
        if (left <= 0) return;
        const next = await nextMs(options, replicas);
        if (next === null || next > end) break;
        await advanceTo(next);
      }
      await advanceTo(end);
      await exhaust();
    },
    leap: async (ms) => {
      await advanceTo(clock.now().getTime() + ms);
      await exhaust();
    },
    wake: () => idle.clear(),
    restart: async () => {
      while (replicas[0]) await dismiss(replicas[0]);
      for (let count = 0; count < size; count++) await hire();
    },
  };
}

/** When a target may be claimed, a stall ends, or a timer of a stalled replica is due. */
async function nextMs({ db, clock }: CrewOptions, replicas: Replica[]): Promise<number | null> {
  const due = await nextDueMs(db);
  const stalled = replicas.filter((replica) => replica.stalledUntil() !== null);
  const ends = stalled.flatMap((replica) => [replica.stalledUntil(), replica.nextTimerMs()]);
  const now = clock.now().getTime();
  const later = [due, ...ends].filter((at) => at !== null && at > now);
  return later.length === 0 ? null : Math.min(...(later as number[]));
}
