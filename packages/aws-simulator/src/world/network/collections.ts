// The networks of all accounts, with the indexes they are read by.

import { createCollection } from '../collection.ts';
import {
  type NetworkInterface,
  type Owned,
  ownerKey,
  type SecurityGroup,
  type SecurityGroupRule,
  type Subnet,
  type SubnetShare,
  type Vpc,
} from '../resources.ts';

export type NetworkCollections = Readonly<ReturnType<typeof networkCollections>>;

const owner = ({ account, region }: Owned) => ownerKey(account, region);

export function networkCollections() {
  return {
    vpcs: createCollection<Vpc>({ owner }),
    subnets: createCollection<Subnet>({ owner, vpc: (subnet) => subnet.vpcId }),
    subnetShares: createCollection<SubnetShare>({ owner, subnet: (share) => share.subnetId }),
    securityGroups: createCollection<SecurityGroup>({ owner, vpc: (group) => group.vpcId }),
    securityGroupRules: createCollection<SecurityGroupRule>({
      owner,
      group: (rule) => rule.groupId,
      /** Rules that name another group. */
      peer: ({ peer, groupId }) =>
        peer.kind === 'group' && peer.value !== groupId ? peer.value : undefined,
    }),
    networkInterfaces: createCollection<NetworkInterface>({
      owner,
      subnet: (eni) => eni.subnetId,
    }),
  };
}
