// What AWS shows of a service that nobody here wants so, or that other hands have done.

import { connectionSteps, type Connection, type Refusal } from './connection.ts';
import { endingOf, type Ending, type EndpointService } from './endpoint-service.ts';
import type { NotificationQueue } from './notification-queue.ts';
import type { PrivateDnsStatus } from './private-dns-status.ts';
import { isFormer, openingOf, type Principal } from './principal.ts';

export const driftKinds = [
  'open_to_everyone',
  'open_to_organization',
  'open_to_service',
  'unmanaged_principal',
  'contested_principal',
  'refused_principal',
  'stuck_principal',
  'ended_service',
  'failing_notifications',
  'acceptance_not_required',
  'foreign_private_dns_name',
  'lost_private_dns',
  'stuck_private_dns',
  'unknown_owner',
  'stuck_connection',
  'refused_connection',
  'connection_accepted_elsewhere',
  'connection_rejected_elsewhere',
] as const;
/**
 * What is not as it should be: `open_to_…` lets in more than accounts, `ended_service` is one that
 * AWS shows as failed or deleted, `failing_notifications` is about the queue of its Region,
 * `unknown_owner` is a connection of nobody we know, `refused_…` is what AWS would not do,
 * `stuck_…` takes longer than it should, and `…_elsewhere` was done by other hands.
 */
export type DriftKind = (typeof driftKinds)[number];

export interface Drift {
  kind: DriftKind;
  /**
   * `alarm`: somebody may get in, or is kept out, or is not noticed as soon as was set up ·
   * `notice`: to be decided in one's own time.
   */
  severity: 'alarm' | 'notice';
  /** The ARN, endpoint or name that it is about. */
  subject: string;
  detail: string;
  since: Date | null;
}

export interface DriftFacts {
  service: Pick<EndpointService, 'observed' | 'retiringSince'>;
  stateSince: Date | null;
  /** The queues of its Region that have failed for long. */
  failingQueues: NotificationQueue[];
  acceptanceSince: Date | null;
  privateDnsSince: Date | null;
  privateDns: Pick<PrivateDnsStatus, 'name' | 'message' | 'lostSince' | 'stuckSince'>;
  principals: (Principal & { stuckSince: Date | null })[];
  /** What the last run of the allowlist failed with, if it did. */
  principalsError: string | null;
  /** Entries that AWS has refused to take. */
  refused: { arn: string; code: string; since: Date | null }[];
  /** Those that are not settled; the others are as they should be. */
  connections: (Connection & { stuckSince: Date | null })[];
  /** What AWS has refused to accept or reject, also of other services of the region. */
  refusals: Refusal[];
}

/** Alarms first; within them and within notices, what is oldest first. */
export function driftOf(facts: DriftFacts): Drift[] {
  const found = [
    ...facts.principals.flatMap((entry) => principalDrift(entry, facts.principals)),
    ...facts.refused.map(refusedDrift),
    ...stuckPrincipals(facts),
    ...endedService(facts),
    ...facts.failingQueues.map(queueDrift),
    ...serviceDrift(facts),
    ...facts.connections.flatMap(connectionDrift),
    ...facts.connections.flatMap(stuckConnection),
    ...refusedConnections(facts),
  ];
  const rank = ({ severity }: Drift) => (severity === 'alarm' ? 0 : 1);
  const age = ({ since }: Drift) => since?.getTime() ?? 0;
  return found.toSorted((a, b) => rank(a) - rank(b) || age(a) - age(b));
}

function principalDrift(entry: Principal, all: Principal[]): Drift[] {
  const { arn, state, observed, owned, since } = entry;
  const opening = openingOf(arn);
  if (observed && opening) {
    const whom = arn === '*' ? 'Everybody with an AWS account' : arn;
    const detail = `${whom} can make endpoints: it asks nobody whose account it is.`;
    return [{ kind: opening, severity: 'alarm', subject: arn, detail, since }];
  }
  if (state === 'contested') {
    const detail = removalInWords(entry, all);
    return [{ kind: 'contested_principal', severity: 'alarm', subject: arn, detail, since }];
  }
  if (state !== 'unmanaged' || owned) return [];
  const detail = isFormer(arn)
    ? 'AWS shows it in place of a role or user that was deleted, or an account that was ' +
      'closed: nobody can use it. Remove it by hand, in AWS.'
    : 'Other hands have added it, and no grant wants it: import its customer, or adopt it.';
  return [{ kind: 'unmanaged_principal', severity: 'notice', subject: arn, detail, since }];
}

/** What came in the very read in which this one went is taken for what AWS shows in its place. */
function removalInWords({ since }: Principal, all: Principal[]): string {
  const heirs = all.filter(
    ({ arn, observed, since: at }) => observed && isFormer(arn) && at.getTime() === since.getTime(),
  );
  if (heirs.length === 0) return 'Other hands have removed it: restore it, or release it.';
  return (
    `AWS shows ${heirs.map(({ arn }) => arn).join(', ')} instead, as it does once a role or user ` +
    'is deleted or an account closed. The customer makes it again, and you restore it; or you ' +
    'release it.'
  );
}

function refusedDrift({ arn, code, since }: DriftFacts['refused'][number]): Drift {
  const detail = `AWS does not take it (${code}): does the role exist?`;
  return { kind: 'refused_principal', severity: 'alarm', subject: arn, detail, since };
}

