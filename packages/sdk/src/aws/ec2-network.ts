// Reads what a VPC has, and what EC2 lets us see of a service. Changes are in changes.ts.
import type {
  EC2,
  IpPermission,
  ServiceDetail,
  Tag,
  VpcEndpoint as Ec2Endpoint,
} from '@aws-sdk/client-ec2';
import type {
  IngressRule,
  Network,
  SecurityGroup,
  Subnet,
  VisibleService,
  Vpc,
  VpcEndpoint,
} from './network.ts';
import { AwsCallError, asked } from './refusal.ts';

export function createNetwork(ec2: EC2, signal: AbortSignal): Network {
  const ask = <T>(name: string, call: (options: { abortSignal: AbortSignal }) => Promise<T>) =>
    asked(`ec2:${name}`, signal, call);
  const vpcs = async (VpcIds?: string[]) => {
    const input = VpcIds === undefined ? {} : { VpcIds };
    const all = await ask('DescribeVpcs', (options) => ec2.describeVpcs(input, options));
    return (all.Vpcs ?? []).map(vpcOf);
  };
  const endpoints = (input: object) =>
    pages(async (NextToken) => {
      const page = await ask('DescribeVpcEndpoints', (options) =>
        ec2.describeVpcEndpoints({ ...input, NextToken }, options),
      );
      return { items: (page.VpcEndpoints ?? []).map(endpointOf), next: page.NextToken };
    });
  const groups = async (input: object) => {
    const found = await ask('DescribeSecurityGroups', (options) =>
      ec2.describeSecurityGroups(input, options),
    );
    return (found.SecurityGroups ?? []).map(groupOf);
  };
  const attribute = async (VpcId: string, Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
    ask('DescribeVpcAttribute', (options) =>
      ec2.describeVpcAttribute({ VpcId, Attribute }, options),
    );
  return {
    vpcs,
    vpc: async (id) => (await unlessAbsent(() => vpcs([id])))?.[0],
    dnsAttributes: async (vpcId) => {
      const support = await attribute(vpcId, 'enableDnsSupport');
      const hostnames = await attribute(vpcId, 'enableDnsHostnames');
      return {
        support: support.EnableDnsSupport?.Value === true,
        hostnames: hostnames.EnableDnsHostnames?.Value === true,
      };
    },
    subnets: (vpcId) => readSubnets(ec2, ask, vpcId),
    securityGroups: async (ids) => {
      const Filters = [{ Name: 'group-id', Values: [...ids] }];
      const found = new Map((await groups({ Filters })).map((group) => [group.id, group]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    securityGroupNamed: async (vpcId, name) =>
      (await groups({ Filters: [filter('vpc-id', vpcId), filter('group-name', name)] }))[0],
    securityGroupsTagged: (key, value, vpcId) => {
      const inVpc = vpcId === undefined ? [] : [filter('vpc-id', vpcId)];
      return groups({ Filters: [filter(`tag:${key}`, value), ...inVpc] });
    },
    endpoints: (vpcId) =>
      endpoints(vpcId === undefined ? {} : { Filters: [filter('vpc-id', vpcId)] }),
    endpoint: async (id) => (await unlessAbsent(() => endpoints({ VpcEndpointIds: [id] })))?.[0],
    service: (name, region) => readService(ec2, ask, name, region),
  };
}

type Ask = <T>(
  name: string,
  call: (options: { abortSignal: AbortSignal }) => Promise<T>,
) => Promise<T>;

async function readSubnets(ec2: EC2, ask: Ask, vpcId: string): Promise<Subnet[]> {
  const Filters = [filter('vpc-id', vpcId)];
  return pages(async (NextToken) => {
    const page = await ask('DescribeSubnets', (options) =>
      ec2.describeSubnets({ Filters, NextToken }, options),
    );
    const items = (page.Subnets ?? []).map((subnet) => ({
      id: subnet.SubnetId!,
      zoneId: subnet.AvailabilityZoneId ?? '',
      freeAddresses: subnet.AvailableIpAddressCount ?? 0,
      ownerId: subnet.OwnerId ?? '',
    }));
    return { items, next: page.NextToken };
  });
}

async function readService(
  ec2: EC2,
  ask: Ask,
  name: string,
  region: string,
): Promise<VisibleService | undefined> {
  const found = await unlessAbsent(() =>
    ask('DescribeVpcEndpointServices', (options) =>
      ec2.describeVpcEndpointServices({ ServiceNames: [name], ServiceRegions: [region] }, options),
    ),
  );
  const [detail] = found?.ServiceDetails ?? [];
  return detail && visibleServiceOf(detail);
}

function visibleServiceOf(detail: ServiceDetail): VisibleService {
  return {
    zoneIds: detail.AvailabilityZoneIds ?? [],
    acceptanceRequired: detail.AcceptanceRequired === true,
    privateDnsName: detail.PrivateDnsName,
    privateDnsState: detail.PrivateDnsNameVerificationState,
  };
}

function vpcOf(vpc: {
  VpcId?: string | undefined;
  OwnerId?: string | undefined;
  State?: string | undefined;
  CidrBlock?: string | undefined;
  CidrBlockAssociationSet?: { CidrBlock?: string | undefined }[] | undefined;
}): Vpc {
  const blocks = (vpc.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock }) => CidrBlock ?? []);
  return {
    id: vpc.VpcId!,
    ownerId: vpc.OwnerId ?? '',
    state: vpc.State ?? '',
    cidrs: [...new Set(blocks.length > 0 ? blocks : [vpc.CidrBlock ?? ''])].filter(Boolean),
  };
}

/** The same in each answer that shows an endpoint. */
export function endpointOf(endpoint: Ec2Endpoint): VpcEndpoint {
  return {
    id: endpoint.VpcEndpointId!,
    state: lowered(endpoint.State ?? ''),
    type: endpoint.VpcEndpointType ?? '',
    serviceName: endpoint.ServiceName ?? '',
    vpcId: endpoint.VpcId ?? '',
    subnetIds: endpoint.SubnetIds ?? [],
    groupIds: (endpoint.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    privateDnsEnabled: endpoint.PrivateDnsEnabled === true,
    dns: (endpoint.DnsEntries ?? []).map(({ DnsName = '', HostedZoneId = '' }) => ({
      name: DnsName,
      hostedZoneId: HostedZoneId,
    })),
    tags: tagsOf(endpoint.Tags),
    createdAt: endpoint.CreationTimestamp,
    failure: endpoint.LastError?.Message ?? endpoint.FailureReason,
  };
}

function groupOf(group: {
  GroupId?: string | undefined;
  GroupName?: string | undefined;
  Description?: string | undefined;
  VpcId?: string | undefined;
  IpPermissions?: IpPermission[] | undefined;
  Tags?: Tag[] | undefined;
}): SecurityGroup {
  return {
    id: group.GroupId!,
    name: group.GroupName ?? '',
    description: group.Description ?? '',
    vpcId: group.VpcId ?? '',
    ingress: (group.IpPermissions ?? []).map(ruleOf),
    tags: tagsOf(group.Tags),
  };
}

function ruleOf(permission: IpPermission): IngressRule {
  const { IpProtocol = '-1', FromPort, ToPort } = permission;
  return {
    protocol: IpProtocol,
    fromPort: FromPort,
    toPort: ToPort,
    sources: [
      ...(permission.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
      ...(permission.Ipv6Ranges ?? []).flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
      ...(permission.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
      ...(permission.PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
    ],
  };
}

function tagsOf(tags: Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** `PendingAcceptance`, as the guide has it, is `pendingAcceptance` on the wire. */
function lowered(state: string): string {
  return state.charAt(0).toLowerCase() + state.slice(1);
}

function filter(Name: string, value: string): { Name: string; Values: string[] } {
  return { Name, Values: [value] };
}

interface PageOf<T> {
  items: T[];
  next: string | undefined;
}

/** A page may be empty and have others behind it; an empty token is the end. */
async function pages<T>(read: (token: string | undefined) => Promise<PageOf<T>>): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await read(token);
    all.push(...items);
    token = next || undefined;
  } while (token !== undefined);
  return all;
}

async function unlessAbsent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AwsCallError && error.refusal === 'absent') return undefined;
    throw error;
  }
}
