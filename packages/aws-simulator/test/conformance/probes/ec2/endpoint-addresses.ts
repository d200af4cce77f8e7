// Endpoints with IPv6, their DNS options, and who pays: what both CreateVpcEndpoint and
// ModifyVpcEndpoint take, and the operations about charges and associations.

import {
  CreateVpcEndpointCommand as Create,
  type CreateVpcEndpointCommandInput as CreateInput,
  DescribeNetworkInterfacesCommand,
  DescribeVpcEndpointAssociationsCommand as Associations,
  DescribeVpcEndpointsCommand as Describe,
  ModifyVpcEndpointCommand as Modify,
  type ModifyVpcEndpointCommandInput as ModifyInput,
  ModifyVpcEndpointPayerResponsibilityCommand as ModifyPayer,
  type ModifyVpcEndpointPayerResponsibilityCommandInput as PayerInput,
  ModifyVpcEndpointServicePayerResponsibilityCommand as ModifyServicePayer,
  type Subnet,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { Lab } from '../../../lab.ts';
import { connectionsOf, loadBalancerArn, offerService, serviceNow } from '../../../scenes.ts';
import { dryRead, dryRun } from '../../patterns.ts';
import {
  each,
  effect,
  expect,
  type Probe,
  type ProbeSet,
  probes,
  refused,
  uncovered,
} from '../../probe.ts';
import {
  busyService,
  customer,
  dualstackNetwork,
  dualstackService,
  networker,
  vendor,
} from '../../scenes.ts';

const CREATE = 'ec2:CreateVpcEndpoint';
const MODIFY = 'ec2:ModifyVpcEndpoint';
const DESCRIBE = 'ec2:DescribeVpcEndpoints';
const INTERFACES = 'ec2:DescribeNetworkInterfaces';
const PAYER = 'ec2:ModifyVpcEndpointPayerResponsibility';
const SERVICE_PAYER = 'ec2:ModifyVpcEndpointServicePayerResponsibility';
const ASSOCIATIONS = 'ec2:DescribeVpcEndpointAssociations';
const CONNECTIONS = 'ec2:DescribeVpcEndpointConnections';

const noAssociations =
  'only resource and service network endpoints have associations, and neither is simulated';

export const endpointAddressProbes: ProbeSet = [
  ...probes(CREATE, {
    IpAddressType: effect(DESCRIBE, async (lab) => {
      const endpoint = await made(lab, { IpAddressType: 'dualstack' });
      expect(endpoint.IpAddressType).toBe('dualstack');
    }),
    'SubnetConfigurations.Ipv6': effect(INTERFACES, async (lab) => {
      const { subnets } = await dualstackNetwork(lab);
      const chosen = { SubnetId: subnets[0]?.SubnetId, ...addressesIn(subnets[0]) };
      const input = { SubnetConfigurations: [chosen] };
      const endpoint = await made(lab, { IpAddressType: 'dualstack', ...input });
      expect(await ipv6Of(lab, endpoint)).toEqual([chosen.Ipv6]);
    }),
    'DnsOptions.DnsRecordIpType': effect(DESCRIBE, async (lab) => {
      const endpoint = await made(lab, {
        IpAddressType: 'dualstack',
        DnsOptions: { DnsRecordIpType: 'ipv4' },
      });
      expect(endpoint.DnsOptions?.DnsRecordIpType).toBe('ipv4');
    }),
    ...otherDnsOptions((lab, DnsOptions) => made(lab, { DnsOptions })),
  }),

  ...probes(MODIFY, {
    IpAddressType: effect(DESCRIBE, async (lab) => {
      const endpoint = await modified(lab, { IpAddressType: 'dualstack' });
      expect(endpoint.IpAddressType).toBe('dualstack');
    }),
    'SubnetConfigurations.Ipv6': effect(INTERFACES, async (lab) => {
      const { subnets } = await dualstackNetwork(lab);
      const chosen = { SubnetId: subnets[0]?.SubnetId, ...addressesIn(subnets[0]) };
      const change = { SubnetConfigurations: [chosen] };
      const endpoint = await modified(lab, { IpAddressType: 'dualstack', ...change });
      expect(await ipv6Of(lab, endpoint)).toEqual([chosen.Ipv6]);
    }),
    'DnsOptions.DnsRecordIpType': effect(DESCRIBE, async (lab) => {
      const dualstack = await made(lab, { IpAddressType: 'dualstack' });
      const change = { DnsOptions: { DnsRecordIpType: 'ipv6' } } as const;
      const endpoint = await modified(lab, change, dualstack);
      expect(endpoint.DnsOptions?.DnsRecordIpType).toBe('ipv6');
    }),
    ...otherDnsOptions((lab, DnsOptions) => modified(lab, { DnsOptions })),
  }),

  ...probes(PAYER, {
    DryRun: dryRun({
      readBy: CONNECTIONS,
      prepare: (lab) => busyService(lab, 1),
      attempt: (lab, { service, endpointIds }) =>
        pay(lab, service.id, endpointIds[0], { DryRun: true }),
      read: (lab, { service }) => payers(lab, service.id),
    }),
    ...each(
      ['ServiceId', 'VpcEndpointId', 'PayerResponsibility', 'Scope'],
      effect(CONNECTIONS, async (lab) => {
        const { service, endpointIds } = await busyService(lab, 2);
        const before = await payers(lab, service.id);
        await pay(lab, service.id, endpointIds[1]);
        const after = await payers(lab, service.id);
        expect(after[0]).toEqual(before[0]);
        expect(after[1]).toMatchObject([
          {
            Scope: 'vpc-endpoint-charges',
            PayerResponsibilityType: 'vpc-endpoint-service-account',
          },
        ]);
      }),
    ),
  }),

  ...probes(SERVICE_PAYER, {
    DryRun: dryRun({
      readBy: 'ec2:DescribeVpcEndpointServiceConfigurations',
      prepare: (lab) => offerService(lab),
      attempt: (lab, { id }) => payAll(lab, id, { DryRun: true }),
      read: async (lab, { id }) => (await serviceNow(lab, id))?.PayerResponsibility,
    }),
    ...each(
      ['ServiceId', 'PayerResponsibility'],
      effect('ec2:DescribeVpcEndpointServiceConfigurations', async (lab) => {
        const arns = [loadBalancerArn(lab, 'api-2')];
        const other = await offerService(lab, { NetworkLoadBalancerArns: arns });
        const { id } = await offerService(lab);
        await payAll(lab, id);
        expect((await serviceNow(lab, id))?.PayerResponsibility).toBe('ServiceOwner');
        expect((await serviceNow(lab, other.id))?.PayerResponsibility).not.toBe('ServiceOwner');
      }),
    ),
  }),

  ...probes(ASSOCIATIONS, {
    DryRun: dryRead(ASSOCIATIONS, (lab) => customer(lab).send(new Associations({ DryRun: true }))),
    VpcEndpointIds: refused('vpce-00000000000000000', (lab) =>
      customer(lab).send(new Associations({ VpcEndpointIds: ['vpce-00000000000000000'] })),
    ),
    MaxResults: refused('maxResults', (lab) =>
      customer(lab).send(new Associations({ MaxResults: 101 })),
    ),
    NextToken: refused('token', (lab) => customer(lab).send(new Associations({ NextToken: 'x' }))),
    ...Object.fromEntries(
      [
        'vpc-endpoint-id',
        'associated-resource-accessibility',
        'association-id',
        'associated-resource-id',
        'service-network-arn',
        'resource-configuration-group-arn',
      ].map((name) => [`Filters[${name}]`, uncovered(noAssociations)]),
    ),
  }),
];

/** Options of other kinds of endpoint, which an interface endpoint is refused for. */
function otherDnsOptions(
  attempt: (lab: Lab, options: NonNullable<CreateInput['DnsOptions']>) => Promise<unknown>,
): Readonly<Record<string, Probe>> {
  return {
    'DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint': refused(
      'PrivateDnsOnlyForInboundResolverEndpoint',
      (lab) => attempt(lab, { PrivateDnsOnlyForInboundResolverEndpoint: true }),
    ),
    'DnsOptions.PrivateDnsPreference': refused('PrivateDnsPreference', (lab) =>
      attempt(lab, { PrivateDnsPreference: 'ALL_DOMAINS' }),
    ),
    'DnsOptions.PrivateDnsSpecifiedDomains': refused('PrivateDnsSpecifiedDomains', (lab) =>
      attempt(lab, { PrivateDnsSpecifiedDomains: ['vendor.example'] }),
    ),
  };
}

/** An available endpoint of the networker, as it is described, in a subnet with IPv6. */
async function made(lab: Lab, input: Partial<CreateInput> = {}): Promise<VpcEndpoint> {
  const service = await dualstackService(lab);
  const { VpcId, subnets } = await dualstackNetwork(lab);
  const { VpcEndpoint } = await networker(lab).send(
    new Create({
      VpcId,
      VpcEndpointType: 'Interface',
      ServiceName: service.name,
      SubnetIds: [subnets[0]?.SubnetId ?? ''],
      ...input,
    }),
  );
  return described(lab, VpcEndpoint?.VpcEndpointId);
}

async function modified(
  lab: Lab,
  change: Omit<ModifyInput, 'VpcEndpointId'>,
  endpoint?: VpcEndpoint,
): Promise<VpcEndpoint> {
  const { VpcEndpointId } = endpoint ?? (await made(lab));
  await networker(lab).send(new Modify({ VpcEndpointId, ...change }));
  return described(lab, VpcEndpointId);
}

async function described(lab: Lab, id = ''): Promise<VpcEndpoint> {
  lab.advance(lab.simulator.world.delays.endpointAvailable);
  const { VpcEndpoints } = await networker(lab).send(new Describe({ VpcEndpointIds: [id] }));
  return VpcEndpoints?.[0] ?? {};
}

/** Addresses of a subnet that nothing has yet. */
function addressesIn(subnet: Subnet | undefined): { Ipv4: string; Ipv6: string } {
  const block = subnet?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock ?? '';
  return {
    Ipv4: (subnet?.CidrBlock ?? '').replace(/\.0\/.*$/, '.77'),
    Ipv6: block.replace(/::\/.*$/, '::77'),
  };
}

async function ipv6Of(lab: Lab, { NetworkInterfaceIds }: VpcEndpoint) {
  const command = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds });
  const { NetworkInterfaces = [] } = await networker(lab).send(command);
  return NetworkInterfaces.flatMap(({ Ipv6Addresses = [] }) =>
    Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
  );
}

/** The vendor takes the charges of one endpoint to its service. */
function pay(
  lab: Lab,
  ServiceId: string,
  VpcEndpointId: string | undefined,
  input: Partial<PayerInput> = {},
) {
  return vendor(lab).send(
    new ModifyPayer({
      ServiceId,
      VpcEndpointId,
      PayerResponsibility: 'vpc-endpoint-service-account',
      Scope: 'vpc-endpoint-charges',
      ...input,
    }),
  );
}

async function payers(lab: Lab, serviceId: string) {
  const connections = await connectionsOf(lab, serviceId);
  return connections.map(({ PayerResponsibilities }) => PayerResponsibilities);
}

function payAll(lab: Lab, ServiceId: string, input: { readonly DryRun?: boolean } = {}) {
  const command = { ServiceId, PayerResponsibility: 'ServiceOwner' as const, ...input };
  return vendor(lab).send(new ModifyServicePayer(command));
}
