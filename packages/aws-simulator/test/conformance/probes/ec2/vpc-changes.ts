// Making, changing and deleting VPCs and subnets.

import {
  CreateSubnetCommand as CreateSubnet,
  type CreateSubnetCommandInput as SubnetInput,
  CreateVpcCommand as CreateVpc,
  type CreateVpcCommandInput as VpcInput,
  DeleteSubnetCommand as DeleteSubnet,
  DeleteVpcCommand as DeleteVpc,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand as DescribeAttribute,
  DescribeVpcsCommand,
  ModifyVpcAttributeCommand as Modify,
  type ModifyVpcAttributeCommandInput as ModifyInput,
  type Subnet,
  type Vpc,
  type VpcAttributeName,
} from '@aws-sdk/client-ec2';
import { failure, type Lab } from '../../../lab.ts';
import { dryRun } from '../../patterns.ts';
import {
  each,
  effect,
  expect,
  inOneLab,
  type Probe,
  type ProbeSet,
  probes,
  refused,
} from '../../probe.ts';
import { networker, taggedAs } from '../../scenes.ts';

const VPCS = 'ec2:DescribeVpcs';
const SUBNETS = 'ec2:DescribeSubnets';
const ATTRIBUTE = 'ec2:DescribeVpcAttribute';

const tagPaths = ['ResourceType', 'Tags.Key', 'Tags.Value'].map(
  (one) => `TagSpecifications.${one}`,
);
const plain = { CidrBlock: '10.60.0.0/16' };
const small = { CidrBlock: '10.60.9.0/24' };
const encryption = [
  'Mode',
  'InternetGatewayExclusion',
  'EgressOnlyInternetGatewayExclusion',
  'NatGatewayExclusion',
  'VirtualPrivateGatewayExclusion',
  'VpcPeeringExclusion',
  'LambdaExclusion',
  'VpcLatticeExclusion',
  'ElasticFileSystemExclusion',
  'GlobalAcceleratorExclusion',
  'ApiGatewayV2Exclusion',
];
const encryptionControl = Object.fromEntries(
  encryption.map((name) => [name, name === 'Mode' ? 'monitor' : 'enable']),
) as unknown as NonNullable<VpcInput['VpcEncryptionControl']>;

