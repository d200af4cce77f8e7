// Rows in columns without borders. On a terminal they fit its width; in a pipe nothing is cut.

import type { Sink } from '../runtime.ts';
import type { Columns } from './columns.ts';
import { memberStyle, styled } from './style.ts';
import { fitted, textWidth } from './text-width.ts';
import { type ValueStyle, valueAt, valueText } from './value.ts';

export interface Table {
  text: string;
  /** The headings for which there was no room. */
  leftOut: string[];
}

const GAP = '  ';
/** Words shrink to no less than this; below it, a column is better left out. */
const SHRUNK_MIN = 12;
/** A text without blanks is an id or a name, and half an id is no use. Longer ones are cut too. */
const UNCUT = /^\S{0,44}$/;

export function tableText(
  items: readonly unknown[],
  columns: Columns,
  sink: Pick<Sink, 'columns' | 'colour'> & { headers?: boolean },
  style: ValueStyle,
): Table {
  const all = Object.entries(columns).map(([heading, path]) => {
    const cells = items.map((item) => valueText(valueAt(item, path), style));
    return column(heading, path, cells);
  });
  const shown = fittingColumns(all, sink.columns ?? Infinity);
  const heads = shown.map(({ heading, width }) => fitted(heading, width));
  const head = styled(heads.join(GAP).trimEnd(), 'faint', sink.colour);
  const lines = [
    ...(sink.headers === false ? [] : [head]),
    ...items.map((_, row) => rowText(shown, row, sink.colour)),
  ];
  return {
    text: `${lines.join('\n')}\n`,
    leftOut: all.slice(shown.length).map(({ heading }) => heading),
  };
}

interface Column {
  heading: string;
  path: string;
  cells: string[];
  width: number;
  shrinks: boolean;
}

function column(heading: string, path: string, cells: string[]): Column {
  const width = Math.max(...[heading, ...cells].map(textWidth));
  return { heading, path, cells, width, shrinks: !cells.every((cell) => UNCUT.test(cell)) };
}

/** Shrinks the widest words first, then leaves out columns from the end; one always stays. */
function fittingColumns(all: readonly Column[], room: number): Column[] {
  const shown = all.map((one) => ({ ...one }));
  for (;;) {
    const excess = totalWidth(shown) - room;
    if (excess <= 0 || shown.length === 0) return shown;
    const widest = shown
      .filter(({ shrinks, width }) => shrinks && width > SHRUNK_MIN)
      .toSorted((a, b) => b.width - a.width)[0];
    if (widest) widest.width = Math.max(SHRUNK_MIN, widest.width - excess);
    else if (shown.length === 1) return shown;
    else restore(shown, all);
  }
}

/** With one column fewer, the others may be as wide as they were. */
function restore(shown: Column[], all: readonly Column[]): void {
  shown.length -= 1;
  for (const [index, one] of shown.entries()) one.width = all[index]!.width;
}

function totalWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length);
}

function rowText(columns: readonly Column[], row: number, colour: boolean): string {
  const cells = columns.map(({ path, cells, width }, index) => {
    const cell = cells[row]!;
    const last = index === columns.length - 1;
    const text = last && textWidth(cell) <= width ? cell : fitted(cell, width);
    return styled(text, memberStyle(path, cell), colour);
  });
  return cells.join(GAP).trimEnd();
}
