// What Route 53 answers about zones beyond what a probe of an input member looks at.

import { ModifyVpcEndpointCommand } from '@aws-sdk/client-ec2';
import {
  ListHostedZonesByNameCommand as ListByName,
  ListHostedZonesByVPCCommand as ListByVpc,
  ListHostedZonesCommand as List,
} from '@aws-sdk/client-route-53';
import { CUSTOMER, type Lab } from '../../../lab.ts';
import { accept, connect, offerService, verifyPrivateDns } from '../../../scenes.ts';
import { expect, outputs, type ProbeSet } from '../../probe.ts';
import { newZone, route53, vpcOf } from './scenes.ts';

const HostedZoneConfig = { Comment: 'why' };

export const zoneOutputProbes: ProbeSet = [
  ...outputs('route53:ListHostedZones', {
    'HostedZones.Config.Comment': async (lab) => {
      await newZone(lab, { HostedZoneConfig }, CUSTOMER);
      const { HostedZones } = await route53(lab, CUSTOMER).send(new List({}));
      expect(HostedZones?.[0]?.Config?.Comment).toBe('why');
    },
  }),

  ...outputs('route53:ListHostedZonesByName', {
    'HostedZones.Config.Comment': async (lab) => {
      await newZone(lab, { HostedZoneConfig }, CUSTOMER);
      const { HostedZones } = await route53(lab, CUSTOMER).send(new ListByName({}));
      expect(HostedZones?.[0]?.Config?.Comment).toBe('why');
    },
  }),

  ...outputs('route53:ListHostedZonesByVPC', {
    'HostedZoneSummaries.Owner.OwningService': async (lab) => {
      await privateEndpoint(lab);
      const { VPCId, VPCRegion } = await vpcOf(lab);
      const list = new ListByVpc({ VPCId, VPCRegion });
      const { HostedZoneSummaries } = await route53(lab, CUSTOMER).send(list);
      expect(HostedZoneSummaries).toMatchObject([
        { Name: 'api.vendor.example.', Owner: { OwningService: 'vpce.amazonaws.com' } },
      ]);
    },
  }),
];

/** An endpoint of the customer's with its private name, for which AWS keeps a zone of its own. */
async function privateEndpoint(lab: Lab): Promise<void> {
  const service = await offerService(lab, { PrivateDnsName: 'api.vendor.example' });
  await verifyPrivateDns(lab, service.id);
  const { VpcEndpointId = '' } = await connect(lab, service);
  await accept(lab, service, VpcEndpointId);
  const enable = { VpcEndpointId, PrivateDnsEnabled: true };
  await lab.as(CUSTOMER).ec2.send(new ModifyVpcEndpointCommand(enable));
  lab.advance(lab.simulator.world.delays.endpointModified);
}