export const vpcChangeProbes: ProbeSet = [
  ...probes(
    'ec2:CreateVpc',
    inOneLab({
      DryRun: dryRun({
        readBy: VPCS,
        prepare: async () => undefined,
        attempt: (lab) => networker(lab).send(new CreateVpc({ ...plain, DryRun: true })),
        read: (lab) => vpcIds(lab),
      }),
      CidrBlock: effect(VPCS, async (lab) => {
        await withVpc(lab, {}, ({ CidrBlock }) => expect(CidrBlock).toBe(plain.CidrBlock));
      }),
      InstanceTenancy: effect(VPCS, async (lab) => {
        await withVpc(lab, { InstanceTenancy: 'dedicated' }, ({ InstanceTenancy }) =>
          expect(InstanceTenancy).toBe('dedicated'),
        );
      }),
      AmazonProvidedIpv6CidrBlock: effect(VPCS, async (lab) => {
        await withVpc(lab, { AmazonProvidedIpv6CidrBlock: true }, (vpc) =>
          expect(vpc.Ipv6CidrBlockAssociationSet).toHaveLength(1),
        );
      }),
      Ipv6CidrBlockNetworkBorderGroup: refused('Ipv6CidrBlockNetworkBorderGroup', (lab) =>
        withVpc(lab, {
          AmazonProvidedIpv6CidrBlock: true,
          Ipv6CidrBlockNetworkBorderGroup: 'us-east-1-bos-1',
        }),
      ),
      ...each(
        tagPaths,
        effect(VPCS, async (lab) => {
          await withVpc(lab, { TagSpecifications: taggedAs('vpc') }, ({ Tags }) =>
            expect(Tags).toEqual([{ Key: 'probe', Value: 'yes' }]),
          );
          const wrong = withVpc(lab, { TagSpecifications: taggedAs('subnet') });
          expect((await failure(wrong)).code).toMatch(/^InvalidParameter/);
        }),
      ),
      ...refusedMembers(
        {
          Ipv6Pool: 'ipv6pool-ec2-00000000000000000',
          Ipv6CidrBlock: '2001:db8::/56',
          Ipv4IpamPoolId: 'ipam-pool-00000000000000000',
          Ipv4NetmaskLength: 16,
          Ipv6IpamPoolId: 'ipam-pool-00000000000000000',
          Ipv6NetmaskLength: 56,
        },
        (lab, input) => withVpc(lab, input),
      ),
      ...Object.fromEntries(
        encryption.map((name) => [
          `VpcEncryptionControl.${name}`,
          refused(
            'VpcEncryptionControl',
            (lab) => withVpc(lab, { VpcEncryptionControl: encryptionControl }),
            'VpcEncryptionControl',
          ),
        ]),
      ),
    }),
  ),

  ...probes(
    'ec2:DeleteVpc',
    inOneLab({
      DryRun: dryRun({
        readBy: VPCS,
        prepare: (lab) => newVpc(lab),
        attempt: (lab, VpcId) => networker(lab).send(new DeleteVpc({ VpcId, DryRun: true })),
        read: (lab) => vpcIds(lab),
      }),
      VpcId: effect(VPCS, async (lab) => {
        const VpcId = await newVpc(lab);
        await networker(lab).send(new DeleteVpc({ VpcId }));
        expect(await vpcIds(lab)).not.toContain(VpcId);
      }),
    }),
  ),

  ...probes('ec2:ModifyVpcAttribute', {
    ...each(
      ['VpcId', 'EnableDnsSupport.Value'],
      effect(ATTRIBUTE, async (lab) => {
        const { changed, other } = await modified(lab, { EnableDnsSupport: { Value: false } });
        expect((await attributes(lab, changed)).support).toBe(false);
        expect((await attributes(lab, other)).support).toBe(true);
      }),
    ),
    'EnableDnsHostnames.Value': effect(ATTRIBUTE, async (lab) => {
      const { changed } = await modified(lab, { EnableDnsHostnames: { Value: true } });
      expect((await attributes(lab, changed)).hostnames).toBe(true);
    }),
    'EnableNetworkAddressUsageMetrics.Value': effect(ATTRIBUTE, async (lab) => {
      const metrics = { EnableNetworkAddressUsageMetrics: { Value: true } };
      const { changed } = await modified(lab, metrics);
      expect((await attributes(lab, changed)).metrics).toBe(true);
    }),
  }),

  ...probes('ec2:CreateSubnet', {
    DryRun: dryRun({
      readBy: SUBNETS,
      prepare: (lab) => newVpc(lab),
      attempt: (lab, VpcId) =>
        networker(lab).send(new CreateSubnet({ VpcId, ...small, DryRun: true })),
      read: (lab) => subnetIds(lab),
    }),
    ...each(
      ['VpcId', 'CidrBlock'],
      effect(SUBNETS, async (lab) => {
        const VpcId = await newVpc(lab);
        expect(await withSubnet(lab, { VpcId })).toMatchObject({ VpcId, ...small });
      }),
    ),
    AvailabilityZone: effect(SUBNETS, async (lab) => {
      const subnet = await withSubnet(lab, { AvailabilityZone: 'us-east-1c' });
      expect(subnet.AvailabilityZone).toBe('us-east-1c');
    }),
    AvailabilityZoneId: effect(SUBNETS, async (lab) => {
      const { AvailabilityZoneId: other } = await withSubnet(lab, {});
      const wanted = other === 'use1-az2' ? 'use1-az1' : 'use1-az2';
      const subnet = await withSubnet(lab, { AvailabilityZoneId: wanted });
      expect(subnet.AvailabilityZoneId).toBe(wanted);
    }),
    Ipv6CidrBlock: effect(SUBNETS, async (lab) => {
      const { VpcId, block } = await ipv6Vpc(lab);
      const subnet = await withSubnet(lab, { VpcId, Ipv6CidrBlock: block });
      expect(subnet.Ipv6CidrBlockAssociationSet).toMatchObject([{ Ipv6CidrBlock: block }]);
    }),
    Ipv6Native: effect(SUBNETS, async (lab) => {
      const { VpcId, block: Ipv6CidrBlock } = await ipv6Vpc(lab);
      const input = { VpcId, Ipv6CidrBlock, Ipv6Native: true };
      const { Subnet } = await networker(lab).send(new CreateSubnet(input));
      expect(await subnet(lab, Subnet?.SubnetId)).toMatchObject({ Ipv6Native: true });
    }),
    ...each(
      tagPaths,
      effect(SUBNETS, async (lab) => {
        const { Tags } = await withSubnet(lab, { TagSpecifications: taggedAs('subnet') });
        expect(Tags).toEqual([{ Key: 'probe', Value: 'yes' }]);
        const wrong = withSubnet(lab, { TagSpecifications: taggedAs('vpc') });
        expect((await failure(wrong)).code).toMatch(/^InvalidParameter/);
      }),
    ),
    ...refusedMembers(
      {
        OutpostArn: 'arn:aws:outposts:us-east-1:555555555555:outpost/op-00000000000000000',
        Ipv4IpamPoolId: 'ipam-pool-00000000000000000',
        Ipv4NetmaskLength: 24,
        Ipv6IpamPoolId: 'ipam-pool-00000000000000000',
        Ipv6NetmaskLength: 64,
      },
      (lab, input) => withSubnet(lab, input),
    ),
  }),

  ...probes('ec2:DeleteSubnet', {
    DryRun: dryRun({
      readBy: SUBNETS,
      prepare: (lab) => withSubnet(lab, {}),
      attempt: (lab, { SubnetId }) =>
        networker(lab).send(new DeleteSubnet({ SubnetId, DryRun: true })),
      read: (lab) => subnetIds(lab),
    }),
    SubnetId: effect(SUBNETS, async (lab) => {
      const { SubnetId } = await withSubnet(lab, {});
      await networker(lab).send(new DeleteSubnet({ SubnetId }));
      expect(await subnetIds(lab)).not.toContain(SubnetId);
    }),
  }),
];

