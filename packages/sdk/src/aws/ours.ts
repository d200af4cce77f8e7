// Which endpoints are of a connection, and which of their states still lead somewhere.
import type { VpcEndpoint } from './network.ts';
import { TAG } from './options.ts';

/** What tells one connection from another. */
export interface Identity {
  name: string;
  service: { service_name: string };
  vpcId: string;
  /** One that was named, in place of one that is found by its tag. */
  adoptedId?: string | undefined;
}

export function isOurs(endpoint: VpcEndpoint, identity: Identity): boolean {
  const { name, service, vpcId, adoptedId } = identity;
  if (endpoint.serviceName !== service.service_name || endpoint.vpcId !== vpcId) return false;
  return adoptedId === undefined ? endpoint.tags[TAG] === name : endpoint.id === adoptedId;
}

/** Not deleted, nor about to be. EC2 shows the deleted for a while. */
export function isThere(state: string): boolean {
  return state !== 'deleting' && state !== 'deleted';
}

/** It never becomes available any more: only another endpoint can. */
export function isEnded(state: string): boolean {
  return state === 'rejected' || state === 'failed' || state === 'expired';
}

/** The one that lives; undefined when there is none, or only one that has ended. */
export function liveOf(
  endpoints: readonly VpcEndpoint[],
  identity: Identity,
): VpcEndpoint | undefined {
  return endpoints.find((one) => {
    return isOurs(one, identity) && isThere(one.state) && !isEnded(one.state);
  });
}
