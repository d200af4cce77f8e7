// How a value and a column name of PostgreSQL look in TypeScript. Nothing here talks to a server.
import { types } from 'pg';
import type { CustomTypesConfig, FieldDef } from 'pg';

/** What `pg` answers with `rowMode: 'array'`, as far as it is used here. */
export interface RawResult {
  command: string;
  fields: readonly Pick<FieldDef, 'name'>[];
  rows: readonly unknown[][];
}

/** Makes a value of what the server sends as text. */
export type Parser = (text: string) => unknown;

const { builtins } = types;
const int8Array = 1016;
const dateArray = 1182;
const textArray = 1009;
/** The types of `pg` list scalar type ids only and say `any` for a parser. */
const parserOfPg = types.getTypeParser as (oid: number, format?: 'text' | 'binary') => Parser;
const parseTextArray = parserOfPg(textArray);

const parsers = new Map<number, Parser>([
  [builtins.INT8, parseInt8],
  [int8Array, (text) => parseItems(text, parseInt8)],
  // A Date would shift a day by the time zone of this machine.
  [builtins.DATE, (text) => text],
  [dateArray, (text) => parseItems(text, (item) => item)],
]);

/** Text parsers for one statement; `pg`'s own for everything that is not listed here. */
export const typeParsers: CustomTypesConfig = {
  getTypeParser: (oid, format) => (format === 'binary' ? parserOfPg(oid, format) : parserOf(oid)),
};

export function parserOf(oid: number): Parser {
  return parsers.get(oid) ?? parserOfPg(oid);
}

/**
 * Makes objects of the rows. Key order is column order.
 * @throws Error when two columns have one name: one of them would silently win.
 */
export type Decode = <Row extends object>(result: RawResult) => Row[];

/** The columns of our tables are few, so the name of each is converted once. */
export function createDecoder(): Decode {
  const known = new Map<string, string>();
  const nameOf = ({ name }: RawResult['fields'][number]): string => {
    const converted = known.get(name) ?? camelCase(name);
    known.set(name, converted);
    return converted;
  };
  // Answers to a statement that is known have one and the same list of fields.
  const namesOf = new WeakMap<RawResult['fields'], string[]>();
  return <Row extends object>({ fields, rows }: RawResult) => {
    if (rows.length === 0) return [];
    let names = namesOf.get(fields);
    if (!names) {
      names = fields.map(nameOf);
      if (new Set(names).size < names.length) throw new Error(repetition(names));
      namesOf.set(fields, names);
    }
    return rows.map((row) => objectOf(names, row) as Row);
  };
}

function objectOf(names: readonly string[], row: readonly unknown[]): object {
  const object: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index++) object[names[index]!] = row[index];
  return object;
}

function repetition(names: readonly string[]): string {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  return `The query returns two columns named "${repeated}": give one an alias.`;
}

/** The same with the names that the columns have. */
export function namedRows({ fields, rows }: RawResult): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(fields.map(({ name }, i) => [name, row[i]])));
}

function camelCase(name: string): string {
  return name.replace(/(?<=.)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`${text} does not fit a number: cast the column to text in the query.`);
}

function parseItems(text: string, parse: Parser): unknown[] {
  const items = parseTextArray(text) as (string | null)[];
  return items.map((item) => (item === null ? null : parse(item)));
}

/** A value as it is sent: an array of PostgreSQL for an array, JSON for other objects. */
export function parameterOf(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map(itemOf).join(',')}}`;
  if (value instanceof Uint8Array) return Buffer.from(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function itemOf(item: unknown): string {
  if (Array.isArray(item)) return String(parameterOf(item));
  const parameter = parameterOf(item);
  if (parameter === null) return 'NULL';
  const text = typeof parameter === 'string' ? parameter : `\\x${parameter.toString('hex')}`;
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
