// The load balancers of all accounts, with the indexes they are read by.

import { createCollection } from '../collection.ts';
import { type Owned, ownerKey } from '../resources.ts';
import { type Listener, type LoadBalancer, nameKey, type TargetGroup } from './load-balancer.ts';

export type LoadBalancingCollections = Readonly<ReturnType<typeof loadBalancingCollections>>;

const owner = ({ account, region }: Owned) => ownerKey(account, region);

export function loadBalancingCollections() {
  return {
    loadBalancers: createCollection<LoadBalancer>({ owner, name: nameKey }),
    targetGroups: createCollection<TargetGroup>({ owner, name: nameKey }),
    listeners: createCollection<Listener>({
      loadBalancer: ({ loadBalancerArn }) => loadBalancerArn,
      targetGroup: ({ targetGroupArn }) => targetGroupArn,
    }),
  };
}
