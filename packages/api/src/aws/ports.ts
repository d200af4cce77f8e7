// What we can ask of AWS, in our words: the interfaces that reconcile/ works with. No code here,
// and no type of the AWS SDK.
//
// Every method sends its calls now, reads every page, and throws AwsError (errors.ts) when AWS says
// no. An id that is empty or malformed, or an empty list, throws a TypeError before anything is
// sent: to EC2 an empty list means "all", so such a call is a bug.
//
// EC2 is eventually consistent: a read may answer from before a write. Right after `createService`,
// `getService` may give null and changes may throw `not_found`: wait, and look again.

import type { BackendListener } from '../domain/backend.ts';
import type { ConnectionState } from '../domain/connection.ts';
import type { ObservedService } from '../domain/endpoint-service.ts';
import type { AwsService } from '../domain/call-limit.ts';
import type { IdentityRequest } from '../domain/proof.ts';
import type { Evidence } from '../domain/proof-verdict.ts';
import type { ReadToken } from '../domain/web-identity-token.ts';
import type { AwsErrorKind } from './errors.ts';

/** Whose AWS account, and how to get in: of a provider account, or of one of its hosted zones. */
export interface AwsAccess {
  accountId: string;
  /** The role to assume; null for the process's own credentials. */
  roleArn: string | null;
  externalId: string | null;
}

export interface Aws {
  endpointServices(access: AwsAccess, region: string): EndpointServicePort;
  hostedZones(access: AwsAccess): HostedZonePort;
  backends(access: AwsAccess, region: string): BackendPort;
  queue(access: AwsAccess, queueArn: string): QueuePort;
  callerIdentity: CallerIdentityPort;
  tokenIssuers: TokenIssuerPort;
  proofRoles: ProofRolePort;
  /** Does the work, and tells by which id AWS knows the last change that was asked for in it. */
  traced<Result>(work: () => Promise<Result>): Promise<Traced<Result>>;
  /** Does the work, in which `requestIds` then tells of the calls that were made so far. */
  followed<Result>(work: () => Promise<Result>): Promise<Result>;
  /** By which AWS knows the changes of the followed work or, without any, its last read. */
  requestIds(): string[];
  /** Drops the clients and the connections that they keep open. */
  close(): void;
}

export interface Traced<Result> {
  result: Result;
  /** Null when AWS was asked to change nothing, or gave no id. */
  awsRequestId: string | null;
}

/** The endpoint services of one account in one region. */
export interface EndpointServicePort {
  /** Every service configuration of the region, of whatever state. */
  listServices(signal: AbortSignal): Promise<ServiceFacts[]>;
  /** Null when AWS says that there is none. */
  getService(serviceId: string, signal: AbortSignal): Promise<ServiceFacts | null>;
  /** Repeated with the same token and input, it gives the same service. Acceptance is required. */
  createService(request: CreateService, signal: AbortSignal): Promise<ServiceFacts>;
  /** The whole allowlist. */
  listPrincipals(serviceId: string, signal: AbortSignal): Promise<PrincipalEntry[]>;
  /**
   * Adds and removes allowlist entries, at most 100 a call, additions first. A principal that AWS
   * does not take fails its whole call, and calls before it have had their effect: read again, and
   * split the list to find it. `*` is a TypeError either way: it is never sent.
   */
  changePrincipals(serviceId: string, change: PrincipalChange, signal: AbortSignal): Promise<void>;
  /** Every connection of every service of the region, or those in some states. */
  listConnections(filter: ConnectionFilter, signal: AbortSignal): Promise<ConnectionFacts[]>;
  /** The connections that AWS did not accept; empty when all are. */
  accept(serviceId: string, vpcEndpointIds: string[], signal: AbortSignal): Promise<ItemFailure[]>;
  /** The connections that AWS did not reject; empty when all are. */
  reject(serviceId: string, vpcEndpointIds: string[], signal: AbortSignal): Promise<ItemFailure[]>;
  /** Sets the private DNS name, or removes it. A new name gets a new TXT label and value. */
  setPrivateDnsName(serviceId: string, name: string | null, signal: AbortSignal): Promise<void>;
  /**
   * Writes the mark in the place of whatever mark there is, on all of these services in one call.
   * One that EC2 does not take fails the call.
   */
  mark(serviceIds: string[], mark: string, signal: AbortSignal): Promise<void>;
  startPrivateDnsVerification(serviceId: string, signal: AbortSignal): Promise<void>;
  /** Why AWS did not delete the service, as while it has connections; empty when it did. */
  deleteService(serviceId: string, signal: AbortSignal): Promise<ServiceFailure[]>;
}

export interface ServiceFacts extends ObservedService {
  serviceId: string;
  serviceName: string;
  /** Which deployment manages it, as domain/deployment.ts writes it; null when none does. */
  mark: string | null;
}

export interface CreateService {
  /** At most 64 ASCII characters; the same for every attempt to create this one service. */
  clientToken: string;
  networkLoadBalancerArns: string[];
  /** Becomes the `Name` tag. */
  name: string;
  mark: string;
}

export interface PrincipalEntry {
  arn: string;
  /** `vpce-svc-perm-…`; null when AWS does not show it. */
  permissionId: string | null;
}

export interface PrincipalChange {
  add: string[];
  remove: string[];
}

export interface ConnectionFilter {
  /** Those in one of these states, in the spelling of AWS's filter. */
  states?: readonly ConnectionState[];
}

