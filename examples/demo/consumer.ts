// A customer's own side, by the unmodified AWS SDK: its network, and the VPC endpoint it makes.

import {
  CreateVpcEndpointCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
} from '@aws-sdk/client-ec2';
import { region, rootCredentials } from './cast.ts';

export interface Consumer {
  /** What the account is told about a service name: that it is there, or AWS's error code. */
  looksUp(serviceName: string): Promise<string>;
  /** Makes one endpoint, or finds the one made by an earlier try. @returns `vpce-…` */
  connect(serviceName: string, token: string): Promise<string>;
  enablePrivateDns(vpcEndpointId: string): Promise<void>;
  /** The endpoint's state, in AWS's spelling. */
  state(vpcEndpointId: string): Promise<string>;
  close(): void;
}

export function createConsumer(endpoint: string, account: string): Consumer {
  const ec2 = new EC2Client({ endpoint, region, credentials: rootCredentials(account) });
  return {
    looksUp: (serviceName) => lookUp(ec2, serviceName),
    connect: (serviceName, token) => connect(ec2, serviceName, token),
    enablePrivateDns: async (vpcEndpointId) => {
      const input = { VpcEndpointId: vpcEndpointId, PrivateDnsEnabled: true };
      await ec2.send(new ModifyVpcEndpointCommand(input));
    },
    state: async (vpcEndpointId) => {
      const input = { VpcEndpointIds: [vpcEndpointId] };
      const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand(input));
      return VpcEndpoints?.[0]?.State ?? 'missing';
    },
    close: () => ec2.destroy(),
  };
}

async function lookUp(ec2: EC2Client, serviceName: string): Promise<string> {
  try {
    await ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceNames: [serviceName] }));
    return 'visible';
  } catch (error) {
    return (error as Error).name;
  }
}

async function connect(ec2: EC2Client, serviceName: string, token: string): Promise<string> {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  const vpcId = Vpcs?.[0]?.VpcId;
  const inVpc = [{ Name: 'vpc-id', Values: [vpcId ?? ''] }];
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters: inVpc }));
  const { VpcEndpoint } = await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpcId,
      VpcEndpointType: 'Interface',
      ServiceName: serviceName,
      SubnetIds: Subnets?.map((subnet) => subnet.SubnetId ?? ''),
      PrivateDnsEnabled: false,
      // EC2 does not fill the token in by itself, so a retry without it makes a second endpoint.
      ClientToken: token,
    }),
  );
  return VpcEndpoint!.VpcEndpointId!;
}
