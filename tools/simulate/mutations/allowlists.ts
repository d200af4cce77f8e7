// Guards of allowlists.

import type { Mutation } from './mutation.ts';

const principal = 'domain/principal.ts';
const reconciler = 'reconcile/principals.ts';

export const allowlistMutations: Mutation[] = [
  {
    invariant: 'hand-made-stays',
    without: 'telling what is ours from what is not',
    edits: [
      {
        file: principal,
        text: "return owned ? 'removing' : 'unmanaged';",
        by: "return 'removing';",
      },
      {
        file: reconciler,
        text: 'factsOf.get(arn)?.owned && !factsOf.get(arn)?.wanted',
        by: '!factsOf.get(arn)?.wanted',
      },
    ],
    seed: 1,
  },
  {
    invariant: 'taken-stays-away',
    without: 'holding what other hands removed',
    edits: [
      {
        file: principal,
        text: 'const ourOwn = !facts.confirmed || facts.restoring;',
        by: 'const ourOwn = true;',
      },
    ],
    seed: 17,
  },
  {
    invariant: 'never-open',
    without: 'naming whom is let in',
    edits: [
      {
        file: reconciler,
        text: 'place.port.changePrincipals(serviceId, change, signal),',
        by: "place.port.changePrincipals(serviceId, { ...change, add: ['*'] }, signal),",
      },
    ],
    seed: 1,
  },
  {
    invariant: 'adds-what-is-wanted',
    without: 'asking whether a grant wants it',
    edits: [
      {
        file: 'storage/principal-rows.ts',
        text: 'w.arn IS NOT NULL AND ((w.admits AND NOT t.released) OR t.observed)',
        by: 'true',
      },
    ],
    seed: 2,
  },
  {
    invariant: 'removes-what-is-ours',
    without: 'asking whether an entry of ours is still wanted',
    edits: [
      {
        file: principal,
        text: "else if (state === 'removing') plan",
        by: "else if (state === 'removing' || (state === 'allowed' && fact.owned)) plan",
      },
      {
        file: reconciler,
        text: 'factsOf.get(arn)?.owned && !factsOf.get(arn)?.wanted',
        by: 'factsOf.get(arn)?.owned',
      },
    ],
    seed: 1,
  },
  {
    invariant: 'left-leaves-no-entry',
    without: 'waiting for the entries of a customer that leaves',
    edits: [
      {
        file: 'domain/customer.ts',
        text: "  if (principal) return { step: 'wait', waitingFor: principalReason(principal) };\n",
        by: '',
      },
      {
        file: 'domain/customer.ts',
        text: 'if (!remains.readSince) return',
        by: 'if (false) return',
      },
    ],
    seed: 1,
  },
];
