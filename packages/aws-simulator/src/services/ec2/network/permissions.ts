// The two shapes of security group rules: AWS takes and shows them as permissions (a protocol, a
// range of ports and many peers), and keeps them as rules with one peer each.

import type { IpPermission } from '@aws-sdk/client-ec2';
import { formatBlock, ipv4Block } from '../../../world/network/addresses.ts';
import { formatIpv6Block, ipv6Block } from '../../../world/network/ipv6.ts';
import type { NewRule } from '../../../world/network/networks.ts';
import type { RulePeer } from '../../../world/resources.ts';
import type { AwsError } from '../../../aws-error.ts';
import { invalidParameterValue } from '../errors.ts';
import { missingParameter } from './errors.ts';
import { portsOf, protocolOf } from './ports.ts';

type GroupPair = NonNullable<IpPermission['UserIdGroupPairs']>[number];

/** How permissions refer to things that must exist. */
export interface PeerLookup {
  /** The id of the group that a pair names. */
  group(pair: GroupPair): string;
  /** @throws AwsError when there is no such prefix list. */
  checkPrefixList(id: string): void;
}

/**
 * The rules that permissions stand for, one per peer.
 * @throws AwsError for protocols, ports, blocks and peers that AWS does not take.
 */
export function rulesOf(
  permissions: readonly IpPermission[],
  egress: boolean,
  lookup: PeerLookup,
): NewRule[] {
  return permissions.flatMap((permission) => {
    const protocol = protocolOf(permission.IpProtocol);
    const ports = portsOf(protocol, permission.FromPort, permission.ToPort);
    const peers = peersOf(permission, lookup);
    if (peers.length === 0) throw missingParameter('CidrIp, CidrIpv6, PrefixListId or GroupId');
    return peers.map(({ peer, description }) => ({
      egress,
      protocol,
      ...ports,
      peer,
      description: checkedDescription(description),
    }));
  });
}

/** Rules with the same protocol and ports as one permission, in the order of the rules. */
export function permissionsOf(rules: Iterable<NewRule>, account: string): IpPermission[] {
  const grouped = new Map<string, NewRule[]>();
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    grouped.set(key, [...(grouped.get(key) ?? []), rule]);
  }
  return [...grouped.values()].map((alike) => permissionOf(alike, account));
}

/** Whether two rules let the same through; descriptions and tags do not count. */
export function sameRule(a: NewRule, b: NewRule): boolean {
  return (
    a.egress === b.egress &&
    a.protocol === b.protocol &&
    a.fromPort === b.fromPort &&
    a.toPort === b.toPort &&
    a.peer.kind === b.peer.kind &&
    a.peer.value === b.peer.value
  );
}

interface DescribedPeer {
  readonly peer: RulePeer;
  readonly description: string | undefined;
}

function peersOf(permission: IpPermission, lookup: PeerLookup): DescribedPeer[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  const described = (kind: RulePeer['kind'], value: string, description: string | undefined) => ({
    peer: { kind, value },
    description,
  });
  return [
    ...IpRanges.map(({ CidrIp = '', Description }) => {
      const block = ipv4Block(CidrIp);
      if (!block) throw malformedBlock(CidrIp);
      return described('ipv4', formatBlock(block), Description);
    }),
    ...Ipv6Ranges.map(({ CidrIpv6 = '', Description }) => {
      const block = ipv6Block(CidrIpv6);
      if (!block) throw malformedBlock(CidrIpv6);
      return described('ipv6', formatIpv6Block(block), Description);
    }),
    ...PrefixListIds.map(({ PrefixListId = '', Description }) => {
      lookup.checkPrefixList(PrefixListId);
      return described('prefix-list', PrefixListId, Description);
    }),
    ...UserIdGroupPairs.map((pair) => described('group', lookup.group(pair), pair.Description)),
  ];
}

function permissionOf(rules: readonly NewRule[], account: string): IpPermission {
  const [first] = rules;
  const of = (kind: RulePeer['kind']) =>
    rules
      .filter(({ peer }) => peer.kind === kind)
      .map(({ peer, description }) => ({ value: peer.value, Description: description }));
  return {
    IpProtocol: first?.protocol,
    FromPort: first?.fromPort,
    ToPort: first?.toPort,
    UserIdGroupPairs: of('group').map(({ value, Description }) => ({
      Description,
      GroupId: value,
      UserId: account,
    })),
    IpRanges: of('ipv4').map(({ value, Description }) => ({ CidrIp: value, Description })),
    Ipv6Ranges: of('ipv6').map(({ value, Description }) => ({ CidrIpv6: value, Description })),
    PrefixListIds: of('prefix-list').map(({ value, Description }) => ({
      PrefixListId: value,
      Description,
    })),
  };
}

function malformedBlock(text: string): AwsError {
  return invalidParameterValue(`CIDR block ${text} is malformed`);
}

// Up to 255 characters (EC2 API reference, IpRange).
function checkedDescription(text: string | undefined): string | undefined {
  if (text === undefined || (text.length <= 255 && /^[\w .:/()#,@[\]+=&;{}!$*-]*$/.test(text))) {
    return text;
  }
  throw invalidParameterValue(
    'Invalid rule description. Valid descriptions are strings less than 256 characters from the ' +
      'following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
  );
}
