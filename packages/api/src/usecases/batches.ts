// Looks many things up at once: those that are asked for in the same moment, or while others are
// still being looked up. Each is looked up after it was asked for, and nothing is remembered.

/** As one whose answer is lost on the way must not hold up those that come after it. */
const atOnce = 3;

interface Batch<Value> {
  keys: Set<string>;
  found: PromiseWithResolvers<ReadonlyMap<string, Value>>;
}

/** @param lookUp what is found of these keys, by key; when it throws, all of them fail */
export function inBatches<Value>(
  lookUp: (keys: string[]) => Promise<ReadonlyMap<string, Value>>,
): (key: string) => Promise<Value | null> {
  let next: Batch<Value> | null = null;
  let underWay = 0;
  const start = (): void => {
    if (next === null || underWay === atOnce) return;
    const { keys, found } = next;
    next = null;
    underWay += 1;
    lookUp([...keys])
      .then(found.resolve, (error: unknown) => {
        found.reject(error);
        // Those that have waited for a place would only begin to wait for the same now.
        if (underWay < atOnce) return;
        next?.found.reject(error);
        next = null;
      })
      .finally(() => {
        underWay -= 1;
        start();
      });
  };
  return async (key) => {
    if (next === null) {
      next = { keys: new Set(), found: Promise.withResolvers() };
      // Requests that came together are all known by then.
      setImmediate(start);
    }
    const { keys, found } = next;
    keys.add(key);
    return (await found.promise).get(key) ?? null;
  };
}
