// The shapes of requests and answers, with the names of the wire.
// Generated from openapi.json by `pnpm generate`; never edited.

import type { CallOptions } from '../options.ts';
import type { ErrorCode } from './errors.ts';

/** `automatic` accepts what passes policy; `manual` holds it for a person. */
export type Acceptance = 'automatic' | 'manual';

/** Who could reach a service at a moment. */
export interface AccessReport {
  /** The moment that it is about. */
  at: string;
  /** The service that it is about. */
  endpoint_service_id: string;
  /** From when on such a report can be complete. */
  known_since: string;
  /** Whether nothing that the report should tell is unknown; `limits` says what is. */
  complete: boolean;
  /** What is not known of that moment; empty for a report that is complete. */
  limits: string[];
  /** Who was on the allowlist, as AWS showed it. */
  principals: PastPrincipal[];
  /** Connections that had not ended. */
  connections: PastConnection[];
}

/** A customer's AWS account, and whether we know that it is theirs. */
export interface Account {
  /** The id of the account: `acct_` and 26 characters. */
  id: string;
  /** The customer that claims it. Several may claim one number. */
  customer_id: string;
  /** The AWS account number: 12 digits. */
  account_id: string;
  partition: Partition | (string & {});
  standing: Standing | (string & {});
  /** Since when it has this standing. */
  standing_since: string;
  /** That of the condition `ready`. */
  reason: string;
  /**
   * `ready`: whether something new may be let in from it. `renewing`, of one that was proven by
   * a
   * role: whether its proof renews by itself.
   */
  conditions: Condition[];
  /** The ARN of the identity that signed the last accepted proof; null when it was never proven. */
  proven_by: string | null;
  /** How it was proven last; null when it never was. */
  proof_method: 'signature' | 'web_identity_token' | 'role' | null | (string & {});
  /**
   * When it is proven anew by itself, with the role that has proven it. Null for other proofs,
   * and
   * for one that does not lapse.
   */
  renews_at: string | null;
  /**
   * When its proof is too old: nothing new is let in then, and nothing is taken away. Proving
   * the
   * account again moves it. Null for what does not lapse by itself.
   */
  lapses_at: string | null;
  /** How the vendor knew that it is the customer's; null when nobody vouched for it. */
  attested_reason: string | null;
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it was last changed here. That AWS shows something else is no change. */
  updated_at: string;
}

/** Vouches for an account that the customer does not prove itself. */
export interface AccountAttest {
  /** How you know that the account is the customer's. It goes into the audit log. */
  reason: string;
}

/** An account that a customer claims. Its standing comes by a proof, or by attesting it. */
export interface AccountCreate {
  /** Id or `external_id` of the customer; left out by a customer's own key. */
  customer_id?: string;
  /** The AWS account number: 12 digits. */
  account_id: string;
  /** `aws` unless said otherwise. */
  partition?: Partition;
}

/** An account that is known to be a customer's. */
export interface AccountImport {
  /** Id or `external_id` of the customer. */
  customer_id: string;
  /** The AWS account number: 12 digits. */
  account_id: string;
  /** `aws` unless said otherwise. */
  partition?: Partition;
}

/** An account that a customer is to have; its standing comes by a proof, or by attesting it. */
export interface AccountPut {
  /** `aws` unless said otherwise. It cannot be changed. */
  partition?: Partition;
}

/** Whose turn it is: the vendor's, its customer's, AWS's, or that of whoever made the request. */
export type Actor = 'vendor' | 'customer' | 'aws' | 'caller';

/** Where addresses are: in private networks, in the public internet, some of each, or none. */
export type AddressScope = 'private' | 'public' | 'mixed' | 'none';

/** As they are now. */
export interface AdoptedPrincipals {
  /** In the order of their ids. */
  principals: Principal[];
}

/** A key, without its secret. */
export interface ApiKey {
  /** The id of the key: `key_` and 26 characters. It is no secret. */
  id: string;
  /** What people call it. */
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
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it stops to work; null for never. */
  expires_at: string | null;
  /** When it was revoked; null for a key that was not. */
  revoked_at: string | null;
  /** When it was last used, to the minute; null before the first time. */
  last_used_at: string | null;
}

/** A new key. */
export interface ApiKeyCreate {
  /** What people call it. */
  name: string;
  role: Role;
  /** Id or `external_id`. Needed for the role `customer`, unless a customer asks. */
  customer_id?: string;
  /** Limits the key further than its role; left out for everything that the role may. */
  scopes?: Scope[];
  /**
   * Limits a customer's key to some services, by id or by AWS's names: it shows their grants,
   * connections and principals only.
   */
  endpoint_service_ids?: string[];
  /** When it stops to work; left out for never. */
  expires_at?: string;
}

/** How a key is replaced by a new one. */
export interface ApiKeyRotate {
  /** For how long the old key goes on, in seconds; 0 ends it at once. A day by itself. */
  overlap_seconds?: number;
  /** When the new key ends. By itself it lives for as long as the old one was to. */
  expires_at?: string;
}

/** The secret is shown this once. */
export interface ApiKeyWithSecret {
  /** The id of the key: `key_` and 26 characters. It is no secret. */
  id: string;
  /** What people call it. */
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
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it stops to work; null for never. */
  expires_at: string | null;
  /** When it was revoked; null for a key that was not. */
  revoked_at: string | null;
  /** When it was last used, to the minute; null before the first time. */
  last_used_at: string | null;
  /**
   * Send it as `Authorization: Bearer …`. Only a hash of it is stored, so nobody can show it
   * again.
   */
  secret: string;
}

/** What became of one account. */
export interface Attestation {
  /** As it was given. */
  account: string;
  /** What was done; `unchanged` has a standing already. */
  outcome: 'attested' | 'unchanged' | 'refused' | (string & {});
  /** The account; null when it was refused. */
  id: string | null;
  /** Why it was refused; null when it was not. */
  error: RowError | null;
}

/** What became of each account, and how many of each. */
export interface Attestations {
  /** How many are vouched for now and were not before. */
  attested: number;
  /** Those that have a standing already. */
  unchanged: number;
  /** How many were refused. The others stand all the same. */
  refused: number;
  /** One for each account, in the order in which they were given. */
  items: Attestation[];
}

/** Accounts that are vouched for. */
export interface AttestationsCreate {
  /** How you know that the accounts are the customers'. It goes into the audit log. */
  reason: string;
  /** Ids, or natural keys as `acme:222222222222`. */
  accounts: string[];
}

/** One change of state: who, what, why, before and after. */
export interface AuditEntry {
  /** The id of the entry: `aud_` and 26 characters. */
  id: string;
  /** When the change was made. */
  at: string;
  /** The API key, token or person that acted, or the name of the reconciler. */
  actor: string;
  /**
   * What was done: the id of an operation, such as `createGrant`, or the like for what workers
   * do.
   */
  action: string;
  /** The id of the resource that was changed. */
  subject_id: string;
  /** Whose resource it is; null for one of the vendor's. */
  customer_id: string | null;
  /** The reason that was given; null when none was. */
  reason: string | null;
  /** The ticket or change number that the request named as `change_ref`; null when it named none. */
  change_ref: string | null;
  /** The resource before; null when it was not there. */
  before: Snapshot | null;
  /** The resource after; null when it is no longer there. */
  after: Snapshot | null;
  /** The `X-Request-Id` of the request; null for what a worker did by itself. */
  request_id: string | null;
  /** Of the trace that the request was part of, as its `traceparent` named it; null without one. */
  trace_id: string | null;
  /**
   * By which AWS knows the changes that followed the request; of what a worker did or found by
   * itself, the calls by which it did or found it. Only the latter are sealed, with the entry:
   * what
   * follows comes later.
   */
  aws_request_ids: string[];
  /** Of what a worker did: the requests that its run followed, as far as there were any. */
  request_ids: string[];
}

/** The end of the chain of seals. Note it elsewhere: a log that was rewritten has another one. */
export interface AuditHead {
  /** How many seals there are; 0 before the first. */
  seals: number;
  /** The hash of the last seal, over all that is before it: SHA-256 in hexadecimal. */
  hash: string;
  /** When the last seal was set; null before the first. */
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
  /** The id of the key or token; of a person, `oidc:` and the subject of the token. */
  id: string;
  /** The name of the key, or the subject of the token; null when it has none. */
  name: string | null;
  role: Role | (string & {});
  /** The customer of a customer's key; null for staff. */
  customer_id: string | null;
  /** What it may do beyond its role; empty for everything that the role may. */
  scopes: (Scope | (string & {}))[];
  /** The only services whose grants, connections and principals it shows; empty for all. */
  endpoint_service_ids: string[];
  /** When the key or token stops to work; null for never. */
  expires_at: string | null;
}

/** The certificate that the server showed. */
export interface CertificateObservation {
  /** The names that it is for. */
  names: string[];
  /** When it expires; null when that could not be read. */
  expires_at: string | null;
  /** Whether the client trusts who signed it; null when nobody looked. */
  trusted: boolean | null;
}

/** To be signed, or put into a token, within its lifetime, and used once. */
export interface Challenge {
  /** The id to send back with the proof. */
  id: string;
  /** Sign it as the header `x-sallyport-challenge`. */
  challenge: string;
  /**
   * Sign it as the header `x-sallyport-audience`, after checking that it is the service you
   * mean.
   */
  audience: string;
  /**
   * The key of the tag by which a token of `sts:GetWebIdentityToken` carries the challenge, when
   * the proof is one: for this audience alone, living for 300 seconds at most.
   */
  request_tag_key: string;
  /** Until when a proof with it is taken. */
  expires_at: string;
}

/** One thing that was looked at on the way from the customer to the service. */
export interface Check {
  /** What was looked at: `account`, `grant`, `principal`, `service`, `dns`, `tcp` … */
  name: string;
  result: CheckResult | (string & {});
  /** What was looked at and what was seen. */
  evidence: string;
  /** What mends it, or finds it out; null when it passes or is skipped. */
  next: NextStep | null;
}

/**
 * `warn` does not stop traffic · `unknown` is what could not be told, and is never a `pass` ·
 * `skipped` is what this connection does not need.
 */
export type CheckResult = 'pass' | 'warn' | 'fail' | 'unknown' | 'skipped';

/** One thing that is to be said of a resource besides its state. */
export interface Condition {
  type: ConditionType | (string & {});
  status: ConditionStatus | (string & {});
  /** Why, as `available` or `manual_acceptance`. */
  reason: string;
  /** In words, for people. They may change: programs go by the codes and states beside them. */
  message: string;
  /** When it came to be so; null where that is not known. */
  since: string | null;
  /** The ARN that it is about, where there may be several of one type; else null. */
  subject: string | null;
  /** What to do next, and who; null when there is nothing to do. */
  next: NextStep | null;
}

/** Whether it is so. */
export type ConditionStatus = 'true' | 'false' | 'unknown';

/**
 * `ready` comes first: whether it is of use now · `on_time`: nothing takes longer than it
 * should ·
 * `decided`: whether a connection is let in · `record_seen`: of a TXT record · `free_to_move`:
 * a
 * service may be changed in AWS · `in_place`: other hands have removed nothing ·
 * `renewing`: the proof of an account renews by itself.
 */
