// The errors that operations of EC2 have by what they take: a DryRun, members that must be there,
// filters, pages and ids. Which those are is read from the SDK's model of each operation.

import * as client from '@aws-sdk/client-ec2';
import { operationsOf, requiredMembers } from '../../../src/protocols/schema.ts';
import { ec2Operations } from '../../../src/services/ec2/operations.ts';
import { type Attempt, type Codes, errorsOf, inService } from '../ledger.ts';
import { type NotificationScene, openNotifications } from './ec2-notifications.ts';
import { UNKNOWN } from './ec2-scene.ts';

type Go = Attempt<NotificationScene>;
type Input = Readonly<Record<string, unknown>>;

interface IdKind {
  readonly prefix: string;
  readonly malformed: string;
  readonly notFound: string;
}

const serviceIds: IdKind = {
  prefix: 'vpce-svc',
  malformed: 'InvalidVpcEndpointServiceId.Malformed',
  notFound: 'InvalidVpcEndpointServiceId.NotFound',
};
const endpointIds: IdKind = {
  prefix: 'vpce',
  malformed: 'InvalidVpcEndpointId.Malformed',
  notFound: 'InvalidVpcEndpointId.NotFound',
};
const vpcIds: IdKind = {
  prefix: 'vpc',
  malformed: 'InvalidVpcID.Malformed',
  notFound: 'InvalidVpcID.NotFound',
};
const subnetIds: IdKind = {
  prefix: 'subnet',
  malformed: 'InvalidSubnetID.Malformed',
  notFound: 'InvalidSubnetID.NotFound',
};
const groupIds: IdKind = {
  prefix: 'sg',
  malformed: 'InvalidGroupId.Malformed',
  notFound: 'InvalidGroup.NotFound',
};
const ruleIds: IdKind = {
  prefix: 'sgr',
  malformed: 'InvalidSecurityGroupRuleId.Malformed',
  notFound: 'InvalidSecurityGroupRuleId.NotFound',
};
const interfaceIds: IdKind = {
  prefix: 'eni',
  malformed: 'InvalidNetworkInterfaceId.Malformed',
  notFound: 'InvalidNetworkInterfaceID.NotFound',
};

const idKinds: Readonly<Record<string, IdKind>> = {
  ServiceId: serviceIds,
  ServiceIds: serviceIds,
  VpcEndpointId: endpointIds,
  VpcEndpointIds: endpointIds,
  VpcId: vpcIds,
  VpcIds: vpcIds,
  SubnetId: subnetIds,
  SubnetIds: subnetIds,
  AddSubnetIds: subnetIds,
  GroupId: groupIds,
  GroupIds: groupIds,
  SecurityGroupIds: groupIds,
  AddSecurityGroupIds: groupIds,
  SecurityGroupRuleIds: ruleIds,
  NetworkInterfaceId: interfaceIds,
  NetworkInterfaceIds: interfaceIds,
};

/** Bulk deletions have codes of their own for what is not there; a notification has one subject. */
const apart = [
  'CreateVpcEndpointConnectionNotification VpcEndpointId',
  'DeleteVpcEndpoints VpcEndpointIds',
  'DeleteVpcEndpointServiceConfigurations ServiceIds',
];

const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const rule = { IpPermissions: [{ ...https, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }] };

