// Names and ids of what there is at the service, for completion and for "did you mean". Kept for a
// minute, so that a person who presses the key again need not wait; never a reason to fail.

import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Sallyport } from '@sallyport/sdk';
import { findKey } from '../api/key.ts';
import type { ArgumentName } from '../generated/commands.ts';
import { disarm } from '../output/disarm.ts';
import { plainText, valueAt } from '../output/value.ts';
import { cacheFolder } from '../profiles/places.ts';
import { readObject, writeObject } from '../profiles/private-file.ts';
import type { Context } from '../runtime.ts';

export interface LiveValue {
  value: string;
  /** What it is, for people. */
  about: string;
}

interface Source {
  path: string;
  /** Members: what is typed, the first that is there, and what tells people what it is. */
  values: readonly string[];
  about: string;
}

const sources: Partial<Record<ArgumentName, Source>> = {
  account: { path: '/v1/accounts', values: ['account_id'], about: 'standing' },
  'api-key': { path: '/v1/api-keys', values: ['id'], about: 'name' },
  connection: { path: '/v1/connections', values: ['vpc_endpoint_id'], about: 'state' },
  customer: { path: '/v1/customers', values: ['external_id'], about: 'name' },
  'endpoint-service': {
    path: '/v1/endpoint-services',
    values: ['service_id', 'id'],
    about: 'name',
  },
  grant: { path: '/v1/grants', values: ['id'], about: 'customer_id' },
  operation: { path: '/v1/operations', values: ['id'], about: 'state' },
  principal: { path: '/v1/principals', values: ['id'], about: 'arn' },
  'provider-account': { path: '/v1/provider-accounts', values: ['account_id'], about: 'name' },
  webhook: { path: '/v1/webhooks', values: ['id'], about: 'target_url' },
};

const FRESH_MS = 60_000;
/** Who presses a key waits no longer. */
const TIMEOUT_MS = 1_500;
const LIMIT = '200';
/** A shell does something of its own with other characters. */
const HARMLESS = /^[\w.:/@+-]+$/;

/** Empty where nothing is known of that kind, or the service does not tell. */
export async function liveValues(context: Context, kind: string): Promise<LiveValue[]> {
  if (kind === 'anything') return valuesOfAnything(context);
  const source = Object.hasOwn(sources, kind) ? sources[kind as ArgumentName] : undefined;
  if (source === undefined) return [];
  try {
    const settings = await context.settings();
    const { key } = await findKey({ ...context, settings });
    const file = cacheFile(context, `${settings.url.value} ${key} ${kind}`);
    const kept = (await readObject(file).catch(() => undefined)) as Kept | undefined;
    if (kept && Math.abs(context.now() - kept.at) < FRESH_MS) return kept.values;
    const values = await asked(await context.client(), source, context.signal);
    await writeObject(file, { at: context.now(), values }).catch(() => undefined);
    return values;
  } catch {
    return [];
  }
}

/** What people mistype of all that they paste. */
async function valuesOfAnything(context: Context): Promise<LiveValue[]> {
  const kinds = ['customer', 'connection', 'endpoint-service'];
  return (await Promise.all(kinds.map((kind) => liveValues(context, kind)))).flat();
}

interface Kept {
  at: number;
  values: LiveValue[];
}

/** Its name tells neither the service nor the key. */
function cacheFile(context: Context, of: string): string {
  const name = createHash('sha256').update(of).digest('hex').slice(0, 32);
  return path.join(cacheFolder(context), `values-${name}.json`);
}

async function asked(
  client: Sallyport,
  { path: list, values, about }: Source,
  signal: AbortSignal,
): Promise<LiveValue[]> {
  const options = { limit: LIMIT, timeoutMs: TIMEOUT_MS, maxRetries: 0, signal };
  const request = { method: 'GET', path: list, options };
  const { items } = await client.request<{ items: unknown[] }>(request);
  return items.flatMap((item) => {
    const value = values.map((member) => valueAt(item, member)).find((one) => one !== null);
    if (typeof value !== 'string' || !HARMLESS.test(value)) return [];
    return [{ value, about: disarm(plainText(valueAt(item, about))) }];
  });
}
