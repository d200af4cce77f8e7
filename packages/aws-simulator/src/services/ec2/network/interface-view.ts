// A network interface of an endpoint in AWS's shape. Description, attachment and requester are from
// memory.

import type { NetworkInterface as InterfaceView } from '@aws-sdk/client-ec2';
import { zoneName } from '../../../world/regions.ts';
import type { NetworkInterface } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';

/** The account of AWS's that makes interfaces of endpoints. */
const REQUESTER = '727180483921';

export function networkInterfaceView(world: World, eni: NetworkInterface): InterfaceView {
  const groups = world.endpoints.get(eni.endpointId)?.securityGroupIds ?? [];
  const { address, ipv6Address } = eni;
  const PrivateDnsName = hostName(world, eni);
  return {
    Attachment: {
      AttachTime: new Date(eni.createdAt),
      AttachmentId: eni.attachmentId,
      DeleteOnTermination: false,
      DeviceIndex: 1,
      NetworkCardIndex: 0,
      InstanceOwnerId: 'amazon-aws',
      Status: 'attached',
    },
    NetworkInterfaceId: eni.id,
    Description: `VPC Endpoint Interface ${eni.endpointId}`,
    InterfaceType: 'vpc_endpoint',
    RequesterId: REQUESTER,
    RequesterManaged: true,
    Operator: { Managed: false },
    OwnerId: eni.account,
    VpcId: eni.vpcId,
    SubnetId: eni.subnetId,
    AvailabilityZone: zoneName(eni.account, eni.region, eni.zoneId),
    AvailabilityZoneId: eni.zoneId,
    Groups: groups.map((id) => ({ GroupId: id, GroupName: world.securityGroups.get(id)?.name })),
    MacAddress: eni.macAddress,
    PrivateDnsName,
    PrivateIpAddress: address,
    PrivateIpAddresses:
      address === undefined ? [] : [{ Primary: true, PrivateDnsName, PrivateIpAddress: address }],
    Ipv6Address: ipv6Address,
    Ipv6Addresses:
      ipv6Address === undefined ? [] : [{ Ipv6Address: ipv6Address, IsPrimaryIpv6: false }],
    Ipv6Native: address === undefined,
    DenyAllIgwTraffic: ipv6Address === undefined ? undefined : true,
    SourceDestCheck: true,
    Status: 'in-use',
    TagSet: [...eni.tags].map(([Key, Value]) => ({ Key, Value })),
  };
}

// Only in VPCs with DNS hostnames, after the IPv4 address (VPC guide, DNS attributes).
function hostName(world: World, { vpcId, address, region }: NetworkInterface): string | undefined {
  if (address === undefined || !world.vpcs.get(vpcId)?.dnsHostnames) return undefined;
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  return `ip-${address.replaceAll('.', '-')}.${domain}`;
}
