// The state of all accounts: plain collections with indexes, and the clock they move by. Nothing
// here knows of requests; operations in services/ read and change it.

import { type AccessKeys, createAccessKeys } from '../identity/access-keys.ts';
import type { Account } from './accounts/account.ts';
import { type Collection, createCollection } from './collection.ts';
import type { ConnectionNotification } from './privatelink/connection-notification.ts';
import type { Delays } from './settings/delays.ts';
import type { Endpoint } from './privatelink/endpoint.ts';
import type { EndpointService, PrivateDnsFlap } from './privatelink/endpoint-service.ts';
import { createEndpoints } from './privatelink/endpoints.ts';
import { type DnsCollections, dnsCollections } from './dns/collections.ts';
import {
  type LoadBalancingCollections,
  loadBalancingCollections,
} from './load-balancing/collections.ts';
import { type MessagingCollections, messagingCollections } from './messaging/collections.ts';
import { type NetworkCollections, networkCollections } from './network/collections.ts';
import { createIds, type Ids, type Random } from './ids.ts';
import type { Knobs } from './settings/knobs.ts';
import type { Quotas } from './settings/quotas.ts';
import { type Owned, ownerKey, type Taggable } from './resources.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import {
  createTraffic,
  type EndpointCount,
  noteEndpoints,
  type TrafficSample,
} from './privatelink/traffic.ts';
import { createWaits, type Waits } from './messaging/waits.ts';

/** What the world is run with. */
export interface WorldSettings {
  /** Milliseconds since 1970 at which the world begins. */
  readonly start: number;
  readonly random: Random;
  readonly delays: Delays;
  readonly knobs: Knobs;
  readonly quotas: Quotas;
}

export interface World
  extends NetworkCollections,
    LoadBalancingCollections,
    DnsCollections,
    MessagingCollections {
  readonly delays: Delays;
  readonly knobs: Knobs;
  readonly quotas: Quotas;
  readonly ids: Ids;
  readonly schedule: Schedule;
  readonly accessKeys: AccessKeys;
  readonly accounts: Map<string, Account>;
  readonly endpointServices: Collection<EndpointService>;
  readonly endpoints: Collection<Endpoint>;
  readonly taggables: Collection<Taggable>;
  readonly connectionNotifications: Collection<ConnectionNotification>;
  /** Queues whose names are not free again yet: ARN to milliseconds since 1970. */
  readonly deletedQueues: Map<string, number>;
  /** Long polls. */
  readonly waits: Waits;
  /** What a client token made: `account/region/action/token` to the request and the resource. */
  readonly clientTokens: Map<string, { readonly request: string; readonly resourceId: string }>;
  /** Called after the public DNS answers differently. */
  readonly dnsWatchers: Set<() => void>;
  /** Endpoint services whose verification flaps, by id. */
  readonly privateDnsFlaps: Map<string, PrivateDnsFlap>;
  readonly traffic: Collection<TrafficSample>;
  /** How many endpoints each service had when, oldest first. */
  readonly endpointCounts: Map<string, EndpointCount[]>;
  /** A number that only grows; lists are ordered by it. */
  nextOrder(): number;
}

export function createWorld(settings: WorldSettings): World {
  const { start, random, delays, knobs, quotas } = settings;
  const owner = (item: Owned) => ownerKey(item.account, item.region);
  let order = 0;
  const world: World = {
    delays,
    knobs,
    quotas,
    ids: createIds(random),
    schedule: createSchedule(start),
    accessKeys: createAccessKeys(),
    accounts: new Map(),
    ...networkCollections(),
    ...loadBalancingCollections(),
    ...dnsCollections(),
    ...messagingCollections(),
    endpointServices: createCollection<EndpointService>({
      owner,
      region: (service) => service.region,
    }),
    endpoints: createEndpoints((endpoint) => noteEndpoints(world, endpoint)),
    taggables: createCollection<Taggable>({ owner }),
    connectionNotifications: createCollection<ConnectionNotification>({
      owner,
      service: ({ serviceId }) => serviceId,
      endpoint: ({ endpointId }) => endpointId,
    }),
    deletedQueues: new Map(),
    waits: createWaits(),
    clientTokens: new Map(),
    dnsWatchers: new Set(),
    privateDnsFlaps: new Map(),
    traffic: createTraffic(),
    endpointCounts: new Map(),
    nextOrder: () => {
      order += 1;
      return order;
    },
  };
  return world;
}
