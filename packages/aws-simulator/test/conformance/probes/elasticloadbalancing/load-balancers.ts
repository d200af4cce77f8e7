// Load balancers: making, listing and deleting them, and their attributes.

import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import {
  type CreateLoadBalancerCommandInput as CreateInput,
  DeleteLoadBalancerCommand as Delete,
  DescribeLoadBalancerAttributesCommand as DescribeAttributes,
  DescribeLoadBalancersCommand as Describe,
  type DescribeLoadBalancersCommandInput as DescribeInput,
  ModifyLoadBalancerAttributesCommand as ModifyAttributes,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { failure, type Lab, VENDOR } from '../../../lab.ts';
import { loadBalancerArn } from '../../../scenes.ts';
import { pages } from '../../patterns.ts';
import { each, effect, expect, outputs, type ProbeSet, probes, refused } from '../../probe.ts';
import {
  balancerNow,
  DESCRIBE_BALANCERS,
  DESCRIBE_TAGS,
  elb,
  newBalancer,
  subnetIn,
  tagsNow,
} from './scenes.ts';

const CREATE = 'elasticloadbalancing:CreateLoadBalancer';
const DELETE = 'elasticloadbalancing:DeleteLoadBalancer';
const DESCRIBE_ATTRIBUTES = 'elasticloadbalancing:DescribeLoadBalancerAttributes';
const MODIFY_ATTRIBUTES = 'elasticloadbalancing:ModifyLoadBalancerAttributes';

const paged = pages(DESCRIBE_BALANCERS, {
  size: 1,
  prepare: async () => undefined,
  list: async (lab, _, { MaxResults, NextToken }) => {
    const page = { PageSize: MaxResults, Marker: NextToken };
    const { LoadBalancers = [], NextMarker } = await elb(lab).send(new Describe(page));
    const ids = LoadBalancers.map(({ LoadBalancerName = '' }) => LoadBalancerName);
    return { ids, nextToken: NextMarker };
  },
});

export const loadBalancerProbes: ProbeSet = [
  ...probes(CREATE, {
    Name: shown({ Name: 'other' }, { LoadBalancerName: 'other' }),
    Subnets: effect(DESCRIBE_BALANCERS, async (lab) => {
      const Subnets = [await subnetIn(lab, 'use1-az1'), await subnetIn(lab, 'use1-az2')];
      const { LoadBalancerArn } = await newBalancer(lab, { Subnets });
      expect((await subnetsOf(lab, LoadBalancerArn)).toSorted()).toEqual(Subnets.toSorted());
    }),
    'SubnetMappings.SubnetId': effect(DESCRIBE_BALANCERS, async (lab) => {
      const SubnetId = await subnetIn(lab, 'use1-az2');
      const { LoadBalancerArn } = await newBalancer(lab, { SubnetMappings: [{ SubnetId }] });
      expect(await subnetsOf(lab, LoadBalancerArn)).toEqual([SubnetId]);
    }),
    'SubnetMappings.AllocationId': refusedMapping('AllocationId', 'eipalloc-0'),
    'SubnetMappings.PrivateIPv4Address': refusedMapping('PrivateIPv4Address', '10.10.0.9'),
    'SubnetMappings.IPv6Address': refusedMapping('IPv6Address', '2600:1f18::1'),
    'SubnetMappings.SourceNatIpv6Prefix': refusedMapping('SourceNatIpv6Prefix', '2600:1f18::/80'),
    SecurityGroups: effect(DESCRIBE_BALANCERS, async (lab) => {
      const { VpcId = '' } = await balancerNow(lab);
      const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
      const found = await lab.as(VENDOR).ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      const SecurityGroups = (found.SecurityGroups ?? []).map(({ GroupId = '' }) => GroupId);
      const { LoadBalancerArn } = await newBalancer(lab, { SecurityGroups });
      expect((await balancerNow(lab, LoadBalancerArn)).SecurityGroups).toEqual(SecurityGroups);
    }),
    Scheme: shown({ Scheme: 'internal' }, { Scheme: 'internal' }),
    ...each(
      ['Tags.Key', 'Tags.Value'],
      effect(DESCRIBE_TAGS, async (lab) => {
        const Tags = [{ Key: 'probe', Value: 'yes' }];
        const { LoadBalancerArn = '' } = await newBalancer(lab, { Tags });
        expect(await tagsNow(lab, LoadBalancerArn)).toEqual(Tags);
      }),
    ),
    Type: shown({ Type: 'gateway' }, { Type: 'gateway' }),
    IpAddressType: shown({ IpAddressType: 'dualstack' }, { IpAddressType: 'dualstack' }),
    CustomerOwnedIpv4Pool: refused('CustomerOwnedIpv4Pool', (lab) =>
      newBalancer(lab, { CustomerOwnedIpv4Pool: 'ipv4pool-coip-1' }),
    ),
    EnablePrefixForIpv6SourceNat: refused('EnablePrefixForIpv6SourceNat', (lab) =>
      newBalancer(lab, { EnablePrefixForIpv6SourceNat: 'on' }),
    ),
    'IpamPools.Ipv4IpamPoolId': refused('IpamPools', (lab) =>
      newBalancer(lab, { IpamPools: { Ipv4IpamPoolId: 'ipam-pool-1' } }),
    ),
  }),

  ...probes(DESCRIBE_BALANCERS, {
    LoadBalancerArns: effect(DESCRIBE_BALANCERS, async (lab) => {
      const arn = loadBalancerArn(lab, 'api-2');
      expect(await arns(lab, { LoadBalancerArns: [arn] })).toEqual([arn]);
    }),
    Names: effect(DESCRIBE_BALANCERS, async (lab) => {
      expect(await arns(lab, { Names: ['api-2'] })).toEqual([loadBalancerArn(lab, 'api-2')]);
    }),
    PageSize: paged.MaxResults,
    Marker: paged.NextToken,
  }),

  ...outputs(DESCRIBE_BALANCERS, {
    'LoadBalancers.State.Reason': async (lab) => {
      const { world } = lab.simulator;
      const found = world.loadBalancers.get(loadBalancerArn(lab));
      if (found) Object.assign(found, { state: 'failed' });
      expect((await balancerNow(lab)).State?.Reason).toMatch(/./);
    },
  }),

  ...probes(DELETE, {
    LoadBalancerArn: effect(DESCRIBE_BALANCERS, async (lab) => {
      const arn = loadBalancerArn(lab);
      await elb(lab).send(new Delete({ LoadBalancerArn: arn }));
      expect(await arns(lab)).toEqual([loadBalancerArn(lab, 'api-2')]);
      expect((await failure(balancerNow(lab, arn))).code).toBe('LoadBalancerNotFoundException');
    }),
  }),

  ...probes(DESCRIBE_ATTRIBUTES, {
    LoadBalancerArn: effect(DESCRIBE_ATTRIBUTES, async (lab) => {
      await protect(lab, 'true');
      expect(await isProtected(lab, 'api-1')).toBe('true');
      expect(await isProtected(lab, 'api-2')).toBe('false');
    }),
  }),

  ...probes(
    MODIFY_ATTRIBUTES,
    each(
      ['LoadBalancerArn', 'Attributes.Key', 'Attributes.Value'],
      effect(DESCRIBE_ATTRIBUTES, async (lab) => {
        await protect(lab, 'true');
        expect(await isProtected(lab, 'api-1')).toBe('true');
        expect(await isProtected(lab, 'api-2')).toBe('false');
      }),
    ),
  ),
];

function shown(input: Partial<CreateInput>, seen: object) {
  return effect(DESCRIBE_BALANCERS, async (lab) => {
    const { LoadBalancerArn } = await newBalancer(lab, input);
    expect(await balancerNow(lab, LoadBalancerArn)).toMatchObject(seen);
  });
}

function refusedMapping(member: string, value: string) {
  return refused(member, async (lab) => {
    const SubnetId = await subnetIn(lab, 'use1-az1');
    return newBalancer(lab, { SubnetMappings: [{ SubnetId, [member]: value }] });
  });
}

async function subnetsOf(lab: Lab, arn: string | undefined): Promise<string[]> {
  const { AvailabilityZones = [] } = await balancerNow(lab, arn);
  return AvailabilityZones.map(({ SubnetId = '' }) => SubnetId);
}

async function arns(lab: Lab, input: DescribeInput = {}) {
  const { LoadBalancers } = await elb(lab).send(new Describe(input));
  return (LoadBalancers ?? []).map(({ LoadBalancerArn }) => LoadBalancerArn);
}

async function protect(lab: Lab, Value: string): Promise<void> {
  const Attributes = [{ Key: 'deletion_protection.enabled', Value }];
  const LoadBalancerArn = loadBalancerArn(lab);
  await elb(lab).send(new ModifyAttributes({ LoadBalancerArn, Attributes }));
}

async function isProtected(lab: Lab, name: string): Promise<string | undefined> {
  const LoadBalancerArn = loadBalancerArn(lab, name);
  const { Attributes } = await elb(lab).send(new DescribeAttributes({ LoadBalancerArn }));
  return Attributes?.find(({ Key }) => Key === 'deletion_protection.enabled')?.Value;
}
