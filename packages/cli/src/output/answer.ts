// Writes what the API answered to stdout: its own JSON, or a table or record for people.

import type { CommandData } from '../command-data.ts';
import type { ListedSchema } from '../generated/commands.ts';
import type { Context } from '../runtime.ts';
import { columns } from './columns.ts';
import { jsonText } from './disarm.ts';
import { recordText } from './record.ts';
import { tableText } from './table.ts';
import type { ValueStyle } from './value.ts';

export interface PageOfItems {
  items: unknown[];
  next_cursor: string | null;
}

/** One resource. An empty answer writes nothing. */
export function writeOne(context: Context, data: unknown): void {
  const { out, options } = context;
  if (data === undefined) return;
  if (options.output === 'json') out.write(`${jsonText(data)}\n`);
  else out.write(recordText(data, out, valueStyle(context)));
}

export function writeList(
  context: Context,
  page: PageOfItems,
  { result }: Pick<CommandData, 'result'>,
): void {
  const { out, options } = context;
  if (options.output === 'json') {
    out.write(`${jsonText(page)}\n`);
    return;
  }
  if (page.items.length === 0) {
    context.say('Nothing found.');
    return;
  }
  const shown = columns[result as ListedSchema];
  const { text, leftOut } = tableText(page.items, shown, out, valueStyle(context));
  out.write(text);
  if (leftOut.length > 0)
    context.say(`Left out for width: ${leftOut.join(', ')}; -o json has all.`);
}

/** "3m ago" is for who looks now; a file or a program needs the time itself. */
export function valueStyle({ out, now }: Pick<Context, 'out' | 'now'>): ValueStyle {
  return { relativeTo: out.isTerminal ? now() : undefined };
}
