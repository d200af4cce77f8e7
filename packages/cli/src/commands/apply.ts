// `sallyport apply -f …`: has everything be as a file declares, by PUTs that may be repeated. The
// differences come first. Nothing is taken away: what is not in the file stays.

import {
  AbortedError,
  type CallOptions,
  type Customer,
  NotFoundError,
  PreconditionFailedError,
  type Sallyport,
} from '@sallyport/sdk';
import { readCurrent } from '../desired/current.ts';
import { type Comparison, compare, type Difference } from '../desired/differences.ts';
import { type DesiredState, sections } from '../desired/document.ts';
import { readDesired } from '../desired/reading.ts';
import { conditionOf, lastChange, tagIfSame, withTags } from '../desired/tags.ts';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { confirm } from '../input/confirmation.ts';
import { textSource } from '../input/text-source.ts';
import { isForPeople, writeOne } from '../output/answer.ts';
import { comparisonSentence, differenceText } from '../output/difference-lines.ts';
import { openProgressLine } from '../output/progress-line.ts';
import type { Context } from '../runtime.ts';

export interface Apply {
  file: string;
  dryRun: boolean;
  changeRef: string | undefined;
}

export async function runApply(context: Context, { file, ...choices }: Apply): Promise<void> {
  const text = await textSource(context).read(file, '--file');
  const wanted = readDesired(text, file === '-' ? 'stdin' : file);
  const client = await context.client();
  const { signal } = context;
  const { state, gone } = await readCurrent(client, { signal });
  checkStay(wanted, gone);
  const comparison = await withTags(client, compare(wanted, state), { signal });
  await applied(context, client, { comparison, ...choices, asks: true });
  const { differences, same, others } = comparison;
  const shown = differences.map(({ section, key, action, members }) => {
    return { section, key, action, members };
  });
  if (isForPeople(context)) return;
  writeOne(context, { applied: !choices.dryRun, differences: shown, same, others });
}

/** Before anything is changed, and not at the first of them. */
function checkStay(wanted: DesiredState, gone: readonly Customer[]): void {
  const customers = (wanted.customers ?? []).map((item) => item['external_id']);
  const owners = [...(wanted.accounts ?? []), ...(wanted.grants ?? [])];
  const named = new Set([...customers, ...owners.map((item) => item['customer_id'])]);
  const wrong = gone
    .filter(({ external_id: key }) => named.has(key))
    .map(({ external_id: key, state, offboarding_since: since }) => {
      return `${key} ${state === 'offboarded' ? 'has left' : 'is leaving'}; it began at ${since}.`;
    });
  if (wrong.length === 0) return;
  const next = 'Take them out of the file, or give them another external_id: who left stays away';
  const what = 'The file names customers for whom nothing can be set up any more.';
  throw new CommandError(exitCodes.conflict, what, next, wrong);
}

export interface Application extends Omit<Apply, 'file'> {
  comparison: Comparison;
  asks: boolean;
}

/** Shows people the differences, asks, and makes them. */
export async function applied(
  context: Context,
  client: Sallyport,
  { comparison, dryRun, changeRef, asks }: Application,
): Promise<void> {
  const { differences } = comparison;
  if (isForPeople(context)) context.out.write(differenceText(comparison, context.out.colour));
  context.say(comparisonSentence(comparison));
  const write = { client, differences, changeRef };
  if (dryRun) {
    await put(context, { ...write, validateOnly: true });
    context.say('Dry run: nothing was kept.');
  } else if (differences.length > 0) {
    const count = differences.length;
    const consequence = `This makes the ${count === 1 ? 'change' : `${count} changes`} above.`;
    if (asks) await confirm(context, { consequence, name: 'apply' });
    await put(context, { ...write, validateOnly: false });
    context.say(`Done: ${differences.length} of ${differences.length}.`);
  }
}

interface Write {
  client: Sallyport;
  differences: readonly Difference[];
  changeRef: string | undefined;
  validateOnly: boolean;
}

async function put(context: Context, write: Write): Promise<void> {
  const { differences, validateOnly } = write;
  const line = openProgressLine(context, validateOnly ? 'checking' : 'applying');
  const startedAt = context.now();
  const created = new Set<string>();
  try {
    for (const [at, difference] of differences.entries()) {
      const { section, key, action } = difference;
      const elapsedMs = context.now() - startedAt;
      const state = `${at + 1} of ${differences.length}`;
      const part = at / differences.length;
      if (context.err.rewrites) line.show({ state, detail: `${section} ${key}`, elapsedMs, part });
      await putOne(context, write, difference).catch((error: unknown) => {
        // In a dry run, what it names may be what the file creates.
        if (validateOnly && created.size > 0 && error instanceof NotFoundError) return;
        line.end();
        throw halted(context, error, { done: `${at} of ${differences.length} are done`, key });
      });
      if (action === 'create') created.add(key);
    }
  } finally {
    line.end();
  }
}

function halted(context: Context, error: unknown, at: { done: string; key: string }): unknown {
  if (!(error instanceof AbortedError)) {
    context.say(`${at.done}. This one was refused: ${at.key}`);
    return error;
  }
  const next = 'The same again compares anew, and does the rest';
  return new CommandError(exitCodes.interrupted, `Interrupted: ${at.done}.`, next);
}

/** @throws CommandError when somebody changed it since it was compared */
async function putOne(context: Context, write: Write, difference: Difference): Promise<void> {
  const { client, changeRef, validateOnly } = write;
  const { section, key, body } = difference;
  const call = { signal: context.signal };
  const query = { change_ref: changeRef, validate_only: validateOnly || undefined };
  const { path } = sections[section];
  const send = (condition: object) => {
    const options = { ...query, ...call, ...condition };
    return client.request({ method: 'PUT', path, params: [key], body, options });
  };
  try {
    await send(conditionOf(difference));
  } catch (error) {
    if (!(error instanceof PreconditionFailedError)) throw error;
    const etag = await tagIfSame(client, difference, call);
    if (etag === undefined) throw await overtaken(client, difference, call);
    await send({ ifMatch: etag });
  }
}

async function overtaken(
  client: Sallyport,
  difference: Difference,
  call: Pick<CallOptions, 'signal'>,
): Promise<CommandError> {
  const { section, key, action } = difference;
  const who = await lastChange(client, difference, call);
  const what = action === 'create' ? 'was made' : 'was changed';
  const message = `${sections[section].one} ${key} ${what} since it was compared`;
  const next = 'Nothing of it was overwritten. The same again compares anew, and shows the change';
  return new CommandError(exitCodes.conflict, who ? `${message}: by ${who}.` : `${message}.`, next);
}
