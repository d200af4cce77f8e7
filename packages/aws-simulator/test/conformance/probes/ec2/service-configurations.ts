// Endpoint services: creating, listing and deleting their configurations.

import {
  CreateVpcEndpointServiceConfigurationCommand as Create,
  type CreateVpcEndpointServiceConfigurationCommandInput as CreateInput,
  DeleteVpcEndpointServiceConfigurationsCommand as Delete,
  DescribeVpcEndpointServiceConfigurationsCommand as Describe,
  type DescribeVpcEndpointServiceConfigurationsCommandInput as DescribeInput,
  type ServiceConfiguration,
} from '@aws-sdk/client-ec2';
import { failure, type Lab } from '../../../lab.ts';
import { connect, loadBalancerArn, offerService, serviceNow } from '../../../scenes.ts';
import { clientToken, dryRead, dryRun, filters, pages } from '../../patterns.ts';
import { each, effect, expect, outputs, type ProbeSet, probes } from '../../probe.ts';
import { BIG_VENDOR, bigService, bigVendor, taggedAs, vendor } from '../../scenes.ts';

const CREATE = 'ec2:CreateVpcEndpointServiceConfiguration';
const DESCRIBE = 'ec2:DescribeVpcEndpointServiceConfigurations';
const DELETE = 'ec2:DeleteVpcEndpointServiceConfigurations';

