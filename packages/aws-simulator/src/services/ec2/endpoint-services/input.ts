// Checking what an owner wants an endpoint service to be: a private DNS name and address types. It
// changes nothing.

import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import type { LoadBalancer } from '../../../world/load-balancing/load-balancer.ts';
import { invalidParameter, invalidParameterValue } from '../errors.ts';

/**
 * Lower case, at most 63 characters a label and 255 in all, at most a leading `*.`, and not for
 * Gateway Load Balancers (Guide, configure-endpoint-service). The error code is not documented.
 */
export function checkPrivateDnsName(name: string, type: EndpointService['type']): void {
  if (type === 'GatewayLoadBalancer') {
    throw invalidParameter(
      'Private DNS names are not supported for endpoint services with Gateway Load Balancers.',
    );
  }
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
      `IPv6 requires every load balancer to be dualstack, and ${single.id} is not.`,
    );
  }
}
