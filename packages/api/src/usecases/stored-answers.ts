// The answer of a change under its idempotency key: stored with the change, and given again to who
// sends the same. It is sealed, as it may hold a secret.

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { refuse } from '../domain/errors.ts';
import * as idempotencyKeys from '../storage/idempotency-keys.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import type { Answer, ChangeFacts, Outcome } from './request-facts.ts';

/**
 * Gives the stored answer of this key, or works and stores it with the change itself.
 * @throws Refusal `idempotency_mismatch`, `idempotency_in_progress`
 */
export async function answerOnce(
  db: Queryable,
  facts: ChangeFacts,
  now: Date,
  work: () => Promise<Answer>,
): Promise<Outcome> {
  const { idempotencyKey } = facts;
  if (idempotencyKey === null) return { ...(await work()), replayed: false };
  const key = sha256(`${facts.caller.id}\n${idempotencyKey}`);
  const fingerprint = sha256(facts.fingerprint);
  // They go out together, and the answer is looked for once the key is taken: whoever had it before
  // has stored its answer by then.
  const [isMine, stored] = await Promise.all([
    idempotencyKeys.lock(db, key),
    idempotencyKeys.find(db, key),
  ]);
  if (!isMine) {
    throw refuse('idempotency_in_progress', 'The first request with this key has not ended.');
  }
  if (stored && stored.fingerprint !== fingerprint) {
    throw refuse('idempotency_mismatch', 'This Idempotency-Key came with another request before.');
  }
  if (stored) {
    const sealing = sealingKey(facts, idempotencyKey, stored.createdAt);
    return { status: stored.status, body: unseal(sealing, stored.sealed), replayed: true };
  }
  const answer = await work();
  const sealed = seal(sealingKey(facts, idempotencyKey, now), answer.body);
  await idempotencyKeys.insert(db, {
    key,
    fingerprint,
    status: answer.status,
    sealed,
    createdAt: now,
  });
  return { ...answer, replayed: false };
}

/**
 * An answer may hold a secret that is shown once, so it is readable only to who has the key and the
 * request: that of `redeem`, whose callers are all one, has the invite's token in it.
 */
function sealingKey(
  { caller, fingerprint }: ChangeFacts,
  idempotencyKey: string,
  createdAt: Date,
): Buffer {
  const parts = ['seal', caller.id, idempotencyKey, fingerprint, createdAt.toISOString()];
  return createHash('sha256').update(parts.join('\n')).digest();
}

/**
 * One sealing key seals one answer, so that a fixed nonce is never used twice with the same key: an
 * idempotency key that comes back after its answer was deleted seals at another time.
 */
const nonce = Buffer.alloc(12);

function seal(key: Buffer, body: unknown): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = JSON.stringify({ body });
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Buffer, sealed: Buffer): unknown {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return (JSON.parse(text.toString('utf8')) as { body: unknown }).body;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
