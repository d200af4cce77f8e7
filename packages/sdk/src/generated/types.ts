// The shapes of requests and answers, with the names of the wire.
// Generated from openapi.json by `pnpm generate`; never edited.

import type { CallOptions } from '../options.ts';
import type { ErrorCode } from './errors.ts';

/** `automatic` accepts what passes policy; `manual` holds it for a person. */
export type Acceptance = 'automatic' | 'manual';

/** Who could reach a service at a moment. */
export interface AccessReport {
  at: string;
  endpoint_service_id: string;
  /** From when on such a report can be complete. */
  known_since: string;
  /** Whether nothing that the report should tell is unknown; `limits` says what is. */
  complete: boolean;
  limits: string[];
  /** Who was on the allowlist, as AWS showed it. */
  principals: PastPrincipal[];
  /** Connections that had not ended. */
  connections: PastConnection[];
}

/** A customer's AWS account, and whether we know that it is theirs. */
export interface Account {
  id: string;
  customer_id: string;
  /** The AWS account number: 12 digits. */
  account_id: string;
  partition: string;
  /** `claimed`, `proven`, `attested`, `imported`, `disputed` or `lapsed`. */
  standing: string;
  standing_since: string;
  /** The identity that signed the last accepted proof. */
  proven_by: string | null;
  /**
   * When its proof is too old: nothing new is let in then, and nothing is taken away. Proving
   * the
   * account again moves it. Null for what does not lapse by itself.
   */
  lapses_at: string | null;
  attested_reason: string | null;
  created_at: string;
  updated_at: string;
}

export interface AccountAttest {
  /** How you know that the account is the customer's. It goes into the audit log. */
  reason: string;
}

export interface AccountCreate {
  /** Id or `external_id`; left out by a customer's own key. */
  customer_id?: string;
  account_id: AccountNumber;
  partition?: Partition;
}

export interface AccountImport {
  /** Id or `external_id` of the customer. */
  customer_id: string;
  account_id: AccountNumber;
  partition?: Partition;
}

export type AccountKey = string;

/** An AWS account number. */
export type AccountNumber = string;

/** An account that a customer is to have; its standing comes by a proof, or by attesting it. */
export interface AccountPut {
  /** `aws` unless said otherwise. It cannot be changed. */
  partition?: Partition;
}

/** As they are now, in the order of their ids. */
export interface AdoptedPrincipals {
  principals: Principal[];
}

/** A key, without its secret. */
export interface ApiKey {
  id: string;
  name: string;
  role: Role | (string & {});
  /** The customer of a customer's key; null for staff. */
  customer_id: string | null;
  /** What it may do beyond its role; empty for everything that the role may. */
  scopes: (Scope | (string & {}))[];
  /** The only services whose grants, connections and principals it shows; empty for all. */
  endpoint_service_ids: string[];
  /** The key that it replaces, which may still live; null for none. */
  rotated_from: string | null;
  /** The first characters, to recognise it by. */
  hint: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
}

export interface ApiKeyCreate {
  name: string;
  role: Role;
  /** Needed for the role `customer`, unless a customer asks. */
  customer_id?: string;
  /** Limits the key further than its role; left out for everything that the role may. */
  scopes?: Scope[];
  /**
   * Limits a customer's key to some services, by id or by AWS's names: it shows their grants,
   * connections and principals only.
   */
  endpoint_service_ids?: string[];
  expires_at?: string;
}

export interface ApiKeyRotate {
  /** For how long the old key goes on, in seconds; 0 ends it at once. A day by itself. */
  overlap_seconds?: number;
  /** When the new key ends. By itself it lives for as long as the old one was to. */
  expires_at?: string;
}

/** The secret is shown this once. */
export interface ApiKeyWithSecret {
  id: string;
  name: string;
  role: Role | (string & {});
  /** The customer of a customer's key; null for staff. */
  customer_id: string | null;
  /** What it may do beyond its role; empty for everything that the role may. */
  scopes: (Scope | (string & {}))[];
  /** The only services whose grants, connections and principals it shows; empty for all. */
  endpoint_service_ids: string[];
  /** The key that it replaces, which may still live; null for none. */
  rotated_from: string | null;
  /** The first characters, to recognise it by. */
  hint: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
  secret: string;
}

export interface Attestation {
  /** As it was given. */
  account: string;
  /** `attested`, `unchanged` or `refused`. */
  outcome: string;
  /** Null when it was refused. */
  id: string | null;
  /** Why it was refused. */
  error: RowError | null;
}

export interface Attestations {
  attested: number;
  /** Those that have a standing already. */
  unchanged: number;
  refused: number;
  /** One for each account, in the order in which they were given. */
  items: Attestation[];
}

/** Accounts that are vouched for. */
export interface AttestationsCreate {
  /** How you know that the accounts are the customers'. It goes into the audit log. */
  reason: string;
  /** Ids, or natural keys as `acme:222222222222`. */
  accounts: AccountKey[];
}

/** One change of state: who, what, why, before and after. */
export interface AuditEntry {
  id: string;
  at: string;
  /** The API key that acted, or the name of the reconciler. */
  actor: string;
  action: string;
  subject_id: string;
  customer_id: string | null;
  reason: string | null;
  change_ref: string | null;
  before: Snapshot | null;
  after: Snapshot | null;
  request_id: string | null;
  /** By which AWS knows the changes that followed the request. Not part of what is sealed. */
  aws_request_ids: string[];
}

/** The end of the chain of seals. Note it elsewhere: a log that was rewritten has another one. */
export interface AuditHead {
  /** How many seals there are; 0 before the first. */
  seals: number;
  /** The hash of the last seal, over all that is before it. */
  hash: string;
  sealed_at: string | null;
  /** Of the hash, with the key of the deployment (Ed25519, base64); null without one. */
  signature: string | null;
  /** How many entries have been sealed, with those that are no longer kept. */
  entries: number;
  /** How many entries wait for a seal, for seconds. */
  unsealed: number;
}

/** Who is calling. */
export interface Caller {
  id: string;
  /** The name of the key, or the subject of the token. */
  name: string | null;
  role: Role | (string & {});
  /** The customer of a customer's key; null for staff. */
  customer_id: string | null;
  /** What it may do beyond its role; empty for everything that the role may. */
  scopes: (Scope | (string & {}))[];
  /** The only services whose grants, connections and principals it shows; empty for all. */
  endpoint_service_ids: string[];
  expires_at: string | null;
}

