// Runs any generated command: flags to request, request to answer, answer to stdout.

import type { Import, Sallyport } from '@sallyport/sdk';
import { commandWords } from '../command-map.ts';
import type { CommandData, FlagData } from '../command-data.ts';
import { commands, type OperationId } from '../generated/commands.ts';
import { confirm } from '../input/confirmation.ts';
import { type ImportTable, importTable } from '../input/import-table.ts';
import { requestParts } from '../input/request-parts.ts';
import { type TextSource, textSource } from '../input/text-source.ts';
import { type ListWriter, openList, type PageOfItems, writeOne } from '../output/answer.ts';
import { checkColumns } from '../output/chosen-columns.ts';
import { planLines } from '../output/planned-changes.ts';
import type { Context } from '../runtime.ts';
import { dangers } from './dangers.ts';
import { byLine, checkRows } from './import-rows.ts';
import { nextStep } from './next-steps.ts';

/** What was typed behind the words of the command. */
export interface Typed {
  arguments: readonly string[];
  valueOf(flag: FlagData): unknown;
  file: string | undefined;
  idempotencyKey: string | undefined;
  ifMatch: string | undefined;
  limit: number | undefined;
  all: boolean;
  cursor: string | undefined;
}

export async function runResource(
  context: Context,
  operationId: OperationId,
  typed: Typed,
): Promise<void> {
  const command = commands[operationId];
  checkColumns(context.options, command.result);
  const source = textSource(context);
  const table = await tableOf(operationId, typed.file, source);
  const given = { ...typed, members: table?.members };
  const { query, body } = await requestParts(command, given, source);
  const client = await context.client({ anonymous: command.roles.includes('anyone') });
  if (dangers.has(operationId) && query.validate_only !== true) {
    await confirm(context, { consequence: command.help, name: typed.arguments.at(-1)! });
  }
  if (command.paginated) {
    const list = openList(context, command.result!);
    const { signal } = context;
    const page = await listedPage({ client, command, typed, query, signal, list });
    list.end(page);
    if (page.next_cursor !== null) context.say(moreHint(page.next_cursor));
    return;
  }
  const { idempotencyKey, ifMatch } = typed;
  const options = { ...query, idempotencyKey, ifMatch, signal: context.signal };
  const { method, path } = command;
  const request = { method, path, params: typed.arguments, body, options };
  const isImport = operationId === 'createImport';
  const sent = client.request(request).withResponse();
  const { data, response } = await sent.catch((error: unknown) => {
    throw isImport ? byLine(error, table) : error;
  });
  writeOne(context, data);
  if (query.validate_only === true) sayPlan(context, response.headers.get('sallyport-plan'));
  else sayWhatNext(context, operationId, data);
  if (isImport) checkRows(data as Import, table);
}

/** Only rows of an import make a table; on stdin, what does not begin as JSON does. */
async function tableOf(
  operationId: OperationId,
  file: string | undefined,
  source: TextSource,
): Promise<ImportTable | undefined> {
  if (operationId !== 'createImport' || file === undefined) return undefined;
  if (file !== '-' && !/\.csv$/i.test(file)) return undefined;
  const text = await source.read(file, '--file');
  return file === '-' && /^\s*\{/.test(text) ? undefined : importTable(text, nameOf(file));
}

function nameOf(file: string): string {
  return file === '-' ? 'stdin' : file;
}

/** How many items a page may have, by the contract. */
const PAGE_MAX = 200;

interface Listing {
  client: Sallyport;
  command: CommandData;
  typed: Typed;
  query: Record<string, unknown>;
  signal: AbortSignal;
  list: ListWriter;
}

/** One page, or as many as `--limit` or `--all` need, in the shape of one page. */
async function listedPage({
  client,
  command,
  typed,
  query,
  signal,
  list,
}: Listing): Promise<PageOfItems> {
  const wanted = typed.all ? Infinity : typed.limit;
  const items: unknown[] = [];
  let cursor = typed.cursor;
  for (;;) {
    const limit = wanted === undefined ? undefined : Math.min(PAGE_MAX, wanted - items.length);
    const options = { ...query, limit, cursor, signal };
    const { method, path } = command;
    const params = typed.arguments;
    const page: PageOfItems = await client.request({ method, path, params, options });
    items.push(...page.items);
    list.add(page.items);
    const next = page.next_cursor;
    const enough = wanted === undefined || items.length >= wanted;
    // A cursor that comes back would be followed for ever.
    if (next === null || enough || next === cursor) return { ...page, items };
    cursor = next;
  }
}

function moreHint(cursor: string): string {
  return `There are more: add --all, a higher --limit, or --cursor ${cursor}`;
}

function sayPlan({ say }: Context, header: string | null): void {
  say('Only validated: nothing was kept.');
  for (const line of planLines(header)) say(line);
}

function sayWhatNext(context: Context, operationId: OperationId, data: unknown): void {
  const { say } = context;
  if (data === undefined) say(`Done: ${commandWords[operationId]}.`);
  const next = nextStep(operationId, data);
  if (next !== undefined) say(`next: ${next}`);
}
