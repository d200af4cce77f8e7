// Allowlist entries that other hands have made, and how they become ours. Nothing is changed in AWS
// by the adoption itself; what is ours and wanted by no grant, a worker removes.

import type { AuditAction } from '../domain/events-told.ts';
import { refuse, type FieldError } from '../domain/errors.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { accountOfPrincipal, isFormer, type Principal } from '../domain/principal.ts';
import { principalsTarget } from '../domain/target.ts';
import { recordAdopted } from '../storage/principal-decisions.ts';
import * as storage from '../storage/principals.ts';
import * as targets from '../storage/targets.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import * as endpointServices from './endpoint-services.ts';
import { existing } from './existing.ts';
import { watched, type WatchedPrincipal } from './principals.ts';

export async function list(
  context: Context,
  serviceKey: string,
  page: PageRequest,
): Promise<Page<WatchedPrincipal>> {
  const { id: endpointServiceId } = await endpointServices.get(context, serviceKey);
  const filter = { endpointServiceId, customerId: null, unowned: true };
  const found = await storage.list(context.db, filter, page);
  return toPage(
    found.map((principal) => watched(context, principal)),
    page.limit,
  );
}

/** Adopting what is ours already changes nothing. @throws Refusal when it cannot be ours */
export async function adopt(
  context: Context,
  serviceKey: string,
  key: string,
  reason: string,
): Promise<WatchedPrincipal> {
  const { id } = await endpointServices.get(context, serviceKey);
  await targets.nudge(context.db, [principalsTarget(id)], context.now);
  const [found] = await storage.listNamed(context.db, id, [key]);
  const principal = existing(found ?? null, 'principal', key);
  const obstacle = obstacleTo(principal);
  if (obstacle) throw refuse(obstacle.code, obstacle.detail);
  await adoptAll(context, [principal], 'adoptPrincipal', reason);
  const after = await storage.find(context.db, principal.id, null);
  return watched(context, existing(after, 'principal', key));
}

/** All of them or, when one cannot be ours, none. */
export async function adoptMany(
  context: Context,
  serviceKey: string,
  { principals: keys, reason }: { principals: string[]; reason: string },
): Promise<{ principals: WatchedPrincipal[] }> {
  const { id } = await endpointServices.get(context, serviceKey);
  // Targets before rows, as workers lock them, so that neither waits for the other.
  await targets.nudge(context.db, [principalsTarget(id)], context.now);
  const found = await storage.listNamed(context.db, id, keys);
  refuseObstacles(keys, found);
  await adoptAll(context, found, 'adoptPrincipals', reason);
  const after = await storage.listNamed(context.db, id, keys);
  return { principals: after.map((principal) => watched(context, principal)) };
}

async function adoptAll(
  context: Context,
  principals: Principal[],
  action: AuditAction,
  reason: string,
): Promise<void> {
  const foreign = principals.filter(({ owned }) => !owned);
  await recordAdopted(
    context.db,
    foreign.map(({ id }) => id),
  );
  for (const { id: subjectId, arn, endpointServiceId } of foreign) {
    const entry = { arn, endpointServiceId };
    const before = { ...entry, owned: false };
    await audit(context, { action, subjectId, reason, before, after: { ...entry, owned: true } });
  }
}

function refuseObstacles(keys: string[], found: Principal[]): void {
  const fields = keys.flatMap((key, index): FieldError[] => {
    const principal = found.find(({ id, arn }) => id === key || arn === key);
    const detail = principal
      ? obstacleTo(principal)?.detail
      : `The allowlist has no entry "${key}".`;
    return detail === undefined ? [] : [{ pointer: `/principals/${index}`, detail }];
  });
  if (fields.length === 0) return;
  const detail = `${fields.length} of ${keys.length} cannot be adopted: none was.`;
  throw refuse('invalid_request', detail, { fields });
}

/** Only what AWS shows, and what we could remove: `*` is never sent, not even to remove it. */
function obstacleTo({ arn, owned, observed }: Principal) {
  if (owned) return null;
  if (accountOfPrincipal(arn) === null) {
    const what = isFormer(arn)
      ? 'a role, user or account that is no more'
      : 'no account, role or user';
    const detail = `"${arn}" is ${what}: remove it by hand, in AWS.`;
    return { code: 'invalid_principal' as const, detail };
  }
  if (observed) return null;
  const detail = `AWS does not show ${arn} on the allowlist: there is nothing to adopt.`;
  return { code: 'invalid_state_transition' as const, detail };
}
