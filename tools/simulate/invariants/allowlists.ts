// What holds of allowlists.

import { isManaged, wantedArns, type Facts } from '../facts.ts';
import type { Invariant, Moment } from './invariant.ts';

export const allowlistInvariants: Invariant[] = [
  {
    name: 'hand-made-stays',
    sentence: 'Nothing made by hand is removed without adoption.',
    broken: ({ scene }) =>
      [...scene.handMade].flatMap(([serviceId, arns]) => {
        const service = scene.stage.simulator.world.endpointServices.get(serviceId);
        const there = scene.stage.glance.allowlist(serviceId);
        return service?.state === 'Available'
          ? [...arns].filter((arn) => !there.includes(arn))
          : [];
      }),
  },
  {
    name: 'taken-stays-away',
    sentence: 'Nothing of ours that another hand removed is put back before somebody says so.',
    broken: ({ scene }) =>
      [...scene.takenByHand].flatMap(([serviceId, arns]) => {
        const there = scene.stage.glance.allowlist(serviceId);
        return [...arns].filter((arn) => there.includes(arn));
      }),
  },
  {
    name: 'never-open',
    sentence: '`*` is never sent.',
    broken: ({ open }) => open,
  },
  {
    name: 'adds-what-is-wanted',
    sentence: 'An entry is added only while a grant of a customer that is let in wants it.',
    broken: (moment) =>
      changes(moment, 'add')
        .filter(({ serviceId, arn, facts }) => !mayAdd(facts, serviceId, arn))
        .map(({ serviceId, arn }) => `${arn} on ${serviceId}`),
  },
  {
    name: 'removes-what-is-ours',
    sentence: 'An entry is removed only if it is ours and no grant wants it any more.',
    broken: (moment) =>
      changes(moment, 'remove')
        .filter(({ serviceId, arn, facts }) => {
          const owned = facts.principals.some((entry) => {
            return entry.serviceId === serviceId && entry.arn === arn && entry.owned;
          });
          return !owned || isWanted(facts, serviceId, arn);
        })
        .map(({ serviceId, arn }) => `${arn} on ${serviceId}`),
  },
  {
    name: 'left-leaves-no-entry',
    sentence: 'When a customer has left, no entry of ours is left on a managed allowlist.',
    broken: ({ scene, now }) =>
      now.customers
        .filter(({ state }) => state === 'offboarded')
        .flatMap(({ id }) => {
          const tenant = scene.tenants.find(({ customer }) => customer.id === id);
          return tenant ? entriesOf(scene, now, tenant.accountId) : [];
        }),
  },
];

function changes({ intents }: Moment, part: 'add' | 'remove') {
  return intents
    .filter(({ action }) => action === 'change_principals')
    .flatMap(({ serviceId, request, facts }) =>
      (request[part] as string[]).map((arn) => ({ serviceId: serviceId!, arn, facts })),
    );
}

/** What is still there is only kept from going. */
function mayAdd(facts: Facts, serviceId: string, arn: string): boolean {
  if (wantedArns(facts, serviceId, 'to enter').has(arn)) return true;
  const there = facts.principals.some((entry) => {
    return entry.serviceId === serviceId && entry.arn === arn && entry.observed;
  });
  return there && isWanted(facts, serviceId, arn);
}

function isWanted(facts: Facts, serviceId: string, arn: string): boolean {
  return wantedArns(facts, serviceId).has(arn);
}

/** Entries of ours that nobody is about to take away, in AWS as it is. */
function entriesOf(scene: Moment['scene'], now: Facts, accountId: string): string[] {
  return now.services.flatMap((service) => {
    if (!service.serviceId || !isManaged(service, 'principals')) return [];
    const there = scene.stage.glance.allowlist(service.serviceId);
    return (
      now.principals
        .filter((entry) => entry.serviceId === service.id && entry.owned && !entry.withdrawn)
        .filter(({ arn }) => arn.includes(`::${accountId}:`) && there.includes(arn))
        .filter(({ arn }) => !isWanted(now, service.id, arn))
        // What was adopted since is removed by the next run, which the end of the history shows.
        .filter(({ arn }) => !scene.adopted.has(`${service.id} ${arn}`))
        .map(({ arn }) => arn)
    );
  });
}
