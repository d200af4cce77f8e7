// A record set of a hosted zone: the records of one name and type, or, where they are routed, those
// of one identifier. It is never changed, only replaced.

export interface RecordSet {
  /** Lower case, absolute, with octal escapes, for example `\052.vendor.example.`. */
  readonly name: string;
  readonly type: string;
  readonly setIdentifier: string | undefined;
  readonly ttl: number | undefined;
  readonly values: readonly string[];
  /** Everything else of the request (alias target, weight, region …), echoed as given. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** The key of a record set in its zone. */
export function recordKey(name: string, type: string, setIdentifier?: string): string {
  return `${name} ${type} ${setIdentifier ?? ''}`;
}
