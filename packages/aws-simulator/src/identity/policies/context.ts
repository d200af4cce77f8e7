// What is known of a request when policies are evaluated: condition keys and their values. Keys are
// compared without case, values are text, as AWS has them.

/** Lower-case keys; a key that is absent is not in the request. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

export type ContextValue = string | number | boolean | Date | readonly string[] | undefined;

/** A later source wins over an earlier one; a value of undefined leaves the key out. */
export function requestContext(
  ...sources: readonly Readonly<Record<string, ContextValue>>[]
): RequestContext {
  const context = new Map<string, readonly string[]>();
  for (const source of sources) {
    for (const [key, value] of Object.entries(source)) {
      if (value === undefined) continue;
      context.set(key.toLowerCase(), Array.isArray(value) ? value : [textOf(value)]);
    }
  }
  return context;
}

function textOf(value: Exclude<ContextValue, undefined>): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