export type ConditionType =
  | 'ready'
  | 'on_time'
  | 'decided'
  | 'record_seen'
  | 'free_to_move'
  | 'in_place'
  | 'renewing';

/** One VPC endpoint attached to an endpoint service. */
export interface Connection {
  /** The id of the connection: `con_` and 26 characters. */
  id: string;
  /** The endpoint service that the endpoint is attached to. */
  endpoint_service_id: string;
  /** The name that the endpoint was made with; null until AWS has created the service. */
  service_name: string | null;
  /** AWS's id of the endpoint, which the customer sees in its own account too. */
  vpc_endpoint_id: string;
  /** The AWS account that owns the endpoint. */
  owner_account_id: string;
  /** The region of the endpoint. It differs from the service's for a cross-Region customer. */
  endpoint_region: string;
  /** The customer whose account owns it; null while the owner is nobody we know. */
  customer_id: string | null;
  state: ConnectionState | (string & {});
  /** Why it is not of use yet, or no more; or its state. That of the condition `ready`. */
  reason: string;
  /** Whether it is up, who let it in, whether it takes its time. */
  conditions: Condition[];
  /** The state in AWS's own spelling. */
  aws_state: string;
  /**
   * How the customer's clients find the endpoint, as it was declared; null while nobody has,
   * which
   * counts as `endpoint`.
   */
  dns: 'endpoint' | 'hosted-zone' | 'profile' | 'none' | null | (string & {});
  decision: Decision | (string & {});
  /**
   * `policy`, or the API key or person that decided, which customers read as `vendor`; null
   * while
   * it is undecided.
   */
  decided_by: string | null;
  /** The reason given with the decision, which the customer can read; null when none was given. */
  decision_reason: string | null;
  /**
   * Why policy holds the connection while it is undecided: `unknown_owner`,
   * `customer_not_active`,
   * `account_without_standing`, `no_grant`, `grant_expired`, `region_not_allowed`,
   * `manual_acceptance` or `connection_limit`. Null while nothing holds it.
   */
  hold_reason: string | null;
  /** Whose turn it is while it is held: `vendor` or `customer`; null while nothing holds it. */
  hold_turn: string | null;
  /** What to do while it is held; null while nothing holds it. */
  hold_action: string | null;
  /** When AWS created the endpoint. */
  created_at: string;
  /** When a worker first saw it. */
  first_seen_at: string;
  /** Since when it has been seen in this state. */
  state_since: string;
  /**
   * Since when it has been longer than it should in a state that passes by itself: ten minutes
   * in
   * `pending`, say. Null while it is not late.
   */
  stuck_since: string | null;
  /** When AWS last showed it as it stands here. */
  observed_at: string;
}

/** Why a connection is let in or cut off. */
export interface ConnectionDecision {
  /** Why. The customer can read it. */
  reason?: string;
}

/** Each state that a connection was seen in. */
export interface ConnectionHistory {
  /** The connection that it is about. */
  connection_id: string;
  /**
   * The oldest first; of more than 500 the newest. The events of the connection tell the others.
   * Those that are older than the history is kept are missing.
   */
  transitions: Transition[];
}

/** A connection that is known to be a customer's. */
export interface ConnectionImport {
  /** Id or `external_id` of the customer. */
  customer_id: string;
  /** The VPC endpoint, as a worker has seen it. */
  vpc_endpoint_id: string;
}

/** What would become of connections. */
export interface ConnectionPlan {
  /** Endpoints that policy or somebody lets in. */
  accept: string[];
  /** Endpoints that somebody, or the leaving of their customer, cuts off. */
  reject: string[];
  /** Endpoints that wait until somebody decides. */
  held: HeldConnection[];
}

/**
 * The state that AWS last showed, in AWS's words: docs/connection-states.md has each.
 * `unknown` is
 * one that this version does not know; see the value in AWS's own spelling.
 */
export type ConnectionState =
  | 'pendingAcceptance'
  | 'pending'
  | 'available'
  | 'deleting'
  | 'deleted'
  | 'rejected'
  | 'failed'
  | 'expired'
  | 'partial'
  | 'unknown';

/** What the customer says of its connection. */
export interface ConnectionUpdate {
  /**
   * How clients find the endpoint: by its private DNS (`endpoint`), by a private hosted zone or
   * a
   * rule of the customer (`hosted-zone`), by a Route 53 Profile (`profile`), or by the
   * endpoint's
   * own names (`none`). Diagnoses go by it. Null takes it back.
   */
  dns?: 'endpoint' | 'hosted-zone' | 'profile' | 'none' | null;
}

/** Whom to ask at the customer. */
export interface Contact {
  /** The name of a person or a team. */
  name: string;
  /** An address for mail. */
  email: string;
}

/** A tenant of the vendor. */
export interface Customer {
  /** The id of the customer: `cus_` and 26 characters. */
  id: string;
  /** The vendor's own id of this customer. It never changes. */
  external_id: string;
  /** What people call it. */
  name: string;
  state: CustomerState | (string & {});
  metadata: Metadata;
  /** Whom to ask at the customer. */
  contacts: Contact[];
  /** The only role that may prove the customer's accounts; null where any identity of them may. */
  required_role: string | null;
  /** Since when it is suspended on these terms; null unless it is. */
  suspended_since: string | null;
  /** What the suspension takes away; null unless it is suspended. */
  suspension_policy: 'keep' | 'block' | 'reject' | null | (string & {});
  /** Why it is suspended, which the customer can read; null unless it is. */
  suspension_reason: string | null;
  /** Since when it is leaving; null unless it is, or has left. */
  offboarding_since: string | null;
  /** What becomes of its live connections as it leaves; null unless it does. */
  offboarding_policy: 'reject' | 'drain' | 'keep' | null | (string & {});
  /**
   * Until when the customer may delete its connections itself, when they drain; null unless they
   * do.
   */
  drain_until: string | null;
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it was last changed here. That AWS shows something else is no change. */
  updated_at: string;
}

/** A new customer. */
export interface CustomerCreate {
  /**
   * Your own id of the customer: letters, digits and `._:-`, at most 100. It goes wherever the
   * id
   * does.
   */
  external_id: string;
  /** What people call it. */
  name: string;
  /** Empty unless given. */
  metadata?: Metadata;
  /** Whom to ask at the customer; nobody unless given. */
  contacts?: Contact[];
  /** The name of the only role that may prove its accounts; unless given, any identity may. */
  required_role?: string | null;
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
  /** What people call it. */
  name: string;
  /** Empty unless given. */
  metadata?: Metadata;
  /** Whom to ask at the customer; nobody unless given. */
  contacts?: Contact[];
  /** The name of the only role that may prove its accounts; unless given, any identity may. */
  required_role?: string | null;
}

/** A customer that is back. */
export interface CustomerResumed {
  /** The id of the customer: `cus_` and 26 characters. */
  id: string;
  /** The vendor's own id of this customer. It never changes. */
  external_id: string;
  /** What people call it. */
  name: string;
  state: CustomerState | (string & {});
  metadata: Metadata;
  /** Whom to ask at the customer. */
  contacts: Contact[];
  /** The only role that may prove the customer's accounts; null where any identity of them may. */
  required_role: string | null;
  /** Since when it is suspended on these terms; null unless it is. */
  suspended_since: string | null;
  /** What the suspension takes away; null unless it is suspended. */
  suspension_policy: 'keep' | 'block' | 'reject' | null | (string & {});
  /** Why it is suspended, which the customer can read; null unless it is. */
  suspension_reason: string | null;
  /** Since when it is leaving; null unless it is, or has left. */
  offboarding_since: string | null;
  /** What becomes of its live connections as it leaves; null unless it does. */
  offboarding_policy: 'reject' | 'drain' | 'keep' | null | (string & {});
  /**
   * Until when the customer may delete its connections itself, when they drain; null unless they
   * do.
   */
  drain_until: string | null;
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it was last changed here. That AWS shows something else is no change. */
  updated_at: string;
  /**
   * Connections that were rejected: they never come back, and the customer makes a new endpoint
   * for each.
   */
  rejected_connection_ids: string[];
}

/**
 * `active` · `suspended`: nothing new is let in until it is resumed · `offboarding`: it is
 * leaving
 * · `offboarded`: it has left, for good.
 */
export type CustomerState = 'active' | 'suspended' | 'offboarding' | 'offboarded';

/** On which terms a customer is suspended. */
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
  /** The customer that it works for. */
  customer_id: string;
  /** Who uses it, in the words it was made with; null when there were none. */
  subject: string | null;
  /** What it may do beyond the role of customers; empty for everything that a customer may. */
  scopes: (Scope | (string & {}))[];
  /** The only services whose grants, connections and principals it shows; empty for all. */
  endpoint_service_ids: string[];
  /** The key or the person that made it. */
  made_by: string;
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it stops to work: with the key that made it, at the latest. */
  expires_at: string;
  /** Send it as `Authorization: Bearer …`. Only a hash of it is stored. */
  token: string;
}

/** A token of minutes, for a session of the vendor's portal. */
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

/** What is left out stays as it is. */
export interface CustomerUpdate {
  /** What people call it. */
  name?: string;
  /** Takes the place of all that is there. */
  metadata?: Metadata;
  /** Take the place of all that are there. */
  contacts?: Contact[];
  /** The name of the only role that may prove its accounts; null for any identity of them. */
  required_role?: string | null;
}

/** What is wanted of a connection: nobody has said yet, let in, or cut off. */
export type Decision = 'undecided' | 'accept' | 'reject';

/** One message on its way to one webhook. */
export interface Delivery {
  /** The id of the delivery: `dlv_` and 26 characters. */
  id: string;
  /** The webhook that it goes to. */
  webhook_id: string;
  /** The `webhook-id` of the message: the id of the event, the same each time that it is sent. */
  message_id: string;
  /** The type of the event, or `webhook.test`. */
  type: string;
  /** `cancelled`: the webhook was switched off before it arrived. */
  state: DeliveryState | (string & {});
  /** The oldest first. */
  attempts: DeliveryAttempt[];
  /** When it is tried next; null when it is not. */
  next_attempt_at: string | null;
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it arrived, or was given up; null while it is pending. */
  finished_at: string | null;
}

/** One attempt to deliver a message. */
export interface DeliveryAttempt {
  /** When it began. */
  at: string;
  /** The HTTP status of the answer; null when there was none. */
  status: number | null;
  /** How long it took, in milliseconds. */
  duration_ms: number;
  /** Why it did not arrive; null when it did. */
  error: string | null;
}

/**
 * `pending`: it is still tried · `delivered`: the address has taken it · `failed`: it was
 * tried
 * for about three days · `cancelled`: the webhook was switched off first.
 */
export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'cancelled';

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
  state: 'new' | 'ready' | 'moved_database' | 'older_database' | (string & {});
  /** Since when nothing is changed in AWS for that; null when it may be. */
  quarantined_since: string | null;
  /** How many endpoint services are in each quarantine. */
  quarantined: QuarantinedServices;
}

