// What is asked for is found without reading what is not: a customer's among those of others, and a
// page of each list, by each of its filters, among all that there is.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as apiKeys from '../../src/storage/api-keys.ts';
import * as auditEntries from '../../src/storage/audit-entries.ts';
import * as connections from '../../src/storage/connections.ts';
import * as customers from '../../src/storage/customers.ts';
import * as deliveries from '../../src/storage/deliveries.ts';
import * as drift from '../../src/storage/drift.ts';
import * as effects from '../../src/storage/effects.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import * as events from '../../src/storage/events.ts';
import * as grants from '../../src/storage/grants.ts';
import * as invites from '../../src/storage/invites.ts';
import * as notes from '../../src/storage/notes.ts';
import * as operations from '../../src/storage/operations.ts';
import type { Queryable } from '../../src/storage/postgres/database.ts';
import { principalStates } from '../../src/domain/principal.ts';
import { withView } from '../../src/storage/postgres/tenancy.ts';
import * as principals from '../../src/storage/principals.ts';
import * as runs from '../../src/storage/runs.ts';
import * as targetLists from '../../src/storage/target-lists.ts';
import * as webhooks from '../../src/storage/webhooks.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene } from './scene.ts';

const ambience = createAmbience();
const page = { limit: 50, after: null };
const small = { limit: 10, after: null };
const others = 3_000;
/** Rows that may be read for one of them: its own few, and what joins to them. */
const few = 200;
const lately = new Date(Date.now() + 3_600_000);

let db: TemporaryDatabase;
let mine: Account;
let principalId: string;
beforeAll(async () => {
  // Planned with what is asked for, as in a service.
  db = await temporaryDatabase({ prepares: 'marked' });
  const scene = createScene(db, ambience);
  const service = await scene.service();
  const customer = await scene.customer();
  mine = await scene.account(customer, 'proven');
  await scene.grant(customer, service);
  await scene.showConnection(service, { ownerAccountId: mine.accountId });
  const [entry] = await principals.listOfAccount(db, service.id, mine.accountId);
  principalId = entry!.id;
  await addOthers(service.id);
  await addSettled('svc_7');
  await addHistory();
  await db.query('ANALYZE');
});
afterAll(() => db.close());

/** As many customers again, each with one of everything on as many services. */
async function addOthers(serviceId: string): Promise<void> {
  const now = ambience.clock.now();
  await db.query(
    `INSERT INTO customers (id, external_id, name, state, created_at, updated_at)
     SELECT 'cus_' || n, 'other-' || n, 'Other', 'active', now(), now()
     FROM generate_series(1, ${others}) n;
     INSERT INTO accounts (id, customer_id, account_id, partition, standing, standing_since,
       created_at, updated_at)
     SELECT 'acct_' || n, 'cus_' || n, (300000000000 + n)::text, 'aws', 'proven',
       now(), now(), now()
     FROM generate_series(1, ${others}) n;
     INSERT INTO challenges (id, account_id, challenge, audience, expires_at)
     SELECT 'chl_' || n, 'acct_' || n, n::text, 'a', now() FROM generate_series(1, ${others}) n;
     INSERT INTO proofs (id, account_id, challenge_id, operation_id, submitted_at)
     SELECT 'prf_' || n, 'acct_' || n, 'chl_' || n, 'op_' || n, now()
     FROM generate_series(1, ${others}) n;
     INSERT INTO operations (id, kind, subject_id, customer_id, state, message, created_at,
       updated_at)
     SELECT 'op_' || n, 'prove_account', 'acct_' || n, 'cus_' || n, 'succeeded', 'Done.', now(),
       now() FROM generate_series(1, ${others}) n;
     INSERT INTO audit_entries (id, at, actor, action, subject_id, customer_id, request_id,
       caused_by)
     SELECT 'aud_' || n, now(), CASE n WHEN 7 THEN 'key_7' ELSE 'key_1' END, 'createCustomer',
       'cus_' || n, 'cus_' || n, 'req_' || n,
       ARRAY['req_' || n + 1]
     FROM generate_series(1, ${others}) n`,
  );
  await db.query(
    `INSERT INTO endpoint_services (id, name, provider_account_id, region, modes, created_at,
       updated_at)
     SELECT 'svc_' || n, 'Other', s.provider_account_id, 'region-' || n / 10, s.modes, $2, $2
     FROM endpoint_services s, generate_series(1, ${others}) n WHERE s.id = $1`,
    [serviceId, now],
  );
  await db.query(
    `INSERT INTO grants (id, customer_id, endpoint_service_id, acceptance, created_at, updated_at)
     SELECT 'grt_' || n, 'cus_' || n, 'svc_' || n, 'automatic', now(), now()
     FROM generate_series(1, ${others}) n;
     INSERT INTO principals (id, endpoint_service_id, arn, since)
     SELECT 'prn_' || n, 'svc_' || n, 'arn:aws:iam::' || (300000000000 + n)::text || ':root', now()
     FROM generate_series(1, ${others}) n;
     INSERT INTO connections (id, endpoint_service_id, vpc_endpoint_id, owner_account_id,
       endpoint_region, state, aws_state, decision, created_at, first_seen_at, state_since,
       observed_at)
     SELECT 'con_' || n, 'svc_' || n, 'vpce-' || n, (300000000000 + n)::text, 'us-east-1',
       'available', 'available', 'accept', now(), now(), now(), now()
     FROM generate_series(1, ${others}) n`,
  );
}

