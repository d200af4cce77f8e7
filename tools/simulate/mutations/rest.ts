// Guards of what comes to rest.

import type { Mutation } from './mutation.ts';

const principal = 'domain/principal.ts';

export const restMutations: Mutation[] = [
  {
    invariant: 'rest-is-quiet',
    without: 'asking whether an entry is there already',
    edits: [
      {
        file: principal,
        text: '  return !facts.observed && lost;',
        by: '  return lost || facts.observed;',
      },
    ],
    seed: 2,
  },
  {
    invariant: 'wanted-is-let-in',
    without: 'adding again what was lost',
    edits: [
      {
        file: principal,
        text: 'const lost = !facts.owned || (ourOwn && facts.missedReads >= agreeingReads);',
        by: 'const lost = !facts.owned && ourOwn;',
      },
    ],
    seed: 25,
  },
  {
    invariant: 'refused-holds-up-nobody',
    without: 'halving what AWS refuses for one of many',
    edits: [
      {
        file: 'reconcile/bisection.ts',
        text: 'if (arns.length === 1) return [{ arn: arns[0]!, code: error.code }];',
        by: 'if (arns.length > 0) return arns.map((arn) => ({ arn, code: error.code }));',
      },
    ],
    seed: 2,
  },
  {
    invariant: 'unwanted-is-gone',
    without: 'removing what is not wanted any more',
    edits: [
      {
        file: principal,
        text: "else if (state === 'removing') plan",
        by: "else if (state === 'gone') plan",
      },
    ],
    seed: 11,
  },
  {
    invariant: 'decided-is-done',
    without: 'sending what was accepted',
    edits: [
      {
        file: 'reconcile/connections.ts',
        text: "endingOf(service) === null ? (['reject', 'accept'] as const)",
        by: "endingOf(service) === null ? (['reject'] as const)",
      },
    ],
    seed: 4,
  },
  {
    invariant: 'policy-is-carried-out',
    without: 'letting in what policy allows',
    edits: [
      {
        file: 'domain/grant.ts',
        text: "  if (grant.acceptance === 'manual') return 'manual_acceptance';\n",
        by: "  if (grant.acceptance) return 'manual_acceptance';\n",
      },
    ],
    seed: 4,
  },
  {
    invariant: 'nobody-stays-without-standing',
    without: 'reversing an accept that was late',
    edits: [
      {
        file: 'reconcile/revocations.ts',
        text: 'const late = await revocations.lateAccepts(db, endpointServiceIds);',
        by: 'const late: revocations.LateAccept[] = [];',
      },
    ],
    seed: 24,
  },
  {
    invariant: 'name-is-verified',
    without: 'asking AWS to verify again',
    edits: [
      {
        file: 'domain/private-dns.ts',
        text: "  if (isVerificationDue(wanted, now)) return { step: 'start_verification' };\n",
        by: '',
      },
    ],
    seed: 1,
  },
  {
    invariant: 'leaving-ends',
    without: 'reading AWS anew for those who leave',
    edits: [
      {
        file: 'reconcile/customers.ts',
        text: "if (next.step === 'reject') await",
        by: "if (next.step === 'reject' && false) await",
      },
    ],
    seed: 7,
  },
  {
    invariant: 'intents-are-concluded',
    without: 'concluding what a dead worker has left',
    edits: [
      {
        file: 'reconcile/worker.ts',
        text: '    await effects.concludeAbandoned(db, lease, now());\n',
        by: '',
      },
    ],
    seed: 4,
  },
  {
    invariant: 'nothing-keeps-failing',
    without: 'expecting that a service can be gone',
    edits: [
      {
        file: 'reconcile/principals.ts',
        text: '    if (unknown && isOver(service)) return [];\n',
        by: '',
      },
    ],
    seed: 1,
  },
];