/** Says that this database is the one that shall manage its services. */
export interface DeploymentConfirm {
  /** Why this database is the one that shall manage its services, for the audit log. */
  reason: string;
}

/** Whether the connection works, why not, and whose turn it is. */
export interface Diagnosis {
  /** The connection that it is about; null of an endpoint that is not seen. */
  connection_id: string | null;
  /** AWS's id of the endpoint. */
  vpc_endpoint_id: string;
  /**
   * Whether traffic can flow, by all that was looked at; `unknown` is no `yes`. What only the
   * customer's side can see, and nobody has reported, is told by the summary and the checks.
   */
  works: 'yes' | 'no' | 'unknown' | (string & {});
  /** The outcome in a sentence. */
  summary: string;
  /** Whose turn it is; `nobody` when nothing is to be done. */
  turn: 'vendor' | 'customer' | 'aws' | 'caller' | 'nobody' | (string & {});
  /** What to do first; null when nothing is to be done. */
  next: NextStep | null;
  /** In the order in which they are to be mended. */
  checks: DiagnosisCheck[];
  path: Path;
  /** How clients find the endpoint, as declared: what that does not need is `skipped`. */
  dns: DnsMode | (string & {});
  /** Where the endpoint was looked for. */
  searched: SearchedRegion[];
  /** When AWS last showed the connection; of one that is not seen, when all was last read. */
  observed_at: string | null;
}

/** A check, where on the path it is, and how fresh what it goes by is. */
export interface DiagnosisCheck {
  /** What was looked at: `account`, `grant`, `principal`, `service`, `dns`, `tcp` … */
  name: string;
  result: CheckResult | (string & {});
  /** What was looked at and what was seen. */
  evidence: string;
  /** What mends it, or finds it out; null when it passes or is skipped. */
  next: NextStep | null;
  hop: HopName | (string & {});
  /** When what it goes by was seen; null where it is in our own records, or nobody has looked. */
  observed_at: string | null;
}

/**
 * How clients find the endpoint: by private DNS of the endpoint, by a private hosted zone or a
 * rule
 * of the customer, by a Route 53 Profile, or by the endpoint's own names alone. The first
 * resolves
 * inside of the endpoint's VPC only, so that a hub for other networks needs one of the others.
 */
export type DnsMode = 'endpoint' | 'hosted-zone' | 'profile' | 'none';

/** What the customer's resolver says of the name. */
export interface DnsObservation {
  /** The name that clients connect to. */
  name: string;
  outcome: DnsOutcome;
  /** The addresses that it gave; none unless it answered. */
  addresses: string[];
  /** The resolver that was asked; null when that of the system was, whatever it is. */
  resolver: string | null;
}

/**
 * `no_such_name` is NXDOMAIN; with `no_answer` the name is there, and has no address; `failed`
 * is
 * any other refusal of the resolver.
 */
export type DnsOutcome = 'answered' | 'no_such_name' | 'no_answer' | 'timed_out' | 'failed';

/** One thing that is not as it should be. */
export interface Drift {
  kind: DriftKind | (string & {});
  /**
   * `alarm`: somebody may get in, or is kept out, or is not noticed as soon as you have set up.
   * `notice`: to be decided in your own time.
   */
  severity: 'alarm' | 'notice' | (string & {});
  /** The ARN, endpoint or name that it is about. */
  subject: string;
  /** What is the matter, and what to do. */
  detail: string;
  /** Since when it is so; null when that is not known. */
  since: string | null;
}

/**
 * What is not as it should be: `open_to_…` lets in more than accounts, `ended_service` is one
 * that
 * AWS shows as failed or deleted, `failing_notifications` is about the queue of its Region,
 * `unknown_owner` is a connection of nobody we know, `refused_…` is what AWS would not do,
 * `stuck_…` takes longer than it should, and `…_elsewhere` was done by other hands.
 */
export type DriftKind =
  | 'open_to_everyone'
  | 'open_to_organization'
  | 'open_to_service'
  | 'unmanaged_principal'
  | 'contested_principal'
  | 'refused_principal'
  | 'stuck_principal'
  | 'ended_service'
  | 'failing_notifications'
  | 'acceptance_not_required'
  | 'foreign_private_dns_name'
  | 'lost_private_dns'
  | 'stuck_private_dns'
  | 'unknown_owner'
  | 'stuck_connection'
  | 'refused_connection'
  | 'connection_accepted_elsewhere'
  | 'connection_rejected_elsewhere';

/** What differs from what is wanted, by what was last observed. */
export interface DriftReport {
  /** The service that it is about. */
  endpoint_service_id: string;
  /** When AWS was last asked about the service; null before the first time. */
  observed_at: string | null;
  /** How many of the items are alarms. */
  alarms: number;
  /** How many of the items are notices. */
  notices: number;
  /** Alarms first, and what is oldest first. */
  items: Drift[];
  plan: PlanCounts;
}

/** One change of AWS. The intent is stored before the call, the outcome after it. */
export interface Effect {
  /** The id of the change: `eff_` and 26 characters. */
  id: string;
  /** The kind of the target whose run made it. */
  target_kind: TargetKind | (string & {});
  /** The key of that target: the id of what it looks after, or `<provider account>/<region>`. */
  target_key: string;
  /** The endpoint service that was changed; null for what is not of one service. */
  endpoint_service_id: string | null;
  /** Such as `change_principals`, `accept_connections` or `mark_service`. */
  action: string;
  request: EffectRequest;
  /** The requests that it follows, by their `X-Request-Id`. */
  request_ids: string[];
  /** The traces that these requests were part of, as their `traceparent` named them. */
  trace_ids: string[];
  /** When it was about to be made. */
  intended_at: string;
  outcome: EffectState | (string & {});
  /** What AWS said, where it did not simply do it; null where it did. */
  detail: string | null;
  /** By which AWS knows the call; null when there was no answer. */
  aws_request_id: string | null;
  /** When the outcome was known; null while the call is under way. */
  finished_at: string | null;
}

/** What AWS was asked for. Its members depend on the action. */
export interface EffectRequest {
  [key: string]: unknown;
}

/**
 * `open`: the call is under way · `done` · `partial`: some items were refused · `refused`:
 * nothing
 * was changed · `unknown`: it may have taken effect, as after a timeout or a crash.
 */
export type EffectState = 'open' | 'done' | 'partial' | 'refused' | 'unknown';

/** A VPC endpoint service in one region of a provider account. */
export interface EndpointService {
  /** The id of the service here: `svc_` and 26 characters. */
  id: string;
  /** What people call it. */
  name: string;
  /** The provider account that it lives in. */
  provider_account_id: string;
  /** The region that it lives in. */
  region: string;
  /** AWS's id, `vpce-svc-…`; null until AWS has created the service. */
  service_id: string | null;
  /**
   * The name that customers put into their endpoint: `com.amazonaws.vpce.<region>.<service id>`.
   * Null until AWS has created the service.
   */
  service_name: string | null;
  /** The load balancers of a service that Sallyport creates; empty for a registered one. */
  network_load_balancer_arns: string[];
  modes: Modes;
  /** What AWS last said; null until it was first asked. */
  observed: ObservedService | null;
  /** When AWS last said it; null until it was first asked. */
  observed_at: string | null;
  /** Since when AWS shows it in its state; null until it was first asked. */
  state_since: string | null;
  /** Its state in AWS, `not_read`, `problem` or `retired`. That of the condition `ready`. */
  reason: string;
  /** Whether it is there, and whether anything of it is changed in AWS. */
  conditions: Condition[];
  /**
   * Why AWS did not create, show or mark the service, or what strange mark it shows; null when
   * all
   * is well.
   */
  problem: string | null;
  /** Since when somebody wants nothing of it to be changed in AWS; null when nobody does. */
  frozen_since: string | null;
  /** Why it is frozen; null when it is not. */
  frozen_reason: string | null;
  /** Since when it is to be deleted in AWS; null when it is not. */
  retiring_since: string | null;
  /** Why it is to be deleted; null when it is not. */
  retire_reason: string | null;
  /** When AWS no longer showed it; null while it does, and for one that does not retire. */
  retired_at: string | null;
  /**
   * Why this Sallyport changes nothing of it: its mark in AWS says that another one manages it
   * (`another_deployment`), or that it was changed after this database was copied or saved
   * (`older_database`), or this database is a copy in another place (`moved_database`). Null
   * when
   * it may change it.
   */
  quarantine: 'another_deployment' | 'older_database' | 'moved_database' | null | (string & {});
  /** What becomes of an allowlist entry of Sallyport's that other hands remove. */
  on_external_removal: ExternalRemoval | (string & {});
  reads: Reads;
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it was last changed here. That AWS shows something else is no change. */
  updated_at: string;
}

/**
 * Give `service_id` to register an existing service, or `network_load_balancer_arns` to create
 * one.
 */
export interface EndpointServiceCreate {
  /** What people call it. */
  name: string;
  /** Id of the provider account, or its 12-digit account number. */
  provider_account_id: string;
  /** The region that it lives in, or is to live in. */
  region: string;
  /** AWS's id of the service to register. */
  service_id?: string;
  /** The load balancers of a service to create, all of the region. */
  network_load_balancer_arns?: string[];
  /** A registered service starts in `observe`, a created one in `manage`, unless said otherwise. */
  modes?: ModesUpdate;
}

/** Stops every change of a service in AWS. */
export interface EndpointServiceFreeze {
  /** Why, for whoever finds it frozen. */
  reason: string;
}

/** All that a registered service is to be; modes that are left out stay as they are. */
export interface EndpointServicePut {
  /** What people call it. */
  name: string;
  /** Id of the provider account, or its 12-digit account number. It cannot be changed. */
  provider_account_id: string;
  /** It cannot be changed. */
  region: string;
  /** An aspect that is left out stays as it is; of a new service it is `observe`. */
  modes?: ModesUpdate;
  /** `hold` unless said otherwise. */
  on_external_removal?: ExternalRemoval;
}

/** Deletes a service in AWS, once nothing is left on it. */
export interface EndpointServiceRetire {
  /** Why, for whoever asks where it has gone. */
  reason: string;
  /** Delete it in AWS although Sallyport did not create it. */
  force_registered?: boolean;
}

/** What is left out stays as it is. */
export interface EndpointServiceUpdate {
  /** What people call it. */
  name?: string;
  /** What becomes of an allowlist entry of Sallyport's that other hands remove. */
  on_external_removal?: ExternalRemoval;
}

/**
 * Something that has changed, in few words: read the resource, or the audit log, for more. The
 * types are in docs/event-types.md; new ones may come.
 */
export interface Event {
  /** The id of the event: `evt_` and 26 characters. It is the `webhook-id` of its messages, too. */
  id: string;
  type: EventType | (string & {});
  /** When it came about. Events are in the order in which they became known, which may differ. */
  at: string;
  subject: EventSubject;
  /** Whose it is, if a customer’s; null for what only staff see. */
  customer_id: string | null;
  state: StateChange;
  /**
   * Of `alarm.…` and `notice.…`: which item of the drift report of the subject. Null for all
   * other
   * events.
   */
  alarm: EventAlarm | null;
}

