// The VPCs of private hosted zones, also those of other accounts.

import {
  AssociateVPCWithHostedZoneCommand as Associate,
  CreateVPCAssociationAuthorizationCommand as Authorize,
  DeleteVPCAssociationAuthorizationCommand as Deauthorize,
  DisassociateVPCFromHostedZoneCommand as Disassociate,
  GetChangeCommand as GetChange,
  GetHostedZoneCommand as Get,
  ListHostedZonesByVPCCommand as ListByVpc,
  type ListHostedZonesByVPCCommandInput as ByVpcInput,
  ListVPCAssociationAuthorizationsCommand as ListAuthorizations,
  type ListVPCAssociationAuthorizationsCommandInput as AuthorizationsInput,
  type VPC,
} from '@aws-sdk/client-route-53';
import { CUSTOMER, type Lab, OTHER_CUSTOMER } from '../../../lab.ts';
import { pages } from '../../patterns.ts';
import { each, effect, expect, type ProbeSet, probes } from '../../probe.ts';
import { privateZone, route53, settle, vpcOf } from './scenes.ts';

const ASSOCIATE = 'route53:AssociateVPCWithHostedZone';
const DISASSOCIATE = 'route53:DisassociateVPCFromHostedZone';
const AUTHORIZE = 'route53:CreateVPCAssociationAuthorization';
const DEAUTHORIZE = 'route53:DeleteVPCAssociationAuthorization';
const AUTHORIZATIONS = 'route53:ListVPCAssociationAuthorizations';
const BY_VPC = 'route53:ListHostedZonesByVPC';
const GET = 'route53:GetHostedZone';

const zonesOfVpc = pages(BY_VPC, {
  size: 2,
  prepare: async (lab) => {
    for (const name of ['a', 'b', 'c']) await privateZone(lab, `${name}.example.`);
  },
  list: async (lab, _, { MaxResults, NextToken }) => {
    const answer = await byVpc(lab, { MaxItems: MaxResults, NextToken });
    const { HostedZoneSummaries = [] } = answer;
    return { ids: HostedZoneSummaries.map(({ Name = '' }) => Name), nextToken: answer.NextToken };
  },
});

