// Every guard between a request and what it is about, each taken out by itself. Where two stand
// behind each other, the matrix looks at each alone, so that either one is missed.

import { ledger } from '../../packages/api/test/http/matrix/ledger.ts';
import { callerMutations, meanwhileMutations } from './caller-mutations.ts';
import type { Mutation } from './mutation.ts';

const anyTenant = '$2::text IS NULL OR';

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
  {
    without: 'limiting a key to its services',
    edits: [{ file: 'storage/postgres/tenancy.ts', text: "serviceIds.join(',')", by: "''" }],
    seenBy: 'matrix',
    named: ['getGrant', 'getConnection', 'getPrincipal', 'getWebhook'].map(
      (id) => `when ${id} is sent with a key of other services`,
    ),
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
