// Guards of what is written down.

import type { Mutation } from './mutation.ts';

export const recordMutations: Mutation[] = [
  {
    invariant: 'intent-comes-first',
    without: 'the intent',
    edits: [
      {
        file: 'reconcile/effect.ts',
        text: '    await effects.intend(db, intent, run.now());\n',
        by: '',
      },
    ],
    seed: 1,
  },
  {
    invariant: 'change-is-audited',
    without: 'the audit entry of an accept',
    edits: [
      {
        file: 'reconcile/connections.ts',
        text: "      await audit(run, db, {\n        action: 'acceptConnection',",
        by: "      void ({\n        action: 'acceptConnection',",
      },
    ],
    seed: 4,
  },
  {
    invariant: 'reads-go-forward',
    without: 'asking whether the lease still holds',
    edits: [
      {
        file: 'reconcile/run.ts',
        text: 'if (!(await targets.holds(db, run.lease))) throw',
        by: 'if (!(await targets.holds(db, run.lease)) && false) throw',
      },
    ],
    seed: 54,
  },
  {
    invariant: 'one-owner',
    without: 'asking whose account it is',
    edits: [
      {
        file: 'usecases/accounts.ts',
        text: 'if (owner && owner.id !== before.id) {\n    throw',
        by: 'if (owner && owner.id !== before.id && false) {\n    throw',
      },
    ],
    sql: 'DROP INDEX accounts_one_owner',
    seed: 2,
  },
  {
    invariant: 'proven-by-its-own',
    without: 'asking which account has signed',
    edits: [
      {
        file: 'domain/proof-verdict.ts',
        text: 'accountId === account.accountId',
        by: 'true',
      },
    ],
    seed: 2,
  },
  {
    invariant: 'secrets-are-forgotten',
    without: 'leaving the signature out of the audit entry',
    edits: [
      {
        file: 'usecases/proofs.ts',
        text: 'after: { proofId, challengeId, ...how },',
        by: 'after: { proofId, challengeId, ...form },',
      },
    ],
    seed: 1,
  },
  {
    invariant: 'audit-stays',
    without: 'keeping audit entries for ever',
    edits: [
      {
        file: 'storage/retention.ts',
        text: "proofs: { table: 'proofs', cutoff: 'proofs', where: 't.judged_at < $1' },",
        by: "proofs: { table: 'audit_entries', cutoff: 'proofs', where: 't.at <> $1' },",
      },
    ],
    seed: 1,
  },
  {
    invariant: 'one-key-one-answer',
    without: 'the answer that is kept under an idempotency key',
    edits: [
      { file: 'usecases/stored-answers.ts', text: '  if (stored) {', by: '  if (stored && !db) {' },
    ],
    seed: 1,
  },
  {
    invariant: 'customers-see-their-own',
    // Either of the two is enough to hold it: the queries, and the policies of the database.
    without: 'limiting a customer to what is its own, by queries or by policies',
    edits: [
      {
        file: 'usecases/context.ts',
        text: "if (role === 'operator' || role === 'support') return null;",
        by: 'if (role) return null;',
      },
      {
        file: 'usecases/context.ts',
        text: "return role === 'customer' && customerId !== null ?",
        by: "return role === 'customer' && customerId === null ?",
      },
    ],
    seed: 4,
  },
  {
    invariant: 'customers-go-their-way',
    without: 'asking in which state a customer is suspended',
    edits: [
      {
        file: 'usecases/suspensions.ts',
        text: "if (before.state !== 'active' && before.state !== 'suspended') {",
        by: "if (before.state === 'offboarded') {",
      },
    ],
    seed: 12,
  },
  {
    invariant: 'runs-do-not-throw',
    without: 'taking a lost lease for what it is',
    edits: [
      {
        file: 'reconcile/worker.ts',
        text: '    if (error instanceof LeaseLost) return;\n',
        by: '',
      },
    ],
    seed: 11,
  },
];