export const zoneVpcProbes: ProbeSet = [
  ...probes(ASSOCIATE, {
    ...each(
      ['HostedZoneId', 'VPC.VPCRegion', 'VPC.VPCId'],
      effect(GET, async (lab) => {
        const [one, other] = await twoZones(lab);
        const far = await vpcOf(lab, CUSTOMER, 'eu-west-1');
        await customer(lab).send(new Associate({ HostedZoneId: one, VPC: far }));
        expect(await vpcsOf(lab, one)).toEqual([await vpcOf(lab), far]);
        expect(await vpcsOf(lab, other)).toEqual([await vpcOf(lab)]);
      }),
    ),
    Comment: effect('route53:GetChange', async (lab) => {
      const { Id: HostedZoneId } = await privateZone(lab);
      const VPC = await vpcOf(lab, CUSTOMER, 'eu-west-1');
      const command = new Associate({ HostedZoneId, VPC, Comment: 'why' });
      const { ChangeInfo } = await customer(lab).send(command);
      expect(await commentOf(lab, ChangeInfo?.Id)).toBe('why');
    }),
  }),

  ...probes(DISASSOCIATE, {
    ...each(
      ['HostedZoneId', 'VPC.VPCRegion', 'VPC.VPCId'],
      effect(GET, async (lab) => {
        const { id, far } = await wideZone(lab);
        await customer(lab).send(new Disassociate({ HostedZoneId: id, VPC: far }));
        expect(await vpcsOf(lab, id)).toEqual([await vpcOf(lab)]);
      }),
    ),
    Comment: effect('route53:GetChange', async (lab) => {
      const { id, far } = await wideZone(lab);
      const command = new Disassociate({ HostedZoneId: id, VPC: far, Comment: 'why' });
      const { ChangeInfo } = await customer(lab).send(command);
      expect(await commentOf(lab, ChangeInfo?.Id)).toBe('why');
    }),
  }),

  ...probes(
    AUTHORIZE,
    each(
      ['HostedZoneId', 'VPC.VPCRegion', 'VPC.VPCId'],
      effect(AUTHORIZATIONS, async (lab) => {
        const [one, other] = await twoZones(lab);
        const foreign = await vpcOf(lab, OTHER_CUSTOMER);
        await customer(lab).send(new Authorize({ HostedZoneId: one, VPC: foreign }));
        expect((await authorizations(lab, one)).VPCs).toEqual([foreign]);
        expect((await authorizations(lab, other)).VPCs ?? []).toEqual([]);
      }),
    ),
  ),

  ...probes(
    DEAUTHORIZE,
    each(
      ['HostedZoneId', 'VPC.VPCRegion', 'VPC.VPCId'],
      effect(AUTHORIZATIONS, async (lab) => {
        const { id, vpcs } = await authorizingZone(lab);
        await customer(lab).send(new Deauthorize({ HostedZoneId: id, VPC: vpcs[0] }));
        expect((await authorizations(lab, id)).VPCs).toEqual(vpcs.slice(1));
      }),
    ),
  ),

  ...probes(AUTHORIZATIONS, {
    HostedZoneId: effect(AUTHORIZATIONS, async (lab) => {
      const { id, vpcs } = await authorizingZone(lab);
      expect((await authorizations(lab, id)).VPCs).toEqual(vpcs);
    }),
    MaxResults: effect(AUTHORIZATIONS, async (lab) => {
      const { id, vpcs } = await authorizingZone(lab);
      const page = await authorizations(lab, id, { MaxResults: 1 });
      expect(page.VPCs).toEqual(vpcs.slice(0, 1));
    }),
    NextToken: effect(AUTHORIZATIONS, async (lab) => {
      const { id, vpcs } = await authorizingZone(lab);
      const { NextToken } = await authorizations(lab, id, { MaxResults: 1 });
      const page = await authorizations(lab, id, { MaxResults: 1, NextToken });
      expect(page.VPCs).toEqual(vpcs.slice(1, 2));
    }),
  }),

  ...probes(BY_VPC, {
    ...each(
      ['VPCId', 'VPCRegion'],
      effect(BY_VPC, async (lab) => {
        await privateZone(lab);
        const near = await byVpc(lab);
        expect(near.HostedZoneSummaries).toMatchObject([{ Name: 'inside.example.' }]);
        const far = await byVpc(lab, await vpcOf(lab, CUSTOMER, 'eu-west-1'));
        expect(far.HostedZoneSummaries).toEqual([]);
      }),
    ),
    MaxItems: zonesOfVpc.MaxResults,
    NextToken: zonesOfVpc.NextToken,
  }),
];

function customer(lab: Lab) {
  return route53(lab, CUSTOMER);
}

async function twoZones(lab: Lab): Promise<[string | undefined, string | undefined]> {
  const one = await privateZone(lab, 'one.example.');
  const two = await privateZone(lab, 'two.example.');
  return [one.Id, two.Id];
}

/** A private zone of the customer with its VPCs of both Regions. */
async function wideZone(lab: Lab): Promise<{ id: string | undefined; far: VPC }> {
  const { Id: id } = await privateZone(lab);
  const far = await vpcOf(lab, CUSTOMER, 'eu-west-1');
  await customer(lab).send(new Associate({ HostedZoneId: id, VPC: far }));
  settle(lab);
  return { id, far };
}

/** A private zone that the other customer's VPCs of both Regions may be associated with. */
async function authorizingZone(lab: Lab): Promise<{ id: string | undefined; vpcs: VPC[] }> {
  const { Id: id } = await privateZone(lab);
  const vpcs = [await vpcOf(lab, OTHER_CUSTOMER), await vpcOf(lab, OTHER_CUSTOMER, 'eu-west-1')];
  for (const VPC of vpcs) {
    await customer(lab).send(new Authorize({ HostedZoneId: id, VPC }));
    settle(lab);
  }
  return { id, vpcs };
}

async function vpcsOf(lab: Lab, Id: string | undefined) {
  settle(lab);
  return (await customer(lab).send(new Get({ Id }))).VPCs;
}

async function authorizations(
  lab: Lab,
  HostedZoneId: string | undefined,
  input: Partial<AuthorizationsInput> = {},
) {
  return customer(lab).send(new ListAuthorizations({ HostedZoneId, ...input }));
}

async function byVpc(lab: Lab, input: Partial<ByVpcInput> = {}) {
  const { VPCId, VPCRegion } = await vpcOf(lab);
  return customer(lab).send(new ListByVpc({ VPCId, VPCRegion, ...input }));
}

async function commentOf(lab: Lab, Id: string | undefined) {
  return (await customer(lab).send(new GetChange({ Id }))).ChangeInfo?.Comment;
}
