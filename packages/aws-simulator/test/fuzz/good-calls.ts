// Calls that usually work, so that the others meet a world in which something has happened. What is
// written `<Member>` is a value of that member that the simulator has given.

import type { ServiceName } from '../../src/services/service.ts';

export interface GoodCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly account: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const vendor = '111111111111';
const customer = '222222222222';

const txt = { Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"text"' }] };
const a = { Type: 'A', TTL: 60, ResourceRecords: [{ Value: '10.0.0.1' }] };

/** How a world begins, before anything is fuzzed. */
export const opening: readonly GoodCall[] = [
  ec2(customer, 'DescribeVpcs', {}),
  ec2(customer, 'DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: ['<VpcId>'] }] }),
  ec2(customer, 'DescribeSecurityGroups', {}),
  call(vendor, 'elasticloadbalancing', 'DescribeLoadBalancers', {}),
  call(vendor, 'route53', 'ListHostedZones', {}),
  ec2(vendor, 'CreateVpcEndpointServiceConfiguration', {
    NetworkLoadBalancerArns: ['<LoadBalancerArn>'],
    PrivateDnsName: 'api.vendor.example',
  }),
  ec2(vendor, 'ModifyVpcEndpointServicePermissions', {
    ServiceId: '<ServiceId>',
    AddAllowedPrincipals: ['*'],
  }),
  ec2(customer, 'DescribeVpcEndpointServices', {}),
];

/** What may come at any time. */
export const goodCalls: readonly GoodCall[] = [
  ...opening,
  ...opening.slice(-1).flatMap((one) => [one, { ...one, account: vendor }]),
  ...Array.from({ length: 4 }, () =>
    ec2(customer, 'CreateVpcEndpoint', {
      VpcEndpointType: 'Interface',
      VpcId: '<VpcId>',
      ServiceName: '<ServiceName>',
      SubnetIds: ['<SubnetId>'],
    }),
  ),
  ec2(customer, 'DescribeVpcEndpoints', {}),
  ec2(customer, 'ModifyVpcEndpoint', {
    VpcEndpointId: '<VpcEndpointId>',
    AddSubnetIds: ['<SubnetId>'],
  }),
  ec2(customer, 'ModifyVpcEndpoint', { VpcEndpointId: '<VpcEndpointId>', PrivateDnsEnabled: true }),
  ec2(customer, 'DeleteVpcEndpoints', { VpcEndpointIds: ['<VpcEndpointId>'] }),
  ec2(customer, 'CreateVpc', { CidrBlock: '10.77.0.0/16' }),
  ec2(customer, 'CreateSubnet', { VpcId: '<VpcId>', CidrBlock: '10.20.99.0/28' }),
  ec2(customer, 'CreateSecurityGroup', { GroupName: 'g', Description: 'd', VpcId: '<VpcId>' }),
  ec2(customer, 'CreateTags', { Resources: ['<VpcId>'], Tags: [{ Key: 'k', Value: 'v' }] }),
  ec2(vendor, 'DescribeVpcEndpointConnections', {}),
  ...['AcceptVpcEndpointConnections', 'RejectVpcEndpointConnections'].map((operation) =>
    ec2(vendor, operation, { ServiceId: '<ServiceId>', VpcEndpointIds: ['<VpcEndpointId>'] }),
  ),
  ec2(vendor, 'ModifyVpcEndpointServiceConfiguration', {
    ServiceId: '<ServiceId>',
    AcceptanceRequired: false,
  }),
  ec2(vendor, 'StartVpcEndpointServicePrivateDnsVerification', { ServiceId: '<ServiceId>' }),
  ec2(vendor, 'DeleteVpcEndpointServiceConfigurations', { ServiceIds: ['<ServiceId>'] }),
  ec2(vendor, 'CreateTags', { Resources: ['<ServiceId>'], Tags: [{ Key: 'k', Value: 'v' }] }),
  ec2(vendor, 'CreateVpcEndpointConnectionNotification', {
    ConnectionNotificationArn: '<TopicArn>',
    ConnectionEvents: ['Connect', 'Accept', 'Reject', 'Delete'],
    ServiceId: '<ServiceId>',
  }),
  ...[txt, a].map((record) =>
    call(vendor, 'route53', 'ChangeResourceRecordSets', {
      HostedZoneId: '<Id>',
      ChangeBatch: {
        Changes: [{ Action: 'UPSERT', ResourceRecordSet: { Name: 'x.vendor.example', ...record } }],
      },
    }),
  ),
  call(vendor, 'route53', 'CreateHostedZone', { Name: 'b.example', CallerReference: '<Value>' }),
  call(vendor, 'sns', 'CreateTopic', { Name: 'topic' }),
  call(vendor, 'sns', 'Publish', { TopicArn: '<TopicArn>', Message: 'm' }),
  call(vendor, 'sqs', 'CreateQueue', { QueueName: 'queue' }),
  call(vendor, 'sqs', 'SendMessage', { QueueUrl: '<QueueUrl>', MessageBody: 'm' }),
  call(vendor, 'sqs', 'ReceiveMessage', { QueueUrl: '<QueueUrl>' }),
];

function ec2(account: string, operation: string, input: GoodCall['input']): GoodCall {
  return call(account, 'ec2', operation, input);
}

function call(
  account: string,
  service: ServiceName,
  operation: string,
  input: GoodCall['input'],
): GoodCall {
  return { service, operation, account, input };
}
