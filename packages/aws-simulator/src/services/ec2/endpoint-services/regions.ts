// The Regions from which consumers may connect to an endpoint service, besides its own. Removing
// one leaves the endpoints in it alone (Guide, configure-endpoint-service).

import type {
  EndpointService,
  SupportedRegion,
} from '../../../world/privatelink/endpoint-service.ts';
import { isRegion, needsOptIn } from '../../../world/regions.ts';
import { move, moveLater } from '../../../world/states.ts';
import type { World } from '../../../world/world.ts';
import type { Call } from '../../call.ts';
import { invalidParameter, invalidParameterValue } from '../errors.ts';

/** @throws AwsError for a Region that is not known, or that the caller's account does not have. */
export function checkRegions({ world, account }: Call<object>, names: readonly string[]): void {
  for (const name of names) {
    if (!isRegion(name)) throw invalidParameterValue(`Invalid Region '${name}'`);
    if (!needsOptIn(name) || world.accounts.get(account)?.optInRegions?.has(name)) continue;
    throw invalidParameter(
      `The Region ${name} is not enabled for the account ${account}. Opt in to it first.`,
    );
  }
}

/** @throws AwsError InvalidParameter for the service's own Region and for one it does not have. */
export function checkRemovedRegions(service: EndpointService, names: readonly string[]): void {
  for (const name of names) {
    if (name === service.region) {
      throw invalidParameter(`The service Region ${name} cannot be removed.`);
    }
    if (!isWanted(service.regions.get(name))) {
      throw invalidParameter(`The Region ${name} is not supported by ${service.id}.`);
    }
  }
}

export function addRegions(world: World, service: EndpointService, names: readonly string[]): void {
  for (const name of names) {
    const known = service.regions.get(name);
    if (name === service.region || isWanted(known)) continue;
    const region: SupportedRegion = known ?? { name, state: 'Pending', moves: 0 };
    service.regions.set(name, region);
    move(region, 'Pending');
    moveLater(world.schedule, region, 'Available', world.delays.serviceRegionAvailable, () =>
      openRegions(service),
    );
  }
}

/**
 * Closes Regions to new connections. A Region with endpoints in it stays, as Closed: that the state
 * exists is documented, what it means is not.
 */
export function removeRegions(
  world: World,
  service: EndpointService,
  names: readonly string[],
): void {
  for (const name of names) {
    const region = service.regions.get(name);
    if (!region) continue;
    move(region, 'Deleting');
    moveLater(world.schedule, region, 'Deleted', world.delays.serviceRegionRemoved, () => {
      if (hasEndpoints(world, service, name)) move(region, 'Closed');
      else service.regions.delete(name);
    });
  }
  openRegions(service);
}

function openRegions(service: EndpointService): void {
  service.supportedRegions = [...service.regions.values()]
    .filter(({ state }) => state === 'Available')
    .map(({ name }) => name);
}

function isWanted(region: SupportedRegion | undefined): boolean {
  return region?.state === 'Pending' || region?.state === 'Available';
}

function hasEndpoints(world: World, service: EndpointService, region: string): boolean {
  for (const endpoint of world.endpoints.by('service', service.id)) {
    if (endpoint.region === region && endpoint.state !== 'deleted') return true;
  }
  return false;
}
