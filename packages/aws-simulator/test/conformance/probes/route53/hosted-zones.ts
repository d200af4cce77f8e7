// Hosted zones: making, listing and deleting them, their comments and tags.

import {
  ChangeTagsForResourceCommand as ChangeTags,
  type ChangeTagsForResourceCommandInput as TagsInput,
  DeleteHostedZoneCommand as Delete,
  GetHostedZoneCommand as Get,
  GetHostedZoneCountCommand as Count,
  ListHostedZonesByNameCommand as ListByName,
  type ListHostedZonesByNameCommandInput as ByNameInput,
  ListHostedZonesCommand as List,
  type ListHostedZonesCommandInput as ListInput,
  ListTagsForResourceCommand as ListTags,
  ListTagsForResourcesCommand as ListTagsOfMany,
  UpdateHostedZoneCommentCommand as UpdateComment,
} from '@aws-sdk/client-route-53';
import { CUSTOMER, failure, type Lab } from '../../../lab.ts';
import { pages } from '../../patterns.ts';
import { each, effect, expect, outputs, type ProbeSet, probes, refused } from '../../probe.ts';
import { bare, newZone, privateZone, route53, settle, vendorZone, vpcOf } from './scenes.ts';

const CREATE = 'route53:CreateHostedZone';
const GET = 'route53:GetHostedZone';
const DELETE = 'route53:DeleteHostedZone';
const LIST = 'route53:ListHostedZones';
const BY_NAME = 'route53:ListHostedZonesByName';
const COMMENT = 'route53:UpdateHostedZoneComment';
const TAG = 'route53:ChangeTagsForResource';
const TAGS = 'route53:ListTagsForResource';
const TAGS_OF_MANY = 'route53:ListTagsForResources';

const listed = pages(LIST, {
  size: 2,
  prepare: threeZones,
  list: async (lab, _, { MaxResults, NextToken }) => {
    const input = { MaxItems: MaxResults, Marker: NextToken };
    const answer = await route53(lab).send(new List(input));
    return { ids: namesOf(answer), nextToken: answer.NextMarker };
  },
});

