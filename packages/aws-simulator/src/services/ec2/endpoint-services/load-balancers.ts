// The load balancers in front of an endpoint service: finding them by ARN, their zones, and which
// service has which. All are of one type, and one belongs to at most one service (Guide,
// create-endpoint-service).

import { AwsError } from '../../../aws-error.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import type { LoadBalancer } from '../../../world/load-balancing/load-balancer.ts';
import type { World } from '../../../world/world.ts';
import type { Call } from '../../call.ts';
import { invalidCombination, invalidParameter } from '../errors.ts';

type Kind = LoadBalancer['type'];

interface Lists {
  readonly network: readonly string[] | undefined;
  readonly gateway: readonly string[] | undefined;
}

/** What a change of load balancers asks for. */
export interface LoadBalancerChange {
  readonly added: Lists;
  readonly removed: Lists;
}

/**
 * The load balancers of a new service.
 * @throws AwsError when there are none, they are of both types, or one cannot be had.
 */
export function chosenLoadBalancers(
  call: Call<object>,
  { network, gateway }: Lists,
): readonly LoadBalancer[] {
  if (network?.length && gateway?.length) {
    throw invalidCombination(
      'NetworkLoadBalancerArns and GatewayLoadBalancerArns cannot be given together.',
    );
  }
  const kind: Kind = gateway?.length ? 'gateway' : 'network';
  const arns = [...new Set((kind === 'gateway' ? gateway : network) ?? [])];
  if (arns.length === 0) {
    throw invalidParameter(
      'You must specify at least one Network Load Balancer or Gateway Load Balancer.',
    );
  }
  return arns.map((arn) => usableLoadBalancer(call, arn, kind));
}

/**
 * The load balancers a service is to have.
 * @throws AwsError when the change cannot be made: of the other type, not the service's own,
 * removed under endpoints, none left.
 */
export function changedLoadBalancers(
  call: Call<object>,
  service: EndpointService,
  { added, removed }: LoadBalancerChange,
): readonly LoadBalancer[] {
  const kind: Kind = service.type === 'Interface' ? 'network' : 'gateway';
  const other: Kind = kind === 'network' ? 'gateway' : 'network';
  if (added[other]?.length || removed[other]?.length) {
    throw invalidParameter(
      `The service ${service.id} is of type ${service.type}: it has no ${other} load balancers.`,
    );
  }
  const gone = removed[kind] ?? [];
  checkRemoved(call.world, service, gone);
  const wanted = new Set([...service.loadBalancerArns, ...(added[kind] ?? [])]);
  for (const arn of gone) wanted.delete(arn);
  if (wanted.size === 0) {
    throw invalidParameter('An endpoint service must keep at least one load balancer.');
  }
  return [...wanted].map((arn) => usableLoadBalancer(call, arn, kind, service));
}

/** The zones of several load balancers together, by id, as far as they are in service. */
export function zoneIdsOf(loadBalancers: readonly LoadBalancer[]): string[] {
  return [...new Set(loadBalancers.flatMap(({ zoneIds }) => zoneIds))].sort();
}

/** Puts these load balancers, and no others, in front of a service. */
export function associate(
  world: World,
  service: EndpointService,
  loadBalancers: readonly LoadBalancer[],
): void {
  release(world, service);
  for (const loadBalancer of loadBalancers) loadBalancer.usedBy = service.id;
  service.loadBalancerArns = loadBalancers.map(({ id }) => id);
  service.zoneIds = zoneIdsOf(loadBalancers);
}

/** Frees the load balancers of a service, which is shown with them until it is gone. */
export function release(world: World, service: EndpointService): void {
  for (const arn of service.loadBalancerArns) {
    const loadBalancer = world.loadBalancers.get(arn);
    if (loadBalancer?.usedBy === service.id) loadBalancer.usedBy = undefined;
  }
}

function usableLoadBalancer(
  call: Call<object>,
  arn: string,
  kind: Kind,
  service?: EndpointService,
): LoadBalancer {
  const found = ownLoadBalancer(call, arn, kind);
  if (service && found.usedBy === service.id) return found;
  if (found.usedBy !== undefined) {
    throw invalidParameter(
      `LBs are already associated with another VPC Endpoint Service Configuration: ${arn}`,
    );
  }
  const waits = call.world.knobs.provisioningLoadBalancer === 'accepted';
  if (found.state === 'failed' || (found.state === 'provisioning' && !waits)) {
    throw invalidParameter(`The load balancer ${arn} is not active: it is ${found.state}.`);
  }
  return found;
}

// The codes for network load balancers are documented (error overview); the ones for gateway load
// balancers are by analogy.
function ownLoadBalancer(
  { world, account, region }: Call<object>,
  arn: string,
  kind: Kind,
): LoadBalancer {
  const [prefix, words, path] =
    kind === 'network'
      ? (['InvalidNetworkLoadBalancerArn', 'Network Load Balancer', 'net'] as const)
      : (['InvalidGatewayLoadBalancerArn', 'Gateway Load Balancer', 'gwy'] as const);
  const shape =
    /^arn:aws[a-z-]*:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/([a-z]+)\/[^/]+\/[\da-f]+$/;
  if (shape.exec(arn)?.[1] !== path) {
    throw new AwsError(`${prefix}.Malformed`, `The ${words} ARN '${arn}' is malformed`);
  }
  const found = world.loadBalancers.get(arn);
  if (found?.account === account && found.region === region) return found;
  throw new AwsError(`${prefix}.NotFound`, `The ${words} '${arn}' does not exist`);
}

function checkRemoved(world: World, service: EndpointService, arns: readonly string[]): void {
  const foreign = arns.find((arn) => !service.loadBalancerArns.includes(arn));
  if (foreign !== undefined) {
    throw invalidParameter(`The load balancer ${foreign} is not associated with ${service.id}.`);
  }
  if (arns.length === 0 || world.endpoints.count('attached', service.id) === 0) return;
  throw new AwsError(
    'ExistingVpcEndpointConnections',
    'You cannot change the load balancers of an endpoint service while endpoints are ' +
      'attached to it.',
  );
}
