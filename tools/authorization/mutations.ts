// Every guard between a request and what it is about, each taken out by itself. Where two stand
// behind each other, the matrix looks at each alone, so that either one is missed.

import { ledger, type CallerName } from '../../packages/api/test/http/matrix/ledger.ts';
import type { Mutation } from './mutation.ts';

const keys = 'domain/api-key.ts';
const storedKeys = 'storage/api-keys.ts';
const authentication = 'http/authentication.ts';
const contract = 'http/public-contract.ts';
const form = 'return pattern.test(text) && hasChecksum(text);';
const anyTenant = '$2::text IS NULL OR';

const callerMutations: Mutation[] = [
  {
    without: 'asking for a key',
    edits: [
      {
        file: authentication,
        text: "throw refuse('unauthenticated', 'The request has no Authorization header.');",
        by: "return { id: 'anyone', role: 'operator', customerId: null };",
      },
    ],
    seenBy: 'matrix',
    named: cellsOf('no key', '401'),
  },
  {
    without: 'asking whether a key was revoked',
    edits: [{ file: storedKeys, text: 't.revoked_at IS NULL AND c.state', by: 'c.state' }],
    seenBy: 'matrix',
    named: cellsOf('revoked', '401'),
  },
  {
    without: 'asking whether a key has expired',
    edits: [
      {
        file: storedKeys,
        text: 'AND (t.expires_at IS NULL OR t.expires_at > $2)`,\n    [hashes, now],',
        by: 'AND $2::timestamptz IS NOT NULL`,\n    [hashes, now],',
      },
    ],
    seenBy: 'matrix',
    named: cellsOf('expired', '401'),
  },
  {
    without: 'the checksum of keys',
    edits: [{ file: keys, text: form, by: 'return pattern.test(text);' }],
    seenBy: 'matrix',
    named: ['acceptConnection, malformed, own', 'adoptPrincipal, malformed, own'],
  },
  {
    without: 'the form of keys',
    edits: [{ file: keys, text: form, by: 'return hasChecksum(text);' }],
    seenBy: 'matrix',
    named: ['attestAccounts, malformed, own'],
  },
  {
    without: 'asking which roles may',
    edits: [{ file: authentication, text: 'if (!allowed.has(caller.role)) {', by: 'if (false) {' }],
    seenBy: 'matrix',
    named: (['other', 'customer', 'support'] as const).flatMap((role) => cellsOf(role, '403')),
  },
  {
    without: 'asking which scopes a key has',
    edits: [{ file: authentication, text: 'if (hasScope(caller, scope)) return;', by: 'return;' }],
    seenBy: 'matrix',
    named: ledger
      .filter(({ scope }) => scope !== null)
      .map(({ operationId }) => `${operationId}, all scopes but its own`),
  },
  {
    without: 'keeping staff off the listener for customers',
    edits: [
      {
        file: contract,
        text: "return roles && roles.length > 0 ? { ...operation, 'x-roles': roles } : null;",
        by: 'return roles ? operation : null;',
      },
    ],
    seenBy: 'matrix',
    named: ledger
      .filter(({ listener }) => !listener.operator.startsWith('2'))
      .filter(({ operationId }) => operationId !== 'getSignIn')
      .map(({ operationId }) => `${operationId}, listener, operator`),
  },
  {
    without: 'keeping what is for staff, and needs no key, off the listener for customers',
    edits: [{ file: contract, text: "if (operation['x-staff'] === true) return null;", by: '' }],
    seenBy: 'matrix',
    named: ['getSignIn, listener, operator'],
  },
];

/** A key that ends while a request of it is open. */
const meanwhileMutations: Mutation[] = (
  [
    [
      'once the body is there',
      authentication,
      'if (request.endsLater) await admit(request);',
      'PUT',
    ],
    ['after a wait', 'http/long-poll.ts', 'await waiting.again();', 'when a read has waited'],
    [
      'between lines',
      'http/handlers.ts',
      'if (count % linesOfALook === 0) await again();',
      'when an export is read slowly',
    ],
  ] as const
).map(([when, file, text, name]) => ({
  without: `looking at a key again ${when}`,
  edits: [{ file, text, by: '' }],
  seenBy: 'meanwhile',
  named: [name],
}));

const theirs = ledger
  .filter(({ outcomes: { customer } }) => customer.foreign !== undefined)
  .filter(({ outcomes: { customer } }) => customer.own !== customer.foreign)
  .map(({ operationId }) => operationId);