/** To be signed within its lifetime, and used once. */
export interface Challenge {
  id: string;
  /** Sign it as the header `x-sallyport-challenge`. */
  challenge: string;
  /**
   * Sign it as the header `x-sallyport-audience`, after checking that it is the service you
   * mean.
   */
  audience: string;
  expires_at: string;
}

export interface Check {
  name: string;
  /** `pass`, `warn`, `fail` or `unknown`. */
  result: string;
  /** What was looked at and what was seen. */
  evidence: string;
  next: NextStep | null;
}

/** One VPC endpoint attached to an endpoint service. */
export interface Connection {
  id: string;
  endpoint_service_id: string;
  /** The name that the endpoint was made with; null until AWS has created the service. */
  service_name: string | null;
  vpc_endpoint_id: string;
  /** The AWS account that owns the endpoint. */
  owner_account_id: string;
  endpoint_region: string;
  /** Null while the owner is nobody we know. */
  customer_id: string | null;
  /**
   * `pendingAcceptance`, `pending`, `available`, `rejected`, `failed`, `expired`, `deleting`,
   * `deleted` …
   */
  state: string;
  /** The state in AWS's own spelling. */
  aws_state: string;
  /** `undecided`, `accept` or `reject`. */
  decision: string;
  /** `policy`, or the API key that decided. */
  decided_by: string | null;
  /** The reason given with the decision. */
  decision_reason: string | null;
  /**
   * Why policy holds the connection while it is undecided: `unknown_owner`,
   * `customer_not_active`,
   * `account_without_standing`, `no_grant`, `grant_expired`, `region_not_allowed`,
   * `manual_acceptance` or `connection_limit`.
   */
  hold_reason: string | null;
  /** Whose turn it is while it is held: `vendor` or `customer`. */
  hold_turn: string | null;
  /** What to do while it is held. */
  hold_action: string | null;
  /** When AWS created the endpoint. */
  created_at: string;
  first_seen_at: string;
  state_since: string;
  /**
   * Since when it has been longer than it should in a state that passes by itself: ten minutes
   * in
   * `pending`, say.
   */
  stuck_since: string | null;
  observed_at: string;
}

export interface ConnectionDecision {
  /** The customer can read it. */
  reason?: string;
}

export interface ConnectionHistory {
  connection_id: string;
  transitions: Transition[];
}

export interface ConnectionImport {
  /** Id or `external_id` of the customer. */
  customer_id: string;
  /** The VPC endpoint, as a worker has seen it. */
  vpc_endpoint_id: string;
}

export interface ConnectionPlan {
  /** Endpoint ids that policy or somebody lets in. */
  accept: string[];
  reject: string[];
  held: HeldConnection[];
}

export interface Contact {
  name: string;
  email: string;
}

/** A tenant of the vendor. */
export interface Customer {
  id: string;
  /** The vendor's own id of this customer. */
  external_id: string;
  name: string;
  /** `active`, `suspended`, `offboarding` or `offboarded`. */
  state: string;
  metadata: Metadata;
  contacts: Contact[];
  /** Since when it is suspended on these terms; null unless it is. */
  suspended_since: string | null;
  /** What the suspension takes away: `keep`, `block` or `reject`. */
  suspension_policy: string | null;
  suspension_reason: string | null;
  offboarding_since: string | null;
  /** What becomes of its live connections as it leaves: `reject`, `drain` or `keep`. */
  offboarding_policy: string | null;
  /** Until when the customer may delete its connections itself, when they drain. */
  drain_until: string | null;
  created_at: string;
  updated_at: string;
}

export interface CustomerCreate {
  external_id: string;
  name: string;
  metadata?: Metadata;
  contacts?: Contact[];
}

/** On which terms a customer leaves. */
export interface CustomerOffboard {
  /** As it is when the leaving is under way already, else `reject`. */
  policy?: OffboardingPolicy;
  /** Until when the customer may delete its connections itself; `drain` needs it. */
  drain_until?: string;
}

/** All that a customer is to be; what is left out gets its default. */
export interface CustomerPut {
  name: string;
  metadata?: Metadata;
  contacts?: Contact[];
}

/** A customer that is back. */
export interface CustomerResumed {
  id: string;
  /** The vendor's own id of this customer. */
  external_id: string;
  name: string;
  /** `active`, `suspended`, `offboarding` or `offboarded`. */
  state: string;
  metadata: Metadata;
  contacts: Contact[];
  /** Since when it is suspended on these terms; null unless it is. */
  suspended_since: string | null;
  /** What the suspension takes away: `keep`, `block` or `reject`. */
  suspension_policy: string | null;
  suspension_reason: string | null;
  offboarding_since: string | null;
  /** What becomes of its live connections as it leaves: `reject`, `drain` or `keep`. */
  offboarding_policy: string | null;
  /** Until when the customer may delete its connections itself, when they drain. */
  drain_until: string | null;
  created_at: string;
  updated_at: string;
  /**
   * Connections that were rejected: they never come back, and the customer makes a new endpoint
   * for each.
   */
  rejected_connection_ids: string[];
}

export interface CustomerSuspend {
  /** Why. The customer can read it. */
  reason: string;
  /** What it takes away. As it is when the customer is suspended already, else `keep`. */
  policy?: SuspensionPolicy;
}

/** The token is shown this once. */
export interface CustomerToken {
  /** What the audit log has as the actor. */
  id: string;
  customer_id: string;
  subject: string | null;
  scopes: (Scope | (string & {}))[];
  endpoint_service_ids: string[];
  /** The key or the person that made it. */
  made_by: string;
  created_at: string;
  expires_at: string;
  token: string;
}

export interface CustomerTokenCreate {
  /** Who uses it, in your words: a user of your portal. `GET /v1/caller` shows it. */
  subject?: string;
  /** Limits the token further than the role of customers; left out for all that a customer may. */
  scopes?: Scope[];
  /** Limits the token to some services, by id or by AWS's names. */
  endpoint_service_ids?: string[];
  /** How long it works, in seconds. A quarter of an hour by itself. */
  lifetime_seconds?: number;
}

export interface CustomerUpdate {
  name?: string;
  metadata?: Metadata;
  contacts?: Contact[];
}

