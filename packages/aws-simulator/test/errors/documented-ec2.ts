// The codes that AWS documents for the operations of EC2, which its model does not: from the error
// overview of the EC2 API reference, as far as it names the operation or what the operation takes,
// and from the pages of the operations. What only the field knows is in sources.ts.

const serviceId = ['InvalidVpcEndpointServiceId.Malformed', 'InvalidVpcEndpointServiceId.NotFound'];
const endpointId = ['InvalidVpcEndpointId.Malformed', 'InvalidVpcEndpointId.NotFound'];
const pages = ['InvalidNextToken', 'InvalidParameterValue'];
const found = ['InvalidFilter', 'FilterLimitExceeded'];
const listed = [...pages, ...found];
const vpcId = ['InvalidVpcID.Malformed', 'InvalidVpcID.NotFound'];
const subnetId = ['InvalidSubnetID.Malformed', 'InvalidSubnetID.NotFound'];
const groupId = ['InvalidGroupId.Malformed', 'InvalidGroup.NotFound'];
const ruleId = ['InvalidSecurityGroupRuleId.Malformed', 'InvalidSecurityGroupRuleId.NotFound'];
const interfaceId = ['InvalidNetworkInterfaceId.Malformed', 'InvalidNetworkInterfaceID.NotFound'];
const token = ['IdempotentParameterMismatch', 'InvalidClientToken'];
const balancer = [
  'InvalidNetworkLoadBalancerArn.Malformed',
  'InvalidNetworkLoadBalancerArn.NotFound',
];
const rules = [
  'InvalidParameterCombination',
  'InvalidParameterValue',
  'InvalidPermission.Duplicate',
  'MissingParameter',
  'RulesPerSecurityGroupLimitExceeded',
  ...groupId,
];
const revoked = ['InvalidPermission.NotFound', 'MissingParameter', ...groupId, ...ruleId];

