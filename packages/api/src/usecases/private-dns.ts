// The private DNS name of a service: wanted here, brought about by a worker.

import type { Condition } from '../domain/conditions/condition.ts';
import { privateDnsConditions } from '../domain/conditions/private-dns.ts';
import type { AuditAction } from '../domain/events-told.ts';
import { privateDnsStatus, type PrivateDnsStatus } from '../domain/private-dns-status.ts';
import { manages, type EndpointService } from '../domain/endpoint-service.ts';
import { privateDnsTarget } from '../domain/target.ts';
import * as storage from '../storage/private-dns.ts';
import { refuse } from '../domain/errors.ts';
import * as targets from '../storage/targets.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import * as endpointServices from './endpoint-services.ts';

export interface ShownPrivateDns extends PrivateDnsStatus {
  /** Of `ready`. */
  reason: string;
  conditions: Condition[];
}

export async function get(context: Context, key: string): Promise<ShownPrivateDns> {
  return status(context, await endpointServices.get(context, key));
}

export async function put(context: Context, key: string, name: string): Promise<ShownPrivateDns> {
  return want(context, key, name, 'putPrivateDns');
}

export async function remove(context: Context, key: string): Promise<ShownPrivateDns> {
  return want(context, key, null, 'deletePrivateDns');
}

/**
 * Has it published and verified anew, at once: after somebody has mended what kept it, or when
 * other hands have taken our record away.
 */
export async function verify(context: Context, key: string): Promise<ShownPrivateDns> {
  const { id } = await endpointServices.get(context, key);
  await targets.nudge(context.db, [privateDnsTarget(id)], context.now);
  await storage.lock(context.db, id);
  const service = await endpointServices.get(context, id);
  const before = await storage.find(context.db, id);
  if (!before?.name) {
    throw refuse('invalid_state_transition', `No private DNS name of ${id} is wanted.`);
  }
  if (!manages(service, 'privateDns')) {
    const command = `sallyport services set-modes ${id} --private-dns manage`;
    const detail = `Private DNS of ${id} is in observe mode or stands still: nothing is verified.`;
    throw refuse('aspect_not_managed', detail, { command });
  }
  await storage.restart(context.db, id, context.now);
  const { name, problem, verificationStartedAt } = before;
  await audit(context, {
    action: 'verifyPrivateDns',
    subjectId: id,
    before: { name, problem, verificationStartedAt },
    after: { name, problem: null, verificationStartedAt: null },
  });
  return status(context, service);
}

/** Wanting what is wanted already changes nothing and is not audited. */
async function want(
  context: Context,
  key: string,
  name: string | null,
  action: AuditAction,
): Promise<ShownPrivateDns> {
  const service = await endpointServices.get(context, key);
  const seen = await storage.find(context.db, service.id);
  if (seen?.name === name) return status(context, service);
  // Targets before rows, as workers lock them, so that neither waits for the other.
  await targets.nudge(context.db, [privateDnsTarget(service.id)], context.now);
  await storage.lock(context.db, service.id);
  const before = await storage.find(context.db, service.id);
  if (before?.name === name) return status(context, service);
  await context.recheck?.();
  if (name !== null && (await endpointServices.get(context, service.id)).retiringSince !== null) {
    throw refuse('invalid_state_transition', `${service.id} is being retired.`);
  }
  await storage.want(context.db, service.id, name, context.now);
  await audit(context, {
    action,
    subjectId: service.id,
    before: { name: before?.name ?? null },
    after: { name },
  });
  return status(context, service);
}

async function status(context: Context, service: EndpointService): Promise<ShownPrivateDns> {
  const wanted = await storage.find(context.db, service.id);
  const told = privateDnsStatus(service, wanted, context.now);
  const conditions = privateDnsConditions(told);
  return { ...told, reason: conditions[0]!.reason, conditions };
}
