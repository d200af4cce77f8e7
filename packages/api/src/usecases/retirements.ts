// An endpoint service that is to end: its registration stays, until it is forgotten, for what
// happened on it.

import { refuse } from '../domain/errors.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import type { Operation } from '../domain/operation.ts';
import { hindrancesOfEnd } from '../domain/hindrance.ts';
import { hindranceOf } from '../domain/retirement.ts';
import { retirementTarget, serviceTargets } from '../domain/target.ts';
import * as services from '../storage/endpoint-services.ts';
import * as privateDns from '../storage/private-dns.ts';
import * as storage from '../storage/retirements.ts';
import * as targets from '../storage/targets.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import * as endpointServices from './endpoint-services.ts';
import * as operations from './operations.ts';

export interface NewRetirement {
  reason: string;
  /** Also one that Sallyport did not create. */
  forceRegistered?: boolean;
}

/**
 * Begins the end, or gives the operation that is under way. The worker does the rest.
 * @throws Refusal `invalid_state_transition`, `invalid_request`
 */
export async function retire(
  context: Context,
  key: string,
  { reason, forceRegistered = false }: NewRetirement,
): Promise<Operation> {
  const seen = await endpointServices.get(context, key);
  // Targets before rows, as workers lock them, so that neither waits for the other.
  const woken = [...serviceTargets(seen), retirementTarget(seen.id)];
  await targets.nudge(context.db, woken, context.now);
  await services.lock(context.db, seen.id);
  const before = await endpointServices.get(context, seen.id);
  if (before.retiringSince === null) checkMayRetire(before, forceRegistered);
  if (before.retiredAt !== null) refuseState(`${before.id} has been retired already.`);
  const operation = await operations.start(context, {
    kind: 'retire_service',
    subjectId: before.id,
    customerId: null,
    message: 'Waiting for a worker to take away what lets customers in.',
  });
  if (before.retiringSince !== null) return operation;
  const dns = await privateDns.find(context.db, before.id);
  await storage.begin(context.db, before.id, { reason, at: context.now });
  await privateDns.want(context.db, before.id, null, context.now);
  await audit(context, {
    action: 'retireEndpointService',
    subjectId: before.id,
    reason,
    before: { retiringSince: null, privateDnsName: dns?.name ?? null },
    after: { retiringSince: context.now, privateDnsName: null },
  });
  return operation;
}

function checkMayRetire(service: EndpointService, forceRegistered: boolean): void {
  const { id, networkLoadBalancerArns, serviceId } = service;
  if (networkLoadBalancerArns.length === 0 && !forceRegistered) {
    const detail = `Sallyport did not create ${id}: say \`force_registered\` to delete it in AWS.`;
    const fields = [{ pointer: '/force_registered', detail }];
    throw refuse('invalid_request', detail, { fields });
  }
  if (serviceId === null) {
    refuseState(`AWS has not created ${id} yet: wait for it, or delete its registration.`);
  }
  const [hindrance] = hindrancesOfEnd(service);
  if (!hindrance) return;
  refuseState(`Retiring ${id} waits for ${hindranceOf(service)}.`, hindrance.command);
}

function refuseState(detail: string, command?: string): never {
  throw refuse('invalid_state_transition', detail, command === undefined ? {} : { command });
}
