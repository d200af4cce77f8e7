// The moves of an endpoint from state to state. Whether a caller may ask for a move is decided by
// the operations.
//
//   pendingAcceptance --accept--> pending --(time)--> available --reject--> rejected
//          |  \--(time)--> expired    ^                  |
//          |                          \----modify--------/
//                 pending --(trouble)--> failed
//          any of them --delete--> deleting --(time)--> deleted --(time)--> gone

import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import { move, moveLater } from '../../../world/states.ts';
import type { World } from '../../../world/world.ts';
import { tellConnectionEvent } from '../endpoint-services/connection-events.ts';
import { enablePrivateDns } from './private-dns.ts';
import { releaseInterfaces } from './interfaces.ts';

/** A new request, which waits for the owner of the service. */
export function awaitAcceptance(world: World, endpoint: Endpoint): void {
  moveLater(world.schedule, endpoint, 'expired', world.delays.acceptanceExpires);
}

/** Accepted by the owner, or by the service's settings. */
export function acceptEndpoint(world: World, endpoint: Endpoint): void {
  move(endpoint, 'pending');
  if (endpoint.privateDnsWaits) enablePrivateDns(world, endpoint);
  moveLater(world.schedule, endpoint, 'available', world.delays.endpointAvailable);
}

/** Changed by its owner: an endpoint that is accepted goes through pending again. */
export function reprovisionEndpoint(world: World, endpoint: Endpoint): void {
  if (endpoint.state === 'pendingAcceptance') return;
  move(endpoint, 'pending');
  moveLater(world.schedule, endpoint, 'available', world.delays.endpointModified);
}

/**
 * Provisioning ends in an error, which the endpoint shows. Nothing of the API can ask for it.
 * @throws Error when the endpoint is not there, or not pending.
 */
export function failEndpoint(
  world: World,
  id: string,
  lastError: { readonly code: string; readonly message: string },
): void {
  const endpoint = world.endpoints.get(id);
  if (!endpoint) throw new Error(`There is no endpoint ${id}.`);
  if (endpoint.state !== 'pending') {
    throw new Error(`Only pending endpoints can fail, and ${id} is ${endpoint.state}.`);
  }
  move(endpoint, 'failed');
  endpoint.lastError = lastError;
}

/** The object and its interfaces stay until the owner of the endpoint deletes it. */
export function rejectEndpoint(endpoint: Endpoint): void {
  move(endpoint, 'rejected');
}

export function deleteEndpoint(world: World, endpoint: Endpoint): void {
  const { schedule, delays } = world;
  move(endpoint, 'deleting');
  tellConnectionEvent(world, 'Delete', endpoint);
  moveLater(schedule, endpoint, 'deleted', delays.endpointDeleted, () => {
    endpoint.privateDns = undefined;
    releaseInterfaces(world, endpoint);
    schedule.at(schedule.now() + delays.endpointForgotten, () => forget(world, endpoint));
  });
}

function forget(world: World, endpoint: Endpoint): void {
  world.endpoints.remove(endpoint.id);
  world.taggables.remove(endpoint.id);
  world.taggables.remove(endpoint.connectionId);
}
