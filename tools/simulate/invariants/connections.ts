// What holds of connections.

import { admits, ownerStands, ownerStays, type ConnectionFacts, type Facts } from '../facts.ts';
import { pairs, type Invariant, type Moment } from './invariant.ts';

export const connectionInvariants: Invariant[] = [
  {
    name: 'accepts-who-stands',
    sentence: 'No accept is decided for an account without standing.',
    broken: (moment) =>
      decided(moment, 'accept')
        .filter(({ owner }) => stoodNever(moment, owner))
        .map(({ vpcEndpointId, owner }) => `${vpcEndpointId} of ${owner}`),
  },
  {
    name: 'accepts-by-grant',
    sentence: 'Policy accepts only under a grant of the owner that says so and has not ended.',
    broken: (moment) =>
      decided(moment, 'accept')
        .filter(({ decidedBy }) => decidedBy === 'policy')
        .filter(
          (found) =>
            ![moment.before, moment.now].some((facts) => {
              return isGranted(facts, found, moment.before.at);
            }),
        )
        .map(({ vpcEndpointId, owner }) => `${vpcEndpointId} of ${owner}`),
  },
  {
    name: 'sends-accept-for-who-stands',
    sentence: 'No accept is sent for an account that has lost its standing since it was decided.',
    broken: (moment) =>
      moment.intents
        .filter(({ action }) => action === 'accept_connections')
        .flatMap(({ request, facts }) => {
          const ids = request['vpcEndpointIds'] as string[];
          return facts.connections
            .filter(({ vpcEndpointId }) => ids.includes(vpcEndpointId))
            .filter(({ owner }) => !ownerStands(facts, owner));
        })
        .map(({ vpcEndpointId, owner }) => `${vpcEndpointId} of ${owner}`),
  },
  {
    name: 'rejects-for-a-reason',
    sentence:
      'Only leaving, suspension, retirement or an operator rejects a connection of a customer.',
    broken: (moment) =>
      decided(moment, 'reject')
        .filter(({ decidedBy }) => decidedBy !== 'key_operator')
        .filter(({ owner }) => stayedAlways(moment, owner))
        .filter(({ serviceId }) => !isRetiring(moment, serviceId))
        .map(({ vpcEndpointId }) => vpcEndpointId),
  },
  {
    name: 'ended-stays-ended',
    sentence: 'A connection that was rejected or deleted never comes back.',
    broken: ({ before, now }) =>
      pairs(before.connections, now.connections)
        .filter(([old]) => ['rejected', 'deleted', 'failed', 'expired'].includes(old.state))
        .filter(([old, { state }]) => {
          return old.state !== state && !['deleting', 'deleted'].includes(state);
        })
        .map(([old, { state }]) => `${old.vpcEndpointId}: ${old.state}, then ${state}`),
  },
  {
    name: 'left-leaves-no-connection',
    sentence: 'At the end of a leaving that rejects, no connection of the customer is live.',
    broken: ({ scene, before, now }) =>
      pairs(before.customers, now.customers)
        .filter(([old, { state }]) => old.state === 'offboarding' && state === 'offboarded')
        .filter(([, { offboardingPolicy }]) => offboardingPolicy !== 'keep')
        .flatMap(([{ id }]) => scene.tenants.filter(({ customer }) => customer.id === id))
        .flatMap(({ accountId }) =>
          now.connections.filter(({ owner, serviceId }) => {
            return owner === accountId && !isRetired({ now }, serviceId);
          }),
        )
        .filter(({ vpcEndpointId }) => isOpen(scene.stage.glance.state(vpcEndpointId)))
        .map(({ vpcEndpointId }) => vpcEndpointId),
  },
];

/** Whether the customer can use it, by AWS's own state. */
export function isOpen(state: string | null): boolean {
  return state === 'pending' || state === 'available';
}

/** Whether a grant lets the owner's connections in by itself, or did so at that time. */
export function isGranted(
  { grants, accounts }: Facts,
  { serviceId, owner }: Pick<ConnectionFacts, 'serviceId' | 'owner'>,
  at: number,
): boolean {
  return grants.some((grant) => {
    const lasts = !grant.ended && (grant.expiresAt === null || Date.parse(grant.expiresAt) > at);
    const owned = accounts.some(({ customerId, accountId, standing }) => {
      return customerId === grant.customerId && accountId === owner && admits(standing);
    });
    return owned && lasts && grant.serviceId === serviceId && grant.acceptance === 'automatic';
  });
}

function decided({ before, now }: Moment, decision: string): ConnectionFacts[] {
  const old = new Map(before.connections.map((row) => [row.id, row.decision]));
  return now.connections.filter((row) => row.decision === decision && old.get(row.id) !== decision);
}

function stoodNever({ before, now }: Moment, owner: string): boolean {
  return !ownerStands(before, owner) && !ownerStands(now, owner);
}

function stayedAlways({ before, now }: Moment, owner: string): boolean {
  return ownerStays(before, owner) && ownerStays(now, owner);
}

function isRetiring({ before, now }: Moment, id: string): boolean {
  return [before, now].some(({ services }) => services.find((one) => one.id === id)?.retiring);
}

function isRetired({ now }: Pick<Moment, 'now'>, id: string): boolean {
  return now.services.find((one) => one.id === id)?.retired ?? false;
}
