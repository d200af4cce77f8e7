// Checks of endpoint parameters that creating and modifying share: address types, DNS options and
// chosen addresses. Policies are in policies.ts.

import type { DnsOptionsSpecification, SubnetConfiguration } from '@aws-sdk/client-ec2';
import { isAssignable } from '../../../world/network/addresses.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import { canonicalIpv6, isAssignableIpv6 } from '../../../world/network/ipv6.ts';
import type { Subnet } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import type { Addresses, ChosenAddresses } from './interfaces.ts';
import { invalidParameter, invalidParameterValue } from '../errors.ts';

/** @throws AwsError for types that do not exist or that the service does not support. */
export function checkIpAddressType(type: string | undefined, service: EndpointService): string {
  const wanted = type ?? 'ipv4';
  if (wanted !== 'ipv4' && wanted !== 'ipv6' && wanted !== 'dualstack') {
    throw invalidParameterValue(`Invalid value '${wanted}' for IpAddressType.`);
  }
  const needed = wanted === 'dualstack' ? ['ipv4', 'ipv6'] : [wanted];
  if (needed.every((one) => service.ipAddressTypes.includes(one))) return wanted;
  throw invalidParameter(
    `The VPC endpoint service ${service.name} does not support the IP address type: ${wanted}.`,
  );
}

/**
 * `ipv4` needs subnets with IPv4, `dualstack` with both, `ipv6` with IPv6 only (Guide,
 * create-interface-endpoint).
 * @throws AwsError for a subnet that has not what the type needs; the text is from memory.
 */
export function checkSubnetFamilies(type: string, subnets: readonly Subnet[]): void {
  const unfit = subnets.find(({ cidr, ipv6 }) => {
    if (type === 'ipv4') return cidr === undefined;
    if (type === 'ipv6') return cidr !== undefined || !ipv6;
    return cidr === undefined || !ipv6;
  });
  if (!unfit) return;
  throw invalidParameter(`The subnet ${unfit.id} does not support the IP address type: ${type}.`);
}

/**
 * The record type of an endpoint (Guide, create-interface-endpoint, DNS record IP type).
 * @param current the record type of an endpoint that exists, kept when it still fits.
 * @throws AwsError for record types that do not exist or do not fit, and for options of other kinds
 * of endpoint or service.
 */
export function checkDnsOptions(
  world: World,
  options: DnsOptionsSpecification | undefined,
  ipAddressType: string,
  current?: string,
): string {
  checkOtherOptions(options ?? {});
  const fitting = ipAddressType === 'dualstack' ? recordTypes : [ipAddressType];
  const usual = ipAddressType === 'dualstack' ? world.knobs.dualstackRecords : ipAddressType;
  const kept = current !== undefined && fitting.includes(current) ? current : usual;
  const type: string = options?.DnsRecordIpType ?? kept;
  if (fitting.includes(type)) return type;
  if (recordTypes.includes(type)) {
    throw invalidParameter(`DnsRecordIpType ${type} does not fit an ${ipAddressType} endpoint.`);
  }
  throw invalidParameterValue(`Invalid value '${type}' for DnsRecordIpType.`);
}

/**
 * The addresses a caller chose for its subnets.
 * @param own addresses that the endpoint itself holds, which are therefore no conflict.
 * @throws AwsError for a subnet that is not among them, for an address it cannot give, and for a
 * kind of address that is missing or too much.
 */
export function chosenAddresses(
  configurations: readonly SubnetConfiguration[] | undefined,
  subnets: readonly Subnet[],
  type: string,
  own: ReadonlySet<string> = new Set(),
): ChosenAddresses {
  const chosen = new Map<string, Addresses>();
  for (const { SubnetId: id = '', Ipv4: ipv4, Ipv6: ipv6 } of configurations ?? []) {
    const subnet = subnets.find((candidate) => candidate.id === id);
    if (!subnet) {
      throw invalidParameter(
        `The subnet configuration names ${id}, which is not among the subnets.`,
      );
    }
    if (chosen.has(id)) throw invalidParameter(`The subnet ${id} is configured more than once.`);
    checkKinds(id, { ipv4, ipv6 }, type);
    if (ipv4 !== undefined) checkIpv4(subnet, ipv4, own);
    if (ipv6 !== undefined) checkIpv6(subnet, ipv6, own);
    chosen.set(id, { ipv4, ipv6: ipv6 === undefined ? undefined : canonicalIpv6(ipv6) });
  }
  return chosen;
}

const recordTypes: readonly string[] = ['ipv4', 'ipv6', 'dualstack', 'service-defined'];

// "Only for services that support both gateway and interface endpoints" and "only for the endpoint
// types ServiceNetwork and Resource" (EC2 API reference, DnsOptionsSpecification).
function checkOtherOptions(options: DnsOptionsSpecification): void {
  if (options.PrivateDnsOnlyForInboundResolverEndpoint) {
    throw invalidParameter(
      'PrivateDnsOnlyForInboundResolverEndpoint is only supported for services that support ' +
        'both gateway and interface endpoints.',
    );
  }
  const other = (['PrivateDnsPreference', 'PrivateDnsSpecifiedDomains'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (!other) return;
  throw invalidParameter(`${other} is only supported for Resource and ServiceNetwork endpoints.`);
}

// "You must provide an IPv4 address if the VPC endpoint supports IPv4", and the same for IPv6 (EC2
// API reference, SubnetConfiguration).
function checkKinds(id: string, { ipv4, ipv6 }: Addresses, type: string): void {
  for (const [kind, address, other] of [
    ['IPv4', ipv4, 'ipv6'],
    ['IPv6', ipv6, 'ipv4'],
  ] as const) {
    const needed = type !== other;
    if (needed && address === undefined) {
      throw invalidParameter(`The configuration of the subnet ${id} has no ${kind} address.`);
    }
    if (!needed && address !== undefined) {
      throw invalidParameter(`The endpoint has no ${kind} addresses: leave out ${address}.`);
    }
  }
}

function checkIpv4(subnet: Subnet, address: string, own: ReadonlySet<string>): void {
  const taken = subnet.usedAddresses.has(address) && !own.has(address);
  if (!taken && isAssignable(subnet.cidr ?? '', address)) return;
  throw unavailable(subnet, address);
}

function checkIpv6(subnet: Subnet, text: string, own: ReadonlySet<string>): void {
  const address = canonicalIpv6(text) ?? '';
  const taken = subnet.usedIpv6Addresses.has(address) && !own.has(address);
  if (!taken && isAssignableIpv6(subnet.ipv6?.cidr ?? '', address)) return;
  throw unavailable(subnet, text);
}

function unavailable({ id }: Subnet, address: string) {
  return invalidParameter(`The address ${address} is not available in the subnet ${id}.`);
}
