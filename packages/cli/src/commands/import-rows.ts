// What became of the rows of an import, told by the lines of the file that they came from.

import { ApiError, type Import } from '@sallyport/sdk';
import { CommandError, exitCodes } from '../exit-codes.ts';
import type { ImportTable } from '../input/import-table.ts';

/** A row as people find it. */
export type PlaceOf = (section: string, index: number) => string;

/** By its line in the table, else by its place in its section. */
export function placesIn(table: Pick<ImportTable, 'lineOf'> | undefined): PlaceOf {
  return (section, index) => {
    const line = table?.lineOf(section, index);
    return line === undefined ? `${section} ${index}` : `line ${line}`;
  };
}

/**
 * To be called once the answer is written: whoever looks at the exit code only is to see it too.
 * @throws CommandError when rows were refused
 */
export function checkRows({ refused, rows }: Import, placeOf: PlaceOf): void {
  if (refused === 0) return;
  const wrong = rows.flatMap(({ section, index, error }) => {
    if (!error) return [];
    const help = error.command === null ? '' : ` (next: ${error.command})`;
    return [`${placeOf(section, index)}: ${error.detail}${help}`];
  });
  const next = 'Correct them and send the same again: what is there already stays as it is.';
  const what = `${refused} of ${rows.length} rows were refused.`;
  throw new CommandError(exitCodes.conflict, what, next, wrong);
}

/** The same error, with places in place of pointers into the body; others as they are. */
export function byPlace(error: unknown, placeOf: PlaceOf): unknown {
  if (!(error instanceof ApiError)) return error;
  const places = error.fields.map(({ pointer = '' }) => rowAt(pointer, placeOf));
  if (!places.some((place) => place !== undefined)) return error;
  const fields = error.fields.map(({ pointer, detail }, index) => {
    return `${places[index] ?? pointer ?? 'request'}: ${detail}`;
  });
  const exitCode = error.status === 400 ? exitCodes.usage : exitCodes.conflict;
  const what = error.problem.detail ?? error.message;
  return new CommandError(exitCode, what, error.remediation?.action, fields);
}

/** `/accounts/3/account_id` as people find it; undefined for what is not in a row. */
function rowAt(pointer: string, placeOf: PlaceOf): string | undefined {
  const [, section = '', index = '', ...member] = pointer.split('/');
  if (!/^\d+$/.test(index)) return undefined;
  return [placeOf(section, Number(index)), ...member].join(' ');
}
