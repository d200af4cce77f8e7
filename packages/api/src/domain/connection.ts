// One VPC endpoint attached to an endpoint service: what we want of it against what AWS says of it.
//
// AWS moves a connection pendingAcceptance -> pending -> available; either side can end it from any
// of them. `rejected`, `deleted`, `failed` and `expired` never come back: the customer makes a new
// endpoint. A state that we do not know is treated as transitional: wait, and report it.

export const decisions = ['undecided', 'accept', 'reject'] as const;
/** What is wanted of a connection: nobody has said yet, let in, or cut off. */
export type Decision = (typeof decisions)[number];

export const connectionStates = [
  'pendingAcceptance',
  'pending',
  'available',
  'deleting',
  'deleted',
  'rejected',
  'failed',
  'expired',
  'partial',
  'unknown',
] as const;
/**
 * The state that AWS last showed, in AWS's words: docs/connection-states.md has each. `unknown` is
 * one that this version does not know; see the value in AWS's own spelling.
 */
export type ConnectionState = (typeof connectionStates)[number];

export const dnsModes = ['endpoint', 'hosted-zone', 'profile', 'none'] as const;
/**
 * How clients find the endpoint: by private DNS of the endpoint, by a private hosted zone or a rule
 * of the customer, by a Route 53 Profile, or by the endpoint's own names alone. The first resolves
 * inside of the endpoint's VPC only, so that a hub for other networks needs one of the others.
 */
export type DnsMode = (typeof dnsModes)[number];

export interface Connection {
  id: string;
  endpointServiceId: string;
  /** The name that the customer put into its endpoint; null until AWS has created the service. */
  serviceName: string | null;
  vpcEndpointId: string;
  /** The AWS account that owns the endpoint: 12 digits. */
  ownerAccountId: string;
  /** Region of the endpoint, which differs from the service's for a cross-Region customer. */
  endpointRegion: string;
  /** Null while the owner is nobody we know. */
  customerId: string | null;
  state: ConnectionState;
  /** The state in AWS's own spelling. */
  awsState: string;
  /** How its clients find it, as the customer says; null while nobody has. */
  dns: DnsMode | null;
  decision: Decision;
  /** Who decided: the policy, or the API key that did. */
  decidedBy: string | null;
  decisionReason: string | null;
  /** Why policy holds it, while it is undecided. */
  holdReason: string | null;
  createdAt: Date;
  firstSeenAt: Date;
  stateSince: Date;
  observedAt: Date;
}

export interface Transition {
  at: Date;
  from: ConnectionState | null;
  to: ConnectionState;
}

/** What AWS said when it did not do what was decided. */
export interface Refusal {
  vpcEndpointId: string;
  code: string;
  message: string;
  at: Date;
}

export type ConnectionStep = 'accept' | 'reject' | 'wait' | 'none';

/** Every cell is filled, or it does not compile. docs/connection-states.md is printed from it. */
export const connectionSteps = {
  undecided: {
    pendingAcceptance: 'none',
    pending: 'wait',
    available: 'none',
    deleting: 'wait',
    deleted: 'none',
    rejected: 'none',
    failed: 'none',
    expired: 'none',
    partial: 'wait',
    unknown: 'wait',
  },
  accept: {
    pendingAcceptance: 'accept',
    pending: 'wait',
    available: 'none',
    deleting: 'wait',
    deleted: 'none',
    rejected: 'none',
    failed: 'none',
    expired: 'none',
    partial: 'wait',
    unknown: 'wait',
  },
  reject: {
    pendingAcceptance: 'reject',
    pending: 'reject',
    available: 'reject',
    deleting: 'wait',
    deleted: 'none',
    rejected: 'none',
    failed: 'none',
    expired: 'none',
    partial: 'wait',
    unknown: 'wait',
  },
} as const satisfies Record<Decision, Record<ConnectionState, ConnectionStep>>;

/** AWS shows it as it was decided, for good: nothing of it is to be done, watched or told. */
export function isSettled({ decision, state }: Pick<Connection, 'decision' | 'state'>): boolean {
  if (decision === 'accept') return state === 'available';
  return decision === 'reject' && state === 'rejected';
}

/** States from which traffic flows now or may still come to flow. */
export function isLive(state: ConnectionState): boolean {
  return ['pendingAcceptance', 'pending', 'available', 'partial', 'unknown'].includes(state);
}

/** States that change by themselves, so that looking again soon is worth it. */
export function isTransitional(state: ConnectionState): boolean {
  return ['pending', 'deleting', 'partial', 'unknown'].includes(state);
}

/**
 * AWS's spelling in our words. The wire has camelCase, the SDK's enum PascalCase: both are read.
 */
export function connectionState(awsState: string): ConnectionState {
  const camel = awsState.charAt(0).toLowerCase() + awsState.slice(1);
  return connectionStates.find((state) => state === camel) ?? 'unknown';
}

/**
 * How far a connection has come; where the others belong is not known. One that is up is `pending`
 * again while its customer changes it.
 */
const wayTo: Partial<Record<ConnectionState, number>> = {
  pendingAcceptance: 0,
  pending: 1,
  available: 1,
  deleting: 2,
  rejected: 2,
  failed: 2,
  expired: 2,
  deleted: 3,
};

/** Whether a connection that was in `last` would have to go back to be in this state. */
export function isEarlier(state: ConnectionState, last: ConnectionState): boolean {
  const [way, before] = [wayTo[state], wayTo[last]];
  return way !== undefined && before !== undefined && way < before;
}

export type ConnectionPlan = { accept: Connection[]; reject: Connection[] };

/**
 * The steps that are due: accepts and rejects of connections that AWS shows in a matching state.
 */
export function planConnections(connections: readonly Connection[]): ConnectionPlan {
  const due = (step: ConnectionStep) =>
    connections.filter(({ decision, state }) => connectionSteps[decision][state] === step);
  return { accept: due('accept'), reject: due('reject') };
}