/** What AWS refuses is told as such already. */
function stuckPrincipals({ principals, refused, principalsError }: DriftFacts): Drift[] {
  const told = new Set(refused.map(({ arn }) => arn));
  const why = principalsError
    ? `The last run failed with ${principalsError}: mend that.`
    : 'AWS has taken the change and does not show it: ask AWS support, if it lasts.';
  return principals.flatMap(({ arn, state, stuckSince }): Drift[] => {
    if (stuckSince === null || told.has(arn)) return [];
    const detail = `It is ${state} for longer than it should. ${why}`;
    const severity = state === 'removing' ? 'notice' : 'alarm';
    return [{ kind: 'stuck_principal', severity, subject: arn, detail, since: stuckSince }];
  });
}

const endingInWords: Record<Ending, string> = {
  failed: 'has failed in AWS, and nothing is added to it. Look at its load balancers; then retire',
  deleting: 'is being deleted in AWS by other hands. Make another one, and retire',
  deleted: 'was deleted in AWS by other hands. Make another one, and retire',
  missing: 'is not there in AWS. Make another one, and retire',
};

/** Of one that we delete ourselves, its operation tells. */
function endedService({ service, stateSince: since }: DriftFacts): Drift[] {
  const ending = endingOf(service);
  if (ending === null || service.retiringSince !== null) return [];
  const detail = `The service ${endingInWords[ending]} this one.`;
  return [{ kind: 'ended_service', severity: 'alarm', subject: 'service', detail, since }];
}

function queueDrift({
  queueArn: subject,
  problem,
  action,
  failingSince,
}: NotificationQueue): Drift {
  const told = [problem, action].filter((part) => part !== null).join(' ');
  const detail = `Connections are found by the regular poll only. ${told}`;
  return { kind: 'failing_notifications', severity: 'alarm', subject, detail, since: failingSince };
}

function serviceDrift(facts: DriftFacts): Drift[] {
  const { observed } = facts.service;
  if (!observed || endingOf(facts.service) !== null) return [];
  const drifts: Drift[] = [];
  if (!observed.acceptanceRequired) {
    drifts.push({
      kind: 'acceptance_not_required',
      severity: 'alarm',
      subject: 'acceptance_required',
      detail: 'AWS lets in every endpoint of an allowed account by itself: policy is not asked.',
      since: facts.acceptanceSince,
    });
  }
  return [...drifts, ...privateDnsDrift(facts)];
}

function privateDnsDrift({ service, privateDns, privateDnsSince: since }: DriftFacts): Drift[] {
  const drifts: Drift[] = [];
  const name = service.observed?.privateDns?.name ?? null;
  const { name: wanted, message: detail, lostSince, stuckSince } = privateDns;
  if (name !== null && name !== wanted) {
    drifts.push({
      kind: 'foreign_private_dns_name',
      severity: 'notice',
      subject: name,
      detail: `The service has this name; wanted is ${wanted ?? 'none'}.`,
      since,
    });
  }
  const subject = wanted ?? name ?? 'private_dns';
  if (lostSince) {
    drifts.push({ kind: 'lost_private_dns', severity: 'alarm', subject, detail, since: lostSince });
  }
  if (stuckSince) {
    const kind = 'stuck_private_dns';
    drifts.push({ kind, severity: 'notice', subject, detail, since: stuckSince });
  }
  return drifts;
}

function connectionDrift(connection: Connection): Drift[] {
  const { vpcEndpointId: subject, state, decision, stateSince: since } = connection;
  const isUp = state === 'available' || state === 'pending';
  if (decision === 'undecided' && state === 'pendingAcceptance' && connection.customerId === null) {
    const detail =
      `Account ${connection.ownerAccountId} asks to be let in, and belongs to no customer: ` +
      'have it proven, or reject it.';
    return [{ kind: 'unknown_owner', severity: 'notice', subject, detail, since }];
  }
  if (decision === 'undecided' && isUp) {
    const detail = 'Other hands have let it in: import it, or reject it.';
    return [{ kind: 'connection_accepted_elsewhere', severity: 'notice', subject, detail, since }];
  }
  if (decision !== 'accept' || state !== 'rejected') return [];
  const detail = 'It was accepted here, and other hands have rejected it.';
  return [{ kind: 'connection_rejected_elsewhere', severity: 'notice', subject, detail, since }];
}

/** One that goes away slowly keeps nobody out. */
function stuckConnection({ vpcEndpointId: subject, ...connection }: StuckConnection): Drift[] {
  const { state, awsState, stuckSince: since } = connection;
  if (since === null) return [];
  const severity = state === 'deleting' ? 'notice' : 'alarm';
  const detail =
    `AWS shows it as "${awsState}" for longer than it should. Look at the load balancer and its ` +
    'zones, and ask AWS support when they are fine.';
  return [{ kind: 'stuck_connection', severity, subject, detail, since }];
}

type StuckConnection = DriftFacts['connections'][number];

function refusedConnections({ connections, refusals }: DriftFacts): Drift[] {
  const refusalOf = new Map(refusals.map((refusal) => [refusal.vpcEndpointId, refusal]));
  return connections.flatMap(({ vpcEndpointId: subject, decision, state }): Drift[] => {
    const step = connectionSteps[decision][state];
    const refusal = refusalOf.get(subject);
    if (!refusal || (step !== 'accept' && step !== 'reject')) return [];
    const { code, message, at: since } = refusal;
    const detail = `AWS did not ${step} it (${code}: ${message}). It is tried again every minute.`;
    return [{ kind: 'refused_connection', severity: 'alarm', subject, detail, since }];
  });
}
