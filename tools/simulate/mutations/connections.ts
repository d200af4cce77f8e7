// Guards of connections.

import type { Mutation } from './mutation.ts';

const revocations = 'reconcile/revocations.ts';

export const connectionMutations: Mutation[] = [
  {
    invariant: 'accepts-who-stands',
    without: 'asking for the standing of the account',
    edits: [
      {
        file: 'domain/grant.ts',
        text: "  if (!admits(standing)) return 'account_without_standing';\n",
        by: '',
      },
      {
        file: 'storage/admissions.ts',
        text: "${ownerSql('a', 'n')} AND a.standing = ANY ($2)",
        by: 'a.account_id = n.owner_account_id AND (true OR a.standing = ANY ($2))',
      },
      {
        file: 'storage/admissions.ts',
        text: "LEFT JOIN accounts a ON ${ownerSql('a', 'n')}",
        by: 'LEFT JOIN accounts a ON a.account_id = n.owner_account_id',
      },
    ],
    seed: 1,
  },
  {
    invariant: 'sends-accept-for-who-stands',
    without: 'asking again before the accept is sent, and taking it back when standing is lost',
    edits: [
      {
        file: revocations,
        text: "return step === 'reject' || revocations.areGrounded(db, vpcEndpointIds);",
        by: 'return true;',
      },
      {
        file: 'usecases/suspensions.ts',
        text: "  await withdrawAccepts(context, before.id, 'The customer is suspended.');\n",
        by: '',
      },
      {
        file: 'usecases/offboardings.ts',
        text: "  await withdrawAccepts(context, id, 'The customer leaves.');\n",
        by: '',
      },
      {
        file: revocations,
        text: 'const found = await revocations.groundlessAccepts(db, endpointServiceIds);',
        by: 'const found: revocations.Groundless[] = [];',
      },
    ],
    seed: 4,
  },
  {
    invariant: 'rejects-for-a-reason',
    without: 'asking whether the customer has left',
    edits: [
      {
        file: revocations,
        text: 'const left = await revocations.leftBehind(db, endpointServiceIds);',
        by: [
          'const left = (await connections.listPresent(db, endpointServiceIds)).map((one) => ',
          "({ ...one, customerState: 'offboarded' as const }));",
        ].join(''),
      },
    ],
    seed: 1,
  },
  {
    invariant: 'left-leaves-no-connection',
    without: 'waiting for connections to end',
    edits: [
      {
        file: 'domain/customer.ts',
        text: 'if (live.length > 0) return',
        by: 'if (false) return',
      },
      {
        file: 'domain/customer.ts',
        text: 'if (!remains.readSince) return',
        by: 'if (false) return',
      },
    ],
    seed: 1,
  },
  {
    invariant: 'ended-stays-ended',
    without: 'a second read that shows a connection no more',
    edits: [
      {
        file: 'reconcile/seen-connections.ts',
        text: 'const again = notShown.filter(({ id }) => missedBefore.has(id));',
        by: 'const again = notShown;',
      },
    ],
    seed: 8,
  },
];