/** Of one service, all but one as they should be. */
async function addSettled(serviceId: string): Promise<void> {
  await db.query(
    `INSERT INTO connections (id, endpoint_service_id, vpc_endpoint_id, owner_account_id,
       endpoint_region, state, aws_state, decision, created_at, first_seen_at, state_since,
       observed_at)
     SELECT 'con_settled_' || n, $1, 'vpce-settled-' || n, '999999999999', 'us-east-1', 'available',
       'available', CASE n WHEN 7 THEN 'reject' ELSE 'accept' END, now(), now(), now(), now()
     FROM generate_series(1, ${others}) n`,
    [serviceId],
  );
}

/** What happened with them. Of each list, the last one is of a kind of its own. */
async function addHistory(): Promise<void> {
  const last = (of: string, kind: string) =>
    `CASE n WHEN ${others} THEN '${of}' ELSE '${kind}' END`;
  const all = `FROM generate_series(1, ${others}) n`;
  await db.query(
    `INSERT INTO effects (id, target_kind, target_key, endpoint_service_id, action, request,
       intended_at, outcome)
     SELECT 'eff_' || n, 'principals', 'svc_' || n, 'svc_' || n, 'allow', '{}', now(),
       ${last('refused', 'done')} ${all};
     INSERT INTO events (id, at, type, subject_id, customer_id)
     SELECT 'evt_' || n, now(), ${last('customer.suspended', 'customer.created')}, 'cus_' || n,
       'cus_' || n ${all};
     INSERT INTO runs (id, target_kind, target_key, ended_at, report)
     SELECT 'run_' || n, ${last('private_dns', 'principals')}, 'svc_' || n, now(), '{}' ${all};
     INSERT INTO targets (kind, key, due_at, done)
     SELECT ${last('private_dns', 'principals')}, 'svc_' || n, now(), 1 ${all}
     ON CONFLICT DO NOTHING;
     INSERT INTO api_keys (id, name, role, customer_id, hash, hint, created_at)
     SELECT 'key_' || n, 'k', 'customer', 'cus_' || n, n::text, 'h', now() ${all};
     INSERT INTO invites (id, customer_id, token_hash, created_at, expires_at)
     SELECT 'inv_' || n, 'cus_' || n, n::text, now(), now() ${all};
     INSERT INTO notes (id, connection_id, text, author, created_at)
     SELECT 'note_' || n, 'con_' || n, 't', 'a', now() ${all};
     INSERT INTO webhooks (id, owner, customer_id, target_url, description, secrets, created_at,
       updated_at)
     SELECT 'whk_' || n, 'customer', 'cus_' || n, 'https://x', '', '[]', now(), now() ${all};
     INSERT INTO deliveries (id, webhook_id, message_id, type, payload, state, created_at)
     SELECT 'dlv_' || n, 'whk_' || n, 'm', 't', '{}', 'succeeded', now() ${all};
     UPDATE customers SET state = 'suspended' WHERE id = 'cus_${others}';
     UPDATE accounts SET standing = 'lapsed' WHERE id = 'acct_${others}';
     UPDATE connections SET state = 'failed' WHERE id = 'con_${others}';
     UPDATE operations SET state = 'running' WHERE id = 'op_${others}';
     UPDATE principals SET observed = true, owned = true;
     UPDATE principals SET owned = false WHERE id = 'prn_${others}';
     UPDATE principals SET unwanted = true WHERE id = 'prn_7';
     INSERT INTO events (id, at, type, subject_id)
     VALUES ('evt_last', '${lately.toISOString()}', 'customer.updated', 'cus_7')`,
  );
}

