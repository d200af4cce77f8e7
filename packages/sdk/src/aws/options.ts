// What can be said about a connection that is to be made, looked at or ended.
import { SallyportError } from '../errors.ts';
import type { AwsCredentials } from '../proof.ts';

/** How AWS is reached; what is left out is found by the AWS SDK as always. */
export interface AwsOptions {
  /** The region of the VPC. */
  region: string;
  /** Credentials, or a provider, as the AWS SDK has them. */
  credentials?: AwsCredentials | (() => Promise<AwsCredentials>) | undefined;
  /** Anything else that the AWS SDK's clients take: `endpoint`, `maxAttempts`, `logger` … */
  aws?: Record<string, unknown> | undefined;
}

/**
 * How the name of the service is resolved. `endpoint`: by AWS, in the endpoint's VPC alone ·
 * `hosted-zone`: by a private hosted zone of yours · `profile`: by a Route 53 Profile · `none`: it
 * is not, clients use the names of the endpoint itself.
 */
export type DnsMode = 'endpoint' | 'hosted-zone' | 'profile' | 'none';

/** What is left out is found when there is only one. */
export interface ConnectionOptions extends AwsOptions {
  /** `com.amazonaws.vpce.…`, `vpce-svc-…` or `svc_…`; left out when one service is granted. */
  service?: string | undefined;
  /** Where the endpoint is to be; left out when the region has one VPC. */
  vpc_id?: string | undefined;
  /** The account of the VPC; left out, it is read from the VPC. */
  account_id?: string | undefined;
  /** Whose connection it is; left out by a customer's own key. */
  customer_id?: string | undefined;
  /** One for each zone; left out, one is chosen in each zone of the service. */
  subnet_ids?: readonly string[] | undefined;
  /** Left out, one is made that lets the VPC reach `port`. */
  security_group_ids?: readonly string[] | undefined;
  /** The TCP port that clients use; 443. */
  port?: number | undefined;
  /** As the grant has it; else `endpoint`, where the service has a private name. */
  dns?: DnsMode | undefined;
  /** Tells connections of one VPC to one service apart; `default`. */
  name?: string | undefined;
  /** An endpoint that other hands have made, to go on with. It is never deleted here. */
  vpc_endpoint_id?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** The tag that says which endpoints and security groups are ours, and of which connection. */
export const TAG = 'sallyport:connection';

export const DEFAULT_PORT = 443;
export const DEFAULT_NAME = 'default';

/** @throws SallyportError that says which option is wrong */
export function checkOptions(options: Partial<ConnectionOptions>): void {
  const { region, port = DEFAULT_PORT, name = DEFAULT_NAME } = options;
  if (typeof region !== 'string' || !/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) {
    throw new SallyportError('region must be the region of the VPC, for example "eu-west-1".');
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new SallyportError('port must be a whole number from 1 to 65535.');
  }
  if (!/^[\w.-]{1,64}$/.test(name)) {
    throw new SallyportError('name must be 1 to 64 letters, digits, dots, hyphens or underscores.');
  }
}