export const serviceConfigurationProbes: ProbeSet = [
  ...probes(CREATE, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: async () => undefined,
      attempt: (lab) => create(lab, { DryRun: true }),
      read: (lab) => serviceIds(lab),
    }),
    AcceptanceRequired: effect('ec2:CreateVpcEndpoint', async (lab) => {
      const service = await offerService(lab, { AcceptanceRequired: false });
      expect((await connect(lab, service)).State).toBe('pending');
    }),
    PrivateDnsName: effect(DESCRIBE, async (lab) => {
      const service = await created(lab, { PrivateDnsName: 'api.vendor.example' });
      expect(service.PrivateDnsName).toBe('api.vendor.example');
      expect(service.PrivateDnsNameConfiguration).toMatchObject({ State: 'pendingVerification' });
    }),
    NetworkLoadBalancerArns: effect(DESCRIBE, async (lab) => {
      const arns = [loadBalancerArn(lab, 'api-1'), loadBalancerArn(lab, 'api-2')];
      const service = await created(lab, { NetworkLoadBalancerArns: arns });
      expect(service.NetworkLoadBalancerArns).toEqual(arns);
    }),
    GatewayLoadBalancerArns: effect(DESCRIBE, async (lab) => {
      bigVendor(lab);
      const arns = [loadBalancerArn(lab, 'gateway-1')];
      await bigService(lab, undefined, { GatewayLoadBalancerArns: arns });
      const [service] = await listed(lab, {}, BIG_VENDOR);
      expect(service?.GatewayLoadBalancerArns).toEqual(arns);
    }),
    SupportedIpAddressTypes: effect(DESCRIBE, async (lab) => {
      const [arn = ''] = bigVendor(lab);
      await bigService(lab, arn, { SupportedIpAddressTypes: ['ipv4', 'ipv6'] });
      const [service] = await listed(lab, {}, BIG_VENDOR);
      expect(service?.SupportedIpAddressTypes).toEqual(['ipv4', 'ipv6']);
    }),
    SupportedRegions: effect(DESCRIBE, async (lab) => {
      const service = await created(lab, { SupportedRegions: ['eu-west-1'] });
      expect(service.SupportedRegions?.map(({ Region }) => Region)).toContain('eu-west-1');
    }),
    ClientToken: clientToken(DESCRIBE, {
      create: async (lab, token) => (await create(lab, token)).ServiceConfiguration?.ServiceId,
      list: (lab) => serviceIds(lab),
    }),
    ...each(
      [
        'TagSpecifications.ResourceType',
        'TagSpecifications.Tags.Key',
        'TagSpecifications.Tags.Value',
      ],
      effect(DESCRIBE, async (lab) => {
        const service = await created(lab, { TagSpecifications: taggedAs('vpc-endpoint-service') });
        expect(service.Tags).toEqual([{ Key: 'probe', Value: 'yes' }]);
        const wrong = create(lab, { TagSpecifications: taggedAs('vpc-endpoint') });
        expect((await failure(wrong)).code).toMatch(/^InvalidParameter/);
      }),
    ),
  }),

  ...outputs(CREATE, {
    ClientToken: (lab) => create(lab, { ClientToken: 'one' }),
  }),

  ...probes(DESCRIBE, {
    DryRun: dryRead(DESCRIBE, (lab) => vendor(lab).send(new Describe({ DryRun: true }))),
    ServiceIds: effect(DESCRIBE, async (lab) => {
      await offerService(lab);
      const { id } = await offerService(lab, { NetworkLoadBalancerArns: [second(lab)] });
      expect(await serviceIds(lab, { ServiceIds: [id] })).toEqual([id]);
    }),
    ...pages(DESCRIBE, {
      prepare: async (lab) => {
        for (const arn of bigVendor(lab)) await bigService(lab, arn);
      },
      list: async (lab, _, page) => {
        const { ServiceConfigurations, NextToken } = await lab
          .as(BIG_VENDOR)
          .ec2.send(new Describe(page));
        return { ids: idsOf(ServiceConfigurations), nextToken: NextToken };
      },
    }),
    ...filters(DESCRIBE, {
      prepare: async (lab) => {
        const [one = '', two = '', three = ''] = bigVendor(lab);
        const tagged = await bigService(lab, one, {
          TagSpecifications: taggedAs('vpc-endpoint-service'),
        });
        const { ServiceId: other = '' } = await bigService(lab, two, {
          SupportedIpAddressTypes: ['ipv6'],
        });
        const { ServiceId: gone = '' } = await bigService(lab, three);
        await lab.as(BIG_VENDOR).ec2.send(new Delete({ ServiceIds: [gone] }));
        return { id: tagged.ServiceId ?? '', name: tagged.ServiceName ?? '', other, gone };
      },
      list: async (lab, Filters) => idsOf(await listed(lab, { Filters }, BIG_VENDOR)),
      cases: {
        'service-name': ({ id, name }) => ({ [name]: [id] }),
        'service-id': ({ id, other }) => ({ [id]: [id], [other]: [other] }),
        'service-state': ({ id, other, gone }) => ({ Available: [id, other], Deleting: [gone] }),
        'supported-ip-address-types': ({ id, other, gone }) => ({
          ipv4: [id, gone],
          ipv6: [other],
        }),
        'tag:<key>': ({ id }) => ({ yes: [id], no: [] }),
        'tag-key': ({ id }) => ({ probe: [id], other: [] }),
      },
    }),
  }),

  ...probes(DELETE, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => offerService(lab),
      attempt: (lab, { id }) => vendor(lab).send(new Delete({ ServiceIds: [id], DryRun: true })),
      read: async (lab, { id }) => (await serviceNow(lab, id))?.ServiceState,
    }),
    ServiceIds: effect(DESCRIBE, async (lab) => {
      const kept = await offerService(lab);
      const { id } = await offerService(lab, { NetworkLoadBalancerArns: [second(lab)] });
      await vendor(lab).send(new Delete({ ServiceIds: [id] }));
      lab.advance(lab.simulator.world.delays.serviceDeleted);
      expect(await serviceIds(lab)).toEqual([kept.id]);
    }),
  }),

  ...outputs(DELETE, {
    'Unsuccessful.Error.Message': async (lab) => {
      const service = await offerService(lab);
      await connect(lab, service);
      const deleted = await vendor(lab).send(new Delete({ ServiceIds: [service.id] }));
      expect(deleted.Unsuccessful).toMatchObject([
        { ResourceId: service.id, Error: { Code: 'ExistingVpcEndpointConnections' } },
      ]);
    },
  }),
];

function create(lab: Lab, input: CreateInput) {
  const NetworkLoadBalancerArns = [loadBalancerArn(lab)];
  return vendor(lab).send(new Create({ NetworkLoadBalancerArns, ...input }));
}

async function created(lab: Lab, input: CreateInput): Promise<ServiceConfiguration> {
  const { ServiceConfiguration } = await create(lab, input);
  return (await serviceNow(lab, ServiceConfiguration?.ServiceId ?? '')) ?? {};
}

async function listed(lab: Lab, input: DescribeInput, account?: string) {
  const { ec2 } = account ? lab.as(account) : { ec2: vendor(lab) };
  return (await ec2.send(new Describe(input))).ServiceConfigurations ?? [];
}

async function serviceIds(lab: Lab, input: DescribeInput = {}): Promise<string[]> {
  return idsOf(await listed(lab, input));
}

function idsOf(services: readonly ServiceConfiguration[] | undefined): string[] {
  return (services ?? []).map(({ ServiceId = '' }) => ServiceId);
}

function second(lab: Lab): string {
  return loadBalancerArn(lab, 'api-2');
}
