// Who may connect to an endpoint service.

import {
  DescribeVpcEndpointServicePermissionsCommand as Describe,
  type DescribeVpcEndpointServicePermissionsCommandInput as DescribeInput,
  ModifyVpcEndpointServicePermissionsCommand as Modify,
} from '@aws-sdk/client-ec2';
import { CUSTOMER, type Lab, OTHER_CUSTOMER } from '../../../lab.ts';
import { allow, loadBalancerArn, offerService } from '../../../scenes.ts';
import { dryRead, dryRun, filters, pages } from '../../patterns.ts';
import { effect, expect, outputs, type ProbeSet, probes } from '../../probe.ts';
import { taggedResource, vendor } from '../../scenes.ts';

const MODIFY = 'ec2:ModifyVpcEndpointServicePermissions';
const DESCRIBE = 'ec2:DescribeVpcEndpointServicePermissions';

const root = `arn:aws:iam::${CUSTOMER}:root`;
const otherRoot = `arn:aws:iam::${OTHER_CUSTOMER}:root`;
const role = `arn:aws:iam::${CUSTOMER}:role/network`;
const user = `arn:aws:iam::${CUSTOMER}:user/ann`;

export const servicePermissionProbes: ProbeSet = [
  ...probes(MODIFY, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => offerService(lab),
      attempt: (lab, { id }) =>
        vendor(lab).send(
          new Modify({ ServiceId: id, AddAllowedPrincipals: [otherRoot], DryRun: true }),
        ),
      read: (lab, { id }) => principals(lab, { ServiceId: id }),
    }),
    ServiceId: effect(DESCRIBE, async (lab) => {
      const [one, two] = await twoServices(lab);
      await allow(lab, two, [otherRoot]);
      expect(await principals(lab, { ServiceId: one })).toEqual([root]);
      expect(await principals(lab, { ServiceId: two })).toEqual([root, otherRoot]);
    }),
    AddAllowedPrincipals: effect(DESCRIBE, async (lab) => {
      const { id } = await offerService(lab, {}, []);
      await allow(lab, id, [root, role]);
      expect(await principals(lab, { ServiceId: id })).toEqual([root, role]);
    }),
    RemoveAllowedPrincipals: effect(DESCRIBE, async (lab) => {
      const { id } = await offerService(lab, {}, [root, role]);
      await vendor(lab).send(new Modify({ ServiceId: id, RemoveAllowedPrincipals: [root] }));
      expect(await principals(lab, { ServiceId: id })).toEqual([role]);
    }),
  }),

  ...probes(DESCRIBE, {
    DryRun: dryRead(DESCRIBE, async (lab) => {
      const { id } = await offerService(lab);
      return vendor(lab).send(new Describe({ ServiceId: id, DryRun: true }));
    }),
    ServiceId: effect(DESCRIBE, async (lab) => {
      const [one, two] = await twoServices(lab);
      await allow(lab, two, [otherRoot]);
      expect(await principals(lab, { ServiceId: two })).toEqual([root, otherRoot]);
      expect(await principals(lab, { ServiceId: one })).toEqual([root]);
    }),
    ...pages(DESCRIBE, {
      prepare: async (lab) => {
        const roles = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${role}-${name}`);
        return (await offerService(lab, {}, roles)).id;
      },
      list: async (lab, id, page) => {
        const answer = await vendor(lab).send(new Describe({ ServiceId: id, ...page }));
        const { AllowedPrincipals: allowed = [], NextToken: nextToken } = answer;
        return { ids: allowed.map(({ Principal = '' }) => Principal), nextToken };
      },
    }),
    ...filters(DESCRIBE, {
      prepare: async (lab) => (await offerService(lab, {}, [root, role, user, '*'])).id,
      list: (lab, Filters, ServiceId) => principals(lab, { ServiceId, Filters }),
      cases: {
        principal: () => ({ [root]: [root], 'arn:aws:iam::*:role/*': [role], none: [] }),
        'principal-type': () => ({ Account: [root], Role: [role], User: [user], All: ['*'] }),
      },
    }),
  }),

  ...outputs(DESCRIBE, {
    'AllowedPrincipals.Tags.Key': async (lab) => {
      const { id } = await offerService(lab);
      const { AllowedPrincipals } = await vendor(lab).send(new Describe({ ServiceId: id }));
      await taggedResource(lab, AllowedPrincipals?.[0]?.ServicePermissionId ?? '');
      const answer = await vendor(lab).send(new Describe({ ServiceId: id }));
      expect(answer.AllowedPrincipals?.[0]?.Tags).toEqual([{ Key: 'probe', Value: 'yes' }]);
    },
  }),
];

async function principals(lab: Lab, input: DescribeInput): Promise<string[]> {
  const { AllowedPrincipals } = await vendor(lab).send(new Describe(input));
  return (AllowedPrincipals ?? []).map(({ Principal = '' }) => Principal);
}

async function twoServices(lab: Lab): Promise<[string, string]> {
  const one = await offerService(lab);
  const arns = [loadBalancerArn(lab, 'api-2')];
  const two = await offerService(lab, { NetworkLoadBalancerArns: arns });
  return [one.id, two.id];
}
