// All endpoints, with the indexes that both sides of a connection read them by.

import { type Collection, createCollection } from '../collection.ts';
import { customerKey, type Endpoint, isAttached, stateKey } from './endpoint.ts';
import { ownerKey } from '../resources.ts';

/** @param told of an endpoint after it came, changed or went. */
export function createEndpoints(told: (endpoint: Endpoint) => void): Collection<Endpoint> {
  return createCollection<Endpoint>(
    {
      owner: ({ account, region }) => ownerKey(account, region),
      vpc: (endpoint) => endpoint.vpcId,
      /** What counts against the quota of a VPC. */
      live: ({ state, vpcId }) => (state === 'deleted' ? undefined : vpcId),
      service: (endpoint) => endpoint.serviceId,
      attached: ({ state, serviceId }) => (isAttached(state) ? serviceId : undefined),
      /** What CloudWatch counts. */
      connected: ({ state, serviceId }) =>
        state === 'pending' || state === 'available' ? serviceId : undefined,
      provider: providerOf,
      providerState: (endpoint) => stateKey(providerOf(endpoint), endpoint.state),
      customer: (endpoint) => customerKey(providerOf(endpoint), endpoint.account),
    },
    undefined,
    told,
  );
}

function providerOf({ serviceAccount, serviceRegion }: Endpoint): string {
  return ownerKey(serviceAccount, serviceRegion);
}