/** A connection as the provider sees it: never the VPC, the subnet or the principal behind it. */
export interface ConnectionFacts {
  serviceId: string;
  vpcEndpointId: string;
  ownerAccountId: string;
  endpointRegion: string;
  /** In AWS's spelling; `connectionState` of domain/connection.ts reads it. */
  awsState: string;
  createdAt: Date;
}

/** What AWS refused in an answer that was otherwise a success. */
export interface ServiceFailure {
  kind: AwsErrorKind;
  code: string;
  message: string;
}

/** One connection that it refused. */
export interface ItemFailure extends ServiceFailure {
  vpcEndpointId: string;
}

/** The Route 53 zones that one account may write. Ids are bare, `Z…` and `C…`. */
export interface HostedZonePort {
  /**
   * The public zone whose name is exactly this domain, or null.
   * @param among count only these zone ids, as two zones may have the same name
   * @throws AwsError `conflict` when several zones remain
   */
  findZone(domain: string, signal: AbortSignal, among?: readonly string[]): Promise<string | null>;
  /** @throws AwsError `conflict` when the record has a routing policy or is an alias */
  readTxt(zoneId: string, recordName: string, signal: AbortSignal): Promise<TxtRecord | null>;
  /**
   * Publishes a value (as AWS gives it, without quotes) beside whatever is there, in one atomic
   * change that fails rather than lose what another hand writes meanwhile. When the value is there
   * already, nothing is sent and `changeId` is null; so too when the answer to a change was lost.
   * The value may then still be on its way to AWS's name servers.
   */
  addTxtValue(
    zoneId: string,
    recordName: string,
    value: string,
    signal: AbortSignal,
  ): Promise<RecordChange>;
  /** Takes away this value alone, likewise; `changeId` is null when it is not there. */
  removeTxtValue(
    zoneId: string,
    recordName: string,
    value: string,
    signal: AbortSignal,
  ): Promise<RecordChange>;
  changeStatus(changeId: string, signal: AbortSignal): Promise<'pending' | 'insync'>;
}

export interface TxtRecord {
  /** As Route 53 has them: in double quotes, escaped, perhaps in several strings. */
  values: string[];
  /** Seconds. */
  ttl: number;
}

export interface RecordChange {
  changeId: string | null;
}

/** What is behind the endpoint services of one account in one region. Nothing is changed by it. */
export interface BackendPort {
  /** Of one load balancer, with the health of their targets; none when it is gone. */
  listeners(loadBalancerArn: string, signal: AbortSignal): Promise<BackendListener[]>;
  /** What went through each of these endpoints; nothing for those that AWS counted nothing of. */
  traffic(
    endpoints: EndpointKey[],
    window: TrafficWindow,
    signal: AbortSignal,
  ): Promise<TrafficFacts[]>;
}

export interface EndpointKey {
  serviceId: string;
  vpcEndpointId: string;
}

export interface TrafficWindow {
  from: Date;
  until: Date;
}

export interface TrafficFacts {
  vpcEndpointId: string;
  bytes: number;
  newConnections: number;
  resets: number;
}

/** One queue of SQS, whose messages are ours to take away. */
export interface QueuePort {
  /**
   * Up to ten messages. Each is out of sight for half a minute, and comes again unless it is
   * removed.
   * @param waitSeconds how long to wait for the first one, at most 20
   */
  receive(waitSeconds: number, signal: AbortSignal): Promise<QueueMessage[]>;
  /** Those that SQS did not remove; empty when all are gone. At most ten, as received. */
  remove(messages: QueueMessage[], signal: AbortSignal): Promise<ServiceFailure[]>;
}

export interface QueueMessage {
  /** What removes it. */
  receipt: string;
  /** Whatever somebody sent. */
  body: string;
}

export interface CallerIdentityPort {
  /**
   * Sends a rebuilt, presigned GetCallerIdentity to STS, as it is, once.
   * @throws AwsError `aborted` only
   */
  confirm(request: IdentityRequest, signal: AbortSignal): Promise<IdentityAnswer>;
}

/** `refused`: AWS itself said no. `unavailable`: nothing is known of the proof. */
export type IdentityAnswer = Evidence;

export interface TokenIssuerPort {
  /**
   * Whether the token is signed with a key of the issuer that it names, which must have been read
   * by `readToken`. Keys are fetched from that issuer's host and kept for minutes.
   * @throws AwsError `aborted` only
   */
  verify(token: string, read: ReadToken, signal: AbortSignal): Promise<TokenAnswer>;
}

export type TokenAnswer = { kind: 'genuine' } | Exclude<Evidence, { kind: 'identity' }>;

export interface ProofRolePort {
  /**
   * Assumes a role of a customer's account and asks who that is. A role that lets us in with
   * another external id, or with none, proves nothing and is refused.
   * @throws AwsError `aborted` only
   */
  identify(access: AwsAccess, role: RoleToProve, signal: AbortSignal): Promise<IdentityAnswer>;
}

export interface RoleToProve {
  roleArn: string;
  externalId: string;
  /** One that no role can know. */
  strangeExternalId: string;
}

/** One call that went to AWS, its repeats by the SDK included; for metrics and the log. */
export interface AwsCall {
  service: AwsService;
  /** AWS's name of the action, such as `DescribeVpcEndpointConnections`. */
  action: string;
  region: string;
  /** The account that is worked on, or whose role is assumed; null for the check of a proof. */
  accountId: string | null;
  /** `ok`, or the code of the error. */
  outcome: string;
  requestId: string | null;
  durationMs: number;
}