export interface EventAlarm {
  /** What is wrong, such as `contested_principal`. */
  kind: string;
  /** The ARN, endpoint or name that it is about. */
  subject: string;
}

/** The resource that has changed. */
export interface EventSubject {
  /** In words, such as `endpoint service`; null for what has no id of ours. */
  kind: string | null;
  /** Its id, to read it by. */
  id: string;
}

/** What has happened: docs/event-types.md has each. New ones may come. */
export type EventType =
  | 'account.attested'
  | 'account.claimed'
  | 'account.deleted'
  | 'account.lapse_dated'
  | 'account.lapsed'
  | 'account.proof_judged'
  | 'account.released'
  | 'account.token_issuer_forgotten'
  | 'alarm.cleared'
  | 'alarm.raised'
  | 'api_key.created'
  | 'api_key.revoked'
  | 'api_key.rotated'
  | 'connection.accept_decided'
  | 'connection.available'
  | 'connection.decision_withdrawn'
  | 'connection.deleted'
  | 'connection.deleting'
  | 'connection.expired'
  | 'connection.failed'
  | 'connection.observed'
  | 'connection.partial'
  | 'connection.pending'
  | 'connection.pending_acceptance'
  | 'connection.reject_decided'
  | 'connection.rejected'
  | 'connection.unknown'
  | 'connection.updated'
  | 'customer.created'
  | 'customer.offboarded'
  | 'customer.offboarding'
  | 'customer.resumed'
  | 'customer.suspended'
  | 'customer.updated'
  | 'deployment.confirmed'
  | 'deployment.quarantined'
  | 'endpoint_service.created'
  | 'endpoint_service.deleted'
  | 'endpoint_service.frozen'
  | 'endpoint_service.modes_changed'
  | 'endpoint_service.principals_changed'
  | 'endpoint_service.quarantined'
  | 'endpoint_service.retired'
  | 'endpoint_service.retiring'
  | 'endpoint_service.unfrozen'
  | 'endpoint_service.updated'
  | 'grant.created'
  | 'grant.deleted'
  | 'grant.expired'
  | 'grant.updated'
  | 'invite.created'
  | 'invite.redeemed'
  | 'invite.revoked'
  | 'notice.cleared'
  | 'notice.raised'
  | 'operation.failed'
  | 'operation.succeeded'
  | 'principal.adopted'
  | 'principal.released'
  | 'principal.restored'
  | 'private_dns.absent'
  | 'private_dns.blocked'
  | 'private_dns.configuring'
  | 'private_dns.lost'
  | 'private_dns.publishing'
  | 'private_dns.restarted'
  | 'private_dns.verified'
  | 'private_dns.verifying'
  | 'private_dns.wanted'
  | 'provider_account.created'
  | 'provider_account.deleted'
  | 'provider_account.updated'
  | 'resource.imported'
  | 'webhook.created'
  | 'webhook.deleted'
  | 'webhook.disabled'
  | 'webhook.secret_rotated'
  | 'webhook.updated';

/** `hold`: it waits for a decision. `restore`: it is put back once two reads miss it. */
export type ExternalRemoval = 'hold' | 'restore';

/** What a customer may use of an endpoint service, and on which terms. */
export interface Grant {
  /** The id of the grant: `grt_` and 26 characters. */
  id: string;
  /** Who may use the service. */
  customer_id: string;
  /** The service that it is for. */
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
   * How clients of the customer find their endpoints, unless a connection says it by itself;
   * null
   * counts as `endpoint`. Diagnoses and preflights go by it.
   */
  dns: 'endpoint' | 'hosted-zone' | 'profile' | 'none' | null | (string & {});
  /**
   * From then on nothing new is let in and its principals leave the allowlist. Connections that
   * are
   * up stay: offboard the customer, or reject them, to end those. Null for no end.
   */
  expires_at: string | null;
  /** When a worker has ended it; null while it has not. */
  expired_at: string | null;
  service: GrantedService;
  /** Whether it is in force, and of each entry that other hands have removed, what to do. */
  conditions: Condition[];
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it was last changed here. That AWS shows something else is no change. */
  updated_at: string;
}

/** A new grant. */
export interface GrantCreate {
  /** Id or `external_id` of the customer. */
  customer_id: string;
  /** Id of the service, or AWS's `vpce-svc-…`. */
  endpoint_service_id: string;
  /** Account numbers it covers; left out for every account of the customer. */
  account_ids?: string[];
  /** Names of the only roles to let in; left out for the whole account. */
  role_names?: string[];
  /** `automatic` unless said otherwise. */
  acceptance?: Acceptance;
  /** The most connections that may be live at once; left out for no limit. */
  connections_max?: number;
  /**
   * Regions that endpoints may be in, say for a service that is offered across Regions; left out
   * for every Region.
   */
  endpoint_regions?: string[];
  /** How clients find their endpoints, unless a connection says it; `endpoint` counts otherwise. */
  dns?: DnsMode;
  /** When it ends: nothing new is let in, its principals leave, connections that are up stay. */
  expires_at?: string;
}

/** All that a grant is to be; what is left out gets its default. */
export interface GrantPut {
  /** Account numbers it covers; left out for every account of the customer. */
  account_ids?: string[];
  /** Names of the only roles to let in; left out for the whole account. */
  role_names?: string[];
  /** `automatic` unless said otherwise. */
  acceptance?: Acceptance;
  /** The most connections that may be live at once; null or left out for no limit. */
  connections_max?: number | null;
  /** Regions that endpoints may be in; left out for every Region. */
  endpoint_regions?: string[];
  /** How clients find their endpoints, unless a connection says it; `endpoint` counts otherwise. */
  dns?: DnsMode;
  /** When it ends; null or left out for no end. */
  expires_at?: string | null;
}

/** What is left out stays as it is. */
export interface GrantUpdate {
  /**
   * Account numbers it covers, in place of those before; empty for every account of the
   * customer.
   */
  account_ids?: string[];
  /** Names of the only roles to let in, in place of those before; empty for the whole account. */
  role_names?: string[];
  /** Who decides about connections from now on. */
  acceptance?: Acceptance;
  /** The most connections that may be live at once; null for no limit. Those that are up stay. */
  connections_max?: number | null;
  /** Regions that endpoints may be in, in place of those before; empty for every Region. */
  endpoint_regions?: string[];
  /** How clients find their endpoints, unless a connection says it; `endpoint` counts otherwise. */
  dns?: 'endpoint' | 'hosted-zone' | 'profile' | 'none' | null;
  /** When it ends; null for no end. */
  expires_at?: string | null;
}

/** What the customer needs to know of the service to make an endpoint. */
export interface GrantedService {
  /** Give it as the service name of the VPC endpoint; null until AWS has created the service. */
  service_name: string | null;
  /** The region that the service lives in. */
  region: string;
  /** The zones, by their global ids, that the endpoint's subnets may be in. */
  availability_zone_ids: string[];
  /** The name that the endpoint may answer to once it is verified; null when there is none. */
  private_dns_name: string | null;
}

/** A connection that policy holds. */
export interface HeldConnection {
  /** AWS's id of the endpoint. */
  vpc_endpoint_id: string;
  /** Why, as `hold_reason` of the connection has it. */
  reason: string;
}

/** What stands in the way until somebody does something about it. */
export interface Hindrance {
  /**
   * `frozen`, `another_deployment`, `older_database`, `moved_database`, `principals_observed`,
   * `acceptance_observed`, `private_dns_observed`, `unmanaged_principal`, `contested_principal`,
   * `refused_principal`, `refused_connection`, `private_dns_blocked` or `role_denied`.
   */
  by: string;
  /** What to do about it. */
  action: string;
  /** The command to begin with. */
  command: string;
}

/** One hop of the path. */
export interface Hop {
  name: HopName | (string & {});
  /** Whose it is. */
  side: 'customer' | 'aws' | 'vendor' | (string & {});
  /** The worst of its checks. */
  result: CheckResult | (string & {});
  /** That of the check which says the most. */
  evidence: string;
  /** Whether it is the one that is to be mended first. */
  is_broken: boolean;
}

/**
 * Where on the path: the customer's `client`, the `dns` that it asks, the `endpoint` with its
 * security groups, `privatelink` in between, where connections are let in, and the vendor's
 * `service`, `load_balancer` and `target`.
 */
export type HopName =
  | 'client'
  | 'dns'
  | 'endpoint'
  | 'privatelink'
  | 'service'
  | 'load_balancer'
  | 'target';

/** A public hosted zone that Sallyport may write verification records into. */
export interface HostedZone {
  /** Route 53's id of a hosted zone, without `/hostedzone/`. */
  zone_id: string;
  /** A role for this zone alone, when it is in another account; null when it is in this one. */
  role_arn: string | null;
}