/** One message on its way to one webhook. */
export interface Delivery {
  id: string;
  webhook_id: string;
  /** The `webhook-id` of the message: the id of the event, the same each time that it is sent. */
  message_id: string;
  type: string;
  /** `pending`, `delivered`, `failed` or `cancelled` (the webhook is switched off). */
  state: string;
  /** The oldest first. */
  attempts: DeliveryAttempt[];
  next_attempt_at: string | null;
  created_at: string;
  finished_at: string | null;
}

export interface DeliveryAttempt {
  at: string;
  /** Of the answer; null when there was none. */
  status: number | null;
  duration_ms: number;
  error: string | null;
}

/** This Sallyport as a whole: which one it is, and whether its database may change anything. */
export interface Deployment {
  /**
   * What its marks in AWS begin with, in the tag `sallyport:deployment` of each service that it
   * has
   * changed; null until a worker has started.
   */
  id: string | null;
  /**
   * `ready`, or `new` until a worker has started. In `moved_database` (the database is a copy,
   * or
   * was moved) and `older_database` (it was put back from before a change that AWS shows)
   * nothing
   * is changed in AWS.
   */
  state: string;
  quarantined_since: string | null;
  /** How many endpoint services are in each quarantine. */
  quarantined: QuarantinedServices;
}

export interface DeploymentConfirm {
  /** Why this database is the one that shall manage its services, for the audit log. */
  reason: string;
}

/** Whether the connection works, why not, and whose turn it is. */
export interface Diagnosis {
  connection_id: string;
  vpc_endpoint_id: string;
  /** `yes`, `no` or `unknown`. */
  works: string;
  summary: string;
  /** Whose turn it is: `customer`, `vendor`, `aws` or `nobody`. */
  turn: string;
  next: NextStep | null;
  /** In the order of the path from the customer to the service. */
  checks: Check[];
  observed_at: string;
}

export interface Drift {
  /**
   * `open_to_everyone`, `open_to_organization`, `open_to_service`, `unmanaged_principal`,
   * `contested_principal`, `refused_principal`, `stuck_principal`, `ended_service` (AWS shows it
   * as failed or deleted), `failing_notifications` (of the queue of its Region),
   * `acceptance_not_required`,
   * `foreign_private_dns_name`, `lost_private_dns`, `stuck_private_dns`, `unknown_owner` (of a
   * connection that asks to be let in), `stuck_connection` (longer than it should in a state
   * that
   * passes by itself), `refused_connection` (AWS did not accept or reject it),
   * `connection_accepted_elsewhere` or `connection_rejected_elsewhere`.
   */
  kind: string;
  /**
   * `alarm`: somebody may get in, or is kept out, or is not noticed as soon as you have set up.
   * `notice`: to be decided in your own time.
   */
  severity: string;
  /** The ARN, endpoint or name that it is about. */
  subject: string;
  detail: string;
  since: string | null;
}

/** What differs from what is wanted, by what was last observed. */
export interface DriftReport {
  endpoint_service_id: string;
  /** When AWS was last asked about the service. */
  observed_at: string | null;
  /** How many of the items are alarms. */
  alarms: number;
  notices: number;
  /** Alarms first, and what is oldest first. */
  items: Drift[];
  plan: PlanCounts;
}

/** One change of AWS. The intent is stored before the call, the outcome after it. */
export interface Effect {
  id: string;
  /** The kind of the target whose run made it. */
  target_kind: string;
  target_key: string;
  endpoint_service_id: string | null;
  /** Such as `change_principals`, `accept_connections` or `mark_service`. */
  action: string;
  request: EffectRequest;
  intended_at: string;
  /**
   * `open` while the call is under way, `done`, `partial` (some items were refused), `refused`
   * (nothing was changed) or `unknown` (it may have taken effect).
   */
  outcome: string;
  /** What AWS said, where it did not simply do it. */
  detail: string | null;
  /** By which AWS knows the call. */
  aws_request_id: string | null;
  finished_at: string | null;
}

/** What AWS was asked for. Its members depend on the action. */
export interface EffectRequest {
  [key: string]: unknown;
}

/** A VPC endpoint service in one region of a provider account. */
export interface EndpointService {
  id: string;
  name: string;
  provider_account_id: string;
  region: string;
  /** AWS's id, `vpce-svc-…`; null until AWS has created the service. */
  service_id: string | null;
  /** The name that customers put into their endpoint: `com.amazonaws.vpce.<region>.<service id>`. */
  service_name: string | null;
  /** The load balancers of a service that Sallyport creates. */
  network_load_balancer_arns: string[];
  modes: Modes;
  /** What AWS last said; null until it was first asked. */
  observed: ObservedService | null;
  observed_at: string | null;
  /** Why AWS did not create, show or mark the service, or what strange mark it shows, if so. */
  problem: string | null;
  /** Since when somebody wants nothing of it to be changed in AWS. */
  frozen_since: string | null;
  frozen_reason: string | null;
  /** Since when it is to be deleted in AWS; null when it is not. */
  retiring_since: string | null;
  retire_reason: string | null;
  /** When AWS no longer showed it. */
  retired_at: string | null;
  /**
   * Why this Sallyport changes nothing of it: its mark in AWS says that another one manages it
   * (`another_deployment`), or that it was changed after this database was copied or saved
   * (`older_database`), or this database is a copy in another place (`moved_database`).
   */
  quarantine: string | null;
  /** What becomes of an allowlist entry of Sallyport's that other hands remove. */
  on_external_removal: ExternalRemoval | (string & {});
  reads: Reads;
  created_at: string;
  updated_at: string;
}

/**
 * Give `service_id` to register an existing service, or `network_load_balancer_arns` to create
 * one.
 */
export interface EndpointServiceCreate {
  name: string;
  /** Id of the provider account, or its 12-digit account number. */
  provider_account_id: string;
  region: Region;
  service_id?: string;
  network_load_balancer_arns?: LoadBalancerArn[];
  /** A registered service starts in `observe`, a created one in `manage`, unless said otherwise. */
  modes?: ModesUpdate;
}

export interface EndpointServiceFreeze {
  /** Why, for whoever finds it frozen. */
  reason: string;
}

