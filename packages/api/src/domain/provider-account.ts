// One of the vendor's own AWS accounts.

export interface ProviderAccount {
  id: string;
  name: string;
  accountId: string;
  /** The role that the worker assumes; null to use the worker's own credentials. */
  roleArn: string | null;
  externalId: string | null;
  regions: string[];
  hostedZones: HostedZone[];
  /** SQS queues with PrivateLink's notifications, one for a region at most. */
  notificationQueueArns: string[];
  createdAt: Date;
  updatedAt: Date;
}

/**
 * A public Route 53 zone that we may write, in this account or, through its own role, in another.
 */
export interface HostedZone {
  zoneId: string;
  roleArn: string | null;
}
