// Checks of endpoint parameters that creating and modifying share.

import type { DnsOptionsSpecification } from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import type { EndpointService } from '../../world/endpoint-service.ts';
import { invalidParameter, invalidParameterValue, notSimulated } from './errors.ts';

/** Full access, which AWS attaches when no policy is given (Guide). */
export const defaultPolicy =
  '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}';

/** @throws AwsError InvalidPolicyDocument for anything that is not a JSON object. */
export function checkPolicy(document: string | undefined): string {
  if (!document) return defaultPolicy;
  try {
    const parsed: unknown = JSON.parse(document);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return document;
  } catch {
    // Falls through to the one answer for every bad policy.
  }
  throw new AwsError('InvalidPolicyDocument', 'The specified policy document is not valid JSON.');
}

/**
 * Subnets of this world have IPv4 only, so only `ipv4` endpoints can be.
 * @throws AwsError for types that do not exist, the service does not support, or the subnets lack.
 */
export function checkIpAddressType(type: string | undefined, service: EndpointService): string {
  const wanted = type ?? 'ipv4';
  if (wanted !== 'ipv4' && wanted !== 'ipv6' && wanted !== 'dualstack') {
    throw invalidParameterValue(`Invalid value '${wanted}' for IpAddressType.`);
  }
  const needed = wanted === 'dualstack' ? ['ipv4', 'ipv6'] : [wanted];
  if (!needed.every((one) => service.ipAddressTypes.includes(one))) {
    throw invalidParameter(
      `The VPC endpoint service ${service.name} does not support the IP address type: ${wanted}.`,
    );
  }
  if (wanted === 'ipv4') return wanted;
  throw invalidParameter(`The subnets do not support the IP address type: ${wanted}.`);
}

/** @throws AwsError for record types that do not exist, do not fit, or are not simulated. */
export function checkDnsOptions(options: DnsOptionsSpecification | undefined): string {
  const { DnsRecordIpType, ...others } = options ?? {};
  const type: string = DnsRecordIpType ?? 'ipv4';
  const used = Object.entries(others).find(([, value]) => value !== undefined && value !== false);
  if (used) throw notSimulated(`DnsOptions.${used[0]}`);
  if (type === 'ipv4') return type;
  if (type === 'ipv6' || type === 'dualstack' || type === 'service-defined') {
    throw invalidParameter(`DnsRecordIpType ${type} does not fit an ipv4 endpoint.`);
  }
  throw invalidParameterValue(`Invalid value '${type}' for DnsRecordIpType.`);
}
