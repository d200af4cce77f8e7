// How often an account may call what: the ledger of AWS's request rates. EC2's numbers are from its
// developer guide (Request throttling for the Amazon EC2 API). Where AWS publishes none, the entry
// says so.

import type { ServiceName } from '../services/service.ts';
import type { Limit } from './token-bucket.ts';

/** A bucket of its own, and the name under which calls share it. */
export interface SharedLimit extends Limit {
  readonly shared: string;
}

/** EC2 keeps a bucket per action, account and Region. */
export const ec2Actions: Readonly<Record<string, Limit>> = {
  AcceptVpcEndpointConnections: { bucket: 10, refill: 1 },
  RejectVpcEndpointConnections: { bucket: 10, refill: 1 },
  CreateVpcEndpointServiceConfiguration: { bucket: 10, refill: 1 },
  ModifyVpcEndpointServiceConfiguration: { bucket: 10, refill: 1 },
  DeleteVpcEndpointServiceConfigurations: { bucket: 10, refill: 1 },
  CreateVpcEndpoint: { bucket: 4, refill: 0.3 },
  ModifyVpcEndpoint: { bucket: 4, refill: 0.3 },
  DeleteVpcEndpoints: { bucket: 4, refill: 0.3 },
  CreateTags: { bucket: 100, refill: 10 },
  DeleteTags: { bucket: 100, refill: 10 },
};

export const ec2Reading: Limit = { bucket: 100, refill: 20 };
export const ec2Mutating: Limit = { bucket: 50, refill: 5 };
/** DescribeNetworkInterfaces and DescribeSecurityGroups with neither filters nor pages. */
export const ec2Unfiltered: Limit = { bucket: 50, refill: 10 };
const unfilteredActions = new Set(['DescribeNetworkInterfaces', 'DescribeSecurityGroups']);

/** The whole service shares one bucket per account (and Region, for Regional services). */
export const wholeServices: Readonly<Record<Exclude<ServiceName, 'ec2'>, Limit>> = {
  // Route 53 Developer Guide, DNSLimitations: five requests per second per account. A newer page
  // allows more; who stays below five is below both.
  route53: { bucket: 5, refill: 5 },
  // Not published; assumptions.
  elasticloadbalancing: { bucket: 100, refill: 20 },
  monitoring: { bucket: 50, refill: 50 },
  sns: { bucket: 300, refill: 300 },
  // "A very high, nearly unlimited number" (SQS developer guide, message quotas).
  sqs: { bucket: 3000, refill: 3000 },
  sts: { bucket: 600, refill: 600 },
};

/**
 * PrivateLink is throttled per organisation as well (Guide, vpc-limits-endpoints). The numbers are
 * not published; these are an assumption: twice what one account's most frequent call may take.
 */
export const organizationLimit: Limit = { bucket: 200, refill: 40 };

/** Whether an action counts against the organisation's bucket. */
export function isPrivateLink(service: ServiceName, action: string): boolean {
  return service === 'ec2' && action.includes('VpcEndpoint');
}

/** The bucket a call takes from. */
export function limitOf(
  service: ServiceName,
  action: string,
  input: Readonly<Record<string, unknown>>,
  mutating: boolean,
): SharedLimit {
  if (service !== 'ec2') return { ...wholeServices[service], shared: service };
  const own = ec2Actions[action];
  if (own) return { ...own, shared: action };
  if (mutating) return { ...ec2Mutating, shared: action };
  const unfiltered =
    unfilteredActions.has(action) && !input.Filters && input.MaxResults === undefined;
  return unfiltered
    ? { ...ec2Unfiltered, shared: `${action}, unfiltered` }
    : { ...ec2Reading, shared: action };
}