export const hostedZoneProbes: ProbeSet = [
  ...probes(CREATE, {
    Name: effect(LIST, async (lab) => {
      await newZone(lab, { Name: 'made.example' });
      expect(await names(lab)).toContain('made.example.');
    }),
    ...each(
      ['VPC.VPCRegion', 'VPC.VPCId'],
      effect(GET, async (lab) => {
        const VPC = await vpcOf(lab);
        const { Id } = await newZone(lab, { VPC }, CUSTOMER);
        const { VPCs } = await route53(lab, CUSTOMER).send(new Get({ Id }));
        expect(VPCs).toEqual([VPC]);
      }),
    ),
    CallerReference: effect(LIST, async (lab) => {
      await newZone(lab, { CallerReference: 'once' });
      const again = newZone(lab, { Name: 'other.example', CallerReference: 'once' });
      expect((await failure(again)).code).toBe('HostedZoneAlreadyExists');
      expect(await names(lab)).not.toContain('other.example.');
    }),
    'HostedZoneConfig.Comment': effect(GET, async (lab) => {
      const { Id } = await newZone(lab, { HostedZoneConfig: { Comment: 'why' } });
      expect((await zone(lab, Id)).HostedZone?.Config?.Comment).toBe('why');
    }),
    // A VPC makes a zone private in any case; that it is meant to be private needs a VPC.
    'HostedZoneConfig.PrivateZone': effect(LIST, async (lab) => {
      const without = newZone(lab, { HostedZoneConfig: { PrivateZone: true } });
      expect((await failure(without)).code).toBe('InvalidInput');
      expect(await names(lab)).not.toContain('probe.example.');
    }),
    // No account has reusable delegation sets here, so this one does not exist.
    DelegationSetId: refused('elegation set', (lab) =>
      newZone(lab, { DelegationSetId: 'N00000000000' }),
    ),
  }),

  ...probes(GET, {
    Id: effect(GET, async (lab) => {
      const { Id } = await newZone(lab);
      expect((await zone(lab, Id)).HostedZone?.Name).toBe('probe.example.');
    }),
  }),

  ...probes(DELETE, {
    Id: effect(LIST, async (lab) => {
      const { Id } = await newZone(lab);
      await route53(lab).send(new Delete({ Id }));
      expect(await names(lab)).toEqual(['vendor.example.']);
    }),
  }),

  ...outputs('route53:GetHostedZoneCount', {
    HostedZoneCount: async (lab) => {
      await newZone(lab);
      expect((await route53(lab).send(new Count({}))).HostedZoneCount).toBe(2);
    },
  }),

  ...probes(LIST, {
    MaxItems: listed.MaxResults,
    Marker: listed.NextToken,
    DelegationSetId: refused('elegation set', (lab) =>
      route53(lab).send(new List({ DelegationSetId: 'N00000000000' })),
    ),
    HostedZoneType: effect(LIST, async (lab) => {
      await privateZone(lab);
      await newZone(lab, {}, CUSTOMER);
      const input = { HostedZoneType: 'PrivateHostedZone' } as const;
      expect(await names(lab, input, CUSTOMER)).toEqual(['inside.example.']);
    }),
  }),

  ...probes(BY_NAME, {
    DNSName: effect(BY_NAME, async (lab) => {
      await threeZones(lab);
      const found = namesOf(await byName(lab, { DNSName: 'b.example' }));
      expect(found).toEqual(['b.example.', 'c.example.', 'vendor.example.']);
    }),
    HostedZoneId: effect(BY_NAME, async (lab) => {
      for (const CallerReference of ['one', 'two']) await newZone(lab, { CallerReference });
      const DNSName = 'probe.example.';
      const first = await byName(lab, { DNSName, MaxItems: 1 });
      const next = { DNSName, HostedZoneId: first.NextHostedZoneId, MaxItems: 1 };
      const second = await byName(lab, next);
      expect(second.HostedZones?.[0]?.Id).toBe(`/hostedzone/${first.NextHostedZoneId}`);
    }),
    MaxItems: effect(BY_NAME, async (lab) => {
      await threeZones(lab);
      expect(namesOf(await byName(lab, { MaxItems: 2 }))).toEqual(['a.example.', 'b.example.']);
    }),
  }),

  ...probes(COMMENT, {
    Id: effect(GET, async (lab) => {
      const { Id } = await newZone(lab);
      await route53(lab).send(new UpdateComment({ Id, Comment: 'new' }));
      expect((await zone(lab, Id)).HostedZone?.Config?.Comment).toBe('new');
      const other = await zone(lab, await vendorZone(lab));
      expect(other.HostedZone?.Config?.Comment).not.toBe('new');
    }),
    Comment: effect(GET, async (lab) => {
      const { Id } = await newZone(lab, { HostedZoneConfig: { Comment: 'old' } });
      await route53(lab).send(new UpdateComment({ Id, Comment: 'new' }));
      expect((await zone(lab, Id)).HostedZone?.Config?.Comment).toBe('new');
    }),
  }),

  ...probes(TAG, {
    ...each(
      ['ResourceType', 'ResourceId', 'AddTags.Key', 'AddTags.Value'],
      effect(TAGS, async (lab) => {
        const id = bare((await newZone(lab)).Id);
        await tag(lab, id, { AddTags: [{ Key: 'color', Value: 'red' }] });
        expect(await tagsOf(lab, id)).toEqual([{ Key: 'color', Value: 'red' }]);
        expect(await tagsOf(lab, await vendorZone(lab))).toEqual([]);
      }),
    ),
    RemoveTagKeys: effect(TAGS, async (lab) => {
      const id = await taggedZone(lab);
      await tag(lab, id, { RemoveTagKeys: ['color'] });
      expect(await tagsOf(lab, id)).toEqual([]);
    }),
  }),

  ...probes(TAGS, {
    ...each(
      ['ResourceType', 'ResourceId'],
      effect(TAGS, async (lab) => {
        const id = await taggedZone(lab);
        expect(await tagsOf(lab, id)).toEqual([{ Key: 'color', Value: 'red' }]);
        expect(await tagsOf(lab, await vendorZone(lab))).toEqual([]);
      }),
    ),
  }),

  ...probes(TAGS_OF_MANY, {
    ...each(
      ['ResourceType', 'ResourceIds'],
      effect(TAGS_OF_MANY, async (lab) => {
        const ids = [await taggedZone(lab), await vendorZone(lab)];
        const input = { ResourceType: 'hostedzone', ResourceIds: ids } as const;
        const { ResourceTagSets } = await route53(lab).send(new ListTagsOfMany(input));
        expect(ResourceTagSets?.map(({ ResourceId }) => ResourceId)).toEqual(ids);
        expect(ResourceTagSets?.[0]?.Tags).toEqual([{ Key: 'color', Value: 'red' }]);
      }),
    ),
  }),
];

async function threeZones(lab: Lab): Promise<void> {
  for (const name of ['a', 'b', 'c']) await newZone(lab, { Name: `${name}.example` });
}

async function names(lab: Lab, input: ListInput = {}, account?: string): Promise<string[]> {
  return namesOf(await route53(lab, account).send(new List(input)));
}

function byName(lab: Lab, input: ByNameInput) {
  return route53(lab).send(new ListByName(input));
}

function namesOf(answer: { readonly HostedZones?: readonly { Name?: string }[] | undefined }) {
  return (answer.HostedZones ?? []).map(({ Name = '' }) => Name);
}

function zone(lab: Lab, Id: string | undefined) {
  return route53(lab).send(new Get({ Id }));
}

async function taggedZone(lab: Lab): Promise<string> {
  const id = bare((await newZone(lab)).Id);
  await tag(lab, id, { AddTags: [{ Key: 'color', Value: 'red' }] });
  return id;
}

async function tag(lab: Lab, ResourceId: string, input: Partial<TagsInput>): Promise<void> {
  await route53(lab).send(new ChangeTags({ ResourceType: 'hostedzone', ResourceId, ...input }));
  settle(lab);
}

async function tagsOf(lab: Lab, ResourceId: string) {
  const input = { ResourceType: 'hostedzone', ResourceId } as const;
  return (await route53(lab).send(new ListTags(input))).ResourceTagSet?.Tags ?? [];
}