async function eventsSince(tx: Queryable, since: Date) {
  const found = await events.listAfter(tx, { since }, await events.placeBefore(tx, since), 10);
  expect(found.map(({ id }) => id)).toEqual(['evt_last']);
  return found;
}

/** How many rows of tables the work reads, by scans of tables and by way of indexes. */
function rowsRead(work: (tx: Queryable) => Promise<unknown>): Promise<number> {
  return db.transaction(async (tx) => {
    const before = await counted(tx);
    await work(tx);
    return (await counted(tx)) - before;
  });
}

/** So far in this session, as far as it was not handed on to the statistics of the server. */
async function counted(tx: Queryable): Promise<number> {
  const [row] = await tx.query<{ rows: number }>(
    `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint AS rows
     FROM pg_stat_xact_user_tables`,
  );
  return row!.rows;
}

describe('a customer with few things among many', () => {
  const customerId = () => mine.customerId;

  it.each<[string, (tx: Queryable) => Promise<unknown[]>]>([
    ['connections', (tx) => connections.list(tx, { customerId: customerId() }, page)],
    ['principals', (tx) => principals.list(tx, { customerId: customerId() }, page)],
    ['accounts', (tx) => accounts.list(tx, { customerId: customerId() }, page)],
    ['operations', (tx) => operations.list(tx, { customerId: customerId() }, page)],
    ['audit entries', (tx) => auditEntries.list(tx, { customerId: customerId() }, page)],
  ])('when its %s are listed, few rows are read', async (_, list) => {
    expect(await rowsRead(list)).toBeLessThan(few);
  });

  it('when a principal is looked at, the wishes of its service alone are computed', async () => {
    const find = (tx: Queryable) => principals.find(tx, principalId, customerId());
    expect(await rowsRead(find)).toBeLessThan(few);
  });

  it('when it leaves, what remains of it is found', async () => {
    const customer = (await customers.find(db, customerId(), null))!;
    expect(await rowsRead((tx) => customers.remains(tx, customer))).toBeLessThan(few);
  });

  it('when an account of it goes, its challenges and proofs are found', async () => {
    expect(await rowsRead((tx) => accounts.remove(tx, 'acct_1'))).toBeLessThan(few);
  });
});

describe('a service with many connections', () => {
  it('when its drift is looked at, those that are as they should be are not read', async () => {
    const service = (await endpointServices.find(db, 'svc_7'))!;
    const found: string[] = [];
    const look = async (tx: Queryable) => {
      const { connections: looked } = await drift.facts(tx, service, ambience.clock.now());
      found.push(...looked.map(({ id }) => id));
    };
    expect(await rowsRead(look)).toBeLessThan(few);
    expect(found).toEqual(['con_settled_7']);
  });
});

