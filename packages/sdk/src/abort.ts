// Work that ends when its signal aborts, whether it listens to the signal or not.

/**
 * Settles as `work` does, or rejects with the signal's reason as soon as that aborts, so that a
 * `fetch` or middleware which ignores its signal cannot hold the caller.
 */
export function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener('abort', stop, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
