// How often AWS lets an account call: the rates that workers keep to, together. EC2's are from its
// developer guide (Request throttling for the Amazon EC2 API); Route 53's from its own
// (DNSLimitations: five requests a second for an account). AWS throttles PrivateLink per
// organisation as well and tells no numbers: that is met by drawing back when it says so.

export type AwsService = 'cloudwatch' | 'ec2' | 'elasticloadbalancing' | 'route53' | 'sqs' | 'sts';

export interface CallLimit {
  /** Calls that share the limit have the same name. */
  bucket: string;
  /** Calls at once. */
  burst: number;
  /** Calls a second, after the burst. */
  perSecond: number;
}

const slow = { burst: 10, perSecond: 1 };

/** Actions of EC2 with a rate of their own. */
const ec2Actions: Readonly<Record<string, Omit<CallLimit, 'bucket'>>> = {
  AcceptVpcEndpointConnections: slow,
  RejectVpcEndpointConnections: slow,
  CreateVpcEndpointServiceConfiguration: slow,
  ModifyVpcEndpointServiceConfiguration: slow,
  DeleteVpcEndpointServiceConfigurations: slow,
  CreateTags: { burst: 100, perSecond: 10 },
  DeleteTags: { burst: 100, perSecond: 10 },
};

const reading = { burst: 100, perSecond: 20 };
const changing = { burst: 50, perSecond: 5 };

/** Ours, and far below AWS's own: what is read for diagnoses is never urgent. */
const sparing = { burst: 10, perSecond: 2 };

/**
 * The limit that a call counts against, or null where AWS publishes none (STS) or next to none
 * (SQS: "a very high, nearly unlimited number", developer guide, message quotas).
 */
export function callLimit(service: AwsService, action: string): CallLimit | null {
  if (service === 'sts' || service === 'sqs') return null;
  if (service === 'route53') return { bucket: 'route53', burst: 5, perSecond: 5 };
  if (service === 'cloudwatch' || service === 'elasticloadbalancing') {
    return { bucket: service, ...sparing };
  }
  const usual = action.startsWith('Describe') ? reading : changing;
  return { bucket: action, ...(ec2Actions[action] ?? usual) };
}

/** Milliseconds until it is a call's turn, by the tokens that are left after it took its own. */
export function turnInMs(tokensLeft: number, { perSecond }: CallLimit): number {
  return tokensLeft >= 0 ? 0 : Math.ceil((-tokensLeft / perSecond) * 1000);
}
