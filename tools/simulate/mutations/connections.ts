// Guards of connections.

import type { Mutation } from './mutation.ts';

const revocations = 'reconcile/revocations.ts';

export const connectionMutations: Mutation[] = [
  {
    invariant: 'accepts-who-stands',
    without: 'asking whether the customer is active',
    edits: [
      {
        file: 'domain/grant.ts',
        text: "if (customerState !== 'active') return",
        by: 'if (false) return',
      },
      {
        file: 'storage/admissions.ts',
        text: "JOIN customers c ON c.id = a.customer_id AND c.state = 'active'",
        by: 'JOIN customers c ON c.id = a.customer_id',
      },
    ],
    seed: 6,
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
    seed: 8,
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
    invariant: 'accepts-by-grant',
    without: 'asking whether a grant lets in by itself',
    edits: [
      {
        file: 'domain/grant.ts',
        text: "  if (grant.acceptance === 'manual') return 'manual_acceptance';\n",
        by: '',
      },
      {
        file: 'storage/admissions.ts',
        text: "\n       AND g.acceptance = 'automatic'",
        by: '',
      },
    ],
    seed: 19,
  },
  {
    invariant: 'left-leaves-no-connection',
    without: 'waiting for connections of who leaves, and rejecting what is left of them',
    edits: [
      {
        file: 'domain/customer.ts',
        text: 'remains.connections.filter(({ live }) => live);\n  const open',
        by: 'remains.connections.slice(0, 0);\n  const open',
      },
      {
        file: revocations,
        text: 'const left = await revocations.leftBehind(db, endpointServiceIds);',
        by: 'const left: revocations.LeftBehind[] = [];',
      },
    ],
    seed: 3,
  },
  {
    invariant: 'ended-stays-ended',
    without: 'a second read, or a full one, that shows a connection no more',
    edits: [
      {
        file: 'reconcile/seen-connections.ts',
        text: 'const again = notShown.filter(({ id }) => missedBefore.has(id));',
        by: 'const again = notShown;',
      },
      {
        file: 'reconcile/seen-connections.ts',
        text: 'if (!full) return { missing',
        by: 'if (!full && !run) return { missing',
      },
      {
        file: 'reconcile/seen-connections.ts',
        text: 'const back = before && isEarlier(connectionState(fact.awsState), before.state);',
        by: 'const back = before && isEarlier(before.state, before.state);',
      },
    ],
    seed: 4,
  },
];
