// What a change that is only tried would lead to in AWS: what is due after it and was not before.

import { manages, type Aspect, type EndpointService } from './endpoint-service.ts';
import { observed, standingStill } from './hindrance.ts';
import type { PrivateDnsStep } from './private-dns.ts';

/** In the words of the effect that it would be. */
export interface PlannedChange {
  action: string;
  endpointServiceId: string;
  request: Record<string, unknown>;
  /** Why nothing is sent as things stand, as in `principals_observed`; empty when it is sent. */
  heldUpBy: string[];
}

/** What is due of one service, by what AWS last showed of it. */
export interface Due {
  service: Pick<EndpointService, 'id' | 'serviceId' | 'modes' | 'frozenSince' | 'quarantine'>;
  /** What AWS is to be asked for to make it; null when it is there. */
  creation: Record<string, unknown> | null;
  add: string[];
  remove: string[];
  accept: string[];
  reject: string[];
  privateDns: PrivateDnsStep;
  /** It is deleted once all else is gone. */
  deletion: boolean;
}

/** @param before null for a service that was not there */
export function plannedChanges(before: Due | null, after: Due): PlannedChange[] {
  const { id: endpointServiceId, serviceId } = after.service;
  const fresh = freshOf(before, after);
  const add = fresh('principals', ({ add: arns }) => arns);
  const remove = fresh('principals', ({ remove: arns }) => arns);
  const accept = fresh('acceptance', ({ accept: ids }) => ids);
  const reject = fresh('acceptance', ({ reject: ids }) => ids);
  const [dns] = fresh('privateDns', ({ privateDns }) => dnsTexts(privateDns));
  const found: [Aspect | null, string, Record<string, unknown> | null][] = [
    [null, 'create_service', fresh(null, creationTexts)[0] ? after.creation : null],
    ['principals', 'change_principals', some({ add, remove }, add.length + remove.length)],
    ['acceptance', 'accept_connections', some({ vpcEndpointIds: accept }, accept.length)],
    ['acceptance', 'reject_connections', some({ vpcEndpointIds: reject }, reject.length)],
    ['privateDns', dnsAction(after.privateDns)?.[0] ?? '', dns ? dnsRequest(after) : null],
    [null, 'delete_service', fresh(null, deletionTexts)[0] ? { serviceId } : null],
  ];
  return found.flatMap(([aspect, action, request]) => {
    if (request === null) return [];
    return [{ action, endpointServiceId, request, heldUpBy: holdsUp(after, aspect) }];
  });
}

/** What is due now and was not, or was held up and is so no longer. */
function freshOf(before: Due | null, after: Due) {
  return (aspect: Aspect | null, itemsOf: (due: Due) => string[]): string[] => {
    const wasHeld = before !== null && holdsUp(before, aspect).length > 0;
    const isFreed = wasHeld && holdsUp(after, aspect).length === 0;
    const known = new Set(before === null || isFreed ? [] : itemsOf(before));
    return itemsOf(after).filter((item) => !known.has(item));
  };
}

function holdsUp({ service }: Due, aspect: Aspect | null): string[] {
  const still = standingStill(service);
  if (still) return [still.by];
  if (aspect === null || manages(service, aspect)) return [];
  return [observed(service.id, aspect).by];
}

function some<Request>(request: Request, count: number): Request | null {
  return count > 0 ? request : null;
}

const creationTexts = ({ creation }: Due) => (creation ? ['creation'] : []);
const deletionTexts = ({ deletion }: Due) => (deletion ? ['deletion'] : []);

/** The effect that a step is carried out by; null for one that changes nothing. */
function dnsAction(step: PrivateDnsStep): [action: string, request: object] | null {
  switch (step.step) {
    case 'set_name':
      return ['set_private_dns_name', { name: step.name }];
    case 'remove_name':
      return ['set_private_dns_name', { name: null }];
    case 'write_record':
      return ['add_txt_value', { label: step.label, value: step.value }];
    case 'remove_record':
      return ['remove_txt_value', { recordName: step.record.recordName, value: step.record.value }];
    case 'start_verification':
      return ['start_verification', {}];
    default:
      return null;
  }
}

function dnsTexts(step: PrivateDnsStep): string[] {
  const action = dnsAction(step);
  return action ? [JSON.stringify(action)] : [];
}

function dnsRequest({ privateDns }: Due): Record<string, unknown> {
  return { ...dnsAction(privateDns)?.[1] };
}
