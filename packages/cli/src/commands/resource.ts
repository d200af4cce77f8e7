// Runs any generated command: flags to request, request to answer, answer to stdout.

import type { Import, Sallyport, Setup } from '@sallyport/sdk';
import { commandWords } from '../command-map.ts';
import type { CommandData, FlagData } from '../command-data.ts';
import { usageError } from '../exit-codes.ts';
import { commands, type OperationId } from '../generated/commands.ts';
import { confirm } from '../input/confirmation.ts';
import { durationMs } from '../input/duration.ts';
import { rowCount } from '../input/import-batches.ts';
import { type ImportTable, importTable } from '../input/import-table.ts';
import { requestParts } from '../input/request-parts.ts';
import { type TextSource, textSource } from '../input/text-source.ts';
import { writeOne } from '../output/answer.ts';
import { checkColumns } from '../output/chosen-columns.ts';
import type { Context } from '../runtime.ts';
import { dangers } from './dangers.ts';
import { sayDryRun } from './dry-run.ts';
import { IMPORT_MAX, importMany } from './import-many.ts';
import { byPlace, checkRows, type PlaceOf, placesIn } from './import-rows.ts';
import { writeListing } from './listing.ts';
import { nextStep } from './next-steps.ts';
import { writeSetup } from './setup-files.ts';
import { awaited } from './wait.ts';
import { waitableOf } from './awaited-changes.ts';

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
  /** Whether to wait for what the change leads to, and for how long. */
  wait: boolean;
  timeout: string | undefined;
  /** A folder that the files of the answer go into. */
  to: string | undefined;
}

export async function runResource(
  context: Context,
  operationId: OperationId,
  typed: Typed,
): Promise<void> {
  const command = commands[operationId];
  checkColumns(context.options, command.result);
  checkWait(typed);
  const source = textSource(context);
  const table = await tableOf(operationId, typed.file, source);
  const given = { ...typed, members: table?.members };
  const { query, body } = await requestParts(command, given, source);
  const client = await context.client({ anonymous: command.roles.includes('anyone') });
  if (command.paginated) {
    const { limit, all, cursor, arguments: params } = typed;
    const wanted = all ? Infinity : limit;
    await writeListing(context, { client, command, params, query, wanted, cursor });
    return;
  }
  if (dangers.has(operationId) && query.validate_only !== true) {
    await confirm(context, { consequence: command.help, name: typed.arguments.at(-1)! });
  }
  const parts = { query, body, placeOf: placesIn(table) };
  if (operationId === 'createImport' && rowCount(body!) > IMPORT_MAX) {
    const { idempotencyKey } = typed;
    const whole = await importMany(context, { ...parts, client, body: body!, idempotencyKey });
    writeOne(context, whole);
    if (query.validate_only === true) context.say('Dry run: nothing was kept.');
    checkRows(whole, parts.placeOf);
    return;
  }
  await runOne(context, { client, operationId, command, typed, ...parts });
}

/** Before anything is sent: a mistyped time is no reason to change something and then fail. */
function checkWait({ wait, timeout }: Typed): void {
  if (timeout === undefined) return;
  durationMs(timeout);
  if (!wait) throw usageError('--timeout is for --wait.', 'Add --wait, or leave it out.');
}

interface One {
  client: Sallyport;
  operationId: OperationId;
  command: CommandData;
  typed: Typed;
  query: Record<string, unknown>;
  body: Record<string, unknown> | undefined;
  placeOf: PlaceOf;
}

async function runOne(context: Context, one: One): Promise<void> {
  const { client, operationId, command, typed, query, body, placeOf } = one;
  const { idempotencyKey, ifMatch, arguments: params } = typed;
  const options = { ...query, idempotencyKey, ifMatch, signal: context.signal };
  const { method, path } = command;
  const isImport = operationId === 'createImport';
  const sent = client.request({ method, path, params, body, options }).withResponse();
  const { data, response } = await sent.catch((error: unknown) => {
    throw isImport ? byPlace(error, placeOf) : error;
  });
  if (typed.to !== undefined) {
    await writeSetup(context, typed.to, data as Setup);
    return;
  }
  const waitable = typed.wait ? waitableOf(operationId, data) : undefined;
  if (waitable) {
    await awaited(context, { client, ...waitable, timeout: typed.timeout, isChanged: true });
    return;
  }
  writeOne(context, data);
  if (query.validate_only === true) {
    const plan = response.headers.get('sallyport-plan');
    await sayDryRun(context, client, { command, params, data, plan });
  } else sayWhatNext(context, operationId, data);
  if (isImport) checkRows(data as Import, placeOf);
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

function sayWhatNext(context: Context, operationId: OperationId, data: unknown): void {
  const { say } = context;
  if (data === undefined) say(`Done: ${commandWords[operationId]}.`);
  const next = nextStep(operationId, data);
  if (next !== undefined) say(`next: ${next}`);
}
