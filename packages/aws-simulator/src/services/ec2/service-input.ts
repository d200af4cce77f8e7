// Checking what an owner wants an endpoint service to be: load balancers, a private DNS name,
// address types and Regions. It reads the world and changes nothing.

import { AwsError } from '../../aws-error.ts';
import type { LoadBalancer } from '../../world/load-balancer.ts';
import { isRegion } from '../../world/regions.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../call.ts';
import { invalidParameter, invalidParameterValue } from './errors.ts';

const ARN =
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/net\/[^/]+\/[0-9a-f]+$/;

/**
 * The load balancers behind the ARNs.
 * @param serviceId the service they are for, when it exists already.
 * @throws AwsError when an ARN is malformed, not the caller's own in this Region, or in use by
 * another service: one load balancer belongs to at most one (Guide, create-endpoint-service).
 */
export function loadBalancersOf(
  { world, account, region }: Call<object>,
  arns: readonly string[],
  serviceId?: string,
): LoadBalancer[] {
  return arns.map((arn) => {
    if (!ARN.test(arn)) {
      throw new AwsError(
        'InvalidNetworkLoadBalancerArn.Malformed',
        `The Network Load Balancer ARN '${arn}' is malformed`,
      );
    }
    const found = world.loadBalancers.get(arn);
    if (found?.account !== account || found.region !== region) {
      throw new AwsError(
        'InvalidNetworkLoadBalancerArn.NotFound',
        `The Network Load Balancer '${arn}' does not exist`,
      );
    }
    const user = userOf(world, arn);
    if (user !== undefined && user !== serviceId) {
      throw invalidParameter(
        `LBs are already associated with another VPC Endpoint Service Configuration: ${arn}`,
      );
    }
    return found;
  });
}

/** The zones of several load balancers together, by id. */
export function zoneIdsOf(loadBalancers: readonly LoadBalancer[]): string[] {
  return [...new Set(loadBalancers.flatMap(({ zoneIds }) => zoneIds))].sort();
}

/**
 * Lower case, at most 63 characters a label and 255 in all, at most a leading `*.` (Guide,
 * configure-endpoint-service). The error code is not documented.
 */
export function checkPrivateDnsName(name: string): void {
  const labels = name.replace(/^\*\./, '').split('.');
  const sound =
    name.length <= 255 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  if (sound) return;
  throw invalidParameter(
    `The private DNS name '${name}' is not valid. Use lower case labels of at most 63 ` +
      "characters, 255 in all; only the first label may be '*'.",
  );
}

/** @throws AwsError for an unknown type, and for IPv6 without dualstack load balancers. */
export function checkIpAddressTypes(
  types: readonly string[],
  loadBalancers: readonly LoadBalancer[],
): void {
  for (const type of types) {
    if (type === 'ipv4' || type === 'ipv6') continue;
    throw invalidParameterValue(
      `Invalid value '${type}' for SupportedIpAddressType. Use ipv4 or ipv6.`,
    );
  }
  if (types.length === 0) {
    throw invalidParameter('An endpoint service must support at least one IP address type.');
  }
  const single = loadBalancers.find(({ ipAddressType }) => ipAddressType !== 'dualstack');
  if (types.includes('ipv6') && single) {
    throw invalidParameter(
      `IPv6 requires every Network Load Balancer to be dualstack, and ${single.id} is not.`,
    );
  }
}

export function checkRegions(names: readonly string[]): void {
  for (const name of names) {
    if (!isRegion(name)) throw invalidParameterValue(`Invalid Region '${name}'`);
  }
}

function userOf(world: World, arn: string): string | undefined {
  for (const service of world.endpointServices.values()) {
    if (service.state !== 'Deleting' && service.loadBalancerArns.includes(arn)) return service.id;
  }
  return undefined;
}
