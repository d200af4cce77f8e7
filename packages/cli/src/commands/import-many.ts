// An import of more rows than one request may hold: batch after batch, and one answer for all.
// What is there already stays as it is, so the same again doubles nothing, however this one ended.

import {
  AbortedError,
  ApiError,
  type Import,
  type Sallyport,
  type ImportedRow,
} from '@sallyport/sdk';
import { createHash, randomUUID } from 'node:crypto';
import { CommandError, exitCodes, usageError } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import {
  type ImportBatch,
  type ImportBody,
  importBatches,
  importSections,
  rowCount,
} from '../input/import-batches.ts';
import { openProgressLine, type ProgressLine } from '../output/progress-line.ts';
import type { Context } from '../runtime.ts';
import { byPlace, type PlaceOf } from './import-rows.ts';

/** By the contract, which has it of each section and of all. */
export const IMPORT_MAX = 1_000;
/** Some seconds of the service, so that a bar moves, and Ctrl-C loses little. */
const BATCH_SIZE = 250;

export interface Importing {
  client: Sallyport;
  body: ImportBody;
  query: Record<string, unknown>;
  /** As it was typed: what was sent under it is answered, and not done again. */
  idempotencyKey: string | undefined;
  placeOf: PlaceOf;
}

/** @throws CommandError that says how far it came, and how to go on */
export async function importMany(context: Context, importing: Importing): Promise<Import> {
  const { body, idempotencyKey: base = randomUUID() } = importing;
  const total = rowCount(body);
  if (body['all_or_nothing'] === true) {
    const what = `--all-or-nothing holds for ${IMPORT_MAX} rows at most; these are ${total}.`;
    throw usageError(what, 'Leave it out, and look with --dry-run what would be refused.');
  }
  const batches = importBatches(body, BATCH_SIZE);
  const again = `The same again with --idempotency-key ${base} goes on, and doubles nothing`;
  context.say(`${total} rows in ${batches.length} batches. ${again}, should this one end early.`);
  const line = openProgressLine(context, 'import');
  const startedAt = context.now();
  const sum: Import = { created: 0, updated: 0, unchanged: 0, refused: 0, rows: [] };
  try {
    for (const batch of batches) {
      add(sum, await sent(context, importing, batch, base), batch);
      const done = sum.rows.length;
      const state = `${done} of ${total} rows`;
      const elapsedMs = context.now() - startedAt;
      line.show({ state, detail: countsText(sum), elapsedMs, part: done / total });
    }
    line.end();
  } catch (error) {
    throw endOf(error, { line, again, told: `${sum.rows.length} of ${total} rows` });
  }
  return { ...sum, rows: sum.rows.toSorted(byOrder) };
}

/**
 * The key is of what is sent: after a correction, only what differs is sent anew. It is of this
 * run, too: by the content alone, whoever imports a file again to restore something would be
 * answered from memory, and nothing would be done.
 */
async function sent(
  context: Context,
  { client, query, placeOf }: Importing,
  { body, indexOf }: ImportBatch,
  base: string,
): Promise<Import> {
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16);
  const options = { ...query, idempotencyKey: `${base}.${digest}`, signal: context.signal };
  const request = { method: 'POST', path: '/v1/imports', body, options };
  return client.request<Import>(request).catch((error: unknown) => {
    throw byPlace(error, (section, index) => placeOf(section, indexOf(section, index)));
  });
}

function add(sum: Import, { rows, ...counts }: Import, { indexOf }: ImportBatch): void {
  for (const name of outcomes) sum[name] += counts[name];
  for (const row of rows) sum.rows.push({ ...row, index: indexOf(row.section, row.index) });
}

const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const;

function countsText(sum: Import): string {
  const some = outcomes.filter((name) => sum[name] > 0);
  return some.map((name) => `${sum[name]} ${name}`).join(', ');
}

/** As one request with all of them would have them. */
function byOrder(one: ImportedRow, other: ImportedRow): number {
  const sections: readonly string[] = importSections;
  const order = sections.indexOf(one.section) - sections.indexOf(other.section);
  return order === 0 ? one.index - other.index : order;
}

interface Ending {
  line: ProgressLine;
  again: string;
  told: string;
}

function endOf(error: unknown, { line, again, told }: Ending): unknown {
  line.end(`${told} are imported`);
  if (error instanceof AbortedError) {
    const message = 'Interrupted. The batch that was under way may have taken effect.';
    return new CommandError(exitCodes.interrupted, message, `${again}.`);
  }
  const isFinal = error instanceof ApiError && error.status < 500 && error.status !== 429;
  if (isFinal || error instanceof CommandError) return error;
  const { exitCode, lines } = failureOf(error, { isRead: true });
  return new CommandError(exitCode, lines[0]!.replace('error: ', ''), `${again}.`);
}
