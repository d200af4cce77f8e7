// Situations that many tests begin in: a vendor with a service, a customer with a network, an
// endpoint between them.

import {
  AcceptVpcEndpointConnectionsCommand,
  CreateVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  CreateVpcEndpointServiceConfigurationCommand,
  type CreateVpcEndpointServiceConfigurationCommandInput,
  DescribeSubnetsCommand,
  DescribeVpcEndpointConnectionsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  ModifyVpcEndpointServicePermissionsCommand,
  type ServiceConfiguration,
  StartVpcEndpointServicePrivateDnsVerificationCommand,
  type Subnet,
  type VpcEndpoint,
  type VpcEndpointConnection,
} from '@aws-sdk/client-ec2';
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesByNameCommand,
} from '@aws-sdk/client-route-53';
import { CUSTOMER, type Lab, VENDOR } from './lab.ts';

export interface Service {
  readonly id: string;
  readonly name: string;
}

export interface Network {
  readonly vpcId: string;
  readonly subnets: readonly Required<Pick<Subnet, 'SubnetId' | 'AvailabilityZoneId'>>[];
  readonly subnetIds: readonly string[];
}

/** The ARN of one of the vendor's load balancers. */
export function loadBalancerArn(lab: Lab, name = 'api-1'): string {
  for (const { name: found, id } of lab.simulator.world.loadBalancers.values()) {
    if (found === name) return id;
  }
  throw new Error(`There is no load balancer ${name}`);
}

/** A service of the vendor that allows the customer's account. */
export async function offerService(
  lab: Lab,
  input: Partial<CreateVpcEndpointServiceConfigurationCommandInput> = {},
  principals = [`arn:aws:iam::${CUSTOMER}:root`],
): Promise<Service> {
  const { ec2 } = lab.as(VENDOR);
  const created = await ec2.send(
    new CreateVpcEndpointServiceConfigurationCommand({
      NetworkLoadBalancerArns: [loadBalancerArn(lab)],
      ...input,
    }),
  );
  const { ServiceId: id = '', ServiceName: name = '' } = created.ServiceConfiguration ?? {};
  if (principals.length > 0) await allow(lab, id, principals);
  return { id, name };
}

export async function allow(lab: Lab, serviceId: string, principals: string[]): Promise<void> {
  await lab.as(VENDOR).ec2.send(
    new ModifyVpcEndpointServicePermissionsCommand({
      ServiceId: serviceId,
      AddAllowedPrincipals: principals,
    }),
  );
}

export async function networkOf(
  lab: Lab,
  account = CUSTOMER,
  region = 'us-east-1',
): Promise<Network> {
  const { ec2 } = lab.as(account, region);
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  const vpcId = Vpcs?.[0]?.VpcId ?? '';
  const { Subnets } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }),
  );
  const subnets = (Subnets ?? []).map(({ SubnetId = '', AvailabilityZoneId = '' }) => ({
    SubnetId,
    AvailabilityZoneId,
  }));
  return { vpcId, subnets, subnetIds: subnets.map(({ SubnetId }) => SubnetId) };
}

/** An endpoint of the customer in the first of its subnets. */
export async function connect(
  lab: Lab,
  service: Service,
  input: Partial<CreateVpcEndpointCommandInput> = {},
  account = CUSTOMER,
): Promise<VpcEndpoint> {
  const network = await networkOf(lab, account);
  const { VpcEndpoint } = await lab.as(account).ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: network.vpcId,
      VpcEndpointType: 'Interface',
      ServiceName: service.name,
      SubnetIds: network.subnetIds.slice(0, 1),
      ...input,
    }),
  );
  if (!VpcEndpoint) throw new Error('CreateVpcEndpoint answered without an endpoint');
  return VpcEndpoint;
}

/** Accepts and waits until the endpoint is available. */
export async function accept(lab: Lab, service: Service, endpointId: string): Promise<void> {
  const accepted = await lab.as(VENDOR).ec2.send(
    new AcceptVpcEndpointConnectionsCommand({
      ServiceId: service.id,
      VpcEndpointIds: [endpointId],
    }),
  );
  if (accepted.Unsuccessful?.length) throw new Error(JSON.stringify(accepted.Unsuccessful));
  lab.advance(lab.simulator.world.delays.endpointAvailable);
}

export async function endpointNow(
  lab: Lab,
  id: string,
  account = CUSTOMER,
): Promise<VpcEndpoint | undefined> {
  const { VpcEndpoints } = await lab
    .as(account)
    .ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  return VpcEndpoints?.[0];
}

export async function connectionsOf(lab: Lab, serviceId: string): Promise<VpcEndpointConnection[]> {
  const { VpcEndpointConnections } = await lab.as(VENDOR).ec2.send(
    new DescribeVpcEndpointConnectionsCommand({
      Filters: [{ Name: 'service-id', Values: [serviceId] }],
    }),
  );
  return VpcEndpointConnections ?? [];
}

export async function serviceNow(lab: Lab, id: string): Promise<ServiceConfiguration | undefined> {
  const { ServiceConfigurations } = await lab
    .as(VENDOR)
    .ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand({ ServiceIds: [id] }));
  return ServiceConfigurations?.[0];
}

/** Publishes a TXT record and waits until it answers. */
export async function publishTxt(
  lab: Lab,
  name: string,
  values: readonly string[],
  where: { account?: string; zone?: string } = {},
): Promise<void> {
  await upsertTxt(lab, name, values, where);
  lab.advance(lab.simulator.world.delays.recordsInSync);
}

/** Asks for a TXT record, which answers once the change is INSYNC. */
export async function upsertTxt(
  lab: Lab,
  name: string,
  values: readonly string[],
  { account = VENDOR, zone = 'vendor.example' } = {},
): Promise<void> {
  const { route53 } = lab.as(account);
  const { HostedZones } = await route53.send(new ListHostedZonesByNameCommand({ DNSName: zone }));
  const ResourceRecordSet = {
    Name: name,
    Type: 'TXT',
    TTL: 60,
    ResourceRecords: values.map((Value) => ({ Value })),
  } as const;
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: HostedZones?.[0]?.Id,
      ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
    }),
  );
}

/** Publishes a service's own TXT record, starts the verification and waits for its outcome. */
export async function verifyPrivateDns(
  lab: Lab,
  serviceId: string,
  domain = 'vendor.example',
): Promise<void> {
  const service = await serviceNow(lab, serviceId);
  const { Name, Value } = service?.PrivateDnsNameConfiguration ?? {};
  await publishTxt(lab, `${Name}.${domain}`, [`"${Value}"`]);
  await lab
    .as(VENDOR)
    .ec2.send(new StartVpcEndpointServicePrivateDnsVerificationCommand({ ServiceId: serviceId }));
  lab.advance(lab.simulator.world.delays.privateDnsCheck);
}