export const ec2Documented: Readonly<Record<string, readonly string[]>> = {
  '*': [
    'AuthFailure',
    'DryRunOperation',
    'IncompleteSignature',
    'InternalError',
    'InternalFailure',
    'InvalidAction',
    'MalformedQueryString',
    'MissingAction',
    'MissingAuthenticationToken',
    'NoSuchVersion',
    'RequestExpired',
    'RequestLimitExceeded',
    'ServiceUnavailable',
    'UnauthorizedOperation',
    'Unavailable',
    'UnknownParameter',
    'UnsupportedOperation',
  ],
  AcceptVpcEndpointConnections: [...serviceId, ...endpointId, 'MissingParameter'],
  AuthorizeSecurityGroupEgress: rules,
  AuthorizeSecurityGroupIngress: [...rules, 'InvalidPrefixListID.NotFound'],
  CreateSecurityGroup: [
    'InvalidGroup.Duplicate',
    'InvalidGroup.Reserved',
    'InvalidParameterValue',
    'MissingParameter',
    'SecurityGroupLimitExceeded',
    'VPCIdNotSpecified',
    ...vpcId,
  ],
  CreateSubnet: [
    'InvalidParameterValue',
    'InvalidSubnet.Conflict',
    'InvalidSubnet.Range',
    'MissingParameter',
    'SubnetLimitExceeded',
    ...vpcId,
  ],
  CreateTags: [
    'ConcurrentTagAccess',
    'InvalidID',
    'InvalidParameterValue',
    'InvalidTagKey.Malformed',
    'MissingParameter',
    'TagLimitExceeded',
    'TagPolicyViolation',
  ],
  CreateVpc: ['InvalidParameterValue', 'InvalidVpc.Range', 'MissingParameter', 'VpcLimitExceeded'],
  CreateVpcEndpoint: [
    'DuplicateSubnetsInSameZone',
    'InsufficientFreeAddressesInSubnet',
    'InvalidParameter',
    'InvalidPolicyDocument',
    'InvalidServiceName',
    'InvalidVpcEndpointType',
    'MissingParameter',
    'SecurityGroupsPerInterfaceLimitExceeded',
    'VpcEndpointLimitExceeded',
    ...vpcId,
    ...subnetId,
    ...groupId,
    ...token,
  ],
  CreateVpcEndpointConnectionNotification: [
    'InvalidParameter',
    'MissingParameter',
    ...serviceId,
    ...endpointId,
    ...token,
  ],
  CreateVpcEndpointServiceConfiguration: ['InvalidParameter', ...balancer, ...token],
  DeleteSecurityGroup: ['CannotDelete', 'DependencyViolation', ...groupId],
  DeleteSubnet: ['DependencyViolation', 'MissingParameter', ...subnetId],
  DeleteTags: ['ConcurrentTagAccess', 'InvalidID', 'InvalidParameterValue', 'MissingParameter'],
  DeleteVpc: ['DependencyViolation', 'MissingParameter', ...vpcId],
  DeleteVpcEndpointConnectionNotifications: ['MissingParameter'],
  DeleteVpcEndpointServiceConfigurations: ['ExistingVpcEndpointConnections', 'MissingParameter'],
  DeleteVpcEndpoints: ['InvalidVpcEndpoint.NotFound', 'MissingParameter'],
  DescribeAvailabilityZones: ['InvalidParameterValue', ...found],
  DescribeNetworkInterfaces: ['InvalidParameterCombination', ...listed, ...interfaceId],
  DescribeRegions: ['InvalidParameterValue', ...found],
  DescribeSecurityGroupRules: [...listed, ...ruleId],
  DescribeSecurityGroups: [...listed, ...groupId],
  DescribeSubnets: [...listed, ...subnetId],
  DescribeTags: listed,
  DescribeVpcAttribute: ['InvalidParameterValue', 'MissingParameter', ...vpcId],
  DescribeVpcEndpointAssociations: [...listed, ...endpointId],
  DescribeVpcEndpointConnectionNotifications: listed,
  DescribeVpcEndpointConnections: listed,
  DescribeVpcEndpointServiceConfigurations: [...listed, ...serviceId],
  DescribeVpcEndpointServicePermissions: [...listed, 'MissingParameter', ...serviceId],
  DescribeVpcEndpointServices: [...listed, 'InvalidServiceName'],
  DescribeVpcEndpoints: [...listed, ...endpointId],
  DescribeVpcs: [...listed, ...vpcId],
  ModifyNetworkInterfaceAttribute: ['MissingParameter', 'OperationNotPermitted', ...interfaceId],
  ModifyVpcAttribute: ['InvalidParameterCombination', 'MissingParameter', ...vpcId],
  ModifyVpcEndpoint: [
    'DuplicateSubnetsInSameZone',
    'InsufficientFreeAddressesInSubnet',
    'InvalidParameter',
    'InvalidPolicyDocument',
    'MissingParameter',
    'SecurityGroupsPerInterfaceLimitExceeded',
    ...endpointId,
    ...subnetId,
    ...groupId,
  ],
  ModifyVpcEndpointConnectionNotification: ['InvalidParameter', 'MissingParameter'],
  ModifyVpcEndpointPayerResponsibility: ['MissingParameter', ...endpointId],
  ModifyVpcEndpointServiceConfiguration: [
    'ExistingVpcEndpointConnections',
    'InvalidParameter',
    'MissingParameter',
    ...serviceId,
    ...balancer,
  ],
  ModifyVpcEndpointServicePayerResponsibility: ['MissingParameter', ...serviceId],
  ModifyVpcEndpointServicePermissions: [
    'MissingParameter',
    'UnknownPrincipalType.Unsupported',
    ...serviceId,
  ],
  RejectVpcEndpointConnections: [...serviceId, ...endpointId, 'MissingParameter'],
  RevokeSecurityGroupEgress: revoked,
  RevokeSecurityGroupIngress: revoked,
  StartVpcEndpointServicePrivateDnsVerification: [
    'InvalidParameter',
    'MissingParameter',
    ...serviceId,
  ],
};
