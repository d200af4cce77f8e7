// The clients of the AWS SDK, which are optional peers: loaded when used, named when missing.
import type { EC2 } from '@aws-sdk/client-ec2';
import type { Route53 } from '@aws-sdk/client-route-53';
import type { AwsCredentials } from '../proof.ts';
import { MissingPeerError } from './missing-peer.ts';
import type { AwsOptions } from './options.ts';

export interface AwsClients {
  ec2: EC2;
  /** Undefined when its package is not installed. */
  route53: Route53 | undefined;
  /** What was given, or what the AWS SDK's own chain finds. */
  credentials(): Promise<AwsCredentials>;
  close(): void;
}

/** @throws MissingPeerError without `@aws-sdk/client-ec2` */
export async function openClients(options: AwsOptions): Promise<AwsClients> {
  const { region, credentials, aws } = options;
  // An object of no type: whoever installs the AWS SDK has it in a version of their own.
  const config: object = { ...aws, region, ...(credentials === undefined ? {} : { credentials }) };
  const { EC2: Ec2Client } = await loaded(
    '@aws-sdk/client-ec2',
    () => import('@aws-sdk/client-ec2'),
  );
  const ec2 = new Ec2Client(config);
  const route53 = await openRoute53(config);
  return {
    ec2,
    route53,
    credentials: async () => ec2.config.credentials(),
    close: () => {
      ec2.destroy();
      route53?.destroy();
    },
  };
}

/** Without it one check is open, and all the others are made. */
async function openRoute53(config: object): Promise<Route53 | undefined> {
  try {
    const { Route53: Route53Client } = await loaded(
      '@aws-sdk/client-route-53',
      () => import('@aws-sdk/client-route-53'),
    );
    return new Route53Client(config);
  } catch (error) {
    if (error instanceof MissingPeerError) return undefined;
    throw error;
  }
}

/** @throws MissingPeerError when the package is not installed */
export async function loaded<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new MissingPeerError(name, error);
  }
}
