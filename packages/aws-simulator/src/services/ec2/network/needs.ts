// What EC2's operations on networks need (AWS Service Authorization Reference). They are a part of
// the ledger in permissions.ts.

import type { TagSpecification } from '@aws-sdk/client-ec2';
import type { Call } from '../../call.ts';
import { type Ledger, type Need, requestTags, type Rule } from '../../permission.ts';
import { attributeKeys, createdTags, needOn } from '../permission-needs.ts';

interface Creation {
  readonly VpcId?: string;
  readonly TagSpecifications?: readonly TagSpecification[];
}

interface OnGroup {
  /** Undefined when the group is named by its name: then it may be any. */
  readonly GroupId?: string;
  readonly TagSpecifications?: readonly TagSpecification[];
}

export const networkNeeds: Ledger = {
  AuthorizeSecurityGroupEgress: groupRule('AuthorizeSecurityGroupEgress'),
  AuthorizeSecurityGroupIngress: groupRule('AuthorizeSecurityGroupIngress'),
  CreateSecurityGroup: creationRule('CreateSecurityGroup', 'security-group'),
  CreateSubnet: creationRule('CreateSubnet', 'subnet'),
  CreateVpc: creationRule('CreateVpc', 'vpc'),
  DeleteSecurityGroup: groupRule('DeleteSecurityGroup'),
  DeleteSubnet: (call: Call<{ readonly SubnetId: string }>) => [
    needOn(call, 'DeleteSubnet', call.input.SubnetId),
  ],
  DeleteVpc: (call: Call<{ readonly VpcId: string }>) => [
    needOn(call, 'DeleteVpc', call.input.VpcId),
  ],
  DescribeVpcAttribute: (call: Call<{ readonly VpcId: string }>) => [
    needOn(call, 'DescribeVpcAttribute', call.input.VpcId),
  ],
  ModifyNetworkInterfaceAttribute: (
    call: Call<{ readonly NetworkInterfaceId: string; readonly Groups?: readonly string[] }>,
  ) => {
    const action = 'ModifyNetworkInterfaceAttribute';
    const { NetworkInterfaceId: id, Groups: groups = [] } = call.input;
    const keys = attributeKeys(call.input, ['NetworkInterfaceId']);
    return [needOn(call, action, id, keys), ...groups.map((group) => needOn(call, action, group))];
  },
  ModifyVpcAttribute: (call: Call<{ readonly VpcId: string }>) => [
    needOn(call, 'ModifyVpcAttribute', call.input.VpcId, attributeKeys(call.input, ['VpcId'])),
  ],
  RevokeSecurityGroupEgress: groupRule('RevokeSecurityGroupEgress'),
  RevokeSecurityGroupIngress: groupRule('RevokeSecurityGroupIngress'),
};

function creationRule(action: string, type: string): Rule {
  return (call: Call<Creation>): readonly Need[] => {
    const { VpcId: vpc, TagSpecifications: specifications } = call.input;
    const { resource, tags, needs } = createdTags(call, action, type, specifications);
    const keys = { ...resource.keys, ...requestTags(tags) };
    return [
      { action: `ec2:${action}`, resource: resource.resource, keys },
      ...(vpc === undefined ? [] : [needOn(call, action, vpc)]),
      ...needs,
    ];
  };
}

function groupRule(action: string): Rule {
  return (call: Call<OnGroup>): readonly Need[] => {
    const { GroupId: id = 'sg-*', TagSpecifications: specifications } = call.input;
    const tagged = createdTags(call, action, 'security-group-rule', specifications);
    if (tagged.tags.length === 0) return [needOn(call, action, id)];
    const keys = { ...tagged.resource.keys, ...requestTags(tagged.tags) };
    const rule = { action: `ec2:${action}`, resource: tagged.resource.resource, keys };
    return [needOn(call, action, id), rule, ...tagged.needs];
  };
}
