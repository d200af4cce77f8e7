// What a simulated service is: a name, the protocols it is spoken to in, its operations and the way
// it says no. Each is put together in its own folder's service.ts and listed in catalog.ts.

import type { Protocol } from '../protocols/protocol.ts';
import type { Operation as Model } from '../protocols/schema.ts';
import type { Operations } from './call.ts';
import type { Refusals } from './refusals.ts';

/** The names services are signed for, which are also the first labels of their host names. */
export const serviceNames = [
  'ec2',
  'elasticloadbalancing',
  'monitoring',
  'route53',
  'sns',
  'sqs',
  'sts',
] as const;

export type ServiceName = (typeof serviceNames)[number];

export interface Service {
  /** The prefix of its actions in policies, which is not always its name. */
  readonly iamPrefix: string;
  /** Every protocol it is spoken to in; the first that accepts a request reads it. */
  readonly protocols: readonly [Protocol, ...Protocol[]];
  /** Every operation of the SDK's model, simulated or not. */
  readonly model: ReadonlyMap<string, Model>;
  readonly operations: Operations;
  readonly refusals: Refusals;
}

export function isServiceName(name: string): name is ServiceName {
  return (serviceNames as readonly string[]).includes(name);
}
