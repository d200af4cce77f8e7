// The network interfaces of endpoints.

import {
  CreateTagsCommand,
  DescribeNetworkInterfacesCommand as Describe,
  type DescribeNetworkInterfacesCommandInput as DescribeInput,
  type NetworkInterface,
} from '@aws-sdk/client-ec2';
import type { Lab } from '../../../lab.ts';
import { connect, networkOf, offerService } from '../../../scenes.ts';
import { dryRead, filters, pages, shownAs } from '../../patterns.ts';
import { effect, expect, type ProbeSet, probes } from '../../probe.ts';
import { customer } from '../../scenes.ts';

const DESCRIBE = 'ec2:DescribeNetworkInterfaces';

export const networkInterfaceProbes: ProbeSet = [
  ...probes(DESCRIBE, {
    DryRun: dryRead(DESCRIBE, (lab) => customer(lab).send(new Describe({ DryRun: true }))),
    NetworkInterfaceIds: effect(DESCRIBE, async (lab) => {
      await connectInSubnets(lab, 2);
      const [, { NetworkInterfaceId = '' } = {}] = await listed(lab);
      const wanted = await listed(lab, { NetworkInterfaceIds: [NetworkInterfaceId] });
      expect(wanted).toMatchObject([{ NetworkInterfaceId }]);
    }),
    ...pages(DESCRIBE, {
      prepare: async (lab) => {
        const service = await offerService(lab);
        const { subnetIds } = await networkOf(lab);
        await connect(lab, service, { SubnetIds: [...subnetIds] });
        await connect(lab, service, { SubnetIds: [...subnetIds] });
      },
      list: async (lab, _, page) => {
        const { NetworkInterfaces, NextToken } = await customer(lab).send(new Describe(page));
        return { ids: (NetworkInterfaces ?? []).map(idOf), nextToken: NextToken };
      },
    }),
    ...filters(DESCRIBE, {
      prepare: async (lab) => {
        await connectInSubnets(lab, 3);
        const [{ NetworkInterfaceId: id = '' } = {}] = await listed(lab);
        const Tags = [{ Key: 'probe', Value: 'yes' }];
        await customer(lab).send(new CreateTagsCommand({ Resources: [id], Tags }));
        return { items: await listed(lab) };
      },
      list: async (lab, Filters) => (await listed(lab, { Filters })).map(idOf),
      cases: {
        'association.allocation-id': by((eni) => [eni.Association?.AllocationId]),
        'association.association-id': by((eni) => [eni.Association?.AssociationId]),
        'association.ip-owner-id': by((eni) => [eni.Association?.IpOwnerId]),
        'association.public-ip': by((eni) => [eni.Association?.PublicIp]),
        'association.public-dns-name': by((eni) => [eni.Association?.PublicDnsName]),
        'addresses.association.owner-id': address((one) => one.Association?.IpOwnerId),
        'addresses.association.public-ip': address((one) => one.Association?.PublicIp),
        'addresses.primary': address(({ Primary }) => Primary),
        'addresses.private-ip-address': address(({ PrivateIpAddress }) => PrivateIpAddress),
        'attachment.attach-time': by((eni) => [eni.Attachment?.AttachTime]),
        'attachment.attachment-id': by((eni) => [eni.Attachment?.AttachmentId]),
        'attachment.delete-on-termination': by((eni) => [eni.Attachment?.DeleteOnTermination]),
        'attachment.device-index': by((eni) => [eni.Attachment?.DeviceIndex]),
        'attachment.instance-id': by((eni) => [eni.Attachment?.InstanceId]),
        'attachment.instance-owner-id': by((eni) => [eni.Attachment?.InstanceOwnerId]),
        'attachment.status': by((eni) => [eni.Attachment?.Status]),
        'availability-zone': by(({ AvailabilityZone }) => [AvailabilityZone]),
        'availability-zone-id': by(({ AvailabilityZoneId }) => [AvailabilityZoneId]),
        description: by(({ Description }) => [Description]),
        'group-id': by(({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId)),
        'ipv6-addresses.ipv6-address': by((eni) =>
          (eni.Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address),
        ),
        'interface-type': by(({ InterfaceType }) => [InterfaceType]),
        'mac-address': by(({ MacAddress }) => [MacAddress]),
        'network-interface-id': by(({ NetworkInterfaceId }) => [NetworkInterfaceId]),
        'operator.managed': by(({ Operator }) => [Operator?.Managed]),
        'operator.principal': by(({ Operator }) => [Operator?.Principal]),
        'owner-id': by(({ OwnerId }) => [OwnerId]),
        'private-dns-name': by(({ PrivateDnsName }) => [PrivateDnsName]),
        'private-ip-address': by(({ PrivateIpAddress }) => [PrivateIpAddress]),
        'requester-id': by(({ RequesterId }) => [RequesterId]),
        'requester-managed': by(({ RequesterManaged }) => [RequesterManaged]),
        'source-dest-check': by(({ SourceDestCheck }) => [SourceDestCheck]),
        status: by(({ Status }) => [Status]),
        'subnet-id': by(({ SubnetId }) => [SubnetId]),
        'tag:<key>': by(({ TagSet = [] }) => TagSet.map(({ Value }) => Value)),
        'tag-key': by(({ TagSet = [] }) => TagSet.map(({ Key }) => Key)),
        'vpc-id': by(({ VpcId }) => [VpcId]),
      },
    }),
  }),
];

type Address = NonNullable<NetworkInterface['PrivateIpAddresses']>[number];

function by(valuesOf: (eni: NetworkInterface) => readonly unknown[]) {
  return shownAs(idOf, valuesOf);
}

function address(valueOf: (address: Address) => unknown) {
  return by(({ PrivateIpAddresses = [] }) => PrivateIpAddresses.map(valueOf));
}

async function connectInSubnets(lab: Lab, count: number): Promise<void> {
  const { subnetIds } = await networkOf(lab);
  await connect(lab, await offerService(lab), { SubnetIds: subnetIds.slice(0, count) });
}

async function listed(lab: Lab, input: DescribeInput = {}): Promise<NetworkInterface[]> {
  return (await customer(lab).send(new Describe(input))).NetworkInterfaces ?? [];
}

function idOf({ NetworkInterfaceId = '' }: NetworkInterface): string {
  return NetworkInterfaceId;
}