/** What became of each row, and how many of each. */
export interface Import {
  /** Rows that made something. */
  created: number;
  /** Rows that changed what was there. */
  updated: number;
  /** Rows that were so already. */
  unchanged: number;
  /** Rows that were refused; with `all_or_nothing`, nothing is imported then. */
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

/** What became of one row. */
export interface ImportedRow {
  /** The list of the request that the row is in. */
  section: 'customers' | 'accounts' | 'grants' | 'connections' | (string & {});
  /** The place of the row in its section, from 0. */
  index: number;
  /** What was done; `unchanged` was so already. */
  outcome: 'created' | 'updated' | 'unchanged' | 'refused' | (string & {});
  /** Of what the row is about; null when it was refused. */
  id: string | null;
  /** Why it was refused; null when it was not. */
  error: RowError | null;
}

/** A one-time way for a customer to get its first key. */
export interface Invite {
  /** The id of the invite: `inv_` and 26 characters. */
  id: string;
  /** Who is invited. */
  customer_id: string;
  state: InviteState | (string & {});
  /** When it was made here. It never changes. */
  created_at: string;
  /** Until when it can be redeemed: seven days after it was made. */
  expires_at: string;
}

/** Gives the token of an invite for a key. */
export interface InviteRedeem {
  /** The token of the invite. It works once. */
  token: string;
  /** A name for the new key, for example who will use it. */
  key_name?: string;
}

/** Only an `open` one can be redeemed. */
export type InviteState = 'open' | 'redeemed' | 'revoked' | 'expired';

/** The token is shown this once. */
export interface InviteWithToken {
  /** The id of the invite: `inv_` and 26 characters. */
  id: string;
  /** Who is invited. */
  customer_id: string;
  state: InviteState | (string & {});
  /** When it was made here. It never changes. */
  created_at: string;
  /** Until when it can be redeemed: seven days after it was made. */
  expires_at: string;
  /** Hand it to the customer, who redeems it for a key that no operator sees. */
  token: string;
}

/** A live connection of a customer that leaves. */
export interface LeftConnection {
  /** The id of the connection. */
  id: string;
  decision: Decision | (string & {});
}

/** An allowlist entry of a customer that leaves. */
export interface LeftPrincipal {
  /** Whom it lets in. */
  arn: string;
  /** Sallyport added it, so it takes it away; others are left to those who did. */
  owned: boolean;
}

/** Free text by the vendor's own keys. */
export interface Metadata {
  [key: string]: string;
}

/** `observe`: Sallyport reads and reports. `manage`: it also changes AWS. */
export type Mode = 'observe' | 'manage';

/** Who manages what: in `observe` Sallyport reads and reports, in `manage` it also changes AWS. */
export interface Modes {
  /** The allowlist. */
  principals: Mode | (string & {});
  /** Accepting and rejecting connections. */
  acceptance: Mode | (string & {});
  /** The private DNS name, and the record that proves it. */
  private_dns: Mode | (string & {});
}

/** Who is to manage what. An aspect that is left out stays as it is. */
export interface ModesUpdate {
  /** The allowlist. */
  principals?: Mode;
  /** Accepting and rejecting connections. */
  acceptance?: Mode;
  /** The private DNS name, and the record that proves it. */
  private_dns?: Mode;
}

/** The endpoint and its VPC, as the customer's account shows them. */
export interface NetworkObservation {
  /** The VPC that the endpoint is in; null when nobody looked. */
  vpc_id: string | null;
  /** The zones that the endpoint has an interface in, by id. */
  availability_zone_ids: string[];
  /** Whether private DNS is switched on at the endpoint; null when nobody looked. */
  private_dns_enabled: boolean | null;
  /** The attribute `enableDnsSupport` of the VPC; null when nobody looked. */
  dns_support: boolean | null;
  /** The attribute `enableDnsHostnames` of the VPC; null when nobody looked. */
  dns_hostnames: boolean | null;
}

/** What to do next, and who. */
export interface NextStep {
  actor: Actor | (string & {});
  /** What to do. */
  action: string;
  /** The exact command that does it or helps with it; null when there is none. */
  command: string | null;
}

/** What one of the vendor's people has written about a connection, for the others. */
export interface Note {
  /** The id of the note: `note_` and 26 characters. */
  id: string;
  /** The connection it is about. */
  connection_id: string;
  /** As it was written. It may have several lines. */
  text: string;
  /** Who wrote it: the id of a key, or a person as the sign-in names them (`oidc:…`). */
  author: string;
  /** When it was made here. It never changes. */
  created_at: string;
}

/** A note to be written. */
export interface NoteCreate {
  /** As it was written. It may have several lines. */
  text: string;
}

/** A queue with notifications, and what workers have met there. */
export interface NotificationQueue {
  /** The ARN of a standard SQS queue. */
  queue_arn: string;
  /** The region whose connections it tells of. */
  region: string;
  /**
   * `new`: no worker has looked yet; `listening`; `silent`: connections have come since and no
   * message; `failing`: nothing can be received. In each, connections are found by polling too.
   */
  state: QueueState | (string & {});
  /** What is wrong; null when nothing is. */
  problem: string | null;
  /** What to do about it; null when nothing is to be done. */
  action: string | null;
  /**
   * Since when it fails; null while it does not. After two minutes it is an alarm of the drift
   * report.
   */
  failing_since: string | null;
  /** When a worker last looked; null before the first time. */
  polled_at: string | null;
  /** When the last message came; null before the first. */
  last_message_at: string | null;
  /** Messages so far. Each made a worker look; what it says is not believed. */
  messages: number;
  /**
   * Those that name endpoint services, but none of yours here: something else writes to the
   * queue.
   */
  foreign_messages: number;
}

/** What the customer's side saw of its connection, dated. It is taken as it was said. */
export interface Observation {
  /** The id of the observation: `obs_` and 26 characters. */
  id: string;
  /** The connection that it is about. */
  connection_id: string;
  source: ObservationSource | (string & {});
  /** When it was seen, as whoever reported it says. */
  observed_at: string;
  /** When it came here. */
  received_at: string;
  /** Where it was seen from; null when nobody said. */
  vantage: string | null;
  /** Null when nobody looked. */
  network: NetworkObservation | null;
  /** Null when nobody looked. */
  dns: ObservedDns | null;
  /** One for each address that was tried; none when nobody looked. */
  tcp: TcpObservation[];
  /** Null when nobody looked. */
  tls: TlsObservation | null;
  /** Null when nobody looked, or none was shown. */
  certificate: CertificateObservation | null;
  /** Null when nobody looked. */
  security_groups: SecurityGroupsObservation | null;
}

/** What the customer's side sees of its connection. Each part is optional: nobody looked then. */
export interface ObservationCreate {
  /** When it was seen; now, unless said otherwise. At most 30 days ago. */
  observed_at?: string;
  /**
   * Where it was seen from, in words: a host, a subnet, an office. Characters that steer
   * terminals
   * are replaced.
   */
  vantage?: string;
  network?: NetworkObservation;
  dns?: DnsObservation;
  /** One for each address that was tried. */
  tcp?: TcpObservation[];
  tls?: TlsObservation;
  certificate?: CertificateObservation;
  security_groups?: SecurityGroupsObservation;
}

/** Who reported it: staff, a key or token of the customer, or a script with a one-time token. */
export type ObservationSource = 'vendor' | 'customer' | 'script';

/** A right to report once on one connection, for a script. The token is shown this once. */
export interface ObservationToken {
  /** The id of the token: `obt_` and 26 characters. */
  id: string;
  /** The only connection that can be reported on with it. */
  connection_id: string;
  /** When it was made here. It never changes. */
  created_at: string;
  /** Until when it works: fifteen minutes after it was made. */
  expires_at: string;
  /** What the script sends along with its report. It works once. */
  token: string;
}

/** A report with a one-time token. */
export interface ObservationUpload {
  /** The token. It works once. */
  token: string;
  observation: ObservationCreate;
}

export interface ObservedDns {
  /** The name that clients connect to. */
  name: string;
  outcome: DnsOutcome | (string & {});
  /** The addresses that it gave; none unless it answered. */
  addresses: string[];
  /** The resolver that was asked; null when that of the system was, whatever it is. */
  resolver: string | null;
  /** Where they are: an endpoint's are private, so `public` ones lead past it. */
  scope: AddressScope | (string & {});
}

export interface ObservedPrivateDns {
  /** The name. */
  name: string;
  /** AWS's own value: `pendingVerification`, `verified` or `failed`. */
  state: string;
  /** Where AWS looks for the TXT record, to be put before the domain; null when it does not say. */
  label: string | null;
  /** What AWS looks for there; null when it does not say. */
  value: string | null;
}

export interface ObservedService {
  state: ServiceState | (string & {});
  /** Whether a connection waits until it is accepted. Otherwise AWS lets every one in. */
  acceptance_required: boolean;
  /** The zones that the service is in. */
  availability_zone_ids: string[];
  /** The load balancers behind it. */
  network_load_balancer_arns: string[];
  /** Its private DNS name; null when it has none. */
  private_dns: ObservedPrivateDns | null;
}

/** What is left of a customer by what AWS last showed, and what is done about it. */
export interface Offboarding {
  /** The customer that leaves, or would. */
  customer_id: string;
  /** State of the customer: a preview until it is `offboarding`. */
  state: CustomerState | (string & {});
  policy: OffboardingPolicy | (string & {});
  /** Until when the customer may delete its connections itself; null unless they drain. */
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

/** What is done next for the customer to leave. */
export interface OffboardingStep {
  /** `wait`, `reject` or `done`. */
  step: string;
  /** What it waits for, unless the step is another one: null then. */
  waiting_for: string | null;
  /** Connections that are rejected next. */
  connection_ids: string[];
}

export interface OidcProvider {
  /** Its discovery document is at `/.well-known/openid-configuration` below it. */
  issuer: string;
  /** The client to sign in with; null when none is meant for command lines. */
  client_id: string | null;
  /** What the token must be for: its `aud`. */
  audience: string;
}

/** A long-running change. Poll it until `done`. */
export interface Operation {
  /** The id of the operation: `op_` and 26 characters. */
  id: string;
  kind: OperationKind | (string & {});
  /** The id of the resource that it changes. */
  subject_id: string;
  /** The customer whose resource it changes; null for one of the vendor's. */
  customer_id: string | null;
  state: OperationState | (string & {});
  /** It has ended, well or not: `state` is no longer `running`. */
  done: boolean;
  /** What it is doing, or waiting for. */
  message: string;
  /**
   * What the vendor has to do before it can end or, once it has, about what it has left open.
   * Always empty for a customer.
   */
  held_up_by: Hindrance[];
  /** What went wrong, as docs/errors.md explains it; null unless it failed. */
  error_code:
    | 'account_disputed'
    | 'account_without_standing'
    | 'already_exists'
    | 'aspect_not_managed'
    | 'aws_call_failed'
    | 'challenge_not_usable'
    | 'customer_not_active'
    | 'forbidden'
    | 'headers_too_large'
    | 'idempotency_in_progress'
    | 'idempotency_mismatch'
    | 'import_refused'
    | 'in_use'
    | 'insufficient_scope'
    | 'internal_error'
    | 'invalid_cursor'
    | 'invalid_idempotency_key'
    | 'invalid_json'
    | 'invalid_principal'
    | 'invalid_request'
    | 'invalid_state_transition'
    | 'invite_not_usable'
    | 'limit_reached'
    | 'method_not_allowed'
    | 'not_found'
    | 'observation_token_not_usable'
    | 'payload_too_large'
    | 'precondition_failed'
    | 'precondition_required'
    | 'proof_refused'
    | 'rate_limited'
    | 'request_timeout'
    | 'route_not_found'
    | 'secrets_key_missing'
    | 'service_stands_still'
    | 'too_many_open'
    | 'unauthenticated'
    | 'unavailable'
    | 'unsupported_media_type'
    | 'wrong_id_kind'
    | null
    | (string & {});
  /** When it ended; null while it is running. */
  finished_at: string | null;
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it was last changed here. That AWS shows something else is no change. */
  updated_at: string;
}

/** What the long-running change is. */
export type OperationKind =
  | 'prove_account'
  | 'suspend_customer'
  | 'offboard_customer'
  | 'reconcile_service'
  | 'retire_service';

/** `running`, until it has `succeeded` or `failed`. */
export type OperationState = 'running' | 'succeeded' | 'failed';

/** The partition of AWS: the commercial one, China's, or the one of the US government. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

/** A connection at that moment. */
export interface PastConnection {
  /** The id of the connection. */
  id: string;
  /** AWS's id of the endpoint. */
  vpc_endpoint_id: string;
  /** The state it was in; null when the states from then are no longer kept. */
  state:
    | 'pendingAcceptance'
    | 'pending'
    | 'available'
    | 'deleting'
    | 'deleted'
    | 'rejected'
    | 'failed'
    | 'expired'
    | 'partial'
    | 'unknown'
    | null
    | (string & {});
  /** Since when it had been in that state; null when that is no longer kept. */
  since: string | null;
  /** Whether traffic could flow; null when that is not known. */
  could_reach: boolean | null;
  /** The account that the endpoint was in; null when that is not known. */
  account_id: string | null;
  /** Whose account it was; null when nobody had standing for it. */
  customer_id: string | null;
  /** The standing that its customer had for the account; null when nobody had one. */
  standing:
    | 'claimed'
    | 'proven'
    | 'attested'
    | 'imported'
    | 'disputed'
    | 'lapsed'
    | null
    | (string & {});
  /**
   * Who had allowed it: an API key, a token, a person or a reconciler; null for what was made by
   * other hands.
   */
  allowed_by: string | null;
  /** The reason that was given; null when none was. */
  allowed_reason: string | null;
  /** When it was allowed; null for what was made by other hands. */
  allowed_at: string | null;
}

/** An entry of the allowlist at that moment. */
export interface PastPrincipal {
  /** Whom it let in. */
  arn: string;
  /** When it was first seen there. */
  since: string;
  /** The account of the ARN; null for `*`, an organization or a service. */
  account_id: string | null;
  /** Whose account it was; null when nobody had standing for it. */
  customer_id: string | null;
  /** The standing that its customer had for the account; null when nobody had one. */
  standing:
    | 'claimed'
    | 'proven'
    | 'attested'
    | 'imported'
    | 'disputed'
    | 'lapsed'
    | null
    | (string & {});
  /**
   * Who had allowed it: an API key, a token, a person or a reconciler; null for what was made by
   * other hands.
   */
  allowed_by: string | null;
  /** The reason that was given; null when none was. */
  allowed_reason: string | null;
  /** When it was allowed; null for what was made by other hands. */
  allowed_at: string | null;
}

/** The way from the customer's client to the vendor's targets. */
export interface Path {
  /** From the client to the target. */
  hops: Hop[];
  /** The same as a picture of 80 columns, with the broken hop marked: lines of ASCII. */
  text: string;
}

/** What would change in AWS if every aspect were in `manage`, by what was last observed. */
export interface Plan {
  /** The service that it is about. */
  endpoint_service_id: string;
  /** When AWS was last asked about the service; null before the first time. */
  observed_at: string | null;
  modes: Modes;
  principals: PrincipalPlan;
  connections: ConnectionPlan;
  private_dns: PrivateDnsPlan;
}

/** What the plan would change if every aspect were in `manage`. */
export interface PlanCounts {
  /** Entries to be put on the allowlist. */
  add_principals: number;
  /** Entries of Sallyport's to be taken off the allowlist. */
  remove_principals: number;
  /** Connections to be let in. */
  accept_connections: number;
  /** Connections to be cut off. */
  reject_connections: number;
  /** Connections that policy holds until somebody decides. */
  held_connections: number;
  /** The next step of the private DNS name, as the plan has it; `none` when there is none. */
  private_dns_step: string;
}

/** Whether security groups let the port through. */
export type PortState = 'open' | 'closed' | 'unknown';

/** Whether an endpoint would come to work, why not, and whose turn it is. */
export interface Preflight {
  /** The service that it is about. */
  endpoint_service_id: string;
  /** The account that the endpoint is to be made in. */
  account_id: string;
  /** The region of the endpoint. */
  region: string;
  /** Whether nothing stands in the way, by all that was looked at; `unknown` is no `yes`. */
  ready: 'yes' | 'no' | 'unknown' | (string & {});
  /** The outcome in a sentence. */
  summary: string;
  /** Whose turn it is; `nobody` when nothing is to be done. */
  turn: 'vendor' | 'customer' | 'aws' | 'caller' | 'nobody' | (string & {});
  /** What to do first; null when nothing is to be done. */
  next: NextStep | null;
  /** In the order of the way from the account to an endpoint that works. */
  checks: Check[];
  /** Of the zones that were named, where it can be; all of the service when none were named. */
  availability_zone_ids: string[];
  /** When AWS last showed the service; null when it has not yet. */
  observed_at: string | null;
}

/**
 * The endpoint that is to be made. What is left out cannot be judged, and is told as
 * `unknown`.
 */
export interface PreflightQuestion {
  /** Whose endpoint it is to be. Staff name it; a customer is itself. */
  customer_id?: string;
  /** The service that the endpoint is to be attached to. */
  endpoint_service_id: string;
  /** The account that the endpoint is to be made in. */
  account_id: string;
  /** The region of the endpoint; that of the service unless said otherwise. */
  region?: string;
  /** The zones of its subnets, for who knows no more of them. */
  availability_zone_ids?: string[];
  /** The subnets that the endpoint is to be in. */
  subnets?: PreflightSubnet[];
  /** The attributes of the VPC that private names depend on. */
  vpc?: PreflightVpc;
  /** The role that will make the endpoint: an allowlist may name roles. */
  role_name?: string;
  /** How the name of the service is to be resolved; `endpoint` unless said otherwise. */
  dns?: DnsMode;
}

/** A subnet, as `DescribeSubnets` shows it. */
export interface PreflightSubnet {
  /** The id of the subnet. */
  subnet_id: string;
  /** The zone that it is in. */
  availability_zone_id: string;
  /** How many of its addresses are free: the endpoint takes one. */
  available_ip_address_count?: number;
}

/** Attributes of a VPC, as `DescribeVpcAttribute` shows them. */
export interface PreflightVpc {
  /** `enableDnsSupport` of the VPC. */
  dns_support?: boolean;
  /** `enableDnsHostnames` of the VPC. */
  dns_hostnames?: boolean;
}

/** An entry of an endpoint service's allowlist, wanted or found. */
export interface Principal {
  /** The id of the entry: `prn_` and 26 characters. */
  id: string;
  /** The endpoint service whose allowlist it is in, or is to be in. */
  endpoint_service_id: string;
  /** Whom it lets in, as AWS has it on the allowlist. */
  arn: string;
  /** The grants that want it; empty for what other hands have made. */
  grant_ids: string[];
  state: PrincipalState | (string & {});
  /** Its state, or `released`. That of the condition `ready`. */
  reason: string;
  /** Whether AWS lets it in, and whether that takes its time. */
  conditions: Condition[];
  /** Sallyport put it there, so Sallyport may take it away. */
  owned: boolean;
  /** AWS showed it when the allowlist was last read. */
  observed: boolean;
  /** An operator let it go: it is not put back, although a grant wants it. */
  released: boolean;
  /** When the allowlist was last read; null before the first time. */
  observed_at: string | null;
  /** Since when it is in this state. */
  since: string;
  /** Since when it is to be added or removed, and AWS does not show it so; null once it does. */
  unsettled_since: string | null;
  /**
   * Since when AWS should have shown it: 10 minutes later. The drift report tells why it has
   * not.
   * Null while it is not late.
   */
  stuck_since: string | null;
  /**
   * `open_to_everyone` (`*`), `open_to_organization` or `open_to_service`: it lets in more than
   * an
   * account. `contested`: other hands have removed it. Null when there is nothing of the kind.
   */
  alarm:
    | 'open_to_everyone'
    | 'open_to_organization'
    | 'open_to_service'
    | 'contested'
    | null
    | (string & {});
}

/** Takes over an entry that other hands have made. */
export interface PrincipalAdopt {
  /** Why it may be taken over, for the audit log. */
  reason: string;
}

/** What to do about an entry that other hands have removed. */
export interface PrincipalDecision {
  /** Why, for the audit log. */
  reason: string;
}

/** What would become of the allowlist. */
export interface PrincipalPlan {
  /** Wanted, and not there. */
  add: string[];
  /** Sallyport's, and no longer wanted. */
  remove: string[];
  /** Wanted, but removed by other hands: held until somebody decides. */
  contested: string[];
  /** There, but not ours: left alone. */
  unmanaged: string[];
}

/**
 * `pending`: wanted, not there yet · `allowed`: wanted and there · `removing`: ours, no longer
 * wanted · `unmanaged`: there, not ours and not wanted · `contested`: wanted, and another hand
 * removed it · `gone`: neither wanted nor there.
 */
export type PrincipalState =
  | 'pending'
  | 'allowed'
  | 'removing'
  | 'unmanaged'
  | 'contested'
  | 'gone';

/** Takes over several entries that other hands have made: all of them, or none. */
export interface PrincipalsAdopt {
  /** The entries, by their ids or ARNs. */
  principals: string[];
  /** Why they may be taken over, for the audit log. */
  reason: string;
}

/** The private DNS name of an endpoint service: what is wanted, and how far it is. */
export interface PrivateDns {
  /** The service whose name it is. */
  endpoint_service_id: string;
  /** The wanted name; null when none is wanted. */
  name: string | null;
  /** How far it is. `blocked` and `failed` wait for somebody; `next` says for whom. */
  state:
    | 'absent'
    | 'configuring'
    | 'publishing'
    | 'verifying'
    | 'verified'
    | 'blocked'
    | 'failed'
    | (string & {});
  /** What it waits for, or why it cannot go on, and where the record was seen. */
  message: string;
  /** That of the condition `ready`. */
  reason: string;
  /** Whether it is verified, whether that takes its time, whether its record was seen. */
  conditions: Condition[];
  /** What to do next, and who; null when there is nothing to do. */
  next: NextStep | null;
  /** The TXT record that proves the domain; null until AWS has said what is to be in it. */
  record: VerificationRecord | null;
  /** AWS's own value: `pendingVerification`, `verified` or `failed`. Null while AWS has no name. */
  aws_state: string | null;
  /**
   * Since when it is in this state. A verification that fails and is started again is one state.
   * Null until a worker has looked.
   */
  since: string | null;
  /**
   * Since when it should have gone on: 10 minutes after it was to be configured, 15 after the
   * record was to be published, 30 after AWS was first asked, an hour after people were told to
   * mend something. Nothing is given up then, and `message` and `next` say what to do. Null
   * while
   * it is not late.
   */
  stuck_since: string | null;
  /** Since when it counts as verified, by two reads of AWS that agree; null while it does not. */
  verified_since: string | null;
  /**
   * Since when a name that was verified is so no longer, by two reads that agree. AWS then
   * denies
   * new connections; those that are there stay. Null while it is not lost.
   */
  lost_since: string | null;
  /** Where the value of the record was last looked for, and what was there. */
  sightings: Sighting[];
  /** When AWS was last asked; null before the first time. */
  observed_at: string | null;
}

/** What would become of the private DNS name. */
export interface PrivateDnsPlan {
  /** The next step, such as `set_name`, `write_record`, `start_verification`, `wait` or `none`. */
  step: string;
}

/** The name that is wanted. */
export interface PrivateDnsPut {
  /**
   * A name in a domain of yours, in lower case, as `api.vendor.example`; a leading `*.` is
   * allowed.
   */
  name: string;
}

/** A failure (RFC 9457). `code` is stable; `remediation` says whose turn it is. */
export interface Problem {
  /** Where the error is documented: its cause and its remedy. */
  type: string;
  /** The kind of failure in words, the same for each `code`. */
  title: string;
  /** The HTTP status of the answer. */
  status: number;
  /** What is wrong with this request, in words. */
  detail: string;
  /** The path of the request; empty where that is no path at all. */
  instance: string;
  code: ErrorCode | (string & {});
  /** The `X-Request-Id` of the answer. Name it when you ask for help. */
  request_id: string;
  /** Each field or parameter that is wrong; left out where none is. */
  errors?: ProblemField[];
  remediation: Remediation;
}

/** A field or a parameter that is wrong. */
export interface ProblemField {
  /** Where in the body, as a JSON Pointer (RFC 6901); empty for the whole body. */
  pointer?: string;
  /** Which parameter of the path, the query or the headers. */
  parameter?: string;
  /** What it must be instead. */
  detail: string;
}

/**
 * `signature`: a signed `sts:GetCallerIdentity` · `web_identity_token`: a token of
 * `sts:GetWebIdentityToken` · `role`: a role that trusts us, by which we look ourselves.
 */
export type ProofMethod = 'signature' | 'web_identity_token' | 'role';

/** A role without permissions by which a customer's account can be proven, and proven again. */
export interface ProofRole {
  /** The name to give it: ours, or the only one that the vendor takes from this customer. */
  role_name: string;
  /** Its ARN when it is made by that name. */
  role_arn: string;
  /**
   * The external id that its trust policy has to ask for. It is this customer's alone, never
   * changes, and is no secret.
   */
  external_id: string;
  /**
   * Whom it has to trust: the ARN of the vendor's role or account. Null until the vendor has an
   * account in this partition.
   */
  trusted_principal: string | null;
  /** The trust policy of the role, as JSON; null as long as there is nobody to be trusted. */
  trust_policy: string | null;
}

/**
 * A proof in one of three forms, by `method`. `signature`, which is meant unless said
 * otherwise,
 * has the parts of a presigned `sts:GetCallerIdentity`, and no credential;
 * `web_identity_token`
 * has that member; `role` may have `role_name`.
 */
export interface ProofSubmit {
  /** The challenge that is answered. */
  challenge_id: string;
  /** Which members are there. */
  method?: ProofMethod;
  /** The region whose STS host was signed for. */
  region?: string;
  /** The access key id that signed: `AKIA…` or, of a session, `ASIA…`. It is no secret. */
  access_key_id?: string;
  /** `X-Amz-Date` as signed: `YYYYMMDDTHHMMSSZ`. */
  amz_date?: string;
  /** The session token of temporary credentials, as signed. Alone it lets nobody in. */
  session_token?: string;
  /** `X-Amz-Signature`: 64 hexadecimal digits. */
  signature?: string;
  /**
   * A token of `sts:GetWebIdentityToken`, for the challenge's audience and with the challenge as
   * a
   * request tag.
   */
  web_identity_token?: string;
  /**
   * The role in the account that trusts the vendor, after its path if it has one; that of
   * `proof-role` unless given.
   */
  role_name?: string;
}

/** One of the vendor's own AWS accounts, in which endpoint services live. */
export interface ProviderAccount {
  /** The id of the provider account: `pacc_` and 26 characters. */
  id: string;
  /** What people call it. */
  name: string;
  /** The AWS account number: 12 digits. It never changes. */
  account_id: string;
  /** The role that the worker assumes there; null to use the worker's own credentials. */
  role_arn: string | null;
  /** The external id that the role's trust policy asks for; null when it asks for none. */
  external_id: string | null;
  /** The regions that workers look at. */
  regions: string[];
  /** Public hosted zones that Sallyport may write verification records into. */
  hosted_zones: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one,
   * a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   */
  notification_queue_arns: string[];
  /** How each of these queues is doing. */
  notification_queues: NotificationQueue[];
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it was last changed here. That AWS shows something else is no change. */
  updated_at: string;
}

/** A new provider account. */
export interface ProviderAccountCreate {
  /** What people call it. */
  name: string;
  /** The AWS account number: 12 digits. */
  account_id: string;
  /**
   * The role that the worker assumes there. Leave it out when the worker's own credentials are
   * of
   * this account.
   */
  role_arn?: string;
  /** The external id that the trust policy of the role asks for (STS API reference, AssumeRole). */
  external_id?: string;
  /** The regions that workers look at. */
  regions: string[];
  /** Public hosted zones that Sallyport may write verification records into. */
  hosted_zones?: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one,
   * a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   */
  notification_queue_arns?: string[];
}

/** All that a provider account is to be; what is left out gets its default. */
export interface ProviderAccountPut {
  /** What people call it. */
  name: string;
  /**
   * The role that the worker assumes there. Leave it out when the worker's own credentials are
   * of
   * this account.
   */
  role_arn?: string | null;
  /** The external id that the trust policy of the role asks for (STS API reference, AssumeRole). */
  external_id?: string | null;
  /** The regions that workers look at. */
  regions: string[];
  /** Public hosted zones that Sallyport may write verification records into; none unless given. */
  hosted_zones?: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most; none
   * unless
   * given.
   */
  notification_queue_arns?: string[];
}

/** What is left out stays as it is. */
export interface ProviderAccountUpdate {
  /** What people call it. */
  name?: string;
  /** The regions that workers look at, in place of those before. */
  regions?: string[];
  /**
   * Public hosted zones that Sallyport may write verification records into, in place of those
   * before.
   */
  hosted_zones?: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one,
   * a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   */
  notification_queue_arns?: string[];
}

/** Endpoint services that nothing is changed of, by the reason. */
export interface QuarantinedServices {
  /** Their mark is of another Sallyport. */
  another_deployment: number;
  /** They were changed after this database was copied or saved. */
  older_database: number;
  /** This database is a copy in another place. */
  moved_database: number;
}

/**
 * `new`: no look has come to its end yet · `listening` · `silent`: connections have come
 * since, and
 * no message · `failing`: nothing can be received. In each, connections are found by the
 * regular
 * poll.
 */
export type QueueState = 'new' | 'listening' | 'silent' | 'failing';

/** How fresh one kind of reading is. */
export interface ReadTier {
  /** When it was last read to the end; null before the first time. */
  read_at: string | null;
  /**
   * How old it gets at most while workers run and AWS answers, in seconds. It grows with the
   * number
   * of services and of entries, so that reads take no more than a tenth of AWS's request rate.
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
  /** Kind and key, with a slash in between. */
  id: string;
  kind: TargetKind | (string & {});
  /** The id of what it looks after, or `<provider account>/<region>`. */
  key: string;
  /** When a worker takes it next. */
  due_at: string;
  /** The worker that runs it at the moment; null while none does. */
  lease_owner: string | null;
  /** Until when that worker has it, unless it says that it is still alive; null while none has. */
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
   * answers, in seconds. It grows with the services and entries of the provider account in the
   * region, so that reads take no more than a tenth of AWS's request rate. Null for a target
   * that
   * has an end.
   */
  max_age_seconds: number | null;
  /** What the last run told; null before the first has ended. */
  report: RunReport | null;
  /** When the last run ended; null before the first has. */
  reported_at: string | null;
}

/** What to do about it, and who. */
export interface Remediation {
  actor: Actor | (string & {});
  /** What to do. */
  action: string;
  /** A command line that helps; null when there is none. */
  command: string | null;
}

/**
 * `operator` changes everything, `support` reads and retries, `customer` sees its own customer
 * only.
 */
export type Role = 'operator' | 'support' | 'customer';

export interface RowError {
  /** A code of the error catalogue. */
  code: ErrorCode | (string & {});
  /** What is wrong with this row. */
  detail: string;
  /** The exact command that helps; null when there is none. */
  command: string | null;
}

/** A run of a worker that had something else to tell than the run before. */
export interface Run {
  /** The id of the run: `run_` and 26 characters. */
  id: string;
  /** The kind of the target that it looked after. */
  kind: TargetKind | (string & {});
  /** The id of what it looked after, or `<provider account>/<region>`. */
  key: string;
  /** When it ended. */
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
  | 'notes:read'
  | 'notes:write'
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
  | 'setup:read'
  | 'setup:write'
  | 'tokens:read'
  | 'tokens:write'
  | 'webhooks:read'
  | 'webhooks:write';

/** A region in which connections were looked for. */
export interface SearchedRegion {
  /** The region of the services. */
  region: string;
  /** The services whose connections were looked through. */
  service_names: string[];
  /** When all of their connections were last read to the end; null before the first time. */
  read_at: string | null;
  /** How old that gets at most while workers run. */
  max_age_seconds: number;
}

/** What security groups do with the port: those of the endpoint, and those of the client. */
export interface SecurityGroupsObservation {
  /** The security groups of the endpoint. */
  ids: string[];
  /** The port that it is about. */
  port: number;
  /** Whether those of the endpoint let clients in. */
  ingress: PortState | (string & {});
  /** Whether those of the client let it out. */
  egress: PortState | (string & {});
}

/** What is left of the customer on one service. */
export interface ServiceOffboarding {
  /** The service. */
  endpoint_service_id: string;
  /** AWS's id of it; null until AWS has created it. */
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
 * The state of the service as AWS last showed it; `missing` when AWS knows of no such service,
 * `unknown` until it was asked or for a state that this version does not know.
 */
export type ServiceState =
  | 'pending'
  | 'available'
  | 'deleting'
  | 'deleted'
  | 'failed'
  | 'missing'
  | 'unknown';

/** All that makes the customer's side of a connection, in one format. */
export interface Setup {
  /** As it was asked for. */
  format: SetupFormat | (string & {});
  /** The service that it is about. */
  endpoint_service_id: string;
  /** The account that the endpoint is to be made in. */
  account_id: string;
  /** The region of the endpoint. */
  region: string;
  /** To be kept as they are named, in one folder. */
  files: SetupFile[];
  /** What to do with them, in order. */
  steps: NextStep[];
  /** What only the customer can know, and has to put in place of names in capitals. */
  placeholders: SetupPlaceholder[];
}

/** A file of a setup. */
export interface SetupFile {
  /** Its name, in folders perhaps, with slashes in between. */
  name: string;
  /** What is in it. */
  content: string;
}

/** What the customer's side is made with; or, as `change-request`, what asks for it. */
export type SetupFormat = 'terraform' | 'cloudformation' | 'cdk' | 'aws-cli' | 'change-request';

/** A name in capitals that stands for what only the customer knows. */
export interface SetupPlaceholder {
  /** The name, as it stands in files and steps. */
  name: string;
  /** What it stands for. */
  meaning: string;
  /** The command that tells it; null when there is none. */
  command: string | null;
}

/** The endpoint that is to be made. What is left out is asked for by what is answered. */
export interface SetupQuestion {
  /** Whose endpoint it is to be. Staff name it; a customer is itself. */
  customer_id?: string;
  /** The service that the endpoint is to be attached to. */
  endpoint_service_id: string;
  /** The account that the endpoint is to be made in: one that the customer has claimed. */
  account_id: string;
  /** What it is to be made with; or the document that asks for it. */
  format: SetupFormat;
  /** The region of the endpoint; that of the service unless said otherwise. */
  region?: string;
  /** The VPC of the endpoint. */
  vpc_id?: string;
  /**
   * Zones that the endpoint is to be in, by their global ids; those of the service when none are
   * named. Of those that are, the ones that the service is not in are left out.
   */
  availability_zone_ids?: string[];
  /**
   * The subnets, one a zone. When none are named, they are found by their zones where that can
   * be.
   */
  subnet_ids?: string[];
  /** Security groups that there are already; one is made when none are named. */
  security_group_ids?: string[];
  /** Who may use the endpoint, when its security group is made; those of the VPC unless named. */
  client_cidrs?: string[];
  /** TCP ports of the service; 443 unless said otherwise. */
  ports?: number[];
  /** How the name of the service is to be resolved; `endpoint` unless said otherwise. */
  dns?: DnsMode;
  /** Further VPCs of the account in which a hosted zone is to resolve. */
  dns_vpc_ids?: string[];
  /** The Route 53 Profile, where `dns` is `profile`. */
  profile_id?: string;
  /** Whether to make the role that proves the account as well; not unless said so. */
  proof_role?: boolean;
}

/**
 * What one place has of the TXT value that AWS looks for, which is the `value` of the
 * `record`.
 */
export interface Sighting {
  /** The zone, by Route 53's API, or a name server that public DNS delegates to. */
  where: string;
  /** `unknown` when it was not to be asked. */
  outcome: 'found' | 'missing' | 'unknown' | (string & {});
  /** Other values under the same name, the first five. */
  other_values: string[];
  /** Why nothing is known; null when something is. */
  problem: string | null;
  /** When it was asked. */
  at: string;
}

/** How staff sign in. Customers always have keys. */
export interface SignIn {
  /** Whether API keys of staff work here. */
  staff_keys: boolean;
  /** The identity provider of staff; null when there is none. */
  oidc: OidcProvider | null;
}

export interface Snapshot {
  [key: string]: unknown;
}

/**
 * How we know that an account is its customer's. `proven`: by a signed proof · `attested`: an
 * operator vouches for it · `imported`: it was so when Sallyport came · `claimed`: nobody has
 * shown it yet · `disputed`: another customer has proven it · `lapsed`: its proof is too old
 * to
 * let anything new in.
 */
export type Standing = 'claimed' | 'proven' | 'attested' | 'imported' | 'disputed' | 'lapsed';

/** The state of a resource that has one. */
export interface StateChange {
  /** The state until then; null for what has none, or was not there. */
  before: string | null;
  /** The state from then on; null for what has none, or is no longer there. */
  after: string | null;
}

/**
 * `keep`: nothing is taken away, only new connections are not let in. `block`: the customer's
 * principals leave the allowlists too. `reject`: and then its live connections are rejected.
 */
export type SuspensionPolicy = 'keep' | 'block' | 'reject';

/**
 * `configurations`, `connections` and `backends` (of a region), `hints` (its notification
 * queue),
 * `principals` and `private_dns` (of a service), `grant` (one with an end), `proof` (of an
 * account), `customer` (one that leaves or is suspended), `retirement` (of a service),
 * `alarms` (of
 * the drift reports) or `cleaning` (of the database).
 */
export type TargetKind =
  | 'configurations'
  | 'principals'
  | 'private_dns'
  | 'connections'
  | 'backends'
  | 'hints'
  | 'grant'
  | 'proof'
  | 'retirement'
  | 'customer'
  | 'alarms'
  | 'cleaning';

/** A connection that was tried to one address. */
export interface TcpObservation {
  /** The address that was connected to. */
  address: string;
  /** The port that was connected to. */
  port: number;
  outcome: TcpOutcome | (string & {});
  /** Milliseconds until the connection was there; null when it never was, or nobody measured. */
  latency_ms: number | null;
}

/** What came of a connection to one address and port. */
export type TcpOutcome = 'connected' | 'refused' | 'timed_out' | 'unreachable' | 'failed';

/** A TLS handshake. PrivateLink carries bytes: whether they are encrypted is up to both ends. */
export interface TlsObservation {
  /** The name that the client asked for (SNI). */
  server_name: string;
  outcome: TlsOutcome | (string & {});
  /** Such as `TLSv1.3`; null when nothing was negotiated. */
  version: string | null;
  /** What was agreed on by ALPN, such as `h2`; null when nothing was. */
  alpn: string | null;
}

/** What came of a TLS handshake, whatever the certificate says. */
export type TlsOutcome = 'negotiated' | 'refused' | 'timed_out' | 'failed';

/** Lets an account have another issuer of web identity tokens. */
export interface TokenIssuerForget {
  /** How you know that the account has another issuer now. It goes into the audit log. */
  reason: string;
}

/** A change from one state to the next, as workers saw it. */
export interface Transition {
  /** When a worker saw the new state. */
  at: string;
  /** The state before; null for the first one that was seen. */
  from:
    | 'pendingAcceptance'
    | 'pending'
    | 'available'
    | 'deleting'
    | 'deleted'
    | 'rejected'
    | 'failed'
    | 'expired'
    | 'partial'
    | 'unknown'
    | null
    | (string & {});
  to: ConnectionState | (string & {});
}

export interface VerificationRecord {
  /** Where it belongs. */
  name: string;
  /** Its type. */
  type: 'TXT' | (string & {});
  /** What AWS looks for, without quotes. It may stand beside other values. */
  value: string;
  /** The zone that Sallyport wrote it into; null when it is to be placed by hand. */
  zone_id: string | null;
}

/** An address that events are sent to, without its secret. */
export interface Webhook {
  /** The id of the webhook: `whk_` and 26 characters. */
  id: string;
  /** `vendor`, or `customer` for one that a customer has made. */
  owner: 'vendor' | 'customer' | (string & {});
  /** Whose events it gets; null for those of everybody. */
  customer_id: string | null;
  /** Where messages are sent. */
  target_url: string;
  /** What it is for; empty when nobody has said. */
  description: string;
  /** Types, or all of a resource as `connection.*`; none for every type. */
  event_types: string[];
  /** Until when messages are signed with the secret of before, too; null when they are not. */
  secret_ends_at: string | null;
  /** Since when nothing is sent there; null while it is switched on. */
  disabled_since: string | null;
  /** Why nothing is sent there; null while it is switched on. */
  disabled_reason: string | null;
  /**
   * Since when nothing has arrived, though it was tried. After five days it is disabled. Null
   * while
   * messages arrive.
   */
  failing_since: string | null;
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it was last changed here. That AWS shows something else is no change. */
  updated_at: string;
}

/** A new webhook. */
export interface WebhookCreate {
  /** Where messages are sent: https, and an address of the public internet. */
  target_url: string;
  /** What it is for, in your words. */
  description?: string;
  /** Types, or all of a resource as `connection.*`; none for every type. */
  event_types?: string[];
  /** Only the events of this customer, by id or `external_id`. */
  customer_id?: string;
}

/** How the secret of a webhook is replaced. */
export interface WebhookSecretRotate {
  /**
   * For how many hours the old secret goes on to sign, too; 0 ends it at once.
   * @defaultValue 24
   */
  overlap_hours?: number;
}

/** What is left out stays as it is. */
export interface WebhookUpdate {
  /** Where messages are sent: https, and an address of the public internet. */
  target_url?: string;
  /** What it is for, in your words. */
  description?: string;
  /**
   * Types, or all of a resource as `connection.*`, in place of those before; none for every
   * type.
   */
  event_types?: string[];
  /** False to send nothing for now. What comes meanwhile is not sent later. */
  enabled?: boolean;
}

/** The secret is shown this once. */
export interface WebhookWithSecret {
  /** The id of the webhook: `whk_` and 26 characters. */
  id: string;
  /** `vendor`, or `customer` for one that a customer has made. */
  owner: 'vendor' | 'customer' | (string & {});
  /** Whose events it gets; null for those of everybody. */
  customer_id: string | null;
  /** Where messages are sent. */
  target_url: string;
  /** What it is for; empty when nobody has said. */
  description: string;
  /** Types, or all of a resource as `connection.*`; none for every type. */
  event_types: string[];
  /** Until when messages are signed with the secret of before, too; null when they are not. */
  secret_ends_at: string | null;
  /** Since when nothing is sent there; null while it is switched on. */
  disabled_since: string | null;
  /** Why nothing is sent there; null while it is switched on. */
  disabled_reason: string | null;
  /**
   * Since when nothing has arrived, though it was tried. After five days it is disabled. Null
   * while
   * messages arrive.
   */
  failing_since: string | null;
  /** When it was made here. It never changes. */
  created_at: string;
  /** When it was last changed here. That AWS shows something else is no change. */
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
  /** Id of the customer (`cus_…`), or its `external_id`. */
  customer_id?: string;
  /** Only accounts of this standing. */
  standing?: Standing;
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
  /** Id of the customer (`cus_…`), or its `external_id`. */
  customer_id?: string;
}

export interface ListAuditEntriesOptions extends ListOptions {
  /** Only changes of the resource with this id. */
  subject_id?: string;
  /** Id of the customer (`cus_…`), or its `external_id`. */
  customer_id?: string;
  /**
   * Only what the request with this `X-Request-Id` changed, and what workers did
   * that follows from it. The id of a trace stands for all of its requests.
   */
  request_id?: string;
  /** Only what this key, token, person or worker did. */
  actor?: string;
}

export interface ListConnectionsOptions extends ListOptions {
  /** Id of the customer (`cus_…`), or its `external_id`. */
  customer_id?: string;
  /** Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`. */
  endpoint_service_id?: string;
  /** Only connections in this state. */
  state?: ConnectionState;
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
  /** Only customers in this state. */
  state?: CustomerState;
  /** Leave out what was not changed since this moment. */
  updated_since?: string;
}

export interface GetOffboardingOptions extends CallOptions {
  /** On which terms it would leave; `reject` unless said otherwise. */
  policy?: OffboardingPolicy;
}

export interface DiagnoseEndpointOptions extends CallOptions {
  /** Whose it is, where it is not seen; left out by a customer's own key. */
  customer_id?: string;
}

export interface ListEffectsOptions extends ListOptions {
  /** Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`. */
  endpoint_service_id?: string;
  /** Only changes with this outcome. */
  outcome?: EffectState;
}

export interface ListEndpointServicesOptions extends ListOptions {
  /** Only services in this region of AWS. */
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
  /** Id of the customer (`cus_…`), or its `external_id`. */
  customer_id?: string;
  /** Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`. */
  endpoint_service_id?: string;
  /** Leave out what was not changed since this moment. */
  updated_since?: string;
}

export interface ListOperationsOptions extends ListOptions {
  /** Only operations in this state. */
  state?: OperationState;
  /** Id of the customer (`cus_…`), or its `external_id`. */
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
  /** Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`. */
  endpoint_service_id?: string;
  /** Only entries in this state. */
  state?: PrincipalState;
  /** The AWS account that the entries let in. */
  account_id?: string;
}

export interface ListProviderAccountsOptions extends ListOptions {
  /** Leave out what was not changed since this moment. */
  updated_since?: string;
}

export interface ListReconcileTargetsOptions extends ListOptions {
  /** Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`. */
  endpoint_service_id?: string;
  /** Only targets of this kind. */
  kind?: TargetKind;
}

export interface ListRunsOptions extends ListOptions {
  /** Id of the endpoint service (`svc_…`), or AWS's `vpce-svc-…`. */
  endpoint_service_id?: string;
  /** Only runs of targets of this kind. */
  kind?: TargetKind;
}

export interface ListWebhooksOptions extends ListOptions {
  /** Id of the customer (`cus_…`), or its `external_id`. */
  customer_id?: string;
}

export interface ListDeliveriesOptions extends ListOptions {
  /** Only deliveries in this state. */
  state?: DeliveryState;
}
