// What is kept of an answer under an idempotency key opens for the same request only.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import type { Caller } from '../../src/usecases/context.ts';
import type { ChangeFacts } from '../../src/usecases/request-facts.ts';
import { createRequests, type Requests } from '../../src/usecases/requests.ts';
import { createAmbience } from '../ambience.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';

const anyone: Caller = { id: 'anyone', role: 'anyone', customerId: null };

let db: TemporaryDatabase;
let requests: Requests;
beforeAll(async () => {
  db = await temporaryDatabase();
  const { clock, makeId, random } = createAmbience();
  requests = createRequests({ database: db, now: clock.now, makeId, random, audience: () => '' });
});
afterAll(() => db.close());

/** Redeems under a key that anybody could guess; the fingerprint has the invite's token in it. */
function redeem(fingerprint: string) {
  const facts: ChangeFacts = {
    caller: anyone,
    requestId: 'req_1',
    changeRef: null,
    validateOnly: false,
    idempotencyKey: '1',
    fingerprint,
  };
  return requests.change(facts, async () => ({ status: 201, body: { secret: 'of the first' } }));
}

it('when somebody else passes off the stored answer as their own, it does not open', async () => {
  await redeem('with token A');
  const forged = createHash('sha256').update('with token B').digest('hex');
  await db.query('UPDATE idempotency_keys SET fingerprint = $1', [forged]);
  await expect(redeem('with token B')).rejects.toThrow(/authenticate/);
});
