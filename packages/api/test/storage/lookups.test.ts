// What a customer asks for is found without reading what is of others.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as auditEntries from '../../src/storage/audit-entries.ts';
import * as connections from '../../src/storage/connections.ts';
import * as customers from '../../src/storage/customers.ts';
import * as operations from '../../src/storage/operations.ts';
import type { Queryable } from '../../src/storage/postgres/database.ts';
import * as principals from '../../src/storage/principals.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene } from './scene.ts';

const ambience = createAmbience();
const page = { limit: 50, after: null };
const others = 3_000;
/** Rows that may be read for one of them: its own few, and what joins to them. */
const few = 200;

let db: TemporaryDatabase;
let mine: Account;
let principalId: string;
beforeAll(async () => {
  // Planned with what is asked for, as in a service.
  db = await temporaryDatabase({ prepares: false });
  const scene = createScene(db, ambience);
  const service = await scene.service();
  const customer = await scene.customer();
  mine = await scene.account(customer, 'proven');
  await scene.grant(customer, service);
  await scene.showConnection(service, { ownerAccountId: mine.accountId });
  const [entry] = await principals.listOfAccount(db, service.id, mine.accountId);
  principalId = entry!.id;
  await addOthers(service.id);
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
     INSERT INTO audit_entries (id, at, actor, action, subject_id, customer_id)
     SELECT 'aud_' || n, now(), 'key_1', 'createCustomer', 'cus_' || n, 'cus_' || n
     FROM generate_series(1, ${others}) n`,
  );
  await db.query(
    `INSERT INTO endpoint_services (id, name, provider_account_id, region, modes, created_at,
       updated_at)
     SELECT 'svc_' || n, 'Other', s.provider_account_id, s.region, s.modes, $2, $2
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
       endpoint_region, state, aws_state, created_at, first_seen_at, state_since, observed_at)
     SELECT 'con_' || n, 'svc_' || n, 'vpce-' || n, (300000000000 + n)::text, 'us-east-1',
       'available', 'available', now(), now(), now(), now() FROM generate_series(1, ${others}) n;
     ANALYZE`,
  );
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
