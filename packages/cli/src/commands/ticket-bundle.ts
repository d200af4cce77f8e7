// `diagnose --bundle …`: everything about a connection in one file, redacted, for a ticket.

import { writeFile } from 'node:fs/promises';
import type { Diagnosis, Sallyport } from '@sallyport/sdk';
import { usageError } from '../exit-codes.ts';
import { unmade } from '../input/file-failures.ts';
import type { Background } from '../lookup/background.ts';
import { unlessHidden } from '../lookup/search.ts';
import { bundleText } from '../output/ticket-bundle.ts';
import type { Context } from '../runtime.ts';
import { VERSION } from '../version.ts';

/** Of older ones none counts any more. */
const OBSERVATIONS_MAX = 10;

export interface Bundling {
  /** A file that is not there yet. */
  to: string;
  diagnosis: Diagnosis;
  background: Background | undefined;
}

export async function writeBundle(
  context: Context,
  client: Sallyport,
  { to, diagnosis, background }: Bundling,
): Promise<void> {
  const { signal, now, say } = context;
  if (background === undefined) throw usageError('--bundle: its parts could not be read.');
  const id = diagnosis.vpc_endpoint_id;
  const [history, observations] = await Promise.all([
    unlessHidden(client.connections.history(id, { signal })),
    unlessHidden(
      client.connections.observations.list(id, { signal, limit: OBSERVATIONS_MAX }).page(),
    ),
  ]);
  const text = bundleText({
    made_at: new Date(now()).toISOString(),
    made_by: `sallyport ${VERSION}`,
    service_url: client.origin,
    diagnosis,
    background,
    history: history ?? null,
    observations: observations?.items ?? [],
  });
  await writeFile(to, text, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    throw unmade(to, error, '--bundle');
  });
  say(`${to} is for the ticket: people's addresses and secrets are not in it.`);
}
