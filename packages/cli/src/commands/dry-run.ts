// What `--dry-run` tells people: what of the resource would be another, and what would follow in
// AWS. The service has checked everything as for a real change, and kept nothing.

import type { Sallyport } from '@sallyport/sdk';
import type { CommandData } from '../command-data.ts';
import { commands } from '../generated/commands.ts';
import { isForPeople } from '../output/answer.ts';
import { planLines } from '../output/planned-changes.ts';
import { flatMembers } from '../output/record.ts';
import { valueText } from '../output/value.ts';
import type { Context } from '../runtime.ts';

export interface DryRun {
  command: CommandData;
  params: readonly string[];
  /** The resource as the change would leave it. */
  data: unknown;
  /** `Sallyport-Plan` of the answer. */
  plan: string | null;
}

export async function sayDryRun(context: Context, client: Sallyport, run: DryRun): Promise<void> {
  const { say } = context;
  say('Dry run: nothing was kept.');
  const reader = readerOf(run.command);
  if (reader && isForPeople(context)) {
    const { path } = reader;
    const options = { signal: context.signal };
    const request = { method: 'GET', path, params: run.params, options };
    // What is not there yet would be created. Why else it cannot be read is not the question here.
    const before = await client.request(request).catch(() => undefined);
    for (const line of before === undefined ? [] : differences(before, run.data)) say(line);
  }
  for (const line of planLines(run.plan)) say(line);
}

/** The operation that reads what this one changes. */
function readerOf(change: CommandData): CommandData | undefined {
  return Object.values(commands).find(
    ({ method, path, result, paginated, arguments: { length } }) =>
      method === 'GET' &&
      !paginated &&
      result !== undefined &&
      result === change.result &&
      length === change.arguments.length &&
      `${change.path}/`.startsWith(`${path}/`),
  );
}

/** Marks of the change itself tell nothing, and conditions say the same as other members. */
const MARKS = new Set(['updated_at', 'etag', 'conditions']);

function differences(before: unknown, after: unknown): string[] {
  const [old, later] = [before, after].map((resource) => {
    return new Map(flatMembers(resource).map(({ name, value }) => [name, value]));
  });
  const lines = [...new Set([...old!.keys(), ...later!.keys()])].flatMap((name) => {
    const [was, would] = [old!.get(name), later!.get(name)];
    if (MARKS.has(name) || JSON.stringify(was) === JSON.stringify(would)) return [];
    return [`  ${name}: ${shown(was)} → ${shown(would)}`];
  });
  return lines.length > 0 ? ['This would change:', ...lines] : ['It would stay as it is.'];
}

function shown(value: unknown): string {
  return valueText(value, { relativeTo: undefined });
}
