// Endpoints that ask, AWS that moves them, a policy with a limit, and an operator: what is decided
// is sent, and AWS refuses some of it.

import * as fc from 'fast-check';
import {
  connectionSteps,
  isTransitional,
  planConnections,
  type Connection,
  type ConnectionState,
  type Decision,
} from '../../src/domain/connection.ts';
import { admitInOrder, type Candidate } from '../../src/domain/grant.ts';

type Doing = 'asks' | 'provisioned' | 'customerDeletes' | 'operatorAccepts' | 'operatorRejects';

export type Event =
  | { kind: Doing; endpoint: number }
  | { kind: 'run'; refused: number[] }
  | { kind: 'grant'; connectionsMax: number | null; manual: boolean };

const endpointsCount = 3;
const anyEndpoint = fc.nat(endpointsCount - 1);

const anyDoing = fc.record({
  kind: fc.constantFrom<Doing[]>(
    'asks',
    'provisioned',
    'customerDeletes',
    'operatorAccepts',
    'operatorRejects',
  ),
  endpoint: anyEndpoint,
});
const anyRun = fc.record({
  kind: fc.constant('run' as const),
  refused: fc.array(anyEndpoint, { maxLength: 2 }),
});
const anyGrant = fc.record({
  kind: fc.constant('grant' as const),
  connectionsMax: fc.option(fc.nat(3)),
  manual: fc.boolean(),
});
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: anyDoing },
  { weight: 3, arbitrary: anyRun },
  { weight: 1, arbitrary: anyGrant },
);
/** Not too short, as it takes a few events to be let in. */
export const anyConnections = fc.array(anyEvent, { minLength: 15, maxLength: 50 });

interface Endpoint {
  id: string;
  aws: ConnectionState | null;
  decision: Decision;
  byPolicy: boolean;
}

const rejectable: readonly ConnectionState[] = ['pendingAcceptance', 'pending', 'available'];

/** @returns what went against what holds, at any moment and in the end */
export function playConnections(events: readonly Event[]): string[] {
  const breaches: string[] = [];
  const terms = { connectionsMax: null as number | null, manual: false };
  const endpoints = Array.from({ length: endpointsCount }, (_, n): Endpoint => {
    return { id: `vpce-${n}`, aws: null, decision: 'undecided', byPolicy: false };
  });
  for (const event of events) {
    if (event.kind === 'run') runOnce(endpoints, terms, event.refused, breaches);
    else if (event.kind === 'grant') Object.assign(terms, event);
    else happen(endpoints[event.endpoint]!, event.kind);
  }
  for (let run = 0; run < 4; run++) {
    runOnce(endpoints, terms, [], breaches);
    for (const endpoint of endpoints) happen(endpoint, 'provisioned');
  }
  for (const { id, aws, decision } of endpoints) {
    if (aws === null) continue;
    const step = connectionSteps[decision][aws];
    if (step !== 'none' || isTransitional(aws)) breaches.push(`${id} has not come to rest`);
    if (decision === 'accept' && aws === 'pendingAcceptance') breaches.push(`${id} waits`);
    if (decision === 'reject' && rejectable.includes(aws)) breaches.push(`${id} is not rejected`);
  }
  return breaches;
}

function happen(endpoint: Endpoint, kind: Doing): void {
  const { aws, decision } = endpoint;
  if (kind === 'asks' && aws === null) endpoint.aws = 'pendingAcceptance';
  if (aws === null) return;
  if (kind === 'provisioned' && aws === 'pending') endpoint.aws = 'available';
  if (kind === 'provisioned' && aws === 'deleting') endpoint.aws = 'deleted';
  if (kind === 'customerDeletes' && rejectable.includes(aws)) endpoint.aws = 'deleting';
  // As the use case has it: of what is live, and not what is decided already.
  if (!rejectable.includes(aws)) return;
  const wanted = kind === 'operatorAccepts' ? 'accept' : 'reject';
  const isOperator = kind === 'operatorAccepts' || kind === 'operatorRejects';
  if (isOperator && decision !== wanted) {
    Object.assign(endpoint, { decision: wanted, byPolicy: false });
  }
}

interface Terms {
  connectionsMax: number | null;
  manual: boolean;
}

function runOnce(endpoints: Endpoint[], terms: Terms, refused: number[], breaches: string[]) {
  decide(endpoints, terms, breaches);
  const present = endpoints.filter(({ aws }) => aws !== null);
  const shown = present.map(({ id, aws, decision }) => ({ id, state: aws, decision }));
  const plan = planConnections(shown as Connection[]);
  const refusedIds = new Set(refused.map((n) => `vpce-${n}`));
  for (const endpoint of present) {
    const { id, aws, decision } = endpoint;
    const is = ({ id: other }: { id: string }) => other === id;
    const accepts = plan.accept.some(is);
    const rejects = plan.reject.some(is);
    if (accepts && decision !== 'accept') breaches.push(`${id} is accepted, and nobody said so`);
    if (rejects && decision !== 'reject') breaches.push(`${id} is rejected, and nobody said so`);
    if (accepts && aws !== 'pendingAcceptance') breaches.push(`${id} is accepted as ${aws}`);
    if (rejects && !rejectable.includes(aws!)) breaches.push(`${id} is rejected as ${aws}`);
    if (refusedIds.has(id)) continue;
    if (accepts) endpoint.aws = 'pending';
    if (rejects) endpoint.aws = 'rejected';
  }
}

/** Policy decides about those that nobody has decided about. */
function decide(endpoints: Endpoint[], terms: Terms, breaches: string[]): void {
  const asking = endpoints.filter((it) => it.decision === 'undecided' && it.aws !== null);
  const waiting = asking.filter(({ aws }) => aws === 'pendingAcceptance');
  const live = endpoints.filter(
    ({ aws, decision }) =>
      aws !== null &&
      rejectable.includes(aws) &&
      !(aws === 'pendingAcceptance' && decision !== 'accept'),
  ).length;
  const { connectionsMax } = terms;
  const grant: Candidate['grant'] = {
    id: 'gra_1',
    acceptance: terms.manual ? 'manual' : 'automatic',
    connectionsMax,
    endpointRegions: [],
    expiresAt: null,
  };
  const candidates = waiting.map(({ id }): Candidate => {
    const known = { customerId: 'cus_1', customerState: 'active', standing: 'proven' } as const;
    const place = { connectionId: id, vpcEndpointId: id, endpointRegion: 'us-east-1' };
    return { ...place, ...known, grant, liveConnections: live };
  });
  const { admitted, held } = admitInOrder(candidates, new Date(0));
  if (admitted.length + held.length !== candidates.length) breaches.push('somebody is left out');
  if (terms.manual && admitted.length > 0) breaches.push('let in, and people were to decide');
  if (connectionsMax !== null && admitted.length > Math.max(0, connectionsMax - live)) {
    breaches.push(`${live + admitted.length} are let in, and ${connectionsMax} may be`);
  }
  for (const { connectionId } of admitted) {
    const endpoint = endpoints.find(({ id }) => id === connectionId)!;
    Object.assign(endpoint, { decision: 'accept', byPolicy: true });
  }
}
