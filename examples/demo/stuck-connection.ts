// A connection that waits for a person, made in a world in which the demo was played: the grant
// says `manual`, and the customer makes another endpoint.

import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Sallyport } from '@sallyport/sdk';
import { customers } from './cast.ts';
import { createConsumer } from './consumer.ts';

export interface PlayedWorld {
  api_url: string;
  aws_url: string;
  operator_key_file: string;
}

/** What one needs to type docs/support.md. */
export interface StuckConnection {
  url: string;
  endpoint: string;
  supportKey: string;
  operatorKeyFile: string;
}

const SEEN_WITHIN_MS = 20_000;

export async function stuckConnection(played: PlayedWorld): Promise<StuckConnection> {
  const { api_url: url, aws_url: awsUrl, operator_key_file: operatorKeyFile } = played;
  const apiKey = (await readFile(operatorKeyFile, 'utf8')).trim();
  const client = new Sallyport({ baseUrl: url, apiKey });
  const { account, externalId } = customers.acme;
  const [grant] = await client.grants.list({ customer_id: externalId }).toArray({ limit: 1 });
  await client.grants.update(grant!.id, { acceptance: 'manual' }, { ifMatch: '*' });
  const consumer = createConsumer(awsUrl, account);
  const endpoint = await consumer.connect(grant!.service.service_name!, 'stuck');
  consumer.close();
  const deadline = Date.now() + SEEN_WITHIN_MS;
  for (;;) {
    const seen = await client.connections.get(endpoint).catch(() => undefined);
    if (seen?.hold_reason) break;
    if (Date.now() > deadline) throw new Error(`${endpoint} was not held in time.`);
    await pause(100);
  }
  const { secret } = await client.apiKeys.create({ name: 'Support', role: 'support' });
  return { url, endpoint, supportKey: secret, operatorKeyFile };
}
