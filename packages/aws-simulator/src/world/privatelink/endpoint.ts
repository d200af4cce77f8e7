// A VPC endpoint, which is at the same time the provider's connection: one object, seen from two
// sides by different operations.

import type { Owned, Tags } from '../resources.ts';
import type { Stateful } from '../states.ts';

/** camelCase on the wire, although SDK enums are PascalCase (Guide, concepts). */
export type EndpointState =
  | 'pendingAcceptance'
  | 'pending'
  | 'available'
  | 'deleting'
  | 'deleted'
  | 'rejected'
  | 'failed'
  | 'expired';

export interface Endpoint extends Owned, Stateful<EndpointState> {
  readonly vpcId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly serviceAccount: string;
  readonly serviceRegion: string;
  readonly connectionId: string;
  /** What the endpoint's public DNS names end with, for example
   * `vpce-svc-….us-east-1.vpce.amazonaws.com`: the service's Region, not the endpoint's. */
  readonly dnsDomain: string;
  /** Eight characters that make the endpoint's DNS names unguessable. */
  readonly dnsLabel: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  securityGroupIds: readonly string[];
  /** In the order of the subnets. */
  networkInterfaceIds: readonly string[];
  ipAddressType: string;
  dnsRecordIpType: string;
  policyDocument: string;
  /** Set when one of the two owners said who pays; else the service's setting decides. */
  payer: 'vpc-endpoint-account' | 'vpc-endpoint-service-account' | undefined;
  /** Why it is `failed`, or why a change of it did not take effect. */
  lastError: { readonly code: string; readonly message: string } | undefined;
  /** Set while private DNS is on: the private name and the zone AWS keeps for it. */
  privateDns: { readonly name: string; readonly hostedZoneId: string } | undefined;
  /** Private DNS was asked for before acceptance and waits for it (a knob). */
  privateDnsWaits: boolean;
  readonly tags: Tags;
  readonly connectionTags: Tags;
}

/** Key of the `providerState` index: the endpoints to the services of a provider, in a state. */
export function stateKey(provider: string, state: string): string {
  return `${provider} ${state}`;
}

/** Key of the `customer` index: an account's endpoints to the services of a provider. */
export function customerKey(provider: string, account: string): string {
  return `${provider} ${account}`;
}

/** Connections that count as attached: they block deletion and hold load balancers. */
export function isAttached(state: EndpointState): boolean {
  return state === 'pendingAcceptance' || state === 'pending' || state === 'available';
}