/** All that a registered service is to be; modes that are left out stay as they are. */
export interface EndpointServicePut {
  name: string;
  /** Id of the provider account, or its 12-digit account number. It cannot be changed. */
  provider_account_id: string;
  /** It cannot be changed. */
  region: Region;
  modes?: ModesUpdate;
  on_external_removal?: ExternalRemoval;
}

export interface EndpointServiceRetire {
  /** Why, for whoever asks where it has gone. */
  reason: string;
  /** Delete it in AWS although Sallyport did not create it. */
  force_registered?: boolean;
}

export interface EndpointServiceUpdate {
  name?: string;
  on_external_removal?: ExternalRemoval;
}

/**
 * Something that has changed, in few words: read the resource, or the audit log, for more. The
 * types are in docs/event-types.md; new ones may come.
 */
export interface Event {
  id: string;
  /** Such as `connection.available`. */
  type: string;
  /** When it came about. Events are in the order in which they became known, which may differ. */
  at: string;
  subject: EventSubject;
  /** Whose it is, if a customer’s. */
  customer_id: string | null;
  state: StateChange;
  /** Of `alarm.…` and `notice.…`: which item of the drift report of the subject. */
  alarm: EventAlarm | null;
}

/** By `kind` and `subject`, as the drift report has them. */
export interface EventAlarm {
  kind: string;
  subject: string;
}

/** The resource that has changed. */
export interface EventSubject {
  /** In words, such as `endpoint service`. */
  kind: string | null;
  id: string;
}

/** One type, or all of a resource as `connection.*`. */
export type EventTypeName = string;

/** `hold`: it waits for a decision. `restore`: it is put back once two reads miss it. */
export type ExternalRemoval = 'hold' | 'restore';

/** What a customer may use of an endpoint service, and on which terms. */
export interface Grant {
  id: string;
  customer_id: string;
  endpoint_service_id: string;
  /** Account numbers it covers; empty for every account of the customer. */
  account_ids: string[];
  /** Role names let in; empty for the whole account. */
  role_names: string[];
  acceptance: Acceptance | (string & {});
  /** The most connections that may be live at once; null for no limit. */
  connections_max: number | null;
  /** Regions that endpoints may be in; empty for every Region. */
  endpoint_regions: string[];
  /**
   * From then on nothing new is let in and its principals leave the allowlist. Connections that
   * are
   * up stay: offboard the customer, or reject them, to end those.
   */
  expires_at: string | null;
  /** When a worker has ended it. */
  expired_at: string | null;
  service: GrantedService;
  /** What of it is not as it should be; empty when all is. */
  conditions: GrantCondition[];
  created_at: string;
  updated_at: string;
}

/** What of a grant is not as it should be, and who is to do what. */
export interface GrantCondition {
  /** `contested_principal`: other hands have removed an entry that the grant wants. */
  kind: string;
  /** The ARN that it is about. */
  subject: string;
  since: string;
  next: NextStep;
}

export interface GrantCreate {
  /** Id or `external_id` of the customer. */
  customer_id: string;
  /** Id of the service, or AWS's `vpce-svc-…`. */
  endpoint_service_id: string;
  account_ids?: AccountNumber[];
  role_names?: RoleName[];
  acceptance?: Acceptance;
  connections_max?: number;
  /** Regions that endpoints may be in, say for a service that is offered across Regions. */
  endpoint_regions?: Region[];
  /** When it ends: nothing new is let in, its principals leave, connections that are up stay. */
  expires_at?: string;
}

/** All that a grant is to be; what is left out gets its default. */
export interface GrantPut {
  account_ids?: AccountNumber[];
  role_names?: RoleName[];
  acceptance?: Acceptance;
  connections_max?: number | null;
  endpoint_regions?: Region[];
  expires_at?: string | null;
}

export interface GrantUpdate {
  account_ids?: AccountNumber[];
  role_names?: RoleName[];
  acceptance?: Acceptance;
  connections_max?: number | null;
  endpoint_regions?: Region[];
  expires_at?: string | null;
}

/** What the customer needs to know of the service to make an endpoint. */
export interface GrantedService {
  /** Give it as the service name of the VPC endpoint; null until AWS has created the service. */
  service_name: string | null;
  region: string;
  /** The zones, by their global ids, that the endpoint's subnets may be in. */
  availability_zone_ids: string[];
  private_dns_name: string | null;
}

export interface HeldConnection {
  vpc_endpoint_id: string;
  reason: string;
}

/** What stands in the way until somebody does something about it. */
export interface Hindrance {
  /**
   * `frozen`, `another_deployment`, `older_database`, `moved_database`, `principals_observed`,
   * `acceptance_observed`, `private_dns_observed`, `unmanaged_principal`, `contested_principal`,
   * `refused_principal`, `refused_connection` or `private_dns_blocked`.
   */
  by: string;
  action: string;
  command: string;
}

export interface HostedZone {
  /** Route 53's id, without `/hostedzone/`. */
  zone_id: string;
  /** A role for this zone alone, when it is in another account. */
  role_arn: string | null;
}

export interface Import {
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** One for each row, in the order of the sections. */
  rows: ImportedRow[];
}

/**
 * What is there already, at most 1000 rows in all. Rows may name customers of the same import.
 * Members that a row leaves out stay as they are.
 */
export interface ImportCreate {
  /** How you know that the accounts and connections are these customers', for the audit log. */
  reason: string;
  /** Import nothing unless every row is fine. Otherwise each row stands by itself. */
  all_or_nothing?: boolean;
  /** Created, or brought up to date, by `external_id`. */
  customers?: CustomerCreate[];
  /** Get the standing `imported`, unless they have a standing already. */
  accounts?: AccountImport[];
  /** Created, or brought up to date, by customer and service. */
  grants?: GrantCreate[];
  /** Connections that are up count as accepted, and their accounts as these customers'. */
  connections?: ConnectionImport[];
}

export interface ImportedRow {
  /** `customers`, `accounts`, `grants` or `connections`. */
  section: string;
  /** The place of the row in its section, from 0. */
  index: number;
  /** `created`, `updated`, `unchanged` or `refused`. */
  outcome: string;
  /** Of what the row is about; null when it was refused. */
  id: string | null;
  /** Why it was refused. */
  error: RowError | null;
}

export interface Invite {
  id: string;
  customer_id: string;
  /** `open`, `redeemed`, `revoked` or `expired`. */
  state: string;
  created_at: string;
  expires_at: string;
}

