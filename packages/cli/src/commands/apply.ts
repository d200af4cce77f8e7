// `sallyport apply -f …`: has everything be as a file declares, by PUTs that may be repeated. The
// differences come first. Nothing is taken away: what is not in the file stays.

import { NotFoundError, type Sallyport } from '@sallyport/sdk';
import { readCurrent } from '../desired/current.ts';
import { type Comparison, compare, type Difference } from '../desired/differences.ts';
import { sections } from '../desired/document.ts';
import { readDesired } from '../desired/reading.ts';
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
  const { state } = await readCurrent(client, { signal: context.signal });
  const comparison = compare(wanted, state);
  await applied(context, client, { comparison, ...choices, asks: true });
  const { differences, same, others } = comparison;
  const shown = differences.map(({ body: _body, ...rest }) => rest);
  if (isForPeople(context)) return;
  writeOne(context, { applied: !choices.dryRun, differences: shown, same, others });
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
    const consequence = `This makes the ${differences.length} changes above.`;
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
  const { client, differences, changeRef, validateOnly } = write;
  const line = openProgressLine(context, validateOnly ? 'checking' : 'applying');
  const startedAt = context.now();
  const created = new Set<string>();
  try {
    for (const [at, difference] of differences.entries()) {
      const { section, key, body, action } = difference;
      const elapsedMs = context.now() - startedAt;
      const state = `${at + 1} of ${differences.length}`;
      if (context.err.rewrites) line.show({ state, detail: `${section} ${key}`, elapsedMs });
      const query = { change_ref: changeRef, validate_only: validateOnly || undefined };
      const options = { ...query, signal: context.signal };
      const { path } = sections[section];
      await client
        .request({ method: 'PUT', path, params: [key], body, options })
        .catch((error: unknown) => {
          // In a dry run, what it names may be what the file creates.
          if (validateOnly && created.size > 0 && error instanceof NotFoundError) return;
          line.end();
          context.say(`${at} of ${differences.length} are done. This one was refused: ${key}`);
          throw error;
        });
      if (action === 'create') created.add(key);
    }
  } finally {
    line.end();
  }
}
