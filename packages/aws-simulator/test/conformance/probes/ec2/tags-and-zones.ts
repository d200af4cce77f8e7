// Tags of anything, Regions and Availability Zones.

import {
  type AvailabilityZone,
  CreateTagsCommand as Create,
  type CreateTagsCommandInput as CreateInput,
  DeleteTagsCommand as Delete,
  type DeleteTagsCommandInput as DeleteInput,
  DescribeAvailabilityZonesCommand as DescribeZones,
  type DescribeAvailabilityZonesCommandInput as ZonesInput,
  DescribeRegionsCommand as DescribeRegions,
  type DescribeRegionsCommandInput as RegionsInput,
  DescribeTagsCommand as Describe,
  type DescribeTagsCommandInput as DescribeInput,
  type Region,
} from '@aws-sdk/client-ec2';
import type { Lab } from '../../../lab.ts';
import { loadBalancerArn, networkOf, offerService } from '../../../scenes.ts';
import { dryRead, dryRun, filters, pages, shownAs } from '../../patterns.ts';
import { effect, expect, type ProbeSet, probes } from '../../probe.ts';
import { customer, vendor } from '../../scenes.ts';

const CREATE = 'ec2:CreateTags';
const DELETE = 'ec2:DeleteTags';
const DESCRIBE = 'ec2:DescribeTags';
const ZONES = 'ec2:DescribeAvailabilityZones';
const REGIONS = 'ec2:DescribeRegions';

export const tagAndZoneProbes: ProbeSet = [
  ...probes(CREATE, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => offerService(lab),
      attempt: (lab, { id }) => create(lab, { Resources: [id], DryRun: true }),
      read: (lab) => tags(lab),
    }),
    Resources: effect(DESCRIBE, async (lab) => {
      const [one, two] = await twoServices(lab);
      await create(lab, { Resources: [one] });
      expect(await tags(lab)).toEqual([`${one} color=red`]);
      await create(lab, { Resources: [two] });
      expect(await tags(lab)).toEqual([`${one} color=red`, `${two} color=red`]);
    }),
    'Tags.Key': effect(DESCRIBE, async (lab) => {
      const { id } = await offerService(lab);
      await create(lab, { Resources: [id], Tags: [{ Key: 'size', Value: 'xl' }] });
      expect(await tags(lab)).toEqual([`${id} size=xl`]);
    }),
    'Tags.Value': effect(DESCRIBE, async (lab) => {
      const { id } = await offerService(lab);
      await create(lab, { Resources: [id] });
      expect(await tags(lab)).toEqual([`${id} color=red`]);
    }),
  }),

  ...probes(DELETE, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: tagged,
      attempt: (lab, [one]) => remove(lab, { Resources: [one], DryRun: true }),
      read: (lab) => tags(lab),
    }),
    Resources: effect(DESCRIBE, async (lab) => {
      const [one, two] = await tagged(lab);
      await remove(lab, { Resources: [two], Tags: [{ Key: 'color' }] });
      expect(await tags(lab)).toEqual([`${one} color=red`, `${one} size=xl`, `${two} size=xl`]);
    }),
    'Tags.Key': effect(DESCRIBE, async (lab) => {
      const [one, two] = await tagged(lab);
      await remove(lab, { Resources: [one, two], Tags: [{ Key: 'size' }] });
      expect(await tags(lab)).toEqual([`${one} color=red`, `${two} color=red`]);
    }),
    'Tags.Value': effect(DESCRIBE, async (lab) => {
      const [one] = await tagged(lab);
      const before = await tags(lab);
      await remove(lab, { Resources: [one], Tags: [{ Key: 'size', Value: 'xs' }] });
      expect(await tags(lab)).toEqual(before);
    }),
  }),

  ...probes(DESCRIBE, {
    DryRun: dryRead(DESCRIBE, (lab) => vendor(lab).send(new Describe({ DryRun: true }))),
    ...pages(DESCRIBE, {
      prepare: async (lab) => {
        const { id } = await offerService(lab);
        const Tags = ['a', 'b', 'c', 'd', 'e', 'f'].map((Key) => ({ Key, Value: '' }));
        await create(lab, { Resources: [id], Tags });
      },
      list: async (lab, _, page) => {
        const { Tags, NextToken } = await vendor(lab).send(new Describe(page));
        return { ids: (Tags ?? []).map(({ Key = '' }) => Key), nextToken: NextToken };
      },
    }),
    ...filters(DESCRIBE, {
      prepare: async (lab) => {
        const { id } = await offerService(lab);
        const { vpcId } = await networkOf(lab);
        const Tags = [
          { Key: 'probe', Value: 'yes' },
          { Key: 'size', Value: 'xl' },
        ];
        await customer(lab).send(new Create({ Resources: [vpcId], Tags }));
        const subnet = (await networkOf(lab)).subnetIds[0] ?? '';
        await customer(lab).send(new Create({ Resources: [subnet], Tags: Tags.slice(1) }));
        return { id, vpcId, subnet };
      },
      list: (lab, Filters) => tags(lab, { Filters }, customer(lab)),
      cases: {
        key: ({ vpcId, subnet }) => ({
          probe: [`${vpcId} probe=yes`],
          size: [`${vpcId} size=xl`, `${subnet} size=xl`],
        }),
        value: ({ vpcId }) => ({ yes: [`${vpcId} probe=yes`], no: [] }),
        'resource-id': ({ subnet }) => ({ [subnet]: [`${subnet} size=xl`] }),
        'resource-type': ({ subnet }) => ({ subnet: [`${subnet} size=xl`], 'vpc-endpoint': [] }),
        'tag:<key>': ({ vpcId }) => ({ yes: [`${vpcId} probe=yes`], no: [] }),
      },
    }),
  }),

  ...probes(ZONES, {
    DryRun: dryRead(ZONES, (lab) => customer(lab).send(new DescribeZones({ DryRun: true }))),
    ZoneNames: effect(ZONES, async (lab) => {
      const ZoneNames = ['us-east-1b'];
      expect((await zones(lab, { ZoneNames })).map(({ ZoneName }) => ZoneName)).toEqual(ZoneNames);
    }),
    ZoneIds: effect(ZONES, async (lab) => {
      const ZoneIds = ['use1-az2'];
      expect((await zones(lab, { ZoneIds })).map(({ ZoneId }) => ZoneId)).toEqual(ZoneIds);
    }),
    AllAvailabilityZones: effect(ZONES, async (lab) => {
      const all = await zones(lab, { AllAvailabilityZones: true });
      expect(all).toContainEqual(expect.objectContaining({ OptInStatus: 'not-opted-in' }));
    }),
    ...filters(ZONES, {
      prepare: async (lab) => ({ items: await zones(lab, { AllAvailabilityZones: true }) }),
      list: async (lab, Filters) =>
        (await zones(lab, { Filters, AllAvailabilityZones: true })).map(zoneName),
      cases: {
        'group-long-name': shownAs(zoneName, ({ GroupLongName }) => [GroupLongName]),
        'group-name': shownAs(zoneName, ({ GroupName }) => [GroupName]),
        message: shownAs(zoneName, ({ Messages }) => (Messages ?? []).map((one) => one.Message)),
        'opt-in-status': shownAs(zoneName, ({ OptInStatus }) => [OptInStatus]),
        'parent-zone-id': shownAs(zoneName, ({ ParentZoneId }) => [ParentZoneId]),
        'parent-zone-name': shownAs(zoneName, ({ ParentZoneName }) => [ParentZoneName]),
        'region-name': shownAs(zoneName, ({ RegionName }) => [RegionName]),
        state: shownAs(zoneName, ({ State }) => [State]),
        'zone-id': shownAs(zoneName, ({ ZoneId }) => [ZoneId]),
        'zone-name': shownAs(zoneName, ({ ZoneName }) => [ZoneName]),
        'zone-type': shownAs(zoneName, ({ ZoneType }) => [ZoneType]),
      },
    }),
  }),

  ...probes(REGIONS, {
    DryRun: dryRead(REGIONS, (lab) => customer(lab).send(new DescribeRegions({ DryRun: true }))),
    RegionNames: effect(REGIONS, async (lab) => {
      const RegionNames = ['eu-west-1'];
      expect((await regions(lab, { RegionNames })).map(regionName)).toEqual(RegionNames);
    }),
    AllRegions: effect(REGIONS, async (lab) => {
      const all = await regions(lab, { AllRegions: true });
      expect(all).toContainEqual(expect.objectContaining({ OptInStatus: 'not-opted-in' }));
    }),
    ...filters(REGIONS, {
      prepare: async (lab) => ({ items: await regions(lab, { AllRegions: true }) }),
      list: async (lab, Filters) =>
        (await regions(lab, { Filters, AllRegions: true })).map(regionName),
      cases: {
        endpoint: shownAs(regionName, ({ Endpoint }) => [Endpoint]),
        'opt-in-status': shownAs(regionName, ({ OptInStatus }) => [OptInStatus]),
        'region-name': shownAs(regionName, ({ RegionName }) => [RegionName]),
      },
    }),
  }),
];

