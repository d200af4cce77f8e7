// One resource, a line for each member. Members of members get dotted names; a list of objects gets
// a table of its own below.

import type { Sink } from '../runtime.ts';
import { memberStyle, styled } from './style.ts';
import { tableText } from './table.ts';
import { fitted, textWidth, wrapped } from './text-width.ts';
import { relativeTime, timeOf } from './time.ts';
import { NOTHING, type ValueStyle, valueText } from './value.ts';
import { disarm } from './disarm.ts';

const GAP = '  ';
const FIRST_COLUMNS = ['at', 'type', 'name', 'result', 'status', 'reason', 'message'];
/** Narrower than this, wrapping makes a text harder to read than a long line does. */
const TEXT_MIN = 30;

export function recordText(
  record: unknown,
  sink: Pick<Sink, 'columns' | 'colour'> & { headers?: boolean },
  style: ValueStyle,
): string {
  const { lines: all, lists } = split(record);
  const { lines, empty } = withoutEmpty(all, sink, style);
  const width = Math.max(0, ...lines.map(({ name }) => textWidth(name)));
  const texts = lines.flatMap(({ name, value }) => {
    const text = scalarText(value, style);
    const room = Math.max(TEXT_MIN, (sink.columns ?? Infinity) - width - GAP.length);
    const parts = wrapped(text, room);
    // A name that is too long to stand beside its label stands below it, in one piece.
    if (parts.some((part) => textWidth(part) > room)) {
      const label = name === '' ? [] : [styled(name, 'faint', sink.colour)];
      return [...label, ...wrapped(text, width + room).map((part) => `${GAP}${part}`)];
    }
    return parts.map((part, index) => {
      const label = fitted(index === 0 ? name : '', width);
      const shown = styled(part, memberStyle(name, text), sink.colour);
      return `${styled(label, 'faint', sink.colour)}${GAP}${shown}`.trimEnd();
    });
  });
  if (empty.length > 0) {
    const names = wrapped(`empty: ${empty.join(', ')}`, sink.columns ?? Infinity);
    texts.push(...names.map((line) => styled(line, 'faint', sink.colour)));
  }
  const tables = lists.map(({ name, items }) => {
    const heading = styled(`${name}:`, 'faint', sink.colour);
    return `${heading}\n${tableText(items, columnsOf(items, sink, style), sink, style).text}`;
  });
  return [...(texts.length > 0 ? [`${texts.join('\n')}\n`] : []), ...tables].join('\n');
}

export interface Line {
  name: string;
  value: unknown;
}

/** The members with dotted names; what is a list stays one. */
export function flatMembers(record: unknown, prefix = ''): Line[] {
  return Object.entries(record as Record<string, unknown>).flatMap(([key, value]) => {
    const name = prefix + key;
    const isDeep = isObject(value) && !Array.isArray(value);
    return isDeep ? flatMembers(value, `${name}.`) : [{ name, value }];
  });
}

interface List {
  name: string;
  items: object[];
}

function split(record: unknown, prefix = ''): { lines: Line[]; lists: List[] } {
  const parts = { lines: [] as Line[], lists: [] as List[] };
  for (const [key, value] of Object.entries(record as Record<string, unknown>)) {
    const name = prefix + disarm(key);
    if (isListOfObjects(value)) parts.lists.push({ name, items: value });
    else if (Array.isArray(value)) parts.lines.push(...listLines(name, value));
    else if (isObject(value)) {
      const { lines, lists } = split(value, `${name}.`);
      parts.lines.push(...lines);
      parts.lists.push(...lists);
    } else parts.lines.push({ name, value });
  }
  return parts;
}

/** A window has room for what there is; a pipe gets a line for every member. */
function withoutEmpty(
  all: readonly Line[],
  { columns }: Pick<Sink, 'columns'>,
  style: ValueStyle,
): { lines: Line[]; empty: string[] } {
  const isEmpty = ({ value }: Line) => valueText(value, style) === NOTHING;
  if (columns === undefined || all.every(isEmpty)) return { lines: [...all], empty: [] };
  const lines = all.filter((line) => !isEmpty(line));
  return { lines, empty: all.filter(isEmpty).map(({ name }) => name) };
}

/** One line for each item, so that a long list can be read and cut by lines. */
function listLines(name: string, values: readonly unknown[]): Line[] {
  if (values.length === 0) return [{ name, value: undefined }];
  return values.map((value, index) => ({ name: index === 0 ? name : '', value }));
}

/** A single resource has room for both: the time, and how long ago that is. */
function scalarText(value: unknown, style: ValueStyle): string {
  const at = timeOf(value);
  if (at === undefined || style.relativeTo === undefined) return valueText(value, style);
  return `${String(value)} (${relativeTime(at, style.relativeTo)})`;
}

/** In a window, a column with nothing in it takes room of the others. */
function columnsOf(
  items: readonly object[],
  { columns }: Pick<Sink, 'columns'>,
  style: ValueStyle,
): Record<string, string> {
  const members = items.flatMap((item) => Object.entries(item));
  const isShown = (value: unknown) => columns === undefined || valueText(value, style) !== NOTHING;
  const names = new Set(members.flatMap(([name, value]) => (isShown(value) ? [name] : [])));
  // What it is, and how it stands, before the words about it.
  const first = FIRST_COLUMNS.filter((name) => names.has(name));
  const ordered = new Set([...first, ...names]);
  return Object.fromEntries([...ordered].map((name) => [disarm(name).toUpperCase(), name]));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function isListOfObjects(value: unknown): value is object[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
