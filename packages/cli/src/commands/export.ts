// `sallyport export`: what is wanted, whole, as one file that `apply` takes.

import { writeFile } from 'node:fs/promises';
import { readCurrent } from '../desired/current.ts';
import { unmade } from '../input/file-failures.ts';
import { jsonText } from '../output/disarm.ts';
import { yamlText } from '../output/yaml.ts';
import type { Context } from '../runtime.ts';

/** @param to a file that is not there yet; stdout otherwise */
export async function runExport(context: Context, to: string | undefined): Promise<void> {
  const { options, out, say, signal } = context;
  const client = await context.client();
  const { state, notes } = await readCurrent(client, { signal });
  for (const note of notes) say(note);
  const isJson = options.output === 'json' || (to ?? '').endsWith('.json');
  const text = isJson ? `${jsonText(state)}\n` : yamlText(state);
  if (to === undefined) {
    out.write(text);
    return;
  }
  await writeFile(to, text, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    throw unmade(to, error, '--to');
  });
  say(`next: edit it, then: sallyport apply -f ${to} --dry-run`);
}
