// The rows of an import as a table with a header, and the way back from what the API says of a row
// to the line that it stands on.

import { usageError } from '../exit-codes.ts';
import { type CsvRow, csvRows } from './csv.ts';

export interface ImportTable {
  /** Members of the body, by section. */
  members: Partial<Record<Section, object[]>>;
  /** The line of a row, by its section and its place in it. */
  lineOf(section: string, index: number): number | undefined;
}

type Section = 'customers' | 'accounts' | 'grants' | 'connections';

type Reader = (cell: string) => unknown;

const text: Reader = (cell) => cell;
/** In one cell, with spaces between them. */
const list: Reader = (cell) => cell.split(/\s+/);
/** What is no number goes as it is, and the API says what is wrong with it. */
const number: Reader = (cell) => (/^\d+$/.test(cell) ? Number(cell) : cell);

interface Columns {
  needed: Readonly<Record<string, Reader>>;
  optional: Readonly<Record<string, Reader>>;
}

/** In the order in which a header is compared with them: what only this section needs decides. */
const sections: Readonly<Record<Section, Columns>> = {
  customers: { needed: { external_id: text, name: text }, optional: {} },
  connections: { needed: { customer_id: text, vpc_endpoint_id: text }, optional: {} },
  grants: {
    needed: { customer_id: text, endpoint_service_id: text },
    optional: {
      account_ids: list,
      role_names: list,
      acceptance: text,
      connections_max: number,
      endpoint_regions: list,
      dns: text,
      expires_at: text,
    },
  },
  accounts: { needed: { customer_id: text, account_id: text }, optional: { partition: text } },
};
const names = Object.keys(sections) as Section[];

/**
 * One section a table, told by its columns; or several, with a column `section`. Empty cells are
 * left out.
 * @throws CommandError with every line that is wrong
 */
export function importTable(source: string, file: string): ImportTable {
  const [header, ...rows] = rowsOf(source, file);
  if (!header || rows.length === 0) {
    throw usageError(`--file: ${file} holds no rows.`, 'The first line names the columns.');
  }
  const only = header.cells.includes('section') ? undefined : sectionOf(header, file);
  if (only) checkColumns(only, header, rows, file);
  const table: ImportTable['members'] = {};
  const lines = new Map<string, number>();
  const wrong: string[] = [];
  for (const row of rows) {
    const { section, member, problem } = memberOf(header, row, only);
    if (section === undefined || problem !== undefined) wrong.push(`line ${row.line}: ${problem}`);
    else {
      const members = (table[section] ??= []);
      lines.set(`${section} ${members.length}`, row.line);
      members.push(member);
    }
  }
  if (wrong.length > 0) {
    const what = `--file: ${wrong.length} of ${rows.length} rows of ${file} are not right.`;
    throw usageError(what, 'Correct them; nothing was sent.', wrong);
  }
  return { members: table, lineOf: (section, index) => lines.get(`${section} ${index}`) };
}

function rowsOf(source: string, file: string): CsvRow[] {
  try {
    return csvRows(source);
  } catch (error) {
    throw usageError(`--file: ${file} is not CSV: ${(error as Error).message}.`);
  }
}

function sectionOf({ cells }: CsvRow, file: string): Section {
  const found = names.find((name) => missing(name, cells).length === 0);
  if (found) return found;
  const known = names.map((name) => `${name}: ${Object.keys(sections[name].needed).join(', ')}`);
  throw usageError(
    `--file: the columns of ${file} are those of no section.`,
    `Name them in the first line, or add a column \`section\`. ${known.join('; ')}.`,
  );
}

/** What is wrong with the header is told once, and not of each row. Empty columns do no harm. */
function checkColumns(section: Section, { cells }: CsvRow, rows: readonly CsvRow[], file: string) {
  const known = Object.keys({ ...sections[section].needed, ...sections[section].optional });
  const others = cells.filter(
    (name, at) => !known.includes(name) && rows.some((row) => row.cells[at]),
  );
  if (others.length === 0) return;
  throw usageError(
    `--file: ${file} has the columns of ${section}, and \`${others.join('`, `')}\` besides.`,
    `Take out or rename what is not of these: ${known.join(', ')}.`,
  );
}

function missing(section: Section, given: readonly string[]): string[] {
  return Object.keys(sections[section].needed).filter((name) => !given.includes(name));
}

interface Read {
  section?: Section;
  member: object;
  problem?: string;
}

function memberOf({ cells: header }: CsvRow, { cells }: CsvRow, only?: Section): Read {
  const given = cells
    .map((cell, index) => [header[index], cell] as const)
    .filter(([name, cell]) => name !== 'section' && cell !== '');
  const section = only ?? names.find((name) => name === cells[header.indexOf('section')]);
  const member: Record<string, unknown> = {};
  if (section === undefined)
    return { member, problem: `\`section\` is none of ${names.join(', ')}` };
  if (cells.length > header.length) {
    return { section, member, problem: `${cells.length} cells, and ${header.length} columns` };
  }
  const { needed, optional } = sections[section];
  const readers: Record<string, Reader | undefined> = { ...needed, ...optional };
  const unknown = given.filter(([name]) => !Object.hasOwn(readers, name!)).map(([name]) => name);
  if (unknown.length > 0) {
    return { section, member, problem: `${section} have no \`${unknown.join('`, `')}\`` };
  }
  for (const [name, cell] of given) member[name!] = readers[name!]!(cell);
  const lacking = missing(section, Object.keys(member));
  if (lacking.length === 0) return { section, member };
  return { section, member, problem: `\`${lacking.join('`, `')}\` is empty` };
}