function refusedMembers(
  values: Readonly<Record<string, unknown>>,
  attempt: (lab: Lab, input: object) => Promise<unknown>,
): Readonly<Record<string, Probe>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      refused(name, (lab) => attempt(lab, { [name]: value })),
    ]),
  );
}

/** Makes a VPC, looks at how it is described and deletes it: a Region has room for few. */
async function withVpc(lab: Lab, input: VpcInput, look?: (vpc: Vpc) => void): Promise<void> {
  const VpcId = await newVpc(lab, input);
  const { Vpcs } = await networker(lab).send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  await networker(lab).send(new DeleteVpc({ VpcId }));
  look?.(Vpcs?.[0] ?? {});
}

async function newVpc(lab: Lab, input: VpcInput = {}): Promise<string> {
  const { Vpc } = await networker(lab).send(new CreateVpc({ ...plain, ...input }));
  return Vpc?.VpcId ?? '';
}

async function ipv6Vpc(lab: Lab): Promise<{ VpcId: string; block: string }> {
  const VpcId = await newVpc(lab, { AmazonProvidedIpv6CidrBlock: true });
  const { Vpcs } = await networker(lab).send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  const whole = Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock ?? '';
  return { VpcId, block: whole.replace('/56', '/64') };
}

async function vpcIds(lab: Lab): Promise<string[]> {
  const { Vpcs = [] } = await networker(lab).send(new DescribeVpcsCommand({}));
  return Vpcs.map(({ VpcId = '' }) => VpcId);
}

/** Changes one new VPC of two. */
async function modified(lab: Lab, change: Omit<ModifyInput, 'VpcId'>) {
  const [changed, other] = [await newVpc(lab), await newVpc(lab)];
  await networker(lab).send(new Modify({ VpcId: changed, ...change }));
  return { changed, other };
}

async function attributes(lab: Lab, VpcId: string) {
  const ask = async (Attribute: VpcAttributeName) =>
    networker(lab).send(new DescribeAttribute({ VpcId, Attribute }));
  return {
    support: (await ask('enableDnsSupport')).EnableDnsSupport?.Value,
    hostnames: (await ask('enableDnsHostnames')).EnableDnsHostnames?.Value,
    metrics: (await ask('enableNetworkAddressUsageMetrics')).EnableNetworkAddressUsageMetrics
      ?.Value,
  };
}

/** A subnet as it is described, in a new VPC unless one is named. */
async function withSubnet(lab: Lab, input: Partial<SubnetInput>): Promise<Subnet> {
  const VpcId = input.VpcId ?? (await newVpc(lab));
  const { Subnet } = await networker(lab).send(new CreateSubnet({ VpcId, ...small, ...input }));
  return subnet(lab, Subnet?.SubnetId);
}

async function subnet(lab: Lab, id = ''): Promise<Subnet> {
  const { Subnets } = await networker(lab).send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
  return Subnets?.[0] ?? {};
}

async function subnetIds(lab: Lab): Promise<(string | undefined)[]> {
  const { Subnets = [] } = await networker(lab).send(new DescribeSubnetsCommand({}));
  return Subnets.map(({ SubnetId }) => SubnetId);
}
