// The condition keys that requests of this world can carry. A policy that asks for another key of
// AWS's own would never match here although it may at AWS, so it is refused when it is loaded.

/** Ending in `/` means: any key that begins so. */
const keys: readonly string[] = [
  'aws:CurrentTime',
  'aws:EpochTime',
  // What this world does not have is absent, as it is at AWS for calls without it: calls through
  // other services or VPC endpoints, devices, federation, units of an organization.
  'aws:CalledVia',
  'aws:CalledViaFirst',
  'aws:CalledViaLast',
  'aws:FederatedProvider',
  'aws:MultiFactorAuthAge',
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:ResourceOrgID',
  'aws:ResourceOrgPaths',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
  'aws:SourceVpc',
  'aws:SourceVpcArn',
  'aws:SourceVpce',
  'aws:VpcSourceIp',
  // From here on they can have a value.
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalServiceName',
  'aws:PrincipalTag/',
  'aws:PrincipalType',
  'aws:RequestTag/',
  'aws:RequestedRegion',
  'aws:ResourceAccount',
  'aws:ResourceTag/',
  'aws:SecureTransport',
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceIdentity',
  'aws:SourceIp',
  'aws:SourceOwner',
  'aws:TagKeys',
  'aws:TokenIssueTime',
  'aws:userid',
  'aws:username',
  'aws:ViaAWSService',
  'ec2:Attribute',
  'ec2:Attribute/',
  'ec2:AvailabilityZone',
  'ec2:AvailabilityZoneId',
  'ec2:CreateAction',
  'ec2:NetworkInterfaceID',
  'ec2:Region',
  'ec2:ResourceTag/',
  'ec2:RouteTableID',
  'ec2:SecurityGroupID',
  'ec2:Subnet',
  'ec2:SubnetID',
  'ec2:Tenancy',
  'ec2:Vpc',
  'ec2:VpcID',
  'ec2:VpceMultiRegion',
  'ec2:VpcePrivateDnsPreference',
  'ec2:VpcePrivateDnsSpecifiedDomains',
  'ec2:VpceServiceName',
  'ec2:VpceServiceOwner',
  'ec2:VpceServicePrivateDnsName',
  'ec2:VpceServiceRegion',
  'ec2:VpceSupportedRegion',
  'elasticloadbalancing:ResourceTag/',
  'iam:ResourceTag/',
  'route53:ChangeResourceRecordSetsActions',
  'route53:ChangeResourceRecordSetsNormalizedRecordNames',
  'route53:ChangeResourceRecordSetsRecordTypes',
  'route53:VPCs',
  'sns:Endpoint',
  'sns:Protocol',
  'sts:DurationSeconds',
  'sts:ExternalId',
  'sts:IdentityTokenAudience',
  'sts:RoleSessionName',
  'sts:SigningAlgorithm',
  'sts:SourceIdentity',
  'sts:TransitiveTagKeys',
];

const names: ReadonlySet<string> = new Set(keys.map((key) => key.toLowerCase()));

// Only these prefixes are AWS's words for what is simulated here; a policy may name keys of other
// services, in statements about their actions, and those are absent here as they should be.
const simulatedPrefixes = /^(aws|ec2|route53|sts|sns|sqs|cloudwatch|elasticloadbalancing|iam):/;

/** Whether a policy can ask for this key and get AWS's answer. */
export function isKnownConditionKey(key: string): boolean {
  const name = key.toLowerCase();
  if (!simulatedPrefixes.test(name)) return true;
  if (names.has(name) && !name.endsWith('/')) return true;
  const slash = name.indexOf('/');
  return slash > 0 && slash < name.length - 1 && names.has(name.slice(0, slash + 1));
}
