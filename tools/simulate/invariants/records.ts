// What holds of what is written down.

import { owns } from '../facts.ts';
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
    broken: ({ before, now }) => [
      ...pairs(before.services, now.services).flatMap(([old, service]) => [
        ...backwards(old.observedAt, service.observedAt, `read of ${service.id}`),
        ...backwards(old.principalsReadAt, service.principalsReadAt, `allowlist of ${service.id}`),
      ]),
      ...pairs(before.connections, now.connections).flatMap(([old, { id, observedAt }]) =>
        backwards(old.observedAt, observedAt, id),
      ),
    ],
  },
  {
    name: 'one-owner',
    sentence: 'An account has standing with one customer at most.',
    broken: ({ now }) => {
      const owned = now.accounts.filter(({ standing }) => owns(standing));
      const numbers = owned.map(({ accountId }) => accountId);
      return numbers.filter((number, index) => numbers.indexOf(number) !== index);
    },
  },
  {
    name: 'proven-by-its-own',
    sentence: 'An account is proven only by a signature of its own.',
    broken: ({ scene, before, now }) =>
      pairs(before.accounts, now.accounts)
        .filter(([old, { standing }]) => old.standing !== 'proven' && standing === 'proven')
        .filter(([, { id, accountId }]) => !scene.signers.get(id)?.has(accountId))
        .map(([, { accountId }]) => accountId),
  },
  {
    name: 'secrets-are-forgotten',
    sentence: 'A signature is in no record but the proof that waits for its verdict.',
    broken: ({ leaked }) => leaked,
  },
  {
    name: 'audit-stays',
    sentence: 'An audit entry is never changed and never goes.',
    broken: ({ before, now }) => {
      const found = new Map(now.audits.map((entry) => [entry.id, JSON.stringify(entry)]));
      return before.audits
        .filter((entry) => found.get(entry.id) !== JSON.stringify(entry))
        .map(({ action, subjectId }) => `${action} ${subjectId}`);
    },
  },
  {
    name: 'one-key-one-answer',
    sentence: 'One idempotency key gives one answer, once, and none to another request.',
    broken: ({ twice }) => twice,
  },
  {
    name: 'customers-see-their-own',
    sentence: 'A customer sees what is its own; what is not is as if it were not there.',
    broken: ({ foreign }) => foreign,
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

function backwards(old: string | null, now: string | null, what: string): string[] {
  if (old === null) return [];
  return now === null || Date.parse(now) < Date.parse(old) ? [`${what}: ${old}, then ${now}`] : [];
}
