// What holds of services: whether anything of them is changed at all, and what is others'.

import { isManaged, type EffectFacts, type Facts, type ServiceFacts } from '../facts.ts';
import type { Invariant } from './invariant.ts';

export const serviceInvariants: Invariant[] = [
  {
    name: 'observes-only',
    sentence: 'An aspect that is observed, frozen or in quarantine is never changed.',
    broken: ({ before, now, intents }) =>
      intents
        .filter((intent) => {
          const allowed = [before, now].some((facts) => maySend(facts, intent));
          return !allowed && !mendsMark(before, intent) && intent.serviceId !== null;
        })
        .map(({ action, serviceId }) => `${action} on ${serviceId}`),
  },
  {
    name: 'old-database-is-quiet',
    sentence: 'A database from before changes nothing, until an operator confirms it.',
    broken: ({ scene, calls }) => {
      if (!scene.restored || !scene.behind) return [];
      return calls
        .filter(
          ({ mutating, performed, action }) => mutating && performed && action !== 'AssumeRole',
        )
        .map(({ action }) => String(action));
    },
  },
  {
    name: 'other-values-stay',
    sentence: 'A TXT value of others survives.',
    broken: ({ scene }) => {
      const zone = scene.stage.glance.txt();
      return [...scene.foreignTxt].flatMap(([name, values]) =>
        [...values].filter((value) => !zone[name]?.includes(value)),
      );
    },
  },
  {
    name: 'other-name-stays',
    sentence: 'A private DNS name that others have set, and that we have seen, is never changed.',
    broken: ({ scene }) =>
      [...scene.namedByHand].flatMap(([serviceId, { name, seen }]) => {
        if (!seen || !scene.stage.glance.serviceIds().includes(serviceId)) return [];
        const shown = scene.stage.glance.privateDns(serviceId)?.name ?? null;
        return shown === name ? [] : [`${name} is ${shown} now`];
      }),
  },
];

/** Whether the effect is of an aspect that is ours to change, by what the database says. */
function maySend(facts: Facts, { action, serviceId }: EffectFacts): boolean {
  const service = facts.services.find(({ id }) => id === serviceId);
  if (!service) return false;
  const aspect = aspects[action];
  if (aspect) return isManaged(service, aspect);
  return !service.frozen && service.quarantine === null;
}

/** A mark that came late may have been written over a later one, which has to be there. */
function mendsMark({ effects }: Facts, { action, serviceId }: EffectFacts): boolean {
  const isLate = (one: EffectFacts) => one.open && one.action === action;
  return (
    action === 'mark_service' && effects.some((one) => isLate(one) && one.serviceId === serviceId)
  );
}

const aspects: Record<string, keyof ServiceFacts['modes'] | undefined> = {
  change_principals: 'principals',
  accept_connections: 'acceptance',
  reject_connections: 'acceptance',
  set_private_dns_name: 'privateDns',
  add_txt_value: 'privateDns',
  remove_txt_value: 'privateDns',
  start_verification: 'privateDns',
};
