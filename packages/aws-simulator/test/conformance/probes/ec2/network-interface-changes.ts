// ModifyNetworkInterfaceAttribute: every interface here is an endpoint's, which its owner may not
// change.

import {
  DescribeNetworkInterfacesCommand as Describe,
  ModifyNetworkInterfaceAttributeCommand as Modify,
  type ModifyNetworkInterfaceAttributeCommandInput as ModifyInput,
} from '@aws-sdk/client-ec2';
import type { Lab } from '../../../lab.ts';
import { connect, offerService } from '../../../scenes.ts';
import { dryRun } from '../../patterns.ts';
import { inOneLab, type Probe, type ProbeSet, probes, refused, uncovered } from '../../probe.ts';
import { customer, newSecurityGroup } from '../../scenes.ts';

const MODIFY = 'ec2:ModifyNetworkInterfaceAttribute';
const DESCRIBE = 'ec2:DescribeNetworkInterfaces';

type Change = Omit<ModifyInput, 'NetworkInterfaceId'>;

// The structure or scalar that is changed, with the members in it and their values.
const changes: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  Description: { 'Description.Value': { Description: { Value: 'mine' } } },
  SourceDestCheck: { 'SourceDestCheck.Value': { SourceDestCheck: { Value: false } } },
  EnablePrimaryIpv6: { EnablePrimaryIpv6: { EnablePrimaryIpv6: true } },
  AssociatePublicIpAddress: { AssociatePublicIpAddress: { AssociatePublicIpAddress: true } },
  AssociatedSubnetIds: { AssociatedSubnetIds: { AssociatedSubnetIds: ['subnet-00000000'] } },
  EnaSrdSpecification: {
    'EnaSrdSpecification.EnaSrdEnabled': { EnaSrdSpecification: { EnaSrdEnabled: true } },
    'EnaSrdSpecification.EnaSrdUdpSpecification.EnaSrdUdpEnabled': {
      EnaSrdSpecification: { EnaSrdUdpSpecification: { EnaSrdUdpEnabled: true } },
    },
  },
  ConnectionTrackingSpecification: {
    'ConnectionTrackingSpecification.TcpEstablishedTimeout': tracking('TcpEstablishedTimeout'),
    'ConnectionTrackingSpecification.UdpStreamTimeout': tracking('UdpStreamTimeout'),
    'ConnectionTrackingSpecification.UdpTimeout': tracking('UdpTimeout'),
  },
  Attachment: {
    'Attachment.AttachmentId': { Attachment: { AttachmentId: 'eni-attach-00000000' } },
    'Attachment.DeleteOnTermination': { Attachment: { DeleteOnTermination: true } },
    'Attachment.DefaultEnaQueueCount': { Attachment: { DefaultEnaQueueCount: true } },
    'Attachment.EnaQueueCount': { Attachment: { EnaQueueCount: 1 } },
  },
};

export const networkInterfaceChangeProbes: ProbeSet = [
  ...probes(MODIFY, {
    DryRun: dryRun({
      readBy: DESCRIBE,
      prepare: anInterface,
      attempt: (lab, id) => modify(lab, id, { SourceDestCheck: { Value: false }, DryRun: true }),
      read: async (lab, id) => (await described(lab, id))?.SourceDestCheck,
    }),
    NetworkInterfaceId: uncovered('Every interface of this world refuses the change.'),
    ...inOneLab({
      Groups: refused('Groups', async (lab) =>
        modify(lab, await anInterface(lab), { Groups: [await newSecurityGroup(lab, 'other')] }),
      ),
      ...Object.fromEntries(
        Object.entries(changes).flatMap(([name, members]) =>
          Object.entries(members).map(([path, change]) => [path, refusal(name, path, change)]),
        ),
      ),
    }),
  }),
  ...probes(DESCRIBE, {
    IncludeManagedResources: uncovered('No AWS service hides interfaces in this world.'),
  }),
];

function refusal(name: string, path: string, change: Change): Probe {
  const attempt = async (lab: Lab) => modify(lab, await anInterface(lab), change);
  return refused(name, attempt, path === name ? undefined : name);
}

function tracking(member: 'TcpEstablishedTimeout' | 'UdpStreamTimeout' | 'UdpTimeout'): Change {
  return { ConnectionTrackingSpecification: { [member]: 60 } };
}

async function modify(lab: Lab, NetworkInterfaceId: string, change: Change): Promise<unknown> {
  return customer(lab).send(new Modify({ NetworkInterfaceId, ...change }));
}

/** The first interface of a lab; one is made when there is none. */
async function anInterface(lab: Lab): Promise<string> {
  const { NetworkInterfaces } = await customer(lab).send(new Describe({}));
  const [known] = NetworkInterfaces ?? [];
  if (known?.NetworkInterfaceId) return known.NetworkInterfaceId;
  const { NetworkInterfaceIds } = await connect(lab, await offerService(lab));
  return NetworkInterfaceIds?.[0] ?? '';
}

async function described(lab: Lab, id: string) {
  const command = new Describe({ NetworkInterfaceIds: [id] });
  return (await customer(lab).send(command)).NetworkInterfaces?.[0];
}
