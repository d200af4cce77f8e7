// Timers that follow the clock of a history: what has come due is done when somebody asks for it.

import type { Timers } from '../../packages/api/src/reconcile/kept-lease.ts';

export interface VirtualTimers extends Timers {
  /** Does what is due, oldest first; what comes due meanwhile is for the next time. */
  fire: () => Promise<void>;
  /** When something is due next, or null. */
  nextMs: () => number | null;
}

interface Timer {
  at: number;
  work: () => unknown;
  everyMs: number | null;
}

export function createVirtualTimers(now: () => Date): VirtualTimers {
  const timers = new Set<Timer>();
  const nowMs = () => now().getTime();
  const add = (ms: number, work: () => unknown, everyMs: number | null) => {
    const timer = { at: nowMs() + ms, work, everyMs };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  return {
    after: (ms, work) => add(ms, work, null),
    every: (ms, work) => add(ms, work, ms),
    nextMs: () => (timers.size === 0 ? null : Math.min(...[...timers].map(({ at }) => at))),
    fire: async () => {
      const due = [...timers].filter(({ at }) => at <= nowMs()).sort((a, b) => a.at - b.at);
      for (const timer of due) {
        if (!timers.has(timer)) continue;
        if (timer.everyMs === null) timers.delete(timer);
        else timer.at = nowMs() + timer.everyMs;
        await timer.work();
      }
    },
  };
}
