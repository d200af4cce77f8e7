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
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one, a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   * @maxItems 40
   */
  notification_queue_arns: QueueArn[];
  /** @extension {"x-observed": true} */
  notification_queues: NotificationQueue[];
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  updated_at: string;
}

export interface HostedZone {
  /**
   * Route 53's id, without `/hostedzone/`.
   * @pattern ^Z[A-Z0-9]{1,31}$
   */
  zone_id: string;
  /**
   * A role for this zone alone, when it is in another account.
   * @pattern ^arn:(aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/.{1,512}$
   */
  role_arn: string | null;
}

export interface ProviderAccountCreate {
  /**
   * @minLength 1
   * @maxLength 100
   */
  name: string;
  /** @pattern ^[0-9]{12}$ */
  account_id: string;
  /**
   * Leave it out when the worker's own credentials are of this account.
   * @pattern ^arn:(aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/.{1,512}$
   */
  role_arn?: string;
  /**
   * @minLength 2
   * @maxLength 1224
   */
  external_id?: string;
  /**
   * @minItems 1
   * @maxItems 40
   */
  regions: Region[];
  /** @maxItems 50 */
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
  /**
   * @minLength 1
   * @maxLength 100
   */
  name: string;
  /**
   * Leave it out when the worker's own credentials are of this account.
   * @pattern ^arn:(aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/.{1,512}$
   */
  role_arn?: string | null;
  /**
   * @minLength 2
   * @maxLength 1224
   */
  external_id?: string | null;
  /**
   * @minItems 1
   * @maxItems 40
   */
  regions: Region[];
  /** @maxItems 50 */
  hosted_zones?: HostedZone[];
  /** @maxItems 40 */
  notification_queue_arns?: QueueArn[];
}

export interface ProviderAccountUpdate {
  /**
   * @minLength 1
   * @maxLength 100
   */
  name?: string;
  /**
   * @minItems 1
   * @maxItems 40
   */
  regions?: Region[];
  /** @maxItems 50 */
  hosted_zones?: HostedZone[];
  /**
   * SQS queues with PrivateLink's connection notifications, one for a region at most. With one, a
   * new connection is seen at once and not at the next poll. Its messages are taken away.
   * @maxItems 40
   */
  notification_queue_arns?: QueueArn[];
}

/**
 * The ARN of a standard SQS queue.
 * @pattern ^arn:(aws|aws-cn|aws-us-gov):sqs:[a-z0-9-]{1,40}:[0-9]{12}:[A-Za-z0-9_-]{1,80}$
 */
export type QueueArn = string;

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
   * @format date-time
   */
  failing_since: string | null;
  /** @format date-time */
  polled_at: string | null;
  /** @format date-time */
  last_message_at: string | null;
  /**
   * Messages so far. Each made a worker look; what it says is not believed.
   * @isInt
   */
  messages: number;
  /**
   * Those that name endpoint services, but none of yours here: something else writes to the queue.
   * @isInt
   */
  foreign_messages: number;
}

/**
 * A region of AWS, such as `us-east-1`.
 * @pattern ^[a-z]{2}(-[a-z]{3,9}){1,2}-[0-9]$
 */
export type Region = string;
