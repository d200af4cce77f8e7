// Something that runs SQL, as all of storage/ takes it. What does is in database.ts.

export interface QueryOptions {
  /** Milliseconds until this side gives up on the answer and drops the connection. */
  timeoutMs?: number;
  /**
   * A read by a key, whose best plan is always the same, and which waits for nobody's locks. It is
   * prepared, and outside of a transaction it shares a connection with others of its kind.
   */
  lookUp?: boolean;
  /**
   * Has a connection parse and plan the statement once. For those alone whose best plan is the same
   * whatever the values, such as look-ups by a key. Default false.
   */
  prepare?: boolean;
  /** In whose role it runs, where that is not the service's: each has a plan of its own. */
  role?: string;
  /**
   * In a transaction, has nobody wait for the answer, which has no rows then. When the statement
   * fails, so does the next one that is waited for, or the end of the transaction, with the same
   * error.
   */
  unheard?: boolean;
}

/** A statement that comes right before another one, in the same transaction. */
export interface Opening {
  text: string;
  values: readonly unknown[];
}

/** What is sent at once. Without values the text may hold several statements. */
export interface Statement extends QueryOptions {
  text: string;
  values?: readonly unknown[] | undefined;
  opening?: Opening | undefined;
}

/** Something that runs SQL: the pool (each query on its own) or one open transaction. */
export interface Queryable {
  /**
   * Runs one statement and returns its rows. Column names come back camelCased (the top level only,
   * what is inside jsonb is untouched), int8 as a number (beyond 2^53 it throws), timestamptz as a
   * Date (so microseconds are lost), date and numeric as a string. A JavaScript array is sent as a
   * PostgreSQL array: for a jsonb array pass JSON.stringify's text. Without `values` the text may
   * hold several statements, and the rows are those of the last one.
   * @throws DatabaseError of `pg` when the server refuses, DatabaseUnavailableError when it is not
   * there.
   */
  query<Row extends object>(
    text: string,
    values?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Row[]>;
}
