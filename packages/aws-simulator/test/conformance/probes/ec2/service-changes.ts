// Endpoint services: changing a configuration, and starting the verification of its private name.

import {
  type CreateVpcEndpointServiceConfigurationCommandInput as CreateInput,
  DescribeVpcEndpointServiceConfigurationsCommand as DescribeConfigurations,
  DescribeVpcEndpointServicesCommand as DescribeServices,
  ModifyVpcEndpointServiceConfigurationCommand as Modify,
  type ModifyVpcEndpointServiceConfigurationCommandInput as ModifyInput,
  StartVpcEndpointServicePrivateDnsVerificationCommand as Start,
  type ServiceConfiguration,
} from '@aws-sdk/client-ec2';
import type { Lab } from '../../../lab.ts';
import { connect, loadBalancerArn, offerService, publishTxt, serviceNow } from '../../../scenes.ts';
import { dryRun } from '../../patterns.ts';
import { effect, expect, type ProbeSet, probes } from '../../probe.ts';
import { BIG_VENDOR, bigService, bigVendor, customer, vendor } from '../../scenes.ts';

const MODIFY = 'ec2:ModifyVpcEndpointServiceConfiguration';
const DESCRIBE = 'ec2:DescribeVpcEndpointServiceConfigurations';
const START = 'ec2:StartVpcEndpointServicePrivateDnsVerification';

export const serviceChangeProbes: ProbeSet = [
  ...probes(MODIFY, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => offerService(lab),
      attempt: (lab, { id }) => modify(lab, id, { AcceptanceRequired: false, DryRun: true }),
      read: async (lab, { id }) => (await serviceNow(lab, id))?.AcceptanceRequired,
    }),
    ServiceId: effect(DESCRIBE, async (lab) => {
      const other = await offerService(lab);
      const { id } = await offerService(lab, { NetworkLoadBalancerArns: [second(lab)] });
      await modify(lab, id, { AcceptanceRequired: false });
      expect((await serviceNow(lab, id))?.AcceptanceRequired).toBe(false);
      expect((await serviceNow(lab, other.id))?.AcceptanceRequired).toBe(true);
    }),
    PrivateDnsName: effect(DESCRIBE, async (lab) => {
      const service = await modified(lab, { PrivateDnsName: 'api.vendor.example' });
      expect(service.PrivateDnsName).toBe('api.vendor.example');
      expect(service.PrivateDnsNameConfiguration).toMatchObject({ State: 'pendingVerification' });
    }),
    RemovePrivateDnsName: effect(DESCRIBE, async (lab) => {
      const { id } = await offerService(lab, { PrivateDnsName: 'api.vendor.example' });
      await modify(lab, id, { RemovePrivateDnsName: true });
      expect((await serviceNow(lab, id))?.PrivateDnsName).toBeUndefined();
    }),
    AcceptanceRequired: effect('ec2:CreateVpcEndpoint', async (lab) => {
      const service = await offerService(lab);
      await modify(lab, service.id, { AcceptanceRequired: false });
      expect((await connect(lab, service)).State).toBe('pending');
    }),
    AddNetworkLoadBalancerArns: effect(DESCRIBE, async (lab) => {
      const service = await modified(lab, { AddNetworkLoadBalancerArns: [second(lab)] });
      expect(service.NetworkLoadBalancerArns).toEqual([loadBalancerArn(lab), second(lab)]);
    }),
    RemoveNetworkLoadBalancerArns: effect(DESCRIBE, async (lab) => {
      const arns = [loadBalancerArn(lab), second(lab)];
      const { id } = await offerService(lab, { NetworkLoadBalancerArns: arns });
      await modify(lab, id, { RemoveNetworkLoadBalancerArns: [second(lab)] });
      expect((await serviceNow(lab, id))?.NetworkLoadBalancerArns).toEqual([loadBalancerArn(lab)]);
    }),
    AddGatewayLoadBalancerArns: effect(DESCRIBE, async (lab) => {
      const [one, two] = gateways(lab);
      const add = { AddGatewayLoadBalancerArns: [two] };
      const service = await modifiedOfBigVendor(lab, add, { GatewayLoadBalancerArns: [one] });
      expect(service?.GatewayLoadBalancerArns).toEqual([one, two]);
    }),
    RemoveGatewayLoadBalancerArns: effect(DESCRIBE, async (lab) => {
      const [one, two] = gateways(lab);
      const remove = { RemoveGatewayLoadBalancerArns: [one] };
      const created = { GatewayLoadBalancerArns: [one, two] };
      const service = await modifiedOfBigVendor(lab, remove, created);
      expect(service?.GatewayLoadBalancerArns).toEqual([two]);
    }),
    AddSupportedIpAddressTypes: effect(DESCRIBE, async (lab) => {
      const service = await modifiedOfBigVendor(lab, { AddSupportedIpAddressTypes: ['ipv6'] });
      expect(service?.SupportedIpAddressTypes?.toSorted()).toEqual(['ipv4', 'ipv6']);
    }),
    RemoveSupportedIpAddressTypes: effect(DESCRIBE, async (lab) => {
      const service = await modifiedOfBigVendor(
        lab,
        { RemoveSupportedIpAddressTypes: ['ipv4'] },
        { SupportedIpAddressTypes: ['ipv4', 'ipv6'] },
      );
      expect(service?.SupportedIpAddressTypes).toEqual(['ipv6']);
    }),
    AddSupportedRegions: effect('ec2:DescribeVpcEndpointServices', async (lab) => {
      const { id, name } = await offerService(lab);
      await modify(lab, id, { AddSupportedRegions: ['eu-west-1'] });
      expect(await visibleFromEurope(lab)).toEqual([name]);
    }),
    RemoveSupportedRegions: effect('ec2:DescribeVpcEndpointServices', async (lab) => {
      const { id, name } = await offerService(lab, { SupportedRegions: ['eu-west-1'] });
      expect(await visibleFromEurope(lab)).toEqual([name]);
      await modify(lab, id, { RemoveSupportedRegions: ['eu-west-1'] });
      lab.advance(lab.simulator.world.delays.serviceDeleted);
      expect(await visibleFromEurope(lab)).toEqual([]);
    }),
  }),

  ...probes(START, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: (lab) => publishedName(lab),
      attempt: (lab, id) => start(lab, id, { DryRun: true }),
      read: (lab, id) => verificationLater(lab, id),
    }),
    ServiceId: effect(DESCRIBE, async (lab) => {
      const id = await publishedName(lab);
      await start(lab, id);
      expect(await verificationLater(lab, id)).toBe('verified');
    }),
  }),
];

