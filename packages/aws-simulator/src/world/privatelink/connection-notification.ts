// Whom PrivateLink tells of what happens to connections: a topic, for a service or for one
// endpoint.

import type { Owned } from '../resources.ts';

export const connectionEvents = ['Accept', 'Connect', 'Delete', 'Reject'] as const;

export type ConnectionEvent = (typeof connectionEvents)[number];

export interface ConnectionNotification extends Owned {
  /** One of the two is set. */
  readonly serviceId: string | undefined;
  readonly endpointId: string | undefined;
  readonly serviceRegion: string;
  topicArn: string;
  events: readonly ConnectionEvent[];
  state: 'Enabled' | 'Disabled';
}
