// Which event each recorded change tells, if any: the one place where events come from. A new
// action of the audit log does not compile before it has its line here.

import type { ConnectionState } from './connection.ts';
import { noState, type StateChange, type ToldEvent } from './event.ts';
import type { EventType } from './event-types.ts';
import type { OperationState } from './operation.ts';
import type { PrivateDnsPhase } from './private-dns.ts';

interface Telling {
  type: EventType;
  /** The member of the entry's snapshots that is the state. */
  state?: string;
}

const of = (type: EventType, state?: string): Telling => ({ type, ...(state && { state }) });

/**
 * By action. Null for a step whose end is told, by its operation or by its judgement, for
 * tokens that are made for minutes, for what is sent once more, for old entries that go, and for
 * notes, which stay among the vendor's people.
 */
export const tellings = {
  acceptConnection: of('connection.accept_decided', 'decision'),
  adoptPrincipal: of('principal.adopted', 'state'),
  adoptPrincipals: of('principal.adopted', 'state'),
  attestAccount: of('account.attested', 'standing'),
  changePrincipals: of('endpoint_service.principals_changed'),
  confirmDeployment: of('deployment.confirmed', 'quarantine'),
  confirmPrivateDns: of('private_dns.verified'),
  createAccount: of('account.claimed', 'standing'),
  createApiKey: of('api_key.created'),
  createChallenge: null,
  createCustomerToken: null,
  createCustomer: of('customer.created', 'state'),
  createEndpointService: of('endpoint_service.created'),
  createGrant: of('grant.created'),
  createImport: of('resource.imported', 'standing'),
  createObservation: of('connection.observed'),
  createObservationToken: null,
  createInvite: of('invite.created'),
  createNote: null,
  createWebhook: of('webhook.created'),
  createProviderAccount: of('provider_account.created'),
  dateLapse: of('account.lapse_dated'),
  deleteAccount: of('account.deleted', 'standing'),
  deleteEndpointService: of('endpoint_service.deleted'),
  deleteGrant: of('grant.deleted'),
  deleteNote: null,
  deletePrivateDns: of('private_dns.wanted', 'name'),
  deleteWebhook: of('webhook.deleted'),
  disableWebhook: of('webhook.disabled'),
  deleteProviderAccount: of('provider_account.deleted'),
  expireGrant: of('grant.expired'),
  finishOffboarding: of('customer.offboarded', 'state'),
  finishRetirement: of('endpoint_service.retired'),
  forgetTokenIssuer: of('account.token_issuer_forgotten'),
  freezeEndpointService: of('endpoint_service.frozen'),
  judgeProof: of('account.proof_judged', 'standing'),
  lapseAccount: of('account.lapsed', 'standing'),
  losePrivateDns: of('private_dns.lost'),
  offboardCustomer: of('customer.offboarding', 'state'),
  putPrivateDns: of('private_dns.wanted', 'name'),
  quarantineDeployment: of('deployment.quarantined', 'quarantine'),
  quarantineEndpointService: of('endpoint_service.quarantined', 'quarantine'),
  reconcileEndpointService: null,
  redeliverEvent: null,
  redeemInvite: of('invite.redeemed'),
  rejectConnection: of('connection.reject_decided', 'decision'),
  releaseAccount: of('account.released', 'standing'),
  releasePrincipal: of('principal.released', 'state'),
  removeAuditEntries: null,
  restorePrincipal: of('principal.restored', 'state'),
  resumeCustomer: of('customer.resumed', 'state'),
  retireEndpointService: of('endpoint_service.retiring'),
  reverseLateAccept: of('connection.reject_decided', 'decision'),
  revokeApiKey: of('api_key.revoked'),
  revokeInvite: of('invite.revoked'),
  rotateApiKey: of('api_key.rotated'),
  rotateWebhookSecret: of('webhook.secret_rotated'),
  setEndpointServiceModes: of('endpoint_service.modes_changed'),
  submitProof: null,
  testWebhook: null,
  suspendCustomer: of('customer.suspended', 'state'),
  unfreezeEndpointService: of('endpoint_service.unfrozen'),
  updateConnection: of('connection.updated', 'dns'),
  uploadObservation: of('connection.observed'),
  updateCustomer: of('customer.updated', 'state'),
  updateEndpointService: of('endpoint_service.updated'),
  updateGrant: of('grant.updated'),
  updateWebhook: of('webhook.updated'),
  updateProviderAccount: of('provider_account.updated'),
  verifyPrivateDns: of('private_dns.restarted'),
  withdrawAccept: of('connection.decision_withdrawn', 'decision'),
  withdrawReject: of('connection.decision_withdrawn', 'decision'),
} as const satisfies Record<string, Telling | null>;

/** What the audit log may tell of. */
export type AuditAction = keyof typeof tellings;

/** The part of an audit entry that an event is made of. */
export interface TellingEntry {
  action: AuditAction;
  at: Date;
  subjectId: string;
  customerId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** The event that an entry of the audit log tells, or null. */
export function toldByEntry(entry: TellingEntry): ToldEvent | null {
  const telling: Telling | null = tellings[entry.action];
  if (telling === null) return null;
  const { at, subjectId, customerId } = entry;
  const state = telling.state === undefined ? noState : stateIn(entry, telling.state);
  return { type: telling.type, at, subjectId, customerId, state, alarm: null };
}

function stateIn({ before, after }: TellingEntry, member: string): StateChange {
  const text = (snapshot: TellingEntry['before']) => {
    const value = snapshot?.[member];
    return typeof value === 'string' ? value : null;
  };
  return { before: text(before), after: text(after) };
}

/** What a connection's coming into a state tells. */
export const connectionEvents = {
  pendingAcceptance: 'connection.pending_acceptance',
  pending: 'connection.pending',
  available: 'connection.available',
  deleting: 'connection.deleting',
  deleted: 'connection.deleted',
  rejected: 'connection.rejected',
  failed: 'connection.failed',
  expired: 'connection.expired',
  partial: 'connection.partial',
  unknown: 'connection.unknown',
} as const satisfies Record<ConnectionState, EventType>;

export const operationEvents = {
  succeeded: 'operation.succeeded',
  failed: 'operation.failed',
} as const satisfies Record<Exclude<OperationState, 'running'>, EventType>;

/** Of what is verified, the audit log tells, as it tells of what is lost. */
export const privateDnsEvents = {
  absent: 'private_dns.absent',
  configuring: 'private_dns.configuring',
  publishing: 'private_dns.publishing',
  verifying: 'private_dns.verifying',
  verified: null,
  blocked: 'private_dns.blocked',
} as const satisfies Record<PrivateDnsPhase, EventType | null>;

/** By the severity of an item of the drift report: its coming and its going. */
export const alarmEvents = {
  alarm: { raised: 'alarm.raised', cleared: 'alarm.cleared' },
  notice: { raised: 'notice.raised', cleared: 'notice.cleared' },
} as const satisfies Record<string, Record<'raised' | 'cleared', EventType>>;