function create(lab: Lab, input: Partial<CreateInput>) {
  const Tags = [{ Key: 'color', Value: 'red' }];
  return vendor(lab).send(new Create({ Resources: [], Tags, ...input }));
}

function remove(lab: Lab, input: DeleteInput) {
  return vendor(lab).send(new Delete(input));
}

async function tags(lab: Lab, input: DescribeInput = {}, ec2 = vendor(lab)): Promise<string[]> {
  const { Tags = [] } = await ec2.send(new Describe(input));
  return Tags.map(({ ResourceId, Key, Value }) => `${ResourceId} ${Key}=${Value}`);
}

async function twoServices(lab: Lab): Promise<[string, string]> {
  const arns = [loadBalancerArn(lab, 'api-2')];
  const one = await offerService(lab, {}, []);
  const two = await offerService(lab, { NetworkLoadBalancerArns: arns }, []);
  return [one.id, two.id];
}

async function tagged(lab: Lab): Promise<[string, string]> {
  const services = await twoServices(lab);
  const Tags = [
    { Key: 'color', Value: 'red' },
    { Key: 'size', Value: 'xl' },
  ];
  await create(lab, { Resources: services, Tags });
  return services;
}

async function zones(lab: Lab, input: ZonesInput = {}) {
  return (await customer(lab).send(new DescribeZones(input))).AvailabilityZones ?? [];
}

async function regions(lab: Lab, input: RegionsInput = {}) {
  return (await customer(lab).send(new DescribeRegions(input))).Regions ?? [];
}

function zoneName({ ZoneName = '' }: AvailabilityZone): string {
  return ZoneName;
}

function regionName({ RegionName = '' }: Region): string {
  return RegionName;
}
