// Trouble between a replica and AWS: throttled, unreachable, an answer that gets lost after AWS has
// done what was asked, a read from before, and items that AWS refuses in an answer that is a
// success. How often it comes, events say; the seed says when.

import {
  awsFailure,
  lostAnswer,
  mutatingCalls,
} from '../../packages/api/test/reconcile/hooked-aws.ts';
import type { Aws } from '../../packages/api/src/aws/ports.ts';
import type { Lease } from '../../packages/api/src/storage/targets.ts';
import type { Simulator } from '@sallyport/aws-simulator';
import type { Choice } from './choice.ts';

export const callFaults = ['throttled', 'unreachable', 'lost', 'stale', 'partial'] as const;
export type CallFault = (typeof callFaults)[number];

export interface PortCall {
  name: string;
  args: readonly unknown[];
  mutating: boolean;
}

export interface Trouble {
  /** How likely each call meets trouble; 0 ends it. */
  probability: number;
  /** Until then reads are fresh, and marks can be read; in milliseconds since the epoch. */
  freshUntil: number;
  /** What was last read from before. */
  stale: Set<string>;
  choice: Choice;
  simulator: Simulator;
  now: () => Date;
  /** Told of each call before anything is sent. */
  onCall: (call: PortCall) => Promise<void>;
  /** Told of each fault before it strikes. */
  onFault: (fault: CallFault, call: PortCall, lease: Lease | null) => Promise<void>;
}

interface Place {
  trouble: Trouble;
  /** Stops the replica before this. */
  before: (deed: string) => Promise<void>;
  lease: () => Lease | null;
}

/** As old as a read may be. EC2 gives no limit; we rely on reads that agree after a while. */
const staleMaxMs = 2_500;

export function troubledAws(aws: Aws, place: Place): Aws {
  return {
    endpointServices: (access, region) => troubled(aws.endpointServices(access, region), place),
    backends: (access, region) => troubled(aws.backends(access, region), place),
    hostedZones: (access) => troubled(aws.hostedZones(access), place),
    callerIdentity: troubled(aws.callerIdentity, place),
    tokenIssuers: troubled(aws.tokenIssuers, place),
    proofRoles: troubled(aws.proofRoles, place),
    queue: (access, queueArn) => troubled(aws.queue(access, queueArn), place),
    traced: (work) => aws.traced(work),
    followed: (work) => aws.followed(work),
    requestIds: () => aws.requestIds(),
    close: () => {},
  };
}

/** The simulator remembers no further back than the oldest read that is asked of it. */
export function rememberPast(simulator: Simulator): void {
  const match = { resource: 'no call names this' };
  simulator.setFault({ name: 'past', match, staleMs: staleMaxMs });
}

type Method = (...args: unknown[]) => Promise<unknown>;

function troubled<Port extends object>(port: Port, place: Place): Port {
  return new Proxy(port, {
    get: (target, property) => {
      const method = Reflect.get(target, property) as Method;
      return (...args: unknown[]) => call(place, method, String(property), args);
    },
  });
}

/** The replica also stops after AWS has answered: to die there is to lose the answer. */
async function call(place: Place, method: Method, name: string, args: unknown[]): Promise<unknown> {
  const { trouble, before, lease } = place;
  await before(name);
  const made = { name, args, mutating: mutatingCalls.has(name) };
  await trouble.onCall(made);
  const fault = aged(trouble, made, chooseFault(trouble, made));
  if (fault) await trouble.onFault(fault, made, lease());
  if (fault === 'throttled') throw awsFailure('throttled', 'RequestLimitExceeded');
  if (fault === 'unreachable') throw awsFailure('unavailable', 'ECONNREFUSED');
  const result = await during(trouble, fault, () => method(...args));
  await before(`answer of ${name}`);
  if (fault === 'lost') throw lostAnswer();
  return result;
}

/** Faults of the simulator stand for this call alone: no other replica goes on meanwhile. */
async function during<Result>(
  trouble: Trouble,
  fault: CallFault | null,
  work: () => Promise<Result>,
): Promise<Result> {
  arrange(trouble, fault);
  try {
    return await work();
  } finally {
    if (fault) trouble.simulator.simulation.faults.remove(fault);
  }
}

function chooseFault({ choice, probability, now, freshUntil }: Trouble, call: PortCall) {
  if (!choice.chance(probability)) return null;
  if (call.name === 'listServices' && now().getTime() < freshUntil) return null;
  if (!call.mutating) {
    const reads = call.name.startsWith('list') || call.name === 'getService';
    const fresh = !reads || now().getTime() < freshUntil;
    return choice.of<CallFault>([...refusals, ...(fresh ? [] : (['stale', 'stale'] as const))]);
  }
  const decides = call.name === 'accept' || call.name === 'reject';
  const rare = call.name === 'deleteService' || call.name === 'startPrivateDnsVerification';
  return choice.of<CallFault>([
    ...refusals,
    'lost',
    ...(rare ? (['lost', 'lost'] as const) : []),
    ...(decides ? (['partial', 'partial', 'partial'] as const) : []),
  ]);
}

/**
 * Two reads in a row are not both from before. The product takes for true what two of them say, as
 * nothing else tells: EC2 gives no time after which a read is fresh.
 */
function aged({ stale }: Trouble, { name, args }: PortCall, fault: CallFault | null) {
  const what = typeof args[0] === 'string' ? `${name} ${args[0]}` : name;
  const isSecond = fault === 'stale' && stale.has(what);
  if (fault === 'stale') stale.add(what);
  if (fault === null || isSecond) stale.delete(what);
  return isSecond ? null : fault;
}

const refusals = ['throttled', 'unreachable'] as const;

function arrange({ simulator, choice }: Trouble, fault: CallFault | null): void {
  if (fault === 'stale') {
    const staleMs = 200 + choice.below(staleMaxMs - 200);
    simulator.setFault({ name: 'stale', match: { service: 'ec2', mutating: false }, staleMs });
  }
  if (fault === 'partial') {
    const match = { action: '*VpcEndpointConnections', mutating: true };
    simulator.setFault({ name: 'partial', match, items: { code: 'InternalError' } });
  }
}