export interface InviteRedeem {
  token: string;
  /** A name for the new key, for example who will use it. */
  key_name?: string;
}

/** The token is shown this once. */
export interface InviteWithToken {
  id: string;
  customer_id: string;
  /** `open`, `redeemed`, `revoked` or `expired`. */
  state: string;
  created_at: string;
  expires_at: string;
  token: string;
}

export interface LeftConnection {
  id: string;
  /** `undecided`, `accept` or `reject`. */
  decision: string;
}

export interface LeftPrincipal {
  arn: string;
  /** Sallyport added it, so it takes it away; others are left to those who did. */
  owned: boolean;
}

export type LoadBalancerArn = string;

/** Free text by the vendor's own keys. */
export interface Metadata {
  [key: string]: string;
}

export type Mode = 'observe' | 'manage';

/** Who manages what: in `observe` Sallyport reads and reports, in `manage` it also changes AWS. */
export interface Modes {
  /** The allowlist. */
  principals: Mode | (string & {});
  /** Accepting and rejecting connections. */
  acceptance: Mode | (string & {});
  private_dns: Mode | (string & {});
}

export interface ModesUpdate {
  principals?: Mode;
  acceptance?: Mode;
  private_dns?: Mode;
}

export interface NextStep {
  actor: string;
  action: string;
  command: string | null;
}

/** A queue with notifications, and what workers have met there. */
export interface NotificationQueue {
  queue_arn: string;
  region: string;
  /**
   * `new`: no worker has looked yet; `listening`; `silent`: connections have come since and no
   * message; `failing`: nothing can be received. In each, connections are found by polling too.
   */
  state: string;
  /** What is wrong; null when nothing is. */
  problem: string | null;
  /** What to do about it. */
  action: string | null;
  /**
   * Since when it fails; null while it does not. After two minutes it is an alarm of the drift
   * report.
   */
  failing_since: string | null;
  polled_at: string | null;
  last_message_at: string | null;
  /** Messages so far. Each made a worker look; what it says is not believed. */
  messages: number;
  /**
   * Those that name endpoint services, but none of yours here: something else writes to the
   * queue.
   */
  foreign_messages: number;
}

export interface ObservedPrivateDns {
  name: string;
  /** AWS's own value: `pendingVerification`, `verified` or `failed`. */
  state: string;
  label: string | null;
  value: string | null;
}

export interface ObservedService {
  /** `pending`, `available`, `deleting`, `deleted`, `failed`, `missing` or `unknown`. */
  state: string;
  acceptance_required: boolean;
  availability_zone_ids: string[];
  network_load_balancer_arns: string[];
  private_dns: ObservedPrivateDns | null;
}

/** What is left of a customer by what AWS last showed, and what is done about it. */
export interface Offboarding {
  customer_id: string;
  /** State of the customer: a preview until it is `offboarding`. */
  state: string;
  policy: OffboardingPolicy | (string & {});
  drain_until: string | null;
  next: OffboardingStep;
  /** Services on which something is left. */
  services: ServiceOffboarding[];
}

/**
 * What becomes of live connections once the principals have left the allowlists. `reject`:
 * they are
 * rejected. `drain`: the customer deletes them, and what still lives after `drain_until` is
 * rejected. `keep`: they are left alone, and the accounts stay with the customer.
 */
export type OffboardingPolicy = 'reject' | 'drain' | 'keep';

export interface OffboardingStep {
  /** `wait`, `reject` or `done`. */
  step: string;
  waiting_for: string | null;
  /** Connections that are rejected next. */
  connection_ids: string[];
}

export interface OidcProvider {
  /** Its discovery document is at `/.well-known/openid-configuration` below it. */
  issuer: string;
  /** The client to sign in with; null when none is meant for command lines. */
  client_id: string | null;
  /** What the token must be for. */
  audience: string;
}

/** A long-running change. Poll it until `done`. */
export interface Operation {
  id: string;
  /**
   * `prove_account`, `suspend_customer`, `offboard_customer`, `reconcile_service` or
   * `retire_service`.
   */
  kind: string;
  /** The resource that it changes. */
  subject_id: string;
  customer_id: string | null;
  /** `running`, `succeeded` or `failed`. */
  state: string;
  done: boolean;
  /** What it is doing, or waiting for. */
  message: string;
  /**
   * What the vendor has to do before it can end or, once it has, about what it has left open.
   * Always empty for a customer.
   */
  held_up_by: Hindrance[];
  /** A code of docs/errors.md when it failed. */
  error_code: string | null;
  created_at: string;
  updated_at: string;
  finished_at: string | null;
}

export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

export interface PastConnection {
  id: string;
  vpc_endpoint_id: string;
  /** Null when the states from then are no longer kept. */
  state: string | null;
  since: string | null;
  /** Whether traffic could flow; null when that is not known. */
  could_reach: boolean | null;
  account_id: string | null;
  /** Whose account it was; null when nobody had standing for it. */
  customer_id: string | null;
  standing: string | null;
  /** Who accepted it; null for what was accepted by other hands. */
  allowed_by: string | null;
  allowed_reason: string | null;
  allowed_at: string | null;
}

export interface PastPrincipal {
  arn: string;
  /** When it was first seen there. */
  since: string;
  /** Null for `*`, an organization or a service. */
  account_id: string | null;
  /** Whose account it was; null when nobody had standing for it. */
  customer_id: string | null;
  standing: string | null;
  /** Who gave the grant that allowed it; null for what was made by other hands. */
  allowed_by: string | null;
  allowed_reason: string | null;
  allowed_at: string | null;
}

/** What would change in AWS if every aspect were in `manage`, by what was last observed. */
export interface Plan {
  endpoint_service_id: string;
  observed_at: string | null;
  modes: Modes;
  principals: PrincipalPlan;
  connections: ConnectionPlan;
  private_dns: PrivateDnsPlan;
}

/** What the plan would change if every aspect were in `manage`. */
export interface PlanCounts {
  add_principals: number;
  remove_principals: number;
  accept_connections: number;
  reject_connections: number;
  held_connections: number;
  private_dns_step: string;
}

