// A statement on its way over a connection of `pg`, by the extended query protocol, and the one
// that opens for it. What is prepared is parsed once for each connection, and asked once what
// columns its answer has: `pg` itself asks, and works out how to read them, every time.

import type { EventEmitter } from 'node:events';
import { Query } from 'pg';
import type { ClientBase, FieldDef, Submittable } from 'pg';
import { isUnknownStatement, UnsendableValueError } from './errors.ts';
import { parameterOf, type Parser, parserOf, type RawResult } from './rows.ts';

/** The columns of an answer; none for a statement that gives no rows. */
interface Columns {
  fields: readonly FieldDef[];
  parsers: readonly Parser[];
}

/**
 * What one connection has answered to, by the names of statements; null where the columns were not
 * asked for. What was only sent may never have been parsed, when something before it failed.
 */
export type KnownColumns = Map<string, Columns | null>;

interface Part {
  /** By which the connection knows it; empty for one that is parsed each time. */
  name: string;
  text: string;
  values: readonly unknown[];
}

export interface ExtendedQuery {
  main: Part;
  /** What comes before it, in the same implicit transaction. What it answers is not looked at. */
  opening?: Part | undefined;
  known: KnownColumns;
  /** Milliseconds to wait for the answer, where it is not what the connection has. */
  timeoutMs?: number | undefined;
}

type Callback = (error: Error | null, result?: RawResult) => void;

/** The queries of `pg`, as far as they are used here; its types say less. */
interface PgQuery extends EventEmitter, Submittable {
  callback: Callback;
  requiresPreparation(): boolean;
  /** Sends all there is to be sent. */
  prepare(connection: Wire): void;
  handleError(error: Error, connection: Wire): void;
}

const BaseQuery = Query as unknown as new (text: string) => PgQuery;

/** The messages of the extended query protocol. */
interface Wire {
  parse(statement: { name: string; text: string }): void;
  bind(bound: { statement: string; values: (string | Buffer | null)[] }): void;
  describe(portal: { type: 'P' }): void;
  close(statement: { type: 'S'; name: string }): void;
  execute(portal: object): void;
  sync(): void;
}

const noColumns: Columns = { fields: [], parsers: [] };

/** In pipeline mode a client takes nothing but queries of its own. */
class Exchange extends BaseQuery {
  readonly query_timeout: number | undefined;
  readonly #asked: ExtendedQuery;
  readonly #values: (string | Buffer | null)[];
  readonly #openingValues: (string | Buffer | null)[];
  readonly #rows: unknown[][] = [];
  #isOpening: boolean;
  #columns = noColumns;
  #failure: Error | null = null;
  #command = '';

  constructor(asked: ExtendedQuery, callback: Callback) {
    // It has no name for `pg`, which would keep a record of what is known by itself.
    super(asked.main.text);
    this.callback = callback;
    this.query_timeout = asked.timeoutMs;
    this.#asked = asked;
    this.#isOpening = asked.opening !== undefined;
    // A value that cannot be sent shows before anything is.
    this.#values = asked.main.values.map(sendable);
    this.#openingValues = asked.opening?.values.map(sendable) ?? [];
  }

  override requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: Wire): void {
    const { main, opening, known } = this.#asked;
    if (opening) {
      makeKnown(connection, opening, known);
      connection.bind({ statement: opening.name, values: this.#openingValues });
      connection.execute({});
    }
    makeKnown(connection, main, known);
    connection.bind({ statement: main.name, values: this.#values });
    const columns = known.get(main.name);
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
    if (this.#isOpening) return;
    const { parsers } = this.#columns;
    try {
      this.#rows.push(fields.map((text, index) => (text === null ? null : parsers[index]!(text))));
    } catch (error) {
      this.#failure ??= error as Error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { main, opening, known } = this.#asked;
    const { name } = this.#isOpening ? opening! : main;
    if (name !== '') known.set(name, this.#isOpening ? null : this.#columns);
    if (!this.#isOpening) this.#command = text.split(' ', 1)[0]!;
    this.#isOpening = false;
  }

  handleReadyForQuery(): void {
    const { fields } = this.#columns;
    if (this.#failure) this.callback(this.#failure);
    else this.callback(null, { command: this.#command, fields, rows: this.#rows });
  }

  override handleError(error: Error, connection: Wire): void {
    // One of them is no longer there, and is parsed when it comes again.
    if (isUnknownStatement(error)) this.#asked.known.clear();
    super.handleError(error, connection);
  }
}

function sendable(value: unknown): string | Buffer | null {
  try {
    return parameterOf(value);
  } catch (error) {
    throw new UnsendableValueError(error);
  }
}

/** What failed may have been parsed, or not: closing what is not there is no error. */
function makeKnown(connection: Wire, { name, text }: Part, known: KnownColumns): void {
  if (known.has(name)) return;
  if (name !== '') connection.close({ type: 'S', name });
  connection.parse({ name, text });
}

/** Sends it. @throws what the server or the connection says */
export function askExtended(client: ClientBase, asked: ExtendedQuery): Promise<RawResult> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => {
      if (error) reject(error);
      else resolve(result!);
    };
    client.query(new Exchange(asked, callback));
  });
}
