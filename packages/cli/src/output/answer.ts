// Writes what the API answered to stdout, in the format that was asked for. What is for programs is
// the API's own, never reshaped; tables and records are for people.

import type { Context } from '../runtime.ts';
import { chosenColumns } from './chosen-columns.ts';
import type { Columns } from './columns.ts';
import { csvLine } from './csv.ts';
import { disarm, jsonLine, jsonText } from './disarm.ts';
import { isWhole } from './format.ts';
import { flatMembers, recordText } from './record.ts';
import { tableText } from './table.ts';
import { plainText, type ValueStyle, valueAt } from './value.ts';
import { yamlText } from './yaml.ts';

export interface PageOfItems {
  items: unknown[];
  next_cursor: string | null;
}

/** Writes a list as its pages come, as far as the format allows. */
export interface ListWriter {
  /** Whether it writes before the end. */
  streams: boolean;
  add(items: readonly unknown[]): void;
  /** `page` holds all items that were added, in the shape of one page. */
  end(page: PageOfItems): void;
}

/**
 * One resource. An empty answer writes nothing.
 * @param text what people see, where a record of all members is not the best
 */
export function writeOne(context: Context, data: unknown, text?: () => string): void {
  if (data !== undefined) context.out.write(oneText(context, data, text));
}

/** A list that is not of the API: its columns are the members of its items. */
export function writeItems(context: Context, items: readonly object[]): void {
  const paths = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const columns = Object.fromEntries(paths.map((path) => [path.toUpperCase(), path]));
  const list = openList(context, '', columns);
  list.add(items);
  list.end({ items: [...items], next_cursor: null });
}

/** @param usual where the schema does not tell the columns */
export function openList(context: Context, schema: string, usual?: Columns): ListWriter {
  const { out, options } = context;
  const columns = () => (usual && !options.columns ? usual : chosenColumns(options, schema));
  switch (options.output) {
    case 'json':
      return { streams: false, add: () => {}, end: (page) => out.write(`${jsonText(page)}\n`) };
    case 'yaml':
      return { streams: false, add: () => {}, end: (page) => out.write(yamlText(page)) };
    case 'ndjson':
      return eachItem((item) => out.write(`${jsonLine(item)}\n`));
    case 'name':
      return eachItem((item) => out.write(`${nameOf(item)}\n`));
    case 'csv': {
      const paths = Object.values(columns());
      if (options.headers) out.write(csvLine(paths));
      return eachItem((item) => out.write(csvLine(paths.map((path) => valueAt(item, path)))));
    }
    case 'wide':
    case 'table':
    default:
      return {
        streams: false,
        add: () => {},
        end: ({ items }) => writeTable(context, columns, items),
      };
  }
}

/** "3m ago" is for who looks now; a file or a program needs the time itself. */
export function valueStyle({ out, now }: Pick<Context, 'out' | 'now'>): ValueStyle {
  return { relativeTo: out.isTerminal ? now() : undefined };
}

/** Whether people read what is written, and not a program. */
export function isForPeople({ options }: Pick<Context, 'options'>): boolean {
  return !isWhole(options.output) && options.output !== 'csv' && options.output !== 'name';
}

function oneText(context: Context, data: unknown, text?: () => string): string {
  const { output, columns, headers } = context.options;
  const shown = columns ? picked(data, columns) : data;
  switch (output) {
    case 'json':
      return `${jsonText(data)}\n`;
    case 'yaml':
      return yamlText(data);
    case 'ndjson':
      return `${jsonLine(data)}\n`;
    case 'name':
      return `${nameOf(data)}\n`;
    case 'csv':
      return csvOf(shown, headers);
    case 'wide':
    case 'table':
    default:
      if (text && !columns) return text();
      return recordText(shown, sinkOf(context), valueStyle(context));
  }
}

function writeTable(context: Context, columns: () => Columns, items: readonly unknown[]): void {
  if (items.length === 0) {
    context.say('Nothing found.');
    return;
  }
  const { text, leftOut } = tableText(items, columns(), sinkOf(context), valueStyle(context));
  context.out.write(text);
  if (leftOut.length > 0) context.say(`Left out for width: ${leftOut.join(', ')}; see -o wide.`);
}

/** Where nothing is cut, lines may be as long as they have to. */
function sinkOf({ out, options }: Context) {
  const columns = options.output === 'wide' ? undefined : out.columns;
  return { columns, colour: out.colour, headers: options.headers };
}

function eachItem(write: (item: unknown) => void): ListWriter {
  return { streams: true, add: (items) => items.forEach(write), end: () => {} };
}

function csvOf(data: unknown, headers: boolean): string {
  const cells = flatMembers(data);
  const head = headers ? csvLine(cells.map(({ name }) => name)) : '';
  return head + csvLine(cells.map(({ value }) => value));
}

/** What other commands take for it. */
function nameOf(data: unknown): string {
  const names = Object.keys(data as object);
  const member = names.find((name) => name === 'id') ?? names.find((name) => name.endsWith('_id'));
  return disarm(plainText(member === undefined ? undefined : valueAt(data, member)));
}

function picked(data: unknown, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, valueAt(data, name)]));
}
