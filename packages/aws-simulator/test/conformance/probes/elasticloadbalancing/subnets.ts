// What of a load balancer can be changed: its subnets, its address type, its tags.

import {
  AddTagsCommand,
  DescribeTagsCommand,
  RemoveTagsCommand,
  SetIpAddressTypeCommand,
  SetSubnetsCommand,
  type SetSubnetsCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Lab } from '../../../lab.ts';
import { loadBalancerArn } from '../../../scenes.ts';
import { each, effect, expect, type ProbeSet, probes, refused } from '../../probe.ts';
import {
  balancerNow,
  DESCRIBE_BALANCERS,
  DESCRIBE_TAGS,
  elb,
  subnetIn,
  tagsNow,
} from './scenes.ts';

const SET_SUBNETS = 'elasticloadbalancing:SetSubnets';
const probe = { Key: 'probe', Value: 'yes' };

export const balancerChangeProbes: ProbeSet = [
  ...probes(SET_SUBNETS, {
    ...each(
      ['LoadBalancerArn', 'Subnets'],
      effect(DESCRIBE_BALANCERS, async (lab) => {
        const SubnetId = await subnetIn(lab, 'use1-az2');
        await setSubnets(lab, { Subnets: [SubnetId] });
        const { AvailabilityZones } = await balancerNow(lab);
        expect(AvailabilityZones).toMatchObject([{ SubnetId }]);
      }),
    ),
    'SubnetMappings.SubnetId': effect(DESCRIBE_BALANCERS, async (lab) => {
      const SubnetId = await subnetIn(lab, 'use1-az2');
      await setSubnets(lab, { SubnetMappings: [{ SubnetId }] });
      expect((await balancerNow(lab)).AvailabilityZones).toMatchObject([{ SubnetId }]);
    }),
    'SubnetMappings.AllocationId': refusedMapping('AllocationId', 'eipalloc-0'),
    'SubnetMappings.PrivateIPv4Address': refusedMapping('PrivateIPv4Address', '10.10.0.9'),
    'SubnetMappings.IPv6Address': refusedMapping('IPv6Address', '2600:1f18::1'),
    'SubnetMappings.SourceNatIpv6Prefix': refusedMapping('SourceNatIpv6Prefix', '2600:1f18::/80'),
    IpAddressType: effect(DESCRIBE_BALANCERS, async (lab) => {
      const Subnets = [await subnetIn(lab, 'use1-az1')];
      await setSubnets(lab, { Subnets, IpAddressType: 'dualstack' });
      expect((await balancerNow(lab)).IpAddressType).toBe('dualstack');
    }),
    EnablePrefixForIpv6SourceNat: refused('EnablePrefixForIpv6SourceNat', async (lab) => {
      const Subnets = [await subnetIn(lab, 'use1-az1')];
      return setSubnets(lab, { Subnets, EnablePrefixForIpv6SourceNat: 'on' });
    }),
  }),

  ...probes(
    'elasticloadbalancing:SetIpAddressType',
    each(
      ['LoadBalancerArn', 'IpAddressType'],
      effect(DESCRIBE_BALANCERS, async (lab) => {
        const LoadBalancerArn = loadBalancerArn(lab);
        const IpAddressType = 'dualstack';
        await elb(lab).send(new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType }));
        expect((await balancerNow(lab)).IpAddressType).toBe(IpAddressType);
      }),
    ),
  ),

  ...probes(
    'elasticloadbalancing:AddTags',
    each(
      ['ResourceArns', 'Tags.Key', 'Tags.Value'],
      effect(DESCRIBE_TAGS, async (lab) => {
        const arn = loadBalancerArn(lab);
        await elb(lab).send(new AddTagsCommand({ ResourceArns: [arn], Tags: [probe] }));
        expect(await tagsNow(lab, arn)).toEqual([probe]);
        expect(await tagsNow(lab, loadBalancerArn(lab, 'api-2'))).toEqual([]);
      }),
    ),
  ),

  ...probes(
    'elasticloadbalancing:RemoveTags',
    each(
      ['ResourceArns', 'TagKeys'],
      effect(DESCRIBE_TAGS, async (lab) => {
        const ResourceArns = [loadBalancerArn(lab), loadBalancerArn(lab, 'api-2')];
        const Tags = [probe, { Key: 'other', Value: 'kept' }];
        await elb(lab).send(new AddTagsCommand({ ResourceArns, Tags }));
        const one = { ResourceArns: ResourceArns.slice(0, 1), TagKeys: ['probe'] };
        await elb(lab).send(new RemoveTagsCommand(one));
        expect(await tagsNow(lab, ResourceArns[0] ?? '')).toEqual(Tags.slice(1));
        expect(await tagsNow(lab, ResourceArns[1] ?? '')).toEqual(Tags);
      }),
    ),
  ),

  ...probes(DESCRIBE_TAGS, {
    ResourceArns: effect(DESCRIBE_TAGS, async (lab) => {
      const ResourceArns = [loadBalancerArn(lab, 'api-2')];
      const answer = await elb(lab).send(new DescribeTagsCommand({ ResourceArns }));
      expect(answer.TagDescriptions).toEqual([{ ResourceArn: ResourceArns[0], Tags: [] }]);
    }),
  }),
];

async function setSubnets(lab: Lab, input: Omit<SetSubnetsCommandInput, 'LoadBalancerArn'>) {
  const LoadBalancerArn = loadBalancerArn(lab);
  return elb(lab).send(new SetSubnetsCommand({ LoadBalancerArn, ...input }));
}

function refusedMapping(member: string, value: string) {
  return refused(member, async (lab) => {
    const SubnetId = await subnetIn(lab, 'use1-az1');
    return setSubnets(lab, { SubnetMappings: [{ SubnetId, [member]: value }] });
  });
}
