// Calls that wait for something to happen in the world, such as a long poll for a message. They do
// not look for it: whatever makes it happen wakes them, in the order they came. When a wait is over
// is measured on the world's clock, so somebody has to look at it while anybody waits.

export interface Waiter {
  /** What it waits for, for example the ARN of a queue. */
  readonly key: string;
  /** When it gives up, in milliseconds since 1970. */
  readonly deadline: number;
  /** Called when it may have happened; false when there was nothing for this waiter. */
  wake(): boolean;
  /** Called once when the wait is over without it. */
  end(): void;
}

export interface Waits {
  readonly size: number;
  /** Returns how to stop waiting, which may be called more than once. */
  add(waiter: Waiter): () => void;
  /** Wakes those that wait for the key, until there is nothing left for one of them. */
  wake(key: string, now: number): void;
  /** Ends the waits whose deadline is reached. */
  endDue(now: number): void;
  /** Ends every wait for the key. */
  endFor(key: string): void;
  endAll(): void;
  /** @param watcher told when somebody begins to wait, and when nobody waits any more. */
  watch(watcher: (somebody: boolean) => void): void;
}

export function createWaits(): Waits {
  const byKey = new Map<string, Set<Waiter>>();
  const waking = new Set<string>();
  let watcher: (somebody: boolean) => void = () => undefined;
  let size = 0;
  const remove = (waiter: Waiter) => {
    const waiting = byKey.get(waiter.key);
    if (!waiting?.delete(waiter)) return;
    if (waiting.size === 0) byKey.delete(waiter.key);
    size -= 1;
    if (size === 0) watcher(false);
  };
  const endIf = (waiters: Iterable<Waiter>, over: (waiter: Waiter) => boolean) => {
    for (const waiter of [...waiters].filter(over)) {
      remove(waiter);
      waiter.end();
    }
  };
  const everybody = () => [...byKey.values()].flatMap((waiting) => [...waiting]);
  return {
    get size() {
      return size;
    },
    add: (waiter) => {
      const waiting = byKey.get(waiter.key) ?? new Set();
      waiting.add(waiter);
      byKey.set(waiter.key, waiting);
      size += 1;
      if (size === 1) watcher(true);
      return () => remove(waiter);
    },
    wake: (key, now) => {
      // Serving one may make it happen again; the loop that is under way sees to the next.
      if (waking.has(key)) return;
      waking.add(key);
      for (const waiter of byKey.get(key) ?? []) {
        if (waiter.deadline <= now) waiter.end();
        else if (!waiter.wake()) break;
        remove(waiter);
      }
      waking.delete(key);
    },
    endDue: (now) => endIf(everybody(), ({ deadline }) => deadline <= now),
    endFor: (key) => endIf(byKey.get(key) ?? [], () => true),
    endAll: () => endIf(everybody(), () => true),
    watch: (given) => {
      watcher = given;
    },
  };
}
