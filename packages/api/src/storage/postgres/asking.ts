// How a statement is given to a connection of `pg`: as one that the connection knows, or as text.

import type { ClientBase } from 'pg';
import type { Statement } from './queryable.ts';
import { typeParsers, type RawResult } from './rows.ts';
import { askExtended, type KnownColumns } from './extended-query.ts';

/**
 * Which statements a connection parses and plans once: those that are made for it, all, or none,
 * for a pooler that may hand one to a connection that does not know it.
 */
export type Prepares = 'marked' | 'all' | 'none';

export interface Asking {
  /** @returns the results of one statement, or of each of several without values */
  ask(client: ClientBase, statement: Statement): Promise<RawResult[]>;
  /** A migration has changed a table beneath: what was planned before is not asked for again. */
  renew(): void;
}

export function createAsking(prepares: Prepares): Asking {
  const names = createNames();
  const known = new WeakMap<ClientBase, KnownColumns>();
  const knownBy = (client: ClientBase): KnownColumns => {
    let columns = known.get(client);
    if (!columns) known.set(client, (columns = new Map()));
    return columns;
  };
  return {
    ask: async (client, statement) => {
      const { text, values, opening, timeoutMs, lookUp = false } = statement;
      const { prepare = lookUp, role } = statement;
      const isKnown = prepares === 'all' || (prepares === 'marked' && prepare);
      if (!opening && (!values || !isKnown)) return askText(client, statement);
      // For another role the same text is another statement: rows are kept from it by its plan.
      const name = isKnown ? names.of(text, opening?.text ?? role) : '';
      return [
        await askExtended(client, {
          main: { name, text, values: values ?? [] },
          opening: opening && {
            ...opening,
            name: prepares === 'none' ? '' : names.of(opening.text),
          },
          known: knownBy(client),
          timeoutMs,
        }),
      ];
    },
    renew: () => names.renew(),
  };
}

/** The names by which connections know statements. */
function createNames() {
  const names = new Map<string | undefined, Map<string, string>>();
  let made = 0;
  return {
    of: (text: string, context?: string): string => {
      let beside = names.get(context);
      if (!beside) names.set(context, (beside = new Map<string, string>()));
      const name = beside.get(text) ?? `statement_${(made += 1)}`;
      beside.set(text, name);
      return name;
    },
    renew: () => names.clear(),
  };
}

async function askText(client: ClientBase, statement: Statement): Promise<RawResult[]> {
  const { text, values, timeoutMs } = statement;
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
