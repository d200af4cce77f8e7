// Network interfaces. All of this world's belong to endpoints: AWS manages them, and their owner
// can look at them and not change them.

import type {
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  ModifyNetworkInterfaceAttributeRequest,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import { type NetworkInterface, ownerKey } from '../../../world/resources.ts';
import type { Call, Given } from '../../call.ts';
import { invalidCombination } from '../errors.ts';
import { type FilterFields, filtered, where } from '../lists/filters.ts';
import { narrowed } from '../lists/narrowing.ts';
import { chosen, named } from './choice.ts';
import { interfaceIds, missingParameter } from './errors.ts';
import { networkInterfaceView } from './interface-view.ts';
import { pageOf } from '../lists/pages.ts';

/** Hidden interfaces do not exist here, so IncludeManagedResources adds nothing. */
export function describeNetworkInterfaces(
  call: Call<DescribeNetworkInterfacesRequest>,
): DescribeNetworkInterfacesResult {
  const { world, account, region, input } = call;
  if (input.MaxResults !== undefined && input.NetworkInterfaceIds) {
    throw invalidCombination('MaxResults cannot be used with NetworkInterfaceIds.');
  }
  const { networkInterfaces: interfaces } = world;
  const shortest = narrowed(interfaces.by('owner', ownerKey(account, region)), input.Filters, {
    'network-interface-id': (id) => interfaces.only(id),
    'subnet-id': (id) => interfaces.by('subnet', id),
  });
  const wanted = input.NetworkInterfaceIds
    ? chosen(call, interfaces, input.NetworkInterfaceIds, interfaceIds)
    : where(shortest, (eni) => eni.account === account && eni.region === region);
  const found = filtered(wanted, input.Filters, fields(call), ({ tags }) => tags);
  const page = pageOf(call, 'DescribeNetworkInterfaces', found);
  return {
    NetworkInterfaces: page.items.map((eni) => networkInterfaceView(world, eni)),
    NextToken: page.nextToken,
  };
}

/** @throws AwsError whatever is to change, naming it; code and text are from memory. */
export function modifyNetworkInterfaceAttribute(
  call: Call<Given<ModifyNetworkInterfaceAttributeRequest, 'NetworkInterfaceId'>>,
): object {
  const { NetworkInterfaceId, DryRun: _, ...changes } = call.input;
  const { id } = named(call, call.world.networkInterfaces, NetworkInterfaceId, interfaceIds);
  const [member] = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (!member) throw missingParameter('of an attribute to change');
  throw new AwsError(
    'OperationNotPermitted',
    `You are not allowed to change ${member[0]} of the network interface ${id}, which is managed ` +
      'by a VPC endpoint. Change the endpoint instead.',
  );
}

function fields({ world }: Call<object>): FilterFields<NetworkInterface> {
  const view = (eni: NetworkInterface) => networkInterfaceView(world, eni);
  const attachment = (eni: NetworkInterface) => view(eni).Attachment;
  const none = () => undefined;
  return {
    'addresses.association.owner-id': none,
    'addresses.association.public-ip': none,
    'addresses.primary': ({ address }) => address && 'true',
    'addresses.private-ip-address': ({ address }) => address,
    'association.allocation-id': none,
    'association.association-id': none,
    'association.ip-owner-id': none,
    'association.public-dns-name': none,
    'association.public-ip': none,
    'attachment.attach-time': (eni) => attachment(eni)?.AttachTime?.toISOString(),
    'attachment.attachment-id': ({ attachmentId }) => attachmentId,
    'attachment.delete-on-termination': (eni) => String(attachment(eni)?.DeleteOnTermination),
    'attachment.device-index': (eni) => String(attachment(eni)?.DeviceIndex),
    'attachment.instance-id': none,
    'attachment.instance-owner-id': (eni) => attachment(eni)?.InstanceOwnerId,
    'attachment.status': (eni) => attachment(eni)?.Status,
    'availability-zone': (eni) => view(eni).AvailabilityZone,
    'availability-zone-id': ({ zoneId }) => zoneId,
    description: (eni) => view(eni).Description,
    'group-id': ({ endpointId }) => world.endpoints.get(endpointId)?.securityGroupIds,
    'interface-type': (eni) => view(eni).InterfaceType,
    'ipv6-addresses.ipv6-address': ({ ipv6Address }) => ipv6Address,
    'mac-address': ({ macAddress }) => macAddress,
    'network-interface-id': ({ id }) => id,
    'operator.managed': (eni) => String(view(eni).Operator?.Managed),
    'operator.principal': none,
    'owner-id': ({ account }) => account,
    'private-dns-name': (eni) => view(eni).PrivateDnsName,
    'private-ip-address': ({ address }) => address,
    'requester-id': (eni) => view(eni).RequesterId,
    'requester-managed': (eni) => String(view(eni).RequesterManaged),
    'source-dest-check': (eni) => String(view(eni).SourceDestCheck),
    status: (eni) => view(eni).Status,
    'subnet-id': ({ subnetId }) => subnetId,
    'vpc-id': ({ vpcId }) => vpcId,
  };
}