/** An entry of an endpoint service's allowlist, wanted or found. */
export interface Principal {
  id: string;
  endpoint_service_id: string;
  arn: string;
  /** The grants that want it. */
  grant_ids: string[];
  /** `pending`, `allowed`, `removing`, `unmanaged`, `contested` or `gone`. */
  state: string;
  /** Sallyport put it there, so Sallyport may take it away. */
  owned: boolean;
  observed: boolean;
  /** An operator let it go: it is not put back, although a grant wants it. */
  released: boolean;
  observed_at: string | null;
  since: string;
  /** Since when it is to be added or removed, and AWS does not show it so. */
  unsettled_since: string | null;
  /**
   * Since when AWS should have shown it: 10 minutes later. The drift report tells why it has
   * not.
   */
  stuck_since: string | null;
  /**
   * `open_to_everyone` (`*`), `open_to_organization` or `open_to_service`: it lets in more than
   * an
   * account. `contested`: other hands have removed it. Null when there is nothing of the kind.
   */
  alarm: string | null;
}

export interface PrincipalAdopt {
  /** Why it may be taken over, for the audit log. */
  reason: string;
}

export interface PrincipalDecision {
  /** Why, for the audit log. */
  reason: string;
}

/** An id or an ARN. */
export type PrincipalName = string;

export interface PrincipalPlan {
  add: string[];
  remove: string[];
  /** Wanted, but removed by other hands: held until somebody decides. */
  contested: string[];
  /** There, but not ours: left alone. */
  unmanaged: string[];
}

export interface PrincipalsAdopt {
  /** Ids or ARNs. */
  principals: PrincipalName[];
  /** Why they may be taken over, for the audit log. */
  reason: string;
}

export interface PrivateDns {
  endpoint_service_id: string;
  /** The wanted name; null when none is wanted. */
  name: string | null;
  /** `absent`, `configuring`, `publishing`, `verifying`, `verified`, `failed` or `blocked`. */
  state: string;
  /** What it waits for, or why it cannot go on, and where the record was seen. */
  message: string;
  next: NextStep | null;
  /** The TXT record that proves the domain. */
  record: VerificationRecord | null;
  /** AWS's own value: `pendingVerification`, `verified` or `failed`. */
  aws_state: string | null;
  /** Since when it is in this state. A verification that fails and is started again is one state. */
  since: string | null;
  /**
   * Since when it should have gone on: 10 minutes after it was to be configured, 15 after the
   * record was to be published, 30 after AWS was first asked, an hour after people were told to
   * mend something. Nothing is given up then, and `message` and `next` say what to do.
   */
  stuck_since: string | null;
  /** Since when it counts as verified, by two reads of AWS that agree. */
  verified_since: string | null;
  /**
   * Since when a name that was verified is so no longer, by two reads that agree. AWS then
   * denies
   * new connections; those that are there stay.
   */
  lost_since: string | null;
  /** Where the value of the record was last looked for, and what was there. */
  sightings: Sighting[];
  observed_at: string | null;
}

export interface PrivateDnsPlan {
  /** The next step, such as `set_name`, `write_record`, `start_verification`, `wait` or `none`. */
  step: string;
}

export interface PrivateDnsPut {
  /** Lower case; a leading `*.` is allowed. */
  name: string;
}

/** A failure (RFC 9457). `code` is stable; `remediation` says whose turn it is. */
export interface Problem {
  /** Where the error is documented. */
  type: string;
  title: string;
  status: number;
  /** What is wrong with this request, in words. */
  detail: string;
  /** The path of the request. */
  instance: string;
  code: ErrorCode | (string & {});
  /** Name it when you ask for help. */
  request_id: string;
  /** Each field or parameter that is wrong. */
  errors?: ProblemField[];
  remediation: Remediation;
}

export interface ProblemField {
  /** Where in the body, as a JSON Pointer. */
  pointer?: string;
  /** Which parameter of the path, the query or the headers. */
  parameter?: string;
  detail: string;
}

/** The parts of a presigned `sts:GetCallerIdentity`. No credential is in it. */
export interface ProofSubmit {
  challenge_id: string;
  /** The region whose STS host was signed for. */
  region: string;
  access_key_id: string;
  /** `X-Amz-Date` as signed: `YYYYMMDDTHHMMSSZ`. */
  amz_date: string;
  session_token?: string;
  signature: string;
}

/** One of the vendor's own AWS accounts, in which endpoint services live. */
export interface ProviderAccount {
  id: string;
  name: string;
  /** The AWS account number: 12 digits. */
  account_id: string;
  /** The role that the worker assumes there; null to use the worker's own credentials. */
  role_arn: string | null;
  /** The external id that the role's trust policy asks for. */
  external_id: string | null;
  regions: string[];
  /** Public hosted zones that Sallyport may write verification records into. */
  hosted_zones: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one,
   * a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   */
  notification_queue_arns: QueueArn[];
  notification_queues: NotificationQueue[];
  created_at: string;
  updated_at: string;
}

export interface ProviderAccountCreate {
  name: string;
  account_id: string;
  /** Leave it out when the worker's own credentials are of this account. */
  role_arn?: string;
  external_id?: string;
  regions: Region[];
  hosted_zones?: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one,
   * a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   */
  notification_queue_arns?: QueueArn[];
}

/** All that a provider account is to be; what is left out gets its default. */
export interface ProviderAccountPut {
  name: string;
  /** Leave it out when the worker's own credentials are of this account. */
  role_arn?: string | null;
  external_id?: string | null;
  regions: Region[];
  hosted_zones?: HostedZone[];
  notification_queue_arns?: QueueArn[];
}

export interface ProviderAccountUpdate {
  name?: string;
  regions?: Region[];
  hosted_zones?: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one,
   * a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   */
  notification_queue_arns?: QueueArn[];
}

export interface QuarantinedServices {
  /** Their mark is of another Sallyport. */
  another_deployment: number;
  older_database: number;
  moved_database: number;
}

/** The ARN of a standard SQS queue. */
export type QueueArn = string;

export interface ReadTier {
  /** When it was last read to the end. */
  read_at: string | null;
  /**
   * How old it gets at most while workers run and AWS answers. It grows with the number of
   * services
   * and of entries, so that reads take no more than a tenth of AWS's request rate.
   */
  max_age_seconds: number;
}

