// Work that a process does again and again beside its requests, until it stops.

import { setTimeout as pause } from 'node:timers/promises';

export interface RepeatedWork {
  /** The signal is aborted when it is to stop; the work is then waited for. */
  work: (stopping: AbortSignal) => Promise<unknown>;
  onError: (error: unknown) => void;
  /** Milliseconds between one time and the next. */
  restMs: number;
  /** The same after one that failed; `restMs` unless given. */
  brokenMs?: number;
  /** Whether a rest keeps the process alive. Default true. */
  ref?: boolean;
}

/** Begins at once. @returns what stops it */
export function repeat(repeated: RepeatedWork): () => Promise<void> {
  const { work, onError, restMs, brokenMs = restMs, ref = true } = repeated;
  const stopping = new AbortController();
  const { signal } = stopping;
  const keepWorking = async () => {
    while (!signal.aborted) {
      let nextMs = restMs;
      await work(signal).catch((error: unknown) => {
        onError(error);
        nextMs = brokenMs;
      });
      await pause(nextMs, undefined, { signal, ref }).catch(() => {});
    }
  };
  const ended = keepWorking();
  return async () => {
    stopping.abort();
    await ended;
  };
}
