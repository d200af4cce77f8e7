// What an operator says of an entry of ours that other hands have removed: put it back, let it go.

import type { AuditAction } from '../domain/events-told.ts';
import { manages } from '../domain/endpoint-service.ts';
import { refuse } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import { principalsTarget } from '../domain/target.ts';
import * as storage from '../storage/principal-decisions.ts';
import * as targets from '../storage/targets.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import * as endpointServices from './endpoint-services.ts';
import * as principals from './principals.ts';

/** It is put back, this once. Saying so again, or of one that is on its way, changes nothing. */
export async function restore(
  context: Context,
  id: string,
  reason: string,
): Promise<principals.WatchedPrincipal> {
  const before = await getHeld(context, id);
  if (before.state === 'allowed' || before.state === 'pending') return before;
  if (before.state !== 'contested' && !before.released) throw wrongState(before);
  await checkManaged(context, before);
  await storage.recordRestoring(context.db, before.id);
  return told(context, 'restorePrincipal', before, reason);
}

/** It is ours no longer, and not put back. Letting it go again changes nothing. */
export async function release(
  context: Context,
  id: string,
  reason: string,
): Promise<principals.WatchedPrincipal> {
  const before = await getHeld(context, id);
  if (before.released) return before;
  if (before.state !== 'contested') throw wrongState(before);
  await storage.recordReleased(context.db, before.id);
  return told(context, 'releasePrincipal', before, reason);
}

/** Workers write entries under their target, so that it stays as it is till the end. */
async function getHeld(context: Context, id: string): Promise<principals.WatchedPrincipal> {
  const { endpointServiceId } = await principals.get(context, id);
  await targets.nudge(context.db, [principalsTarget(endpointServiceId)], context.now);
  return principals.get(context, id);
}

function wrongState({ id, state }: Principal) {
  return refuse('invalid_state_transition', `Principal ${id} is ${state}, and not contested.`);
}

async function checkManaged(context: Context, { endpointServiceId }: Principal): Promise<void> {
  const service = await endpointServices.get(context, endpointServiceId);
  if (manages(service, 'principals')) return;
  const { id } = service;
  const command = `sallyport services set-modes ${id} --principals manage`;
  const detail = `Principals of ${id} are in observe mode or stand still: nothing is put back.`;
  throw refuse('aspect_not_managed', detail, { command });
}

async function told(
  context: Context,
  action: AuditAction,
  before: principals.WatchedPrincipal,
  reason: string,
): Promise<principals.WatchedPrincipal> {
  const after = await principals.get(context, before.id);
  const { id: subjectId } = before;
  await audit(context, { action, subjectId, reason, before, after });
  return after;
}
