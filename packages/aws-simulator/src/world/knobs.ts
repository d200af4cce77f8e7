// What AWS does here is not documented, or is documented and contradicted. Each knob names one such
// behaviour, with the default the simulator takes. No client may depend on a default; tests turn
// the knobs. Undocumented *times* are in delays.ts.

export interface Knobs {
  /** Accept on a connection that is pending or available; Reject on one that is rejected. */
  readonly repeatedDecision: 'succeeds' | 'fails';
  /** Accept on a rejected connection. */
  readonly acceptAfterReject: 'fails' | 'reconnects';
  /** Item code when a connection is in the wrong state to be accepted or rejected. */
  readonly wrongStateCode: 'InvalidState' | 'IncorrectState';
  /** Whether a name is verified without StartVpcEndpointServicePrivateDnsVerification. The 2021
   * guide says "we automatically poll the DNS server"; the current one tells to start it. */
  readonly privateDnsStartsByItself: boolean;
  /** CreateVpcEndpoint or ModifyVpcEndpoint with PrivateDnsEnabled while acceptance is pending. */
  readonly privateDnsBeforeAcceptance: 'fails' | 'waits';
  /** New endpoints for a service whose verified private DNS name lost its verification. The guide
   * says they are denied; with which error is not documented. */
  readonly unverifiedServiceCode: 'InvalidServiceName' | 'InvalidParameter';
  /** Whether the owner account may use its own service without being on the allowlist. */
  readonly ownerIsAllowed: boolean;
  /** Whether AcceptanceRequired=false also accepts the requests that are already waiting. */
  readonly acceptanceOffAcceptsWaiting: boolean;
  /** A user or role ARN that does not exist, for accounts of this world. */
  readonly absentPrincipal: 'stored' | 'refused';
  /** Whether rejected connections block the deletion of their service. */
  readonly rejectedBlocksDeletion: boolean;
  /** Code for MaxResults below the minimum. */
  readonly smallMaxResultsCode: 'InvalidMaxResults' | 'InvalidParameterValue';
  /** RemovePrivateDnsName while endpoints use the name. */
  readonly removePrivateDnsInUse: 'succeeds' | 'fails';
  /** The filter vpc-endpoint-id of DescribeVpcEndpointConnections: documented, yet reported as
   * refused by the server (terraform-provider-aws pull request 48442). */
  readonly connectionsByEndpointId: 'accepted' | 'refused';
  /** StartVpcEndpointServicePrivateDnsVerification for a service without a name. */
  readonly verifyWithoutNameCode: 'InvalidParameter' | 'InvalidState' | 'IncorrectState';
  /** StartVpcEndpointServicePrivateDnsVerification for a name that is verified. */
  readonly verifyVerified: 'succeeds' | 'fails';
  /** What a name is whose record is no longer there at a later look. */
  readonly lostVerification: 'failed' | 'pendingVerification';
  /** Service and organisation principals on an allowlist: types of the model (`Service`,
   * `OrganizationUnit`), yet the guide names accounts, users, roles and `*` only. */
  readonly otherPrincipals: 'refused' | 'stored';
  /** Code for a tag key that is empty or begins with `aws:`. The error overview says
   * InvalidTagKey.Malformed, InvalidParameterValue is from the field. */
  readonly badTagKeyCode: 'InvalidParameterValue' | 'InvalidTagKey.Malformed';
  /** A load balancer that is still provisioning, for an endpoint service. */
  readonly provisioningLoadBalancer: 'refused' | 'accepted';
  /** What the public DNS follows to a child zone: NS records in its parent, as the real one does,
   * or nothing, so that the longest matching zone answers. */
  readonly delegation: 'required' | 'assumed';
}

export const defaultKnobs: Knobs = {
  repeatedDecision: 'succeeds',
  acceptAfterReject: 'fails',
  wrongStateCode: 'InvalidState',
  privateDnsStartsByItself: false,
  privateDnsBeforeAcceptance: 'fails',
  unverifiedServiceCode: 'InvalidServiceName',
  ownerIsAllowed: false,
  acceptanceOffAcceptsWaiting: false,
  absentPrincipal: 'stored',
  rejectedBlocksDeletion: false,
  smallMaxResultsCode: 'InvalidParameterValue',
  removePrivateDnsInUse: 'succeeds',
  connectionsByEndpointId: 'accepted',
  verifyWithoutNameCode: 'InvalidParameter',
  verifyVerified: 'succeeds',
  lostVerification: 'failed',
  otherPrincipals: 'refused',
  badTagKeyCode: 'InvalidParameterValue',
  provisioningLoadBalancer: 'refused',
  delegation: 'required',
};
