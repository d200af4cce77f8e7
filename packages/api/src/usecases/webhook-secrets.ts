// Keeps the secrets of webhooks sealed with the present key: those from before there was one, and
// those that an earlier key has sealed.

import {
  SealError,
  sealingKeyOf,
  sealingNonceBytes,
  type SecretSeals,
} from '../domain/sealed-secret.ts';
import { isLive, openSecret, type WebhookSecret } from '../domain/webhook.ts';
import type { Database } from '../storage/postgres/database.ts';
import * as webhooks from '../storage/webhooks.ts';
import { repeat } from './repeated-work.ts';

export interface ResealingOptions {
  db: Database;
  /** Null where no key is set: everything stays as it is, and is told. */
  seals: SecretSeals | null;
  now: () => Date;
  random: (bytes: number) => Uint8Array;
}

export interface Resealed {
  /** How many webhooks have got their secrets sealed anew. */
  resealed: number;
  /** Webhooks whose secrets are in the database as they are, for want of a key. */
  unsealed: string[];
  /** Webhooks that cannot be signed for, as the key of their secrets is not here. */
  lost: string[];
}

export async function resealAll(options: ResealingOptions): Promise<Resealed> {
  const told: Resealed = { resealed: 0, unsealed: [], lost: [] };
  for (const id of await webhooks.listIds(options.db)) {
    const outcome = await resealOne(options, id);
    if (outcome === 'resealed') told.resealed += 1;
    else if (outcome !== 'current') told[outcome].push(id);
  }
  return told;
}

export interface ResealingLoopOptions extends ResealingOptions {
  onResealed: (told: Resealed) => void;
  onError: (error: unknown) => void;
}

/** Again every hour, as requests may seal with an earlier key until all processes have the new. */
export function startResealing(options: ResealingLoopOptions): () => Promise<void> {
  const work = async () => {
    const told = await resealAll(options);
    if (told.resealed + told.unsealed.length + told.lost.length > 0) options.onResealed(told);
  };
  return repeat({ work, onError: options.onError, restMs: 3_600_000, brokenMs: 60_000 });
}

/** Secrets that have ended go with it: nobody needs them, and their key may be gone. */
async function resealOne({ db, seals, now, random }: ResealingOptions, id: string) {
  return db.transaction(async (tx) => {
    await webhooks.lock(tx, id);
    const webhook = await webhooks.find(tx, id, null);
    const secrets = (webhook?.secrets ?? []).filter((secret) => isLive(secret, now()));
    if (secrets.every(({ secret }) => seals?.isCurrent(secret))) return 'current';
    const isSealed = secrets.some(({ secret }) => sealingKeyOf(secret) !== null);
    if (!seals) return isSealed ? 'lost' : 'unsealed';
    const anew = sealedAnew(secrets, id, { seals, random });
    if (!anew) return 'lost';
    await webhooks.update(tx, id, { secrets: anew });
    return 'resealed';
  });
}

function sealedAnew(
  secrets: readonly WebhookSecret[],
  id: string,
  { seals, random }: { seals: SecretSeals; random: ResealingOptions['random'] },
): WebhookSecret[] | null {
  try {
    return secrets.map(({ secret, ...dates }) => {
      const clear = openSecret(secret, id, seals);
      return { secret: seals.seal(clear, id, random(sealingNonceBytes)), ...dates };
    });
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
