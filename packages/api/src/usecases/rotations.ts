// A key takes the place of another: both work until the old one ends, so that whoever uses it can
// change over without a gap. Never more than two live at once.

import { rotationOverlap, type ApiKey } from '../domain/api-key.ts';
import { refuse } from '../domain/errors.ts';
import * as storage from '../storage/api-keys.ts';
import * as apiKeys from './api-keys.ts';
import type { Context } from './context.ts';
import { held } from './existing.ts';
import { lastMoment } from './moments.ts';

export interface RotationRequest {
  /** For how long the old key goes on; 0 ends it at once. */
  overlapSeconds?: number;
  expiresAt?: string;
}

/** @throws Refusal `invalid_state_transition` when the key has ended, or has a successor */
export async function rotate(
  context: Context,
  id: string,
  input: RotationRequest,
): Promise<apiKeys.NewKey> {
  const lock = (key: string) => storage.lock(context.db, key);
  const old = await held(context, id, (key) => apiKeys.get(context, key), lock);
  if (context.caller.id !== id) refuseMore(context, old);
  await refuseUnlessAlone(context, old);
  const seconds = input.overlapSeconds ?? rotationOverlap.usual;
  const end = new Date(context.now.getTime() + seconds * 1000);
  if (old.expiresAt === null || end < old.expiresAt) {
    await storage.update(context.db, old.id, { expiresAt: end });
  }
  return apiKeys.issue(context, {
    action: 'rotateApiKey',
    name: old.name,
    role: old.role,
    customerId: old.customerId,
    scopes: old.scopes,
    endpointServiceIds: old.endpointServiceIds,
    rotatedFrom: old.id,
    expiresAt: apiKeys.expiryOf(input.expiresAt, context.now) ?? sameLifetime(old, context.now),
  });
}

/** Who shows some services only does not get a key that shows others. */
function refuseMore(context: Context, old: ApiKey): void {
  apiKeys.refuseMore(context, old);
  const { serviceIds = [] } = context.caller;
  const { endpointServiceIds: shown } = old;
  if (serviceIds.length === 0) return;
  if (shown.length > 0 && shown.every((id) => serviceIds.includes(id))) return;
  throw refuse('insufficient_scope', 'The key that asks shows fewer services than this one.');
}

async function refuseUnlessAlone(context: Context, old: ApiKey): Promise<void> {
  const { now } = context;
  const ended = old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= now);
  if (ended)
    throw refuse('invalid_state_transition', `The key ${old.id} has ended; make a new one.`);
  const successor = await storage.findSuccessor(context.db, old.id, now);
  const twin = successor ?? (await predecessorOf(context, old));
  if (!twin) return;
  throw refuse(
    'invalid_state_transition',
    `Two keys are live already: revoke ${twin.id}, or wait until it ends, and rotate then.`,
    { command: `sallyport api-keys revoke ${twin.id}` },
  );
}

async function predecessorOf(context: Context, key: ApiKey): Promise<ApiKey | null> {
  if (key.rotatedFrom === null) return null;
  const before = await storage.find(context.db, key.rotatedFrom);
  const lives = before && before.revokedAt === null && before.expiresAt! > context.now;
  return lives ? before : null;
}

/** A key that was to live for ninety days is followed by one that lives for ninety days. */
function sameLifetime(old: ApiKey, now: Date): Date | null {
  if (old.expiresAt === null) return null;
  const end = now.getTime() + old.expiresAt.getTime() - old.createdAt.getTime();
  return new Date(Math.min(end, lastMoment.getTime()));
}
