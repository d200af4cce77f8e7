// What holds of services: whether anything of them is changed at all, and what is others'.

import { readMark } from '../../../packages/api/src/domain/deployment.ts';
import { isManaged, type EffectFacts, type ServiceFacts } from '../facts.ts';
import type { Intent, Invariant } from './invariant.ts';

export const serviceInvariants: Invariant[] = [
  {
    name: 'observes-only',
    sentence: 'An aspect that is observed, frozen or in quarantine is never changed.',
    broken: ({ intents }) =>
      intents
        .filter((intent) => {
          return !maySend(intent) && !mendsMark(intent) && intent.serviceId !== null;
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
function maySend({ action, serviceId, facts }: Intent): boolean {
  const service = facts.services.find(({ id }) => id === serviceId);
  if (!service) return false;
  const aspect = aspects[action];
  if (aspect) return isManaged(service, aspect);
  return !service.frozen && service.quarantine === null;
}

/**
 * A run that has marked the service, and was late, may have written over the mark of a later one,
 * which has to be there. It looks for that after the outcome of its own is known, so that nothing
 * need be open then; and it never takes a new epoch for it.
 */
function mendsMark({ id, action, serviceId, request, facts, hasMarked }: Intent): boolean {
  if (action !== 'mark_service' || !hasMarked) return false;
  const epoch = epochOf(request);
  return facts.effects.some((one) => {
    const isMark = one.id !== id && one.action === action && one.serviceId === serviceId;
    return isMark && epochOf(one.request) === epoch;
  });
}

function epochOf(request: EffectFacts['request']): number {
  return readMark(String(request['mark'])).epoch;
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
