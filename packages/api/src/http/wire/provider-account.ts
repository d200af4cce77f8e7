import type { QueueState } from '../../domain/notification-queue.ts';
import type { AccountNumber, HostedZoneId, QueueArn, Region, RoleArn } from './aws-names.ts';
import type { ProviderAccountId } from './ids.ts';
import type { CreatedAt, Prose, Timestamp, UpdatedAt } from './text.ts';

/** One of the vendor's own AWS accounts, in which endpoint services live. */
export interface ProviderAccount {
  /** The id of the provider account: `pacc_` and 26 characters. */
  id: ProviderAccountId;
  name: ProviderAccountName;
  /** The AWS account number: 12 digits. It never changes. */
  account_id: AccountNumber;
  /** The role that the worker assumes there; null to use the worker's own credentials. */
  role_arn: RoleArn | null;
  /** The external id that the role's trust policy asks for; null when it asks for none. */
  external_id: TrustId | null;
  /**
   * The regions that workers look at.
   * @minItems 1
   * @maxItems 40
   */
  regions: Region[];
  /**
   * Public hosted zones that Sallyport may write verification records into.
   * @maxItems 50
   */
  hosted_zones: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one, a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   * @maxItems 40
   */
  notification_queue_arns: QueueArn[];
  /**
   * How each of these queues is doing.
   * @maxItems 40
   * @extension {"x-observed": true}
   */
  notification_queues: NotificationQueue[];
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}

/**
 * What people call it.
 * @minLength 1
 * @maxLength 100
 */
export type ProviderAccountName = string;

/**
 * The external id that the trust policy of the role asks for (STS API reference, AssumeRole).
 * @minLength 2
 * @maxLength 1224
 */
export type TrustId = string;

/** A public hosted zone that Sallyport may write verification records into. */
export interface HostedZone {
  zone_id: HostedZoneId;
  /** A role for this zone alone, when it is in another account; null when it is in this one. */
  role_arn: RoleArn | null;
}

/** A new provider account. */
export interface ProviderAccountCreate {
  name: ProviderAccountName;
  /** The AWS account number: 12 digits. */
  account_id: AccountNumber;
  /**
   * The role that the worker assumes there. Leave it out when the worker's own credentials are of
   * this account.
   */
  role_arn?: RoleArn;
  external_id?: TrustId;
  /**
   * The regions that workers look at.
   * @minItems 1
   * @maxItems 40
   */
  regions: Region[];
  /**
   * Public hosted zones that Sallyport may write verification records into.
   * @maxItems 50
   */
  hosted_zones?: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one, a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   * @maxItems 40
   */
  notification_queue_arns?: QueueArn[];
}

/** All that a provider account is to be; what is left out gets its default. */
export interface ProviderAccountPut {
  name: ProviderAccountName;
  /**
   * The role that the worker assumes there. Leave it out when the worker's own credentials are of
   * this account.
   */
  role_arn?: RoleArn | null;
  external_id?: TrustId | null;
  /**
   * The regions that workers look at.
   * @minItems 1
   * @maxItems 40
   */
  regions: Region[];
  /**
   * Public hosted zones that Sallyport may write verification records into; none unless given.
   * @maxItems 50
   */
  hosted_zones?: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most; none unless
   * given.
   * @maxItems 40
   */
  notification_queue_arns?: QueueArn[];
}

/** What is left out stays as it is. */
export interface ProviderAccountUpdate {
  name?: ProviderAccountName;
  /**
   * The regions that workers look at, in place of those before.
   * @minItems 1
   * @maxItems 40
   */
  regions?: Region[];
  /**
   * Public hosted zones that Sallyport may write verification records into, in place of those
   * before.
   * @maxItems 50
   */
  hosted_zones?: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one, a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   * @maxItems 40
   */
  notification_queue_arns?: QueueArn[];
}

/** A queue with notifications, and what workers have met there. */
export interface NotificationQueue {
  queue_arn: QueueArn;
  /** The region whose connections it tells of. */
  region: Region;
  /**
   * `new`: no worker has looked yet; `listening`; `silent`: connections have come since and no
   * message; `failing`: nothing can be received. In each, connections are found by polling too.
   */
  state: QueueState;
  /** What is wrong; null when nothing is. */
  problem: Prose | null;
  /** What to do about it; null when nothing is to be done. */
  action: Prose | null;
  /**
   * Since when it fails; null while it does not. After two minutes it is an alarm of the drift
   * report.
   */
  failing_since: Timestamp | null;
  /** When a worker last looked; null before the first time. */
  polled_at: Timestamp | null;
  /** When the last message came; null before the first. */
  last_message_at: Timestamp | null;
  /**
   * Messages so far. Each made a worker look; what it says is not believed.
   * @isInt
   * @minimum 0
   */
  messages: number;
  /**
   * Those that name endpoint services, but none of yours here: something else writes to the queue.
   * @isInt
   * @minimum 0
   */
  foreign_messages: number;
}