/** An input of each operation that has to have one, in which everything is there. */
function goodInput(operation: string, scene: NotificationScene): Input {
  const { service, endpoint, vpcId: VpcId, subnets, groupId: GroupId } = scene;
  const one = { ServiceId: service.id };
  const decision = { ...one, VpcEndpointIds: [endpoint] };
  const notification = {
    ConnectionNotificationArn: scene.topic,
    ConnectionEvents: ['Connect'],
  };
  const tagged = { Resources: [service.id], Tags: [{ Key: 'a' }] };
  const good: Readonly<Record<string, Input>> = {
    AcceptVpcEndpointConnections: decision,
    AuthorizeSecurityGroupEgress: { GroupId, ...rule },
    AuthorizeSecurityGroupIngress: { GroupId, ...rule },
    CreateSecurityGroup: { VpcId, GroupName: 'new', Description: 'd' },
    CreateSubnet: { VpcId, CidrBlock: '10.0.200.0/24' },
    CreateTags: tagged,
    CreateVpcEndpoint: {
      VpcId,
      VpcEndpointType: 'Interface',
      ServiceName: service.name,
      SubnetIds: [subnets[0]],
    },
    CreateVpcEndpointConnectionNotification: { ...one, ...notification },
    DeleteSubnet: { SubnetId: subnets[0] },
    DeleteTags: tagged,
    DeleteVpc: { VpcId },
    DeleteVpcEndpointConnectionNotifications: {
      ConnectionNotificationIds: [scene.notificationId],
    },
    DeleteVpcEndpointServiceConfigurations: { ServiceIds: [service.id] },
    DeleteVpcEndpoints: { VpcEndpointIds: [endpoint] },
    DescribeVpcAttribute: { VpcId, Attribute: 'enableDnsSupport' },
    DescribeVpcEndpointServicePermissions: one,
    ModifyNetworkInterfaceAttribute: { NetworkInterfaceId: scene.interfaceId, Groups: [GroupId] },
    ModifyVpcAttribute: { VpcId, EnableDnsSupport: { Value: true } },
    ModifyVpcEndpoint: { VpcEndpointId: endpoint },
    ModifyVpcEndpointConnectionNotification: { ConnectionNotificationId: scene.notificationId },
    ModifyVpcEndpointPayerResponsibility: {
      VpcEndpointId: endpoint,
      PayerResponsibility: 'vpc-endpoint-account',
      Scope: 'vpc-endpoint-charges',
    },
    ModifyVpcEndpointServiceConfiguration: one,
    ModifyVpcEndpointServicePayerResponsibility: { ...one, PayerResponsibility: 'ServiceOwner' },
    ModifyVpcEndpointServicePermissions: one,
    RejectVpcEndpointConnections: decision,
    RevokeSecurityGroupEgress: { GroupId },
    RevokeSecurityGroupIngress: { GroupId },
    StartVpcEndpointServicePrivateDnsVerification: one,
  };
  return good[operation] ?? {};
}

const isProvider = (operation: string) =>
  /VpcEndpointService(?!s$)|VpcEndpointConnection|Tags/.test(operation);

const commands = new Map<string, unknown>(Object.entries(client));

function sending(operation: string, input: (scene: NotificationScene) => Input): Go {
  return (scene) => {
    const Command = commands.get(`${operation}Command`) as typeof client.DescribeVpcsCommand;
    const who = isProvider(operation) ? scene.vendor : scene.customer;
    return who.send(new Command(input(scene)));
  };
}

const models = [...operationsOf(client).values()].filter(({ name }) => ec2Operations[name]);

function codesOf({ name, input }: (typeof models)[number]): Codes<NotificationScene>[string] {
  const members = input.isUnitSchema() ? [] : [...input.structIterator()].map(([member]) => member);
  const changed = (change: Input) =>
    sending(name, (scene) => ({ ...goodInput(name, scene), ...change }));
  const codes: Record<string, Go[]> = {};
  const add = (code: string, ...ways: Go[]) => {
    codes[code] = [...(codes[code] ?? []), ...ways];
  };
  for (const member of requiredMembers(input))
    add('MissingParameter', changed({ [member]: undefined }));
  if (members.includes('Filters')) {
    const Values = Array.from({ length: 201 }, (_, index) => `v${index}`);
    add('InvalidFilter', changed({ Filters: [{ Name: 'colour', Values: ['red'] }] }));
    add('FilterLimitExceeded', changed({ Filters: [{ Name: 'tag:a', Values }] }));
  }
  if (members.includes('MaxResults')) add('InvalidParameterValue', changed({ MaxResults: 0 }));
  if (members.includes('NextToken')) add('InvalidNextToken', changed({ NextToken: 'one' }));
  for (const member of members) {
    const kind = idKinds[member];
    if (!kind || apart.includes(`${name} ${member}`)) continue;
    const as = (id: string) => ({ [member]: member.endsWith('Ids') ? [id] : id });
    add(kind.malformed, changed(as(`${kind.prefix}-x`)));
    add(kind.notFound, changed(as(`${kind.prefix}-${UNKNOWN}`)));
  }
  return codes;
}

const dryRuns = models
  .filter(({ input }) => [...input.structIterator()].some(([member]) => member === 'DryRun'))
  .map(({ name }) => sending(name, (scene) => ({ ...goodInput(name, scene), DryRun: true })));

export const everyErrors = errorsOf(
  'ec2-every.ts',
  openNotifications,
  inService<NotificationScene>('ec2', {
    '*': { DryRunOperation: dryRuns },
    ...Object.fromEntries(models.map((model) => [model.name, codesOf(model)])),
  }),
);