describe('a page of a list', () => {
  const theirs = 'cus_2999';
  const service = 'svc_2999';
  const everybody = { customerId: null };

  it.each<[string, (tx: Queryable) => Promise<unknown[]>]>([
    ['accounts', (tx) => accounts.list(tx, {}, small)],
    ['accounts by standing', (tx) => accounts.list(tx, { standing: 'lapsed' }, small)],
    ['accounts by number', (tx) => accounts.list(tx, { accountId: mine.accountId }, small)],
    ['accounts by change', (tx) => accounts.list(tx, { updatedSince: lately }, small)],
    ['API keys', (tx) => apiKeys.list(tx, everybody, small)],
    ['API keys by customer', (tx) => apiKeys.list(tx, { customerId: theirs }, small)],
    ['audit entries', (tx) => auditEntries.list(tx, {}, small)],
    ['audit entries by actor', (tx) => auditEntries.list(tx, { actor: 'key_7' }, small)],
    ['audit entries by request', (tx) => auditEntries.list(tx, { requestId: 'req_7' }, small)],
    ['audit entries by subject', (tx) => auditEntries.list(tx, { subjectId: theirs }, small)],
    ['connections', (tx) => connections.list(tx, {}, small)],
    ['connections by service', (tx) => connections.list(tx, { endpointServiceId: service }, small)],
    ['connections by state', (tx) => connections.list(tx, { state: 'failed' }, small)],
    ['connections by account', (tx) => connections.list(tx, { accountId: '300000000007' }, small)],
    ['customers', (tx) => customers.list(tx, {}, small)],
    ['customers by state', (tx) => customers.list(tx, { state: 'suspended' }, small)],
    ['customers by change', (tx) => customers.list(tx, { updatedSince: lately }, small)],
    ['deliveries', (tx) => deliveries.list(tx, { webhookId: 'whk_7' }, small)],
    [
      'deliveries by state',
      (tx) => deliveries.list(tx, { webhookId: 'whk_7', state: 'failed' }, small),
    ],
    ['effects', (tx) => effects.list(tx, {}, small)],
    ['effects by service', (tx) => effects.list(tx, { endpointServiceId: service }, small)],
    ['effects by outcome', (tx) => effects.list(tx, { outcome: 'refused' }, small)],
    ['services', (tx) => endpointServices.list(tx, {}, small)],
    ['services by region', (tx) => endpointServices.list(tx, { region: 'region-7' }, small)],
    ['events', (tx) => events.listAfter(tx, {}, 0, 10)],
    ['events by type', (tx) => events.listAfter(tx, { types: ['customer.suspended'] }, 0, 10)],
    ['events by subject', (tx) => events.listAfter(tx, { subjectId: theirs }, 0, 10)],
    ['events by customer', (tx) => events.listAfter(tx, { customerId: theirs }, 0, 10)],
    ['events since a moment', (tx) => eventsSince(tx, lately)],
    ['grants', (tx) => grants.list(tx, {}, small)],
    ['grants by customer', (tx) => grants.list(tx, { customerId: theirs }, small)],
    ['grants by service', (tx) => grants.list(tx, { endpointServiceId: service }, small)],
    ['grants by change', (tx) => grants.list(tx, { updatedSince: lately }, small)],
    ['invites', (tx) => invites.list(tx, theirs, small)],
    ['notes', (tx) => notes.list(tx, 'con_7', small)],
    ['operations', (tx) => operations.list(tx, everybody, small)],
    ['operations by state', (tx) => operations.list(tx, { ...everybody, state: 'running' }, small)],
    [
      'operations by change',
      (tx) => operations.list(tx, { ...everybody, updatedSince: lately }, small),
    ],
    ['principals', (tx) => principals.list(tx, everybody, small)],
    [
      'principals by service',
      (tx) => principals.list(tx, { ...everybody, endpointServiceId: service }, small),
    ],
    [
      'principals by account',
      (tx) => principals.list(tx, { ...everybody, accountId: '300000000007' }, small),
    ],
    ...principalStates.map((state): [string, (tx: Queryable) => Promise<unknown[]>] => [
      `principals ${state}`,
      (tx) => principals.list(tx, { ...everybody, state }, small),
    ]),
    ['runs', (tx) => runs.list(tx, {}, small)],
    ['runs by kind', (tx) => runs.list(tx, { kind: 'private_dns' }, small)],
    ['runs by service', (tx) => runs.list(tx, { endpointServiceId: service }, small)],
    ['targets by service', (tx) => targetLists.list(tx, { endpointServiceId: service }, small)],
    ['webhooks', (tx) => webhooks.list(tx, {}, small)],
    ['webhooks by owner', (tx) => webhooks.list(tx, { owner: 'vendor' }, small)],
    ['webhooks by customer', (tx) => webhooks.list(tx, { customerId: theirs }, small)],
  ])('when it is of %s, few rows are read', async (_, list) => {
    expect(await rowsRead(list)).toBeLessThan(few);
  });

  it.each<[string, (tx: Queryable) => Promise<unknown[]>]>([
    ['accounts', (tx) => accounts.list(tx, { customerId: theirs }, small)],
    ['connections', (tx) => connections.list(tx, { customerId: theirs }, small)],
    ['principals', (tx) => principals.list(tx, { customerId: theirs }, small)],
    ['grants', (tx) => grants.list(tx, { customerId: theirs }, small)],
    ['operations', (tx) => operations.list(tx, { customerId: theirs }, small)],
    ['events', (tx) => events.listAfter(tx, { customerId: theirs }, 0, 10)],
    ['transitions', (tx) => connections.transitions(tx, 'con_2999')],
  ])('when a customer asks for its %s, few rows are read', async (_, list) => {
    const read = await db.transaction(async (tx) => {
      const before = await counted(tx);
      await withView(tx, { customerId: theirs, serviceIds: ['svc_2999'] }, list);
      return (await counted(tx)) - before;
    });
    expect(read).toBeLessThan(few);
  });
});
