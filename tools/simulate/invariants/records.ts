// What holds of what is written down.

import { hasStanding } from '../facts.ts';
import { newOnes, pairs, type Invariant, type Moment } from './invariant.ts';

export const recordInvariants: Invariant[] = [
  {
    name: 'intent-comes-first',
    sentence: 'Every call that changes AWS has an intent of its own, stored before it is sent.',
    broken: ({ unintended }) => unintended,
  },
  {
    name: 'change-is-audited',
    sentence: 'Every change of a decision, a standing or a customer has its audit entry.',
    broken: (moment) => {
      const told = new Set(audits(moment).map(({ subjectId }) => subjectId));
      return changed(moment).filter((id) => !told.has(id));
    },
  },
  {
    name: 'reads-go-forward',
    sentence: 'What a worker records is never older than what was recorded before it.',
    broken: ({ scene, before, now }) => [
      ...pairs(before.services, now.services).flatMap(([old, service]) => [
        ...backwards(scene.restored, old.observedAt, service.observedAt, `read of ${service.id}`),
        ...backwards(
          scene.restored,
          old.principalsReadAt,
          service.principalsReadAt,
          `allowlist of ${service.id}`,
        ),
      ]),
      ...pairs(before.connections, now.connections).flatMap(([old, { id, observedAt }]) =>
        backwards(scene.restored, old.observedAt, observedAt, id),
      ),
    ],
  },
  {
    name: 'one-owner',
    sentence: 'An account has standing with one customer at most.',
    broken: ({ now }) => {
      const owned = now.accounts.filter(({ standing }) => hasStanding(standing));
      const numbers = owned.map(({ accountId }) => accountId);
      return numbers.filter((number, index) => numbers.indexOf(number) !== index);
    },
  },
  {
    name: 'customers-go-their-way',
    sentence: 'A customer only moves from one state to a next one.',
    broken: ({ before, now }) =>
      pairs(before.customers, now.customers)
        .filter(([old, { state }]) => old.state !== state && !next[old.state]?.includes(state))
        .map(([old, { id, state }]) => `${id}: ${old.state}, then ${state}`),
  },
];

const next: Record<string, string[] | undefined> = {
  active: ['suspended', 'offboarding', 'offboarded'],
  suspended: ['active', 'offboarding'],
  offboarding: ['offboarded'],
};

function audits({ before, now }: Moment) {
  return newOnes(before.audits, now.audits);
}

/** Ids of what has another decision, standing or state than before. */
function changed({ before, now }: Moment): string[] {
  return [
    ...pairs(before.connections, now.connections)
      .filter(([old, { decision }]) => old.decision !== decision)
      .map(([{ id }]) => id),
    ...pairs(before.customers, now.customers)
      .filter(([old, { state }]) => old.state !== state)
      .map(([{ id }]) => id),
    ...pairs(before.accounts, now.accounts)
      .filter(([old, { standing }]) => old.standing !== standing)
      .map(([{ id }]) => id),
  ];
}

/** A database that was put back from before is told apart from one in which time goes back. */
function backwards(
  restored: boolean,
  old: string | null,
  now: string | null,
  what: string,
): string[] {
  if (restored || old === null) return [];
  return now === null || Date.parse(now) < Date.parse(old) ? [`${what}: ${old}, then ${now}`] : [];
}
