// The simulator with the adapter on the vendor's side of it, and the SDK on a customer's side.

import { createHash, createHmac } from 'node:crypto';

import { EC2 } from '@aws-sdk/client-ec2';
import { startSimulator } from '@sallyport/aws-simulator';
import type { SimulatorOptions } from '@sallyport/aws-simulator';
import { onTestFinished } from 'vitest';

import type { Aws, AwsAccess } from '../../src/aws/ports.ts';
import type { Challenge, ProofFields } from '../../src/domain/proof.ts';
import { openAws } from './fake-aws.ts';

export const region = 'us-east-1';
export const vendor: AwsAccess = {
  accountId: '111111111111',
  roleArn: 'arn:aws:iam::111111111111:role/sallyport',
  externalId: 'sallyport',
};
/** The vendor's zone and a name under it that a service may have. */
export const domain = 'vendor.example';
export const privateName = 'api.vendor.example';
export const customerRoot = 'arn:aws:iam::222222222222:root';

export interface Scene {
  aws: Aws;
  simulator: Awaited<ReturnType<typeof startSimulator>>;
  /** ARNs of the vendor's load balancers in the region. */
  loadBalancers: string[];
  /** An endpoint of account 222222222222 on the service, in one subnet. */
  connect(serviceName: string): Promise<string>;
}

export async function openScene(options: SimulatorOptions = {}): Promise<Scene> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  const aws = openAws(simulator.endpoint);
  const customer = new EC2({
    region,
    endpoint: simulator.endpoint,
    credentials: { accessKeyId: '222222222222', secretAccessKey: 'simulator' },
  });
  onTestFinished(() => customer.destroy());
  const all = [...simulator.world.loadBalancers.values()];
  return {
    aws,
    simulator,
    loadBalancers: all.filter((found) => found.region === region).map(({ id }) => id),
    connect: (serviceName) => connect(customer, serviceName),
  };
}

/** What a customer's tools make of a challenge: the SigV4 of a presigned GetCallerIdentity. */
export function signProof(
  bound: Pick<Challenge, 'challenge' | 'audience'>,
  credentials: { accessKeyId: string; secretAccessKey: string },
  at = new Date(),
): ProofFields {
  const amzDate = at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = amzDate.slice(0, 8);
  const scope = `${day}/${region}/sts/aws4_request`;
  const signed = 'host;x-sallyport-audience;x-sallyport-challenge';
  const query = new URLSearchParams([
    ['Action', 'GetCallerIdentity'],
    ['Version', '2011-06-15'],
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${scope}`],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', '300'],
    ['X-Amz-SignedHeaders', signed],
  ]);
  const canonical = [
    'GET',
    '/',
    query.toString(),
    `host:sts.${region}.amazonaws.com`,
    `x-sallyport-audience:${bound.audience}`,
    `x-sallyport-challenge:${bound.challenge}`,
    '',
    signed,
    sha256(''),
  ].join('\n');
  const parts = [day, region, 'sts', 'aws4_request'];
  const key = parts.reduce(
    (key: string | Buffer, part) => createHmac('sha256', key).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const text = ['AWS4-HMAC-SHA256', amzDate, scope, sha256(canonical)].join('\n');
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return {
    region,
    accessKeyId: credentials.accessKeyId,
    amzDate,
    sessionToken: null,
    signature,
  };
}

async function connect(customer: EC2, serviceName: string): Promise<string> {
  const { Subnets = [] } = await customer.describeSubnets({});
  const { VpcEndpoint } = await customer.createVpcEndpoint({
    VpcEndpointType: 'Interface',
    ServiceName: serviceName,
    VpcId: Subnets[0]!.VpcId!,
    SubnetIds: [Subnets[0]!.SubnetId!],
  });
  return VpcEndpoint!.VpcEndpointId!;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
