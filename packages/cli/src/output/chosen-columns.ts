// Which columns a table has: the usual ones, all there are, or those that were asked for.

import { usageError } from '../exit-codes.ts';
import { members } from '../generated/commands.ts';
import { didYouMean } from '../input/nearest.ts';
import type { GlobalOptions } from '../runtime.ts';
import { type Columns, columns } from './columns.ts';

type Choice = Pick<GlobalOptions, 'output' | 'columns'>;

const TABULAR = new Set(['table', 'wide', 'csv']);

/**
 * To be called before anything is sent: a change with a mistyped column is not to be made first.
 * @throws CommandError when a column is unknown, or the format has none
 */
export function checkColumns(
  { output, columns: wanted }: Choice,
  schema: string | undefined,
): void {
  if (wanted === undefined) return;
  if (!TABULAR.has(output)) {
    throw usageError(`--columns is not for -o ${output}.`, 'Use it with table, wide or csv.');
  }
  if (schema !== undefined) for (const name of wanted) pathOf(schema, name);
}

/** The columns for a list of this schema. */
export function chosenColumns({ output, columns: wanted }: Choice, schema: string): Columns {
  const usual = usualColumns(schema);
  if (wanted) return Object.fromEntries(wanted.map((name) => named(schema, pathOf(schema, name))));
  if (output === 'table') return usual;
  const shown = new Set(Object.values(usual));
  const others = (members[schema] ?? []).filter((path) => !shown.has(path));
  return { ...usual, ...Object.fromEntries(others.map((path) => named(schema, path))) };
}

function usualColumns(schema: string): Columns {
  return (columns as Readonly<Record<string, Columns>>)[schema] ?? {};
}

function named(schema: string, path: string): [heading: string, path: string] {
  const usual = Object.entries(usualColumns(schema)).find(([, other]) => other === path);
  return usual ?? [path.toUpperCase(), path];
}

/** A column is asked for by its heading or by its member. */
function pathOf(schema: string, name: string): string {
  const usual = usualColumns(schema);
  const known = new Set([...(members[schema] ?? []), ...Object.values(usual)]);
  const path = known.has(name) ? name : usual[name.toUpperCase()];
  if (path !== undefined || known.size === 0) return path ?? name;
  const hint = didYouMean(name, [...known, ...Object.keys(usual)]);
  throw usageError(`There is no column "${name}".`, hint, [`columns: ${[...known].join(', ')}`]);
}
