// VPCs and subnets, as a consumer lists them before it connects.

import {
  CreateTagsCommand,
  DescribeSubnetsCommand as DescribeSubnets,
  type DescribeSubnetsCommandInput as SubnetsInput,
  DescribeVpcAttributeCommand as DescribeAttribute,
  type DescribeVpcAttributeCommandInput as AttributeInput,
  DescribeVpcsCommand as DescribeVpcs,
  type DescribeVpcsCommandInput as VpcsInput,
  type Subnet,
  type Vpc,
} from '@aws-sdk/client-ec2';
import type { Lab } from '../../../lab.ts';
import { dryRead, filters, pages, shownAs } from '../../patterns.ts';
import { effect, expect, type ProbeSet, probes } from '../../probe.ts';
import { NETWORKER, networker } from '../../scenes.ts';

const VPCS = 'ec2:DescribeVpcs';
const ATTRIBUTE = 'ec2:DescribeVpcAttribute';
const SUBNETS = 'ec2:DescribeSubnets';

export const vpcProbes: ProbeSet = [
  ...probes(VPCS, {
    DryRun: dryRead(VPCS, (lab) => networker(lab).send(new DescribeVpcs({ DryRun: true }))),
    VpcIds: effect(VPCS, async (lab) => {
      networker(lab);
      const [, { VpcId = '' } = {}] = await vpcs(lab);
      expect(await vpcs(lab, { VpcIds: [VpcId] })).toMatchObject([{ VpcId }]);
    }),
    ...pages(VPCS, {
      prepare: async (lab) => {
        const vpc = { region: 'us-east-1' };
        lab.simulator.addAccount({ id: NETWORKER, vpcs: [vpc, vpc, vpc, vpc, vpc, vpc] });
      },
      list: async (lab, _, page) => {
        const { Vpcs, NextToken } = await lab.as(NETWORKER).ec2.send(new DescribeVpcs(page));
        return { ids: (Vpcs ?? []).map(vpcId), nextToken: NextToken };
      },
    }),
    ...filters(VPCS, {
      prepare: async (lab) => {
        const ec2 = networker(lab);
        const [{ VpcId = '' } = {}] = await vpcs(lab);
        await ec2.send(new CreateTagsCommand({ Resources: [VpcId], Tags: tags }));
        return { items: await vpcs(lab) };
      },
      list: async (lab, Filters) => (await vpcs(lab, { Filters })).map(vpcId),
      cases: {
        cidr: vpcsBy(({ CidrBlock }) => [CidrBlock]),
        'cidr-block-association.cidr-block': associated(({ CidrBlock }) => CidrBlock),
        'cidr-block-association.association-id': associated(({ AssociationId }) => AssociationId),
        'cidr-block-association.state': associated(({ CidrBlockState }) => CidrBlockState?.State),
        'dhcp-options-id': vpcsBy(({ DhcpOptionsId }) => [DhcpOptionsId]),
        'ipv6-cidr-block-association.ipv6-cidr-block': ipv6(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
        'ipv6-cidr-block-association.ipv6-pool': ipv6(({ Ipv6Pool }) => Ipv6Pool),
        'ipv6-cidr-block-association.association-id': ipv6(({ AssociationId }) => AssociationId),
        'ipv6-cidr-block-association.state': ipv6(
          ({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State,
        ),
        'is-default': vpcsBy(({ IsDefault }) => [IsDefault]),
        'owner-id': vpcsBy(({ OwnerId }) => [OwnerId]),
        state: vpcsBy(({ State }) => [State]),
        'tag:<key>': vpcsBy(({ Tags }) => (Tags ?? []).map(({ Value }) => Value)),
        'tag-key': vpcsBy(({ Tags }) => (Tags ?? []).map(({ Key }) => Key)),
        'vpc-id': vpcsBy(({ VpcId }) => [VpcId]),
      },
    }),
  }),

  ...probes(ATTRIBUTE, {
    DryRun: dryRead(ATTRIBUTE, (lab) => attribute(lab, 0, { DryRun: true })),
    VpcId: effect(ATTRIBUTE, async (lab) => {
      networker(lab);
      expect((await attribute(lab, 0)).EnableDnsHostnames).toEqual({ Value: true });
      expect((await attribute(lab, 1)).EnableDnsHostnames).toEqual({ Value: false });
    }),
    Attribute: effect(ATTRIBUTE, async (lab) => {
      networker(lab);
      const support = await attribute(lab, 1, { Attribute: 'enableDnsSupport' });
      expect(support).toMatchObject({ EnableDnsSupport: { Value: true } });
      expect(support.EnableDnsHostnames).toBeUndefined();
      const metrics = { Attribute: 'enableNetworkAddressUsageMetrics' } as const;
      const { EnableNetworkAddressUsageMetrics } = await attribute(lab, 1, metrics);
      expect(EnableNetworkAddressUsageMetrics).toEqual({ Value: false });
    }),
  }),

  ...probes(SUBNETS, {
    DryRun: dryRead(SUBNETS, (lab) => networker(lab).send(new DescribeSubnets({ DryRun: true }))),
    SubnetIds: effect(SUBNETS, async (lab) => {
      networker(lab);
      const [, { SubnetId = '' } = {}] = await subnets(lab);
      expect(await subnets(lab, { SubnetIds: [SubnetId] })).toMatchObject([{ SubnetId }]);
    }),
    ...pages(SUBNETS, {
      prepare: async (lab) => networker(lab),
      list: async (_, ec2, page) => {
        const { Subnets, NextToken } = await ec2.send(new DescribeSubnets(page));
        return { ids: (Subnets ?? []).map(subnetId), nextToken: NextToken };
      },
    }),
    ...filters(SUBNETS, {
      prepare: async (lab) => {
        const ec2 = networker(lab);
        const [{ SubnetId = '' } = {}] = await subnets(lab);
        await ec2.send(new CreateTagsCommand({ Resources: [SubnetId], Tags: tags }));
        return { items: await subnets(lab) };
      },
      list: async (lab, Filters) => (await subnets(lab, { Filters })).map(subnetId),
      cases: {
        'availability-zone': subnetsBy(({ AvailabilityZone }) => [AvailabilityZone]),
        'availability-zone-id': subnetsBy(({ AvailabilityZoneId }) => [AvailabilityZoneId]),
        'available-ip-address-count': subnetsBy((one) => [one.AvailableIpAddressCount]),
        'cidr-block': subnetsBy(({ CidrBlock }) => [CidrBlock]),
        'customer-owned-ipv4-pool': subnetsBy((one) => [one.CustomerOwnedIpv4Pool]),
        'default-for-az': subnetsBy(({ DefaultForAz }) => [DefaultForAz]),
        'enable-dns64': subnetsBy(({ EnableDns64 }) => [EnableDns64]),
        'enable-lni-at-device-index': subnetsBy((one) => [one.EnableLniAtDeviceIndex]),
        'ipv6-cidr-block-association.ipv6-cidr-block': subnetIpv6((one) => one.Ipv6CidrBlock),
        'ipv6-cidr-block-association.association-id': subnetIpv6((one) => one.AssociationId),
        'ipv6-cidr-block-association.state': subnetIpv6((one) => one.Ipv6CidrBlockState?.State),
        'ipv6-native': subnetsBy(({ Ipv6Native }) => [Ipv6Native]),
        'map-customer-owned-ip-on-launch': subnetsBy((one) => [one.MapCustomerOwnedIpOnLaunch]),
        'map-public-ip-on-launch': subnetsBy((one) => [one.MapPublicIpOnLaunch]),
        'outpost-arn': subnetsBy(({ OutpostArn }) => [OutpostArn]),
        'owner-id': subnetsBy(({ OwnerId }) => [OwnerId]),
        'private-dns-name-options-on-launch.hostname-type': launch((one) => one.HostnameType),
        'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': launch(
          (one) => one.EnableResourceNameDnsARecord,
        ),
        'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': launch(
          (one) => one.EnableResourceNameDnsAAAARecord,
        ),
        state: subnetsBy(({ State }) => [State]),
        'subnet-arn': subnetsBy(({ SubnetArn }) => [SubnetArn]),
        'subnet-id': subnetsBy(({ SubnetId }) => [SubnetId]),
        'tag:<key>': subnetsBy(({ Tags }) => (Tags ?? []).map(({ Value }) => Value)),
        'tag-key': subnetsBy(({ Tags }) => (Tags ?? []).map(({ Key }) => Key)),
        'vpc-id': subnetsBy(({ VpcId }) => [VpcId]),
      },
    }),
  }),
];

const tags = [{ Key: 'probe', Value: 'yes' }];

type Association = NonNullable<Vpc['CidrBlockAssociationSet']>[number];
type Ipv6Association = NonNullable<Vpc['Ipv6CidrBlockAssociationSet']>[number];
type SubnetIpv6 = NonNullable<Subnet['Ipv6CidrBlockAssociationSet']>[number];
type LaunchOptions = NonNullable<Subnet['PrivateDnsNameOptionsOnLaunch']>;

function vpcsBy(valuesOf: (vpc: Vpc) => readonly unknown[]) {
  return shownAs(vpcId, valuesOf);
}

function associated(valueOf: (association: Association) => unknown) {
  return vpcsBy(({ CidrBlockAssociationSet = [] }) => CidrBlockAssociationSet.map(valueOf));
}

function ipv6(valueOf: (association: Ipv6Association) => unknown) {
  return vpcsBy(({ Ipv6CidrBlockAssociationSet = [] }) => Ipv6CidrBlockAssociationSet.map(valueOf));
}

function subnetsBy(valuesOf: (subnet: Subnet) => readonly unknown[]) {
  return shownAs(subnetId, valuesOf);
}

function subnetIpv6(valueOf: (association: SubnetIpv6) => unknown) {
  return subnetsBy((one) => (one.Ipv6CidrBlockAssociationSet ?? []).map(valueOf));
}

function launch(valueOf: (options: LaunchOptions) => unknown) {
  return subnetsBy((one) => [valueOf(one.PrivateDnsNameOptionsOnLaunch ?? {})]);
}

async function vpcs(lab: Lab, input: VpcsInput = {}): Promise<Vpc[]> {
  return (await lab.as(NETWORKER).ec2.send(new DescribeVpcs(input))).Vpcs ?? [];
}

async function subnets(lab: Lab, input: SubnetsInput = {}): Promise<Subnet[]> {
  return (await lab.as(NETWORKER).ec2.send(new DescribeSubnets(input))).Subnets ?? [];
}

/** An attribute, DNS hostnames by default, of the networker's nth VPC. */
async function attribute(lab: Lab, nth: number, input: Partial<AttributeInput> = {}) {
  if (!lab.simulator.world.accounts.has(NETWORKER)) networker(lab);
  const { VpcId } = (await vpcs(lab))[nth] ?? {};
  const command = new DescribeAttribute({ VpcId, Attribute: 'enableDnsHostnames', ...input });
  return lab.as(NETWORKER).ec2.send(command);
}

function vpcId({ VpcId = '' }: Vpc): string {
  return VpcId;
}

function subnetId({ SubnetId = '' }: Subnet): string {
  return SubnetId;
}