function modify(lab: Lab, ServiceId: string, input: Omit<ModifyInput, 'ServiceId'>) {
  return vendor(lab).send(new Modify({ ServiceId, ...input }));
}

async function modified(
  lab: Lab,
  input: Omit<ModifyInput, 'ServiceId'>,
): Promise<ServiceConfiguration> {
  const { id } = await offerService(lab);
  await modify(lab, id, input);
  return (await serviceNow(lab, id)) ?? {};
}

async function modifiedOfBigVendor(
  lab: Lab,
  input: Omit<ModifyInput, 'ServiceId'>,
  created: CreateInput = {},
): Promise<ServiceConfiguration | undefined> {
  if (!lab.simulator.world.accounts.has(BIG_VENDOR)) bigVendor(lab);
  const arn = created.GatewayLoadBalancerArns ? undefined : loadBalancerArn(lab, 'big-1');
  const { ServiceId } = await bigService(lab, arn, created);
  const { ec2 } = lab.as(BIG_VENDOR);
  await ec2.send(new Modify({ ServiceId, ...input }));
  const command = new DescribeConfigurations({ ServiceIds: [ServiceId ?? ''] });
  return (await ec2.send(command)).ServiceConfigurations?.[0];
}

/** The ARNs of the big vendor's gateway load balancers. */
function gateways(lab: Lab): [string, string] {
  bigVendor(lab);
  return [loadBalancerArn(lab, 'gateway-1'), loadBalancerArn(lab, 'gateway-2')];
}

async function visibleFromEurope(lab: Lab): Promise<string[]> {
  const command = new DescribeServices({ ServiceRegions: ['us-east-1'] });
  const { ServiceNames = [] } = await customer(lab, 'eu-west-1').send(command);
  // AWS's own services are visible from everywhere.
  return ServiceNames.filter((name) => name.startsWith('com.amazonaws.vpce.'));
}

/** A service whose TXT record is published, and whose verification nobody has started. */
async function publishedName(lab: Lab): Promise<string> {
  const { id } = await offerService(lab, { PrivateDnsName: 'api.vendor.example' });
  const { Name, Value } = (await serviceNow(lab, id))?.PrivateDnsNameConfiguration ?? {};
  await publishTxt(lab, `${Name}.api.vendor.example`, [`"${Value}"`]);
  return id;
}

function start(lab: Lab, ServiceId: string, input: { readonly DryRun?: boolean } = {}) {
  return vendor(lab).send(new Start({ ServiceId, ...input }));
}

async function verificationLater(lab: Lab, id: string): Promise<string | undefined> {
  lab.advance(lab.simulator.world.delays.privateDnsCheck);
  return (await serviceNow(lab, id))?.PrivateDnsNameConfiguration?.State;
}

function second(lab: Lab): string {
  return loadBalancerArn(lab, 'api-2');
}