/** When AWS was last asked about the service, and how old each answer gets. */
export interface Reads {
  /** The service itself, its private DNS name included. */
  configuration: ReadTier;
  /** The whole allowlist. */
  principals: ReadTier;
  /** Every connection; those that wait for acceptance are asked for every 5 seconds. */
  connections: ReadTier;
}

/** A place in AWS that workers look after, or the database itself. */
export interface ReconcileTarget {
  /** Kind and key. */
  id: string;
  /**
   * `configurations` and `connections` (of a region), `hints` (its notification queue),
   * `principals` and `private_dns` (of a service), `grant` (one with an end), `proof`,
   * `customer` (one that leaves),
   * `retirement` (of a service), `alarms` (of the drift reports) or `cleaning` (of the
   * database).
   */
  kind: string;
  /** The id of what it looks after, or `<provider account>/<region>`. */
  key: string;
  /** When a worker takes it next. */
  due_at: string;
  /** The worker that runs it at the moment. */
  lease_owner: string | null;
  lease_until: string | null;
  /** How often a run was asked for. */
  wanted: number;
  /** How many of these have been served; behind `wanted`, a run is still to come. */
  done: number;
  /** Runs in a row that have failed. */
  failures: number;
  /**
   * How old what it reads of AWS gets at most when nothing is under way, while workers run and
   * AWS
   * answers. It grows with the services and entries of the provider account in the region, so
   * that
   * reads take no more than a tenth of AWS's request rate. Null for a target that has an end.
   */
  max_age_seconds: number | null;
  report: RunReport | null;
  /** When the last run ended. */
  reported_at: string | null;
}

/** A region of AWS, such as `us-east-1`. */
export type Region = string;

export interface Remediation {
  /** Whose turn it is: `caller`, `customer`, `vendor` or `aws`. */
  actor: string;
  action: string;
  /** A command line that helps, when there is one. */
  command: string | null;
}

/**
 * `operator` changes everything, `support` reads and retries, `customer` sees its own customer
 * only.
 */
export type Role = 'operator' | 'support' | 'customer';

/** The name of an IAM role, without its path. */
export type RoleName = string;

export interface RowError {
  /** A code of the error catalogue. */
  code: string;
  detail: string;
  /** The exact command that helps, when there is one. */
  command: string | null;
}

/** A run of a worker that had something else to tell than the run before. */
export interface Run {
  id: string;
  /** The kind of the target that it looked after. */
  kind: string;
  /** The id of what it looked after, or `<provider account>/<region>`. */
  key: string;
  ended_at: string;
  report: RunReport;
}

/** What the last run has seen and done. Its members depend on the kind, and may change. */
export interface RunReport {
  [key: string]: unknown;
}

/**
 * An area of the API, to be read or also changed; `read` is to read every area. Each operation
 * names the scope that it takes in `x-scope`.
 */
export type Scope =
  | 'read'
  | 'accounts:read'
  | 'accounts:write'
  | 'api-keys:read'
  | 'api-keys:write'
  | 'audit-entries:read'
  | 'audit-entries:write'
  | 'connections:read'
  | 'connections:write'
  | 'customers:read'
  | 'customers:write'
  | 'deployment:read'
  | 'deployment:write'
  | 'effects:read'
  | 'effects:write'
  | 'endpoint-services:read'
  | 'endpoint-services:write'
  | 'events:read'
  | 'events:write'
  | 'grants:read'
  | 'grants:write'
  | 'imports:read'
  | 'imports:write'
  | 'invites:read'
  | 'invites:write'
  | 'operations:read'
  | 'operations:write'
  | 'principals:read'
  | 'principals:write'
  | 'private-dns:read'
  | 'private-dns:write'
  | 'provider-accounts:read'
  | 'provider-accounts:write'
  | 'reconcile-targets:read'
  | 'reconcile-targets:write'
  | 'runs:read'
  | 'runs:write'
  | 'tokens:read'
  | 'tokens:write'
  | 'webhooks:read'
  | 'webhooks:write';

export interface ServiceOffboarding {
  endpoint_service_id: string;
  service_id: string | null;
  /** Allowlist entries of the customer. */
  principals: LeftPrincipal[];
  /** Its live connections. */
  connections: LeftConnection[];
  /**
   * What is done here, in order: `remove_principals`, then `reject_connections`,
   * `wait_for_customer` or `leave_connections`, then `read_again`.
   */
  steps: string[];
  /** What somebody has to do before that can come to its end. */
  held_up_by: Hindrance[];
}

/**
 * What one place has of the TXT value that AWS looks for, which is the `value` of the
 * `record`.
 */
export interface Sighting {
  /** The zone, by Route 53's API, or a name server that public DNS delegates to. */
  where: string;
  /** `found`, `missing`, or `unknown` when it was not to be asked. */
  outcome: string;
  /** Other values under the same name, the first five. */
  other_values: string[];
  /** Why nothing is known. */
  problem: string | null;
  at: string;
}

/** How staff sign in. Customers always have keys. */
export interface SignIn {
  /** Whether API keys of staff work here. */
  staff_keys: boolean;
  /** The identity provider of staff; null when there is none. */
  oidc: OidcProvider | null;
}

/** The resource as it was. */
export interface Snapshot {
  [key: string]: unknown;
}

/** The state of a resource that has one. */
export interface StateChange {
  before: string | null;
  after: string | null;
}

/**
 * `keep`: nothing is taken away, only new connections are not let in. `block`: the customer's
 * principals leave the allowlists too. `reject`: and then its live connections are rejected.
 */
export type SuspensionPolicy = 'keep' | 'block' | 'reject';

export interface Transition {
  at: string;
  from: string | null;
  to: string;
}

export interface VerificationRecord {
  name: string;
  type: string;
  value: string;
  /** The zone that Sallyport wrote it into; null when it is to be placed by hand. */
  zone_id: string | null;
}

/** An address that events are sent to, without its secret. */
export interface Webhook {
  id: string;
  /** `vendor`, or `customer` for one that a customer has made. */
  owner: string;
  /** Whose events it gets; null for those of everybody. */
  customer_id: string | null;
  target_url: string;
  description: string;
  /** Types, or all of a resource as `connection.*`; none for every type. */
  event_types: string[];
  /** Until when messages are signed with the secret of before, too. */
  secret_ends_at: string | null;
  /** Since when nothing is sent there. */
  disabled_since: string | null;
  disabled_reason: string | null;
  /** Since when nothing has arrived, though it was tried. After five days it is disabled. */
  failing_since: string | null;
  created_at: string;
  updated_at: string;
}

