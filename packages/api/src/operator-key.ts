// The first operator key: made once, when there is no key at all, because somebody has to begin.

import { join } from 'node:path';
import { writeKeyFile } from './key-files.ts';
import * as storage from './storage/api-keys.ts';
import * as apiKeys from './usecases/api-keys.ts';
import type { ChangeFacts } from './usecases/request-facts.ts';
import type { Requests } from './usecases/requests.ts';

const facts: ChangeFacts = {
  caller: { id: 'command:create-operator-key', role: 'operator', customerId: null },
  requestId: 'command',
  changeRef: null,
  validateOnly: false,
  idempotencyKey: null,
  fingerprint: '',
};

/** The command line's: makes an operator key and gives its secret, which is shown only here. */
export async function createOperatorKey(requests: Requests, name: string): Promise<string> {
  let secret = '';
  await requests.change(facts, async (context) => {
    const key = await apiKeys.issue(context, {
      action: 'createApiKey',
      name,
      role: 'operator',
      customerId: null,
      expiresAt: null,
    });
    secret = key.secret;
    return { status: 201, body: undefined };
  });
  return secret;
}

/**
 * Local mode's: makes the first key when there is none, and writes it to `operator.key`, which only
 * this user can read. The file is written before the key is committed, so that no key is ever lost.
 * @returns the path of the file, or null when there were keys already
 */
export async function ensureOperatorKey(
  requests: Requests,
  dataDirectory: string,
): Promise<string | null> {
  const path = join(dataDirectory, 'operator.key');
  let written = false;
  await requests.change(facts, async (context) => {
    if (await storage.exist(context.db)) return { status: 200, body: undefined };
    const { secret } = await apiKeys.issue(context, {
      action: 'createApiKey',
      name: 'First operator',
      role: 'operator',
      customerId: null,
      expiresAt: null,
    });
    await writeKeyFile(path, secret, 'w');
    written = true;
    return { status: 201, body: undefined };
  });
  return written ? path : null;
}
