// The shape of what is generated from the contract for each operation. The data itself is in
// generated/commands.ts; the words that a person types are in command-map.ts.

/** How the text of a flag becomes a value. */
export type FlagType =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'enum'
  /** Repeated, one value each. */
  | 'list'
  /** Repeated, `key=value` each. */
  | 'map'
  /** Anything deeper, as JSON. */
  | 'json';

/** A query parameter, or a member of the body's top level. */
export interface FlagData {
  /** The name on the wire, in snake_case. */
  name: string;
  place: 'query' | 'body';
  type: FlagType;
  help: string;
  required?: true;
  /** The values that an enum allows. */
  values?: readonly string[];
  /** Null is a value of its own, different from leaving the flag out. */
  nullable?: true;
  /** Never taken from the command line, where every user of the machine can read it. */
  secret?: true;
}

export interface CommandData {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{placeholders}`, one for each argument, in order. */
  path: string;
  /** Lists of commands show the first sentence, the help of the command shows all. */
  help: string;
  roles: readonly string[];
  arguments: readonly string[];
  flags: readonly FlagData[];
  paginated?: true;
  /** It changes nothing, although it is no GET. */
  question?: true;
  /** Whether it can be made to depend on an ETag. */
  conditional?: true;
  /** Whether the operation takes a JSON body. */
  body?: true;
  /** The schema of the answer, or of one item of a list; undefined when there is no body. */
  result?: string;
}
