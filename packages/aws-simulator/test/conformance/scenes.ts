// Situations that probes need more of than other tests: many services, many endpoints, a customer
// in another Region.

import {
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateVpcEndpointCommand,
  CreateVpcEndpointServiceConfigurationCommand,
  type CreateVpcEndpointServiceConfigurationCommandInput,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  ModifyVpcEndpointServicePermissionsCommand,
  type NetworkInterface,
  type ServiceConfiguration,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { CUSTOMER, type Lab, VENDOR } from '../lab.ts';
import { connect, loadBalancerArn, networkOf, offerService, type Service } from '../scenes.ts';

/** A vendor with more load balancers than the default world's; all of them are dualstack. */
export const BIG_VENDOR = '444444444444';

/** Brings the big vendor: six dualstack load balancers, whose ARNs it gives, and two gateways. */
export function bigVendor(lab: Lab): string[] {
  const names = ['big-1', 'big-2', 'big-3', 'big-4', 'big-5', 'big-6'];
  const region = 'us-east-1';
  lab.simulator.addAccount({
    id: BIG_VENDOR,
    loadBalancers: [
      ...names.map((name) => ({ name, region, dualstack: true })),
      { name: 'gateway-1', region, type: 'gateway' },
      { name: 'gateway-2', region, type: 'gateway' },
    ],
  });
  return names.map((name) => loadBalancerArn(lab, name));
}

/** A service of the big vendor behind one of its load balancers, unless others are named. */
export async function bigService(
  lab: Lab,
  arn: string | undefined,
  input: Partial<CreateVpcEndpointServiceConfigurationCommandInput> = {},
): Promise<ServiceConfiguration> {
  const { ServiceConfiguration } = await lab.as(BIG_VENDOR).ec2.send(
    new CreateVpcEndpointServiceConfigurationCommand({
      ...(arn === undefined ? {} : { NetworkLoadBalancerArns: [arn] }),
      ...input,
    }),
  );
  return ServiceConfiguration ?? {};
}

/** A service that takes both address types and lets everybody in at once. */
export async function dualstackService(lab: Lab): Promise<Service> {
  const [arn] = bigVendor(lab);
  const { ServiceId: id = '', ServiceName: name = '' } = await bigService(lab, arn, {
    SupportedIpAddressTypes: ['ipv4', 'ipv6'],
    AcceptanceRequired: false,
  });
  const permit = { ServiceId: id, AddAllowedPrincipals: ['*'] };
  await lab.as(BIG_VENDOR).ec2.send(new ModifyVpcEndpointServicePermissionsCommand(permit));
  return { id, name };
}

/** The VPC of the networker that has IPv6, and its subnets. */
export async function dualstackNetwork(lab: Lab) {
  const Filters = [{ Name: 'is-default', Values: ['true'] }];
  const { Vpcs } = await networker(lab).send(new DescribeVpcsCommand({ Filters }));
  const VpcId = Vpcs?.[0]?.VpcId ?? '';
  const { Subnets = [] } = await networker(lab).send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
  );
  return { VpcId, subnets: Subnets };
}

/** A service of the vendor with so many endpoints of the customer, oldest first. */
export async function busyService(
  lab: Lab,
  count: number,
): Promise<{ service: Service; endpointIds: string[] }> {
  const service = await offerService(lab);
  const endpointIds: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const { VpcEndpointId = '' } = await connect(lab, service);
    endpointIds.push(VpcEndpointId);
  }
  return { service, endpointIds };
}

/** An endpoint of the customer in eu-west-1 to a service of us-east-1 that is offered there. */
export async function connectFromEurope(lab: Lab, service: Service): Promise<VpcEndpoint> {
  const network = await networkOf(lab, CUSTOMER, 'eu-west-1');
  const { VpcEndpoint } = await customer(lab, 'eu-west-1').send(
    new CreateVpcEndpointCommand({
      VpcId: network.vpcId,
      VpcEndpointType: 'Interface',
      ServiceName: service.name,
      ServiceRegion: 'us-east-1',
      SubnetIds: network.subnetIds.slice(0, 1),
    }),
  );
  return VpcEndpoint ?? {};
}

/** Puts the tag `probe` = `yes` on something of the vendor's. */
export async function taggedResource(lab: Lab, id: string): Promise<void> {
  const Tags = [{ Key: 'probe', Value: 'yes' }];
  await vendor(lab).send(new CreateTagsCommand({ Resources: [id], Tags }));
}

/** A security group of the customer's, beside the default one. */
export async function newSecurityGroup(lab: Lab, name = 'probe'): Promise<string> {
  const { vpcId } = await networkOf(lab);
  const input = { GroupName: name, Description: name, VpcId: vpcId };
  return (await customer(lab).send(new CreateSecurityGroupCommand(input))).GroupId ?? '';
}

/** A customer whose networks differ from one another; it has nothing but these. */
export const NETWORKER = '555555555555';

/** Brings it with a default VPC that has IPv6, and another VPC, and gives its client. */
export function networker(lab: Lab): EC2Client {
  if (lab.simulator.world.accounts.has(NETWORKER)) return lab.as(NETWORKER).ec2;
  lab.simulator.addAccount({
    id: NETWORKER,
    vpcs: [
      { region: 'us-east-1', cidr: '10.40.0.0/16', ipv6: true, isDefault: true },
      { region: 'us-east-1', cidr: '10.50.0.0/16', dnsHostnames: false },
    ],
  });
  return lab.as(NETWORKER).ec2;
}

/** The network interfaces of an endpoint of the customer's. */
export async function interfacesOf(lab: Lab, endpoint: VpcEndpoint): Promise<NetworkInterface[]> {
  const { NetworkInterfaceIds } = endpoint;
  const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds });
  const { NetworkInterfaces = [] } = await customer(lab).send(command);
  const place = (eni: NetworkInterface) =>
    NetworkInterfaceIds?.indexOf(eni.NetworkInterfaceId ?? '') ?? 0;
  return NetworkInterfaces.toSorted((a, b) => place(a) - place(b));
}

/** Tags for a create call, with the key `probe` that filters are asked for. */
export function taggedAs(type: string, value = 'yes') {
  return [{ ResourceType: type as never, Tags: [{ Key: 'probe', Value: value }] }];
}

/** The clients of the vendor and of the customer, as most probes use them. */
export function vendor(lab: Lab) {
  return lab.as(VENDOR).ec2;
}

export function customer(lab: Lab, region?: string) {
  return lab.as(CUSTOMER, region).ec2;
}
