// How a statement is given to a connection of `pg`: as one that the connection knows, or as text.

import type { ClientBase } from 'pg';
import { askKnown, type KnownColumns } from './known-statement.ts';
import type { QueryOptions } from './queryable.ts';
import { typeParsers, type RawResult } from './rows.ts';

/**
 * Which statements a connection parses and plans once: those that are made for it, all, or none,
 * for a pooler that may hand one to a connection that does not know it.
 */
export type Prepares = 'marked' | 'all' | 'none';

export interface Asking {
  /** @returns the results of one statement, or of each of several without values */
  ask(
    client: ClientBase,
    text: string,
    values?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<RawResult[]>;
  /** A migration has changed a table beneath: what was planned before is not asked for again. */
  renew(): void;
}

export function createAsking(prepares: Prepares): Asking {
  const names = createNames();
  const known = new WeakMap<ClientBase, KnownColumns>();
  return {
    ask: async (client, text, values, options = {}) => {
      const { prepare = false, timeoutMs } = options;
      const isKnown = prepares === 'all' || (prepares === 'marked' && prepare);
      if (!values || !isKnown) return askText(client, text, values, timeoutMs);
      let columns = known.get(client);
      if (!columns) known.set(client, (columns = new Map()));
      const statement = { name: names.of(text), text, values, known: columns, timeoutMs };
      return [await askKnown(client, statement)];
    },
    renew: () => names.renew(),
  };
}

/** The names by which connections know statements. */
function createNames() {
  const names = new Map<string, string>();
  let made = 0;
  return {
    of: (text: string): string => {
      const name = names.get(text) ?? `statement_${(made += 1)}`;
      names.set(text, name);
      return name;
    },
    renew: () => names.clear(),
  };
}

async function askText(
  client: ClientBase,
  text: string,
  values: readonly unknown[] | undefined,
  timeoutMs: number | undefined,
): Promise<RawResult[]> {
  const answer: unknown = await client.query<unknown[]>({
    text,
    rowMode: 'array',
    types: typeParsers,
    ...(values && { values: [...values] }),
    ...(timeoutMs !== undefined && { query_timeout: timeoutMs }),
  });
  // Of several statements pg gives a list of results, which its types do not say.
  return [answer as RawResult | RawResult[]].flat();
}