/** Queries that ask whose it is; the policies of the database are not there to help. */
const filterMutations: Mutation[] = [
  {
    without: 'limiting a customer to what is its own',
    edits: [
      {
        file: 'usecases/context.ts',
        text: "if (role === 'operator' || role === 'support') return null;",
        by: 'if (role) return null;',
      },
    ],
    seenBy: 'matrix',
    named: theirs.map((id) => `${id}, filters alone`),
  },
  filterOf('storage/accounts.ts', `${anyTenant} t.customer_id = $2`, 'getAccount'),
  filterOf('storage/connections.ts', `${anyTenant} owner.customer_id = $2`, 'getConnection'),
  filterOf('storage/customers.ts', `${anyTenant} t.id = $2`, 'getCustomer'),
  filterOf('storage/events.ts', `${anyTenant} t.customer_id = $2`, 'getEvent'),
  filterOf('storage/grants.ts', `${anyTenant} t.customer_id = $2`, 'getGrant'),
  filterOf('storage/operations.ts', `${anyTenant} t.customer_id = $2`, 'getOperation'),
  filterOf('storage/principals.ts', `${anyTenant} w.customer_id = $2`, 'getPrincipal'),
  filterOf('storage/webhooks.ts', `${anyTenant} (t.owner`, 'getWebhook', '(true OR t.owner'),
  {
    without: 'asking whose a key is',
    edits: [
      {
        file: 'usecases/api-keys.ts',
        text: 'owner === null || key?.customerId === owner ? key : null',
        by: 'key',
      },
    ],
    seenBy: 'matrix',
    named: ['getApiKey, filters alone'],
  },
  {
    without: 'limiting lists to the customer who asks',
    edits: [
      {
        file: 'usecases/filters.ts',
        text: '(await customers.find(context.db, named, own))?.id',
        by: '(await customers.find(context.db, named, null))?.id',
      },
    ],
    seenBy: 'matrix',
    named: ['listAccounts', 'listGrants', 'listConnections', 'listApiKeys', 'listWebhooks'].map(
      (id) => `${id}, filters alone`,
    ),
  },
  {
    without: 'limiting principals to the customer who asks',
    edits: [
      {
        file: 'usecases/principals.ts',
        text: 'customerId: tenant(context),',
        by: 'customerId: null,',
      },
    ],
    seenBy: 'matrix',
    named: ['listPrincipals, filters alone'],
  },
];

/** What the database shows of a table, whatever a query asks. */
const policyMutations: Mutation[] = [
  {
    without: 'the role of customers in the database',
    edits: [
      {
        file: 'storage/postgres/tenancy.ts',
        text: "SELECT set_config('role', '${customerRole}', true),",
        by: 'SELECT',
      },
    ],
    seenBy: 'matrix',
    // The role comes back when a change is audited, and so hides what these would answer with.
    named: theirs
      .filter(
        (id) => !['createAccount', 'putAccount', 'redeliverEvent', 'testWebhook'].includes(id),
      )
      .map((id) => `${id}, policies alone`),
  },
  policyOf('accounts', 'getAccount'),
  policyOf('api_keys', 'getApiKey'),
  policyOf('customers', 'getCustomer'),
  policyOf('events', 'getEvent'),
  policyOf('grants', 'getGrant'),
  policyOf('operations', 'getOperation'),
  policyOf('webhooks', 'getWebhook'),
  ...[
    'challenges',
    'connection_transitions',
    'connections',
    'deliveries',
    'endpoint_services',
    'observations',
    'principals',
    'proofs',
  ].map((table) => policyOf(table)),
  {
    without: 'the role of customers after work as the service',
    edits: [
      {
        file: 'storage/postgres/tenancy.ts',
        text: '  await tx.query(`set local role ${customerRole}`, undefined, { unheard: true });\n',
        by: '',
      },
    ],
    seenBy: 'policies',
    named: ['the role of customers comes back'],
  },
];

/** What is refused where it comes in, as nothing behind it can take it. */
const inputMutations: Mutation[] = [
  {
    without: 'refusing text that PostgreSQL cannot keep',
    edits: [
      {
        file: 'http/input/storable-text.ts',
        text: "return text.isWellFormed() && !text.includes('\\0');",
        by: 'return text.length >= 0;',
      },
    ],
    seenBy: 'fuzz',
    named: ['internal_error'],
  },
  {
    without: 'refusing times that cannot be told again',
    edits: [
      {
        file: 'usecases/moments.ts',
        text: 'if (moment >= firstMoment && moment <= lastMoment) return moment;',
        by: 'if (firstMoment < lastMoment) return moment;',
      },
    ],
    seenBy: 'fuzz',
    named: ['internal_error'],
  },
];

export const mutations: readonly Mutation[] = [
  ...callerMutations,
  ...meanwhileMutations,
  ...filterMutations,
  ...policyMutations,
  ...inputMutations,
];

function cellsOf(caller: CallerName, word: string): string[] {
  return ledger.flatMap(({ operationId, outcomes }) =>
    Object.entries(outcomes[caller])
      .filter(([, said]) => said === word)
      .map(([side]) => `${operationId}, ${caller}, ${side}`),
  );
}

function filterOf(
  file: string,
  text: string,
  operation: string,
  by = `${anyTenant} true`,
): Mutation {
  const edits = [{ file, text, by: text.endsWith('owner') ? `${anyTenant} ${by}` : by }];
  const named = [`${operation}, filters alone`];
  return { without: `asking whose it is in ${file}`, edits, seenBy: 'matrix', named };
}

/** Seen over HTTP, or where nothing but the table is looked at. */
function policyOf(table: string, operation?: string): Mutation {
  const sql = `ALTER POLICY own ON ${table} USING (true)`;
  const told = { without: `the policy of ${table}`, edits: [], sql };
  if (operation === undefined) return { ...told, seenBy: 'policies', named: [`"${table}"`] };
  return { ...told, seenBy: 'matrix', named: [`${operation}, policies alone`] };
}
