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
  delegation: 'required',
};