export interface WebhookCreate {
  /** Where messages are sent: https, and an address of the public internet. */
  target_url: string;
  description?: string;
  /** Types, or all of a resource as `connection.*`; none for every type. */
  event_types?: EventTypeName[];
  /** Only the events of this customer, by id or `external_id`. */
  customer_id?: string;
}

export interface WebhookSecretRotate {
  /**
   * For how many hours the old secret goes on to sign, too; 0 ends it at once.
   * @defaultValue 24
   */
  overlap_hours?: number;
}

/** What is left out stays as it is. */
export interface WebhookUpdate {
  target_url?: string;
  description?: string;
  event_types?: EventTypeName[];
  /** False to send nothing for now. What comes meanwhile is not sent later. */
  enabled?: boolean;
}

/** The secret is shown this once. */
export interface WebhookWithSecret {
  id: string;
  /** `vendor`, or `customer` for one that a customer has made. */
  owner: string;
  /** Whose events it gets; null for those of everybody. */
  customer_id: string | null;
  target_url: string;
  description: string;
  /** Types, or all of a resource as `connection.*`; none for every type. */
  event_types: string[];
  /** Until when messages are signed with the secret of before, too. */
  secret_ends_at: string | null;
  /** Since when nothing is sent there. */
  disabled_since: string | null;
  disabled_reason: string | null;
  /** Since when nothing has arrived, though it was tried. After five days it is disabled. */
  failing_since: string | null;
  created_at: string;
  updated_at: string;
  /** By which messages are verified, as the Standard Webhooks specification says. */
  secret: string;
}

/** Every list takes these. */
export interface ListOptions extends CallOptions {
  /**
   * How many items a page has.
   * @defaultValue 50
   */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string;
}

/** Every change takes these. */
export interface WriteOptions extends CallOptions {
  /**
   * Do everything but keep nothing: the answer is what the change would give.
   * @defaultValue false
   */
  validate_only?: boolean;
  /** A ticket or change number, kept in the audit log. */
  change_ref?: string;
}

export interface GetAccessReportOptions extends CallOptions {
  /** The service, by id or `vpce-svc-…`. */
  endpoint_service_id: string;
  /** The moment, not in the future. */
  at: string;
}

export interface ListAccountsOptions extends ListOptions {
  customer_id?: string;
  standing?: string;
  /** The number of the AWS account. */
  account_id?: string;
  /** Leave out what was not changed since this moment. */
  updated_since?: string;
}

export interface GetAccountOptions extends CallOptions {
  /** For how long the answer may wait, such as `25s`; 30 seconds at most. */
  wait?: string;
  /**
   * States to wait for, with commas in between. A state that cannot lead there ends it too.
   * Without it, and with `If-None-Match`, any change ends the wait.
   */
  wait_for?: string;
}

export interface ListApiKeysOptions extends ListOptions {
  customer_id?: string;
}

export interface ListAuditEntriesOptions extends ListOptions {
  subject_id?: string;
  customer_id?: string;
}

export interface ListConnectionsOptions extends ListOptions {
  customer_id?: string;
  endpoint_service_id?: string;
  state?: string;
  /** The AWS account that the endpoint is in. */
  account_id?: string;
}

export interface GetConnectionOptions extends CallOptions {
  /** For how long the answer may wait, such as `25s`; 30 seconds at most. */
  wait?: string;
  /**
   * States to wait for, with commas in between. A state that cannot lead there ends it too.
   * Without it, and with `If-None-Match`, any change ends the wait.
   */
  wait_for?: string;
}

export interface ListCustomersOptions extends ListOptions {
  state?: string;
  /** Leave out what was not changed since this moment. */
  updated_since?: string;
}

export interface GetOffboardingOptions extends CallOptions {
  policy?: string;
}

export interface ListEffectsOptions extends ListOptions {
  endpoint_service_id?: string;
  outcome?: string;
}

export interface ListEndpointServicesOptions extends ListOptions {
  region?: string;
  /** Leave out what was not changed since this moment. */
  updated_since?: string;
}

export interface GetPrivateDnsOptions extends CallOptions {
  /** For how long the answer may wait, such as `25s`; 30 seconds at most. */
  wait?: string;
  /**
   * States to wait for, with commas in between. A state that cannot lead there ends it too.
   * Without it, and with `If-None-Match`, any change ends the wait.
   */
  wait_for?: string;
}

export interface ListEventsOptions extends ListOptions {
  /** One type, or all of a resource as `connection.*`. */
  type?: string;
  /** The id of the resource that has changed. */
  subject_id?: string;
  /** By id or `external_id`. Customers see only their own. */
  customer_id?: string;
  /** Leave out what came about before this moment. */
  since?: string;
  /** The id of the last event that you have. */
  after?: string;
}

export interface ListGrantsOptions extends ListOptions {
  customer_id?: string;
  endpoint_service_id?: string;
  /** Leave out what was not changed since this moment. */
  updated_since?: string;
}

export interface ListOperationsOptions extends ListOptions {
  state?: string;
  customer_id?: string;
  /** Leave out what was not changed since this moment. */
  updated_since?: string;
}

export interface GetOperationOptions extends CallOptions {
  /** For how long the answer may wait, such as `25s`; 30 seconds at most. */
  wait?: string;
  /**
   * States to wait for, with commas in between. A state that cannot lead there ends it too.
   * Without it, and with `If-None-Match`, any change ends the wait.
   */
  wait_for?: string;
}

export interface ListPrincipalsOptions extends ListOptions {
  endpoint_service_id?: string;
  state?: string;
  /** The AWS account that the entries let in. */
  account_id?: string;
}

export interface ListProviderAccountsOptions extends ListOptions {
  /** Leave out what was not changed since this moment. */
  updated_since?: string;
}

export interface ListReconcileTargetsOptions extends ListOptions {
  endpoint_service_id?: string;
  kind?: string;
}

export interface ListRunsOptions extends ListOptions {
  endpoint_service_id?: string;
  kind?: string;
}

export interface ListWebhooksOptions extends ListOptions {
  customer_id?: string;
}

export interface ListDeliveriesOptions extends ListOptions {
  state?: string;
}
