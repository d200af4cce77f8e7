// A prepared statement on its way over a connection of `pg`. What columns its answer has is asked
// for once for each connection: `pg` itself asks, and works out how to read them, every time.

import type { EventEmitter } from 'node:events';
import { Query } from 'pg';
import type { ClientBase, FieldDef, Submittable } from 'pg';
import { parameterOf, type Parser, parserOf, type RawResult } from './rows.ts';

/** The columns of an answer; none for a statement that gives no rows. */
interface Columns {
  fields: readonly FieldDef[];
  parsers: readonly Parser[];
}

/** What one connection knows, by the names of statements. */
export type KnownColumns = Map<string, Columns>;

export interface KnownStatementOptions {
  name: string;
  text: string;
  values: readonly unknown[];
  known: KnownColumns;
  /** Milliseconds to wait for the answer, where it is not what the connection has. */
  timeoutMs?: number | undefined;
}

type Callback = (error: Error | null, result?: RawResult) => void;

/** The queries of `pg`, as far as they are used here; its types say less. */
interface PgQuery extends EventEmitter, Submittable {
  name: string;
  callback: Callback;
  hasBeenParsed(connection: Wire): boolean;
  /** Sends what makes the statement known, where it is not, and what runs it. */
  prepare(connection: Wire): void;
}

const BaseQuery = Query as unknown as new (text: string) => PgQuery;

/** The messages of the extended query protocol. */
interface Wire {
  submittedNamedStatements: Record<string, string>;
  parse(statement: { name: string; text: string }): void;
  bind(bound: { statement: string; values: (string | Buffer | null)[] }): void;
  describe(portal: { type: 'P' }): void;
  execute(portal: object): void;
  sync(): void;
}

const noColumns: Columns = { fields: [], parsers: [] };

/** In pipeline mode a client takes nothing but queries of its own. */
class KnownStatement extends BaseQuery {
  readonly query_timeout: number | undefined;
  readonly #text: string;
  readonly #values: (string | Buffer | null)[];
  readonly #known: KnownColumns;
  readonly #rows: unknown[][] = [];
  #columns = noColumns;
  #failure: Error | null = null;
  #command = '';

  constructor(options: KnownStatementOptions, callback: Callback) {
    super(options.text);
    this.name = options.name;
    this.#text = options.text;
    // A value that cannot be sent shows before anything is.
    this.#values = options.values.map(parameterOf);
    this.callback = callback;
    this.query_timeout = options.timeoutMs;
    this.#known = options.known;
  }

  override prepare(connection: Wire): void {
    const columns = this.#known.get(this.name);
    if (!this.hasBeenParsed(connection)) {
      connection.parse({ name: this.name, text: this.#text });
      connection.submittedNamedStatements[this.name] = this.#text;
    }
    connection.bind({ statement: this.name, values: this.#values });
    if (columns) this.#columns = columns;
    else connection.describe({ type: 'P' });
    connection.execute({});
    connection.sync();
  }

  handleRowDescription({ fields }: { fields: FieldDef[] }): void {
    const parsers = fields.map(({ dataTypeID }) => parserOf(dataTypeID));
    this.#columns = { fields, parsers };
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { parsers } = this.#columns;
    try {
      this.#rows.push(fields.map((text, index) => (text === null ? null : parsers[index]!(text))));
    } catch (error) {
      this.#failure ??= error as Error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#command = text.split(' ', 1)[0]!;
    this.#known.set(this.name, this.#columns);
  }

  handleReadyForQuery(): void {
    const { fields } = this.#columns;
    if (this.#failure) this.callback(this.#failure);
    else this.callback(null, { command: this.#command, fields, rows: this.#rows });
  }
}

/** Sends it. @throws what the server or the connection says */
export function askKnown(client: ClientBase, options: KnownStatementOptions): Promise<RawResult> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => {
      if (error) reject(error);
      else resolve(result!);
    };
    client.query(new KnownStatement(options, callback));
  });
}
