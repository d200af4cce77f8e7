// A customer that leaves, and a service that retires, while endpoints are still being made: step by
// step, with workers that take allowlist entries away and AWS that ends what was rejected.

import * as fc from 'fast-check';
import { nextOffboardingStep, type Ending, type Remains } from '../../src/domain/customer.ts';
import { manageAll } from '../../src/domain/endpoint-service.ts';
import { nextRetirementStep, type Leftovers } from '../../src/domain/retirement.ts';

export interface Leaving {
  ending: Ending;
  /** For each service: whether its entry is ours, and how many connections are live. */
  services: { owned: boolean; connections: number; managed: boolean }[];
  /** For each round: which service somebody makes an endpoint at, if that can be. */
  newcomers: (number | null)[];
}

export const anyLeaving: fc.Arbitrary<Leaving> = fc.record({
  ending: fc.constantFrom<Ending[]>('reject', 'wait', 'leave'),
  services: fc.array(
    fc.record({ owned: fc.boolean(), connections: fc.nat(3), managed: fc.boolean() }),
    { minLength: 1, maxLength: 3 },
  ),
  newcomers: fc.array(fc.option(fc.nat(2)), { maxLength: 12 }),
});

/** Rounds after which people do what they are told: to remove, to take over, to delete. */
const patience = 15;
const roundsMax = 60;

/** @returns what went against what holds */
export function playLeaving({ ending, services, newcomers }: Leaving): string[] {
  const breaches: string[] = [];
  const remains = remainsOf(services);
  for (let round = 0; round < roundsMax; round++) {
    const at = services[newcomers[round] ?? -1] && `svc_${newcomers[round]}`;
    if (at && remains.principals.some(({ endpointServiceId }) => endpointServiceId === at)) {
      const managed = services[newcomers[round]!]!.managed;
      remains.connections.push(newConnection(remains.connections.length, at, managed));
    }
    const step = nextOffboardingStep(remains, ending);
    if (step.step === 'done') return [...breaches, ...leftOf(remains, ending)];
    if (step.step === 'reject') rejectAll(remains, step.connectionIds, ending, breaches);
    else if (!step.waitingFor) breaches.push('it waits, and does not say for what');
    worldGoesOn(remains, round, ending);
  }
  return [...breaches, 'it does not end'];
}

function remainsOf(services: Leaving['services']): Remains {
  const principals = services.map(({ owned, managed }, n) => ({
    arn: 'arn:aws:iam::222222222222:root',
    endpointServiceId: `svc_${n}`,
    owned,
    managed,
  }));
  const connections = services.flatMap(({ connections: count, managed }, n) =>
    Array.from({ length: count }, (_, at) => newConnection(n * 10 + at + 100, `svc_${n}`, managed)),
  );
  return { principals, connections, readSince: false };
}

function newConnection(
  n: number,
  endpointServiceId: string,
  managed: boolean,
): Remains['connections'][number] {
  return { id: `con_${n}`, endpointServiceId, live: true, decision: 'accept', managed };
}

function rejectAll(remains: Remains, ids: string[], ending: Ending, breaches: string[]): void {
  if (ending !== 'reject') breaches.push(`rejected, and the terms are to ${ending}`);
  const open = new Set(remains.principals.map(({ endpointServiceId }) => endpointServiceId));
  for (const connection of remains.connections.filter(({ id }) => ids.includes(id))) {
    if (open.has(connection.endpointServiceId)) breaches.push('rejected, and the door is open');
    if (!connection.managed) breaches.push('rejected, and not managed');
    connection.decision = 'reject';
  }
}

/** Workers and AWS each do a little; people only after a while. */
function worldGoesOn(remains: Remains, round: number, ending: Ending): void {
  const [first] = remains.principals.filter(({ owned, managed }) => owned && managed);
  const helped = round >= patience;
  remains.readSince = remains.principals.length === 0;
  remains.principals = remains.principals.filter((one) => one !== first && !helped);
  for (const connection of remains.connections) {
    if (connection.decision === 'reject') connection.live = false;
    if (helped) connection.managed = true;
    if (helped && ending === 'wait') connection.live = false;
  }
}

function leftOf({ principals, connections, readSince }: Remains, ending: Ending): string[] {
  const breaches: string[] = [];
  if (principals.length > 0) breaches.push('done, and an entry is there');
  const live = connections.some((one) => one.live);
  if (live && ending !== 'leave') breaches.push('done, and a connection is live');
  if (!readSince) breaches.push('done, and nobody has looked since');
  return breaches;
}

export interface Retiring {
  principals: number;
  connections: number;
  privateDns: boolean;
  newcomers: boolean[];
}

export const anyRetiring: fc.Arbitrary<Retiring> = fc.record({
  principals: fc.nat(4),
  connections: fc.nat(4),
  privateDns: fc.boolean(),
  newcomers: fc.array(fc.boolean(), { maxLength: 12 }),
});

/** @returns what went against what holds */
export function playRetiring({ newcomers, ...given }: Retiring): string[] {
  const breaches: string[] = [];
  const service = { id: 'svc_1', modes: manageAll, frozenSince: null, quarantine: null };
  const arns = Array.from({ length: given.principals }, (_, n) => `arn:${n}`);
  let made = 0;
  const newOne = () => ({ id: `con_${made}`, vpcEndpointId: `vpce-${made++}`, decision: 'accept' });
  let connections = Array.from({ length: given.connections }, newOne);
  let left: Leftovers = { principals: arns, connections, privateDns: given.privateDns };
  for (let round = 0; round < roundsMax; round++) {
    if (newcomers[round] && left.principals.length > 0) connections.push(newOne());
    left = { ...left, connections };
    const step = nextRetirementStep(service, left);
    if (step.step === 'delete') {
      const empty = left.principals.length + connections.length === 0 && !left.privateDns;
      return empty ? breaches : [...breaches, 'deleted, and something is there'];
    }
    const rejects = step.step === 'reject' ? step.connectionIds : [];
    if (rejects.length > 0 && left.principals.length > 0) breaches.push('the door is open');
    connections = connections
      .filter(({ decision }) => decision !== 'reject')
      .map((one) => (rejects.includes(one.id) ? { ...one, decision: 'reject' } : one));
    // Its workers take the entries and the name away, one after the other.
    const privateDns = left.privateDns && left.principals.length > 0;
    left = { principals: left.principals.slice(1), connections, privateDns };
  }
  return [...breaches, 'it does not end'];
}
