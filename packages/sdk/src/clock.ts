// The passage of time as the SDK sees it. Tests bring their own; everybody else gets the system's.

import { untilAborted } from './abort.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects at once with the signal's reason when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls back once after `ms`; the function returned cancels that. */
  after(ms: number, callback: () => void): () => void;
}

/** setTimeout fires at once for anything longer than this, so a longer wait is cut to it. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
  sleep: (ms, signal) => {
    let cancel = () => {};
    const rest = () => new Promise<void>((done) => (cancel = systemClock.after(ms, done)));
    return untilAborted(signal, rest).finally(() => cancel());
  },
};
