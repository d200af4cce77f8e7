// snake_case on the wire, camelCase inside: one conversion for every resource, checked by the
// types.

/** `privateDns` as `private_dns`. */
type SnakeKey<Text extends string> = Text extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeKey<Tail>}`
  : Text;

type CamelKey<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelKey<Tail>>}`
  : Text;

/** A value of the domain as it goes over the wire: keys in snake_case, dates in RFC 3339. */
export type Wire<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Wire<Item>[]
    : Value extends object
      ? { [Key in keyof Value as SnakeKey<Key & string>]: Wire<Value[Key]> }
      : Value;

/** A body of the wire as the use cases take it: keys in camelCase. */
export type Inside<Value> = Value extends readonly (infer Item)[]
  ? Inside<Item>[]
  : Value extends object
    ? { [Key in keyof Value as CamelKey<Key & string>]: Inside<Value[Key]> }
    : Value;

/** Members whose keys belong to the caller, and so stay as they are. */
const opaque = new Set(['metadata']);

export function toWire<Value>(value: Value): Wire<Value> {
  return convert(value, snakeKey) as Wire<Value>;
}

export function fromWire<Value>(value: Value): Inside<Value> {
  return convert(value, camelKey) as Inside<Value>;
}

function convert(value: unknown, rename: (key: string) => string): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => convert(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  const converted: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    converted[rename(key)] = opaque.has(key) ? member : convert(member, rename);
  }
  return converted;
}

function snakeKey(key: string): string {
  let snake = '';
  // By hand, as every member of every answer comes here.
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    snake += code >= 65 && code <= 90 ? `_${String.fromCharCode(code + 32)}` : key[index]!;
  }
  return snake;
}

function camelKey(key: string): string {
  return key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
