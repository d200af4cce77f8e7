import type { ConnectionState } from '../../domain/connection.ts';
import type { Standing } from '../../domain/account.ts';
import type { AccountNumber, PrincipalArn, VpcEndpointId } from './aws-names.ts';
import type { ConnectionId, CustomerId, EndpointServiceId } from './ids.ts';
import type { Prose, Timestamp } from './text.ts';

/** Who could reach a service at a moment. */
export interface AccessReport {
  /** The moment that it is about. */
  at: Timestamp;
  /** The service that it is about. */
  endpoint_service_id: EndpointServiceId;
  /** From when on such a report can be complete. */
  known_since: Timestamp;
  /** Whether nothing that the report should tell is unknown; `limits` says what is. */
  complete: boolean;
  /** What is not known of that moment; empty for a report that is complete. */
  limits: Prose[];
  /** Who was on the allowlist, as AWS showed it. */
  principals: PastPrincipal[];
  /** Connections that had not ended. */
  connections: PastConnection[];
}

/** An entry of the allowlist at that moment. */
export interface PastPrincipal {
  /** Whom it let in. */
  arn: PrincipalArn;
  /** When it was first seen there. */
  since: Timestamp;
  /** The account of the ARN; null for `*`, an organization or a service. */
  account_id: AccountNumber | null;
  /** Whose account it was; null when nobody had standing for it. */
  customer_id: CustomerId | null;
  /** The standing that its customer had for the account; null when nobody had one. */
  standing: Standing | null;
  /**
   * Who had allowed it: an API key, a token, a person or a reconciler; null for what was made by
   * other hands.
   * @minLength 1
   */
  allowed_by: string | null;
  /**
   * The reason that was given; null when none was.
   * @minLength 1
   */
  allowed_reason: string | null;
  /** When it was allowed; null for what was made by other hands. */
  allowed_at: Timestamp | null;
}

/** A connection at that moment. */
export interface PastConnection {
  /** The id of the connection. */
  id: ConnectionId;
  /** AWS's id of the endpoint. */
  vpc_endpoint_id: VpcEndpointId;
  /** The state it was in; null when the states from then are no longer kept. */
  state: ConnectionState | null;
  /** Since when it had been in that state; null when that is no longer kept. */
  since: Timestamp | null;
  /** Whether traffic could flow; null when that is not known. */
  could_reach: boolean | null;
  /** The account that the endpoint was in; null when that is not known. */
  account_id: AccountNumber | null;
  /** Whose account it was; null when nobody had standing for it. */
  customer_id: CustomerId | null;
  /** The standing that its customer had for the account; null when nobody had one. */
  standing: Standing | null;
  /**
   * Who had allowed it: an API key, a token, a person or a reconciler; null for what was made by
   * other hands.
   * @minLength 1
   */
  allowed_by: string | null;
  /**
   * The reason that was given; null when none was.
   * @minLength 1
   */
  allowed_reason: string | null;
  /** When it was allowed; null for what was made by other hands. */
  allowed_at: Timestamp | null;
}
