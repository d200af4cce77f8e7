// What AWS does here is not documented, or is documented and contradicted. Each knob names one such
// behaviour, with the default the simulator takes. No client may depend on a default; tests turn
// the knobs. Undocumented *times* are in delays.ts. The schema is the only description: types,
// scenario files, the admin path and the page of the knobs are made from it.

import { z } from 'zod';

const yesNo = (initially: boolean) => z.boolean().default(initially);

/** @param values the default first. */
const oneOf = <const T extends [string, ...string[]]>(...values: T) =>
  z.enum(values).default(values[0] as never);

export const knobsSchema = z.strictObject({
  repeatedDecision: oneOf('succeeds', 'fails').describe(
    'Accept on a connection that is pending or available; Reject on one that is rejected.',
  ),
  acceptAfterReject: oneOf('fails', 'reconnects').describe('Accept on a rejected connection.'),
  wrongStateCode: oneOf('InvalidState', 'IncorrectState').describe(
    'Item code when a connection is in the wrong state to be accepted or rejected.',
  ),
  privateDnsStartsByItself: yesNo(false).describe(
    'Whether a name is verified without StartVpcEndpointServicePrivateDnsVerification. ' +
      'The 2021 guide says "we automatically poll the DNS server"; the current one tells to ' +
      'start it.',
  ),
  privateDnsBeforeAcceptance: oneOf('fails', 'waits').describe(
    'CreateVpcEndpoint or ModifyVpcEndpoint with PrivateDnsEnabled while acceptance is ' +
      'pending.',
  ),
  unverifiedServiceCode: oneOf('InvalidServiceName', 'InvalidParameter').describe(
    'New endpoints for a service whose verified private DNS name lost its verification. ' +
      'The guide says they are denied; with which error is not documented.',
  ),
  ownerIsAllowed: yesNo(false).describe(
    'Whether the owner account may use its own service without being on the allowlist.',
  ),
  acceptanceOffAcceptsWaiting: yesNo(false).describe(
    'Whether AcceptanceRequired=false also accepts the requests that are already waiting.',
  ),
  absentPrincipal: oneOf('stored', 'refused').describe(
    'A user or role ARN that does not exist, for accounts of this world.',
  ),
  rejectedBlocksDeletion: yesNo(false).describe(
    'Whether rejected connections block the deletion of their service.',
  ),
  smallMaxResultsCode: oneOf('InvalidParameterValue', 'InvalidMaxResults').describe(
    'Code for MaxResults below the minimum.',
  ),
  emptyPages: yesNo(false).describe(
    'Whether a list with filters begins with an empty page and a NextToken, as lists of AWS may.',
  ),
  tokenOfDeleted: oneOf('fails', 'createsAnew').describe(
    'A ClientToken whose resource was deleted since: an error that it does not exist, or ' +
      'another resource.',
  ),
  removePrivateDnsInUse: oneOf('succeeds', 'fails').describe(
    'RemovePrivateDnsName while endpoints use the name.',
  ),
  connectionsByEndpointId: oneOf('accepted', 'refused').describe(
    'The filter vpc-endpoint-id of DescribeVpcEndpointConnections: documented, yet ' +
      'reported as refused by the server (terraform-provider-aws pull request 48442).',
  ),
  verifyWithoutNameCode: oneOf('InvalidParameter', 'InvalidState', 'IncorrectState').describe(
    'StartVpcEndpointServicePrivateDnsVerification for a service without a name.',
  ),
  verifyVerified: oneOf('succeeds', 'fails').describe(
    'StartVpcEndpointServicePrivateDnsVerification for a name that is verified.',
  ),
  lostVerification: oneOf('failed', 'pendingVerification').describe(
    'What a name is whose record is no longer there at a later look.',
  ),
  otherPrincipals: oneOf('refused', 'stored').describe(
    'Service and organisation principals on an allowlist: types of the model (`Service`, ' +
      '`OrganizationUnit`), yet the guide names accounts, users, roles and `*` only.',
  ),
  badTagKeyCode: oneOf('InvalidParameterValue', 'InvalidTagKey.Malformed').describe(
    'Code for a tag key that is empty or begins with `aws:`. The error overview says ' +
      'InvalidTagKey.Malformed, InvalidParameterValue is from the field.',
  ),
  provisioningLoadBalancer: oneOf('refused', 'accepted').describe(
    'A load balancer that is still provisioning, for an endpoint service.',
  ),
  delegation: oneOf('required', 'assumed').describe(
    'What the public DNS follows to a child zone: NS records in its parent, as the real ' +
      'one does, or nothing, so that the longest matching zone answers.',
  ),
  sharedSubnetCode: oneOf('OperationNotPermitted', 'InvalidParameter').describe(
    'An endpoint in a subnet that is shared with the caller. That it is refused is ' +
      'documented (VPC guide, shared VPCs), the code is not.',
  ),
  unmodifiableEndpointCode: oneOf('IncorrectState', 'InvalidState').describe(
    'ModifyVpcEndpoint in a state that cannot be modified.',
  ),
  dualstackRecords: oneOf('dualstack', 'ipv4', 'service-defined').describe(
    'DnsRecordIpType of a dualstack endpoint that does not say.',
  ),
  unsupportedPolicy: oneOf('stored', 'refused').describe(
    'PolicyDocument for a service that does not support endpoint policies.',
  ),
  namingOtherPayer: oneOf('refused', 'accepted').describe(
    'The owner of an endpoint makes the owner of the service pay for it.',
  ),
  unpublishableTopic: oneOf(
    'InvalidParameter',
    'InvalidConnectionNotification',
    'accepted',
  ).describe(
    'A connection notification for a topic that does not exist or does not let ' +
      'vpce.amazonaws.com publish: the error code, or accepted all the same.',
  ),
  failedPublicationDisables: yesNo(false).describe(
    'Whether a connection notification is Disabled when a publication of it fails.',
  ),
  automaticAcceptEvent: yesNo(false).describe(
    'Whether a connection that a service accepts by itself causes Accept besides Connect.',
  ),
  connectionMessage: z
    .string()
    .default('placeholder')
    .describe(
      'The message that PrivateLink publishes, which AWS does not document: `placeholder`, a ' +
        "JSON object that says what it is, or a template of one's own, in which `{event}`, " +
        '`{notificationId}`, `{serviceId}`, `{serviceRegion}`, `{vpcEndpointId}`, ' +
        '`{vpcEndpointOwner}`, `{vpcEndpointState}` and `{time}` are replaced.',
    ),
  rootAssumesRoles: yesNo(true).describe(
    'Whether root can assume roles. At AWS it cannot; here root keys are the only ones that ' +
      'most accounts have.',
  ),
  absentSessionPolicyCode: oneOf('MalformedPolicyDocument', 'ValidationError').describe(
    'PolicyArns of AssumeRole that name a managed policy which the account does not have.',
  ),
});

export type Knobs = Readonly<z.output<typeof knobsSchema>>;

export const defaultKnobs: Knobs = knobsSchema.parse({});
