// What PostgreSQL itself shows in the request of a customer, whatever a statement asks for: of
// every table, nothing that is somebody else's.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as connections from '../../src/storage/connections.ts';
import * as events from '../../src/storage/events.ts';
import * as grants from '../../src/storage/grants.ts';
import * as keys from '../../src/storage/api-keys.ts';
import * as operations from '../../src/storage/operations.ts';
import type { Database, Queryable } from '../../src/storage/postgres/database.ts';
import { customerRole, viewOf, withView } from '../../src/storage/postgres/tenancy.ts';
import * as principals from '../../src/storage/principals.ts';
import { asService, type Caller, type Context } from '../../src/usecases/context.ts';
import * as useCases from '../../src/usecases/grants.ts';
import { createRequests } from '../../src/usecases/requests.ts';
import { startApi, type Api } from '../harness.ts';
import { addObservationToken } from '../http/controllers/observation-requests.ts';
import {
  addInvite,
  addNote,
  createWorld,
  hold,
  proofFor,
  tracesOf,
  type World,
} from '../http/controllers/world.ts';

let api: Api;
let world: World;
let other: EndpointService;
/** A service that the other customer alone may use. */
let theirs: EndpointService;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
  other = await world.scene.service();
  await world.scene.showService(other);
  theirs = await world.scene.service();
  await world.scene.grant(api.globex, theirs);
  await fillEveryTable();
});
afterAll(() => api.close());

/** Every table has rows of both customers, so that none is empty by chance. */
async function fillEveryTable(): Promise<void> {
  await hold(api, world.scene, other, api.acme);
  for (const { customer, account, connection } of [world.acme, world.globex]) {
    await addNote(api, connection.id);
    await addObservationToken(api, connection, `token of ${customer.id}`);
    const seen = `/v1/connections/${connection.id}/observations`;
    await api.request('operator').post(seen).send({ vantage: connection.id }).expect(201);
    await addInvite(api, customer.id, `invite of ${customer.id}`);
    const make = { customer_id: customer.id, account_id: world.scene.accountNumber() };
    await api.request('operator').post('/v1/accounts').send(make).expect(201);
    await api.request('operator').post(`/v1/customers/${customer.id}/tokens`).expect(201);
    const proof = await proofFor(api, account);
    const path = `/v1/accounts/${account.id}/proofs`;
    await api.request('operator').post(path).send(proof).expect(202);
  }
  await events.publish(api.db, () => api.makeId('event'));
}

const tablesOf = (db: Queryable) =>
  db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'p', 'm') ORDER BY 1`,
  );

/** The columns of the table that are open to customers; none when it is closed. */
const openColumns = async (table: string) => {
  const rows = await api.db.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0
       AND NOT attisdropped AND has_column_privilege($2, attrelid, attnum, 'SELECT')`,
    [table, customerRole],
  );
  return rows.map(({ name }) => name);
};

const callerOf = (customerId: string, serviceIds: string[] = []): Caller => {
  return { id: 'key_test', role: 'customer', customerId, serviceIds };
};

const readAs = <T>(caller: Caller, work: (db: Queryable) => Promise<T>) =>
  api.requests.read({ caller, requestId: 'req_1', changeRef: null }, ({ db }) => work(db));

async function seenBy(caller: Caller, table: string): Promise<string> {
  const columns = await openColumns(table);
  if (columns.length === 0) return '';
  const rows = await readAs(caller, (db) => db.query(`SELECT ${columns.join(', ')} FROM ${table}`));
  return JSON.stringify(rows);
}

/** Those that a customer's request reads or writes as the customer; all others are closed to it. */
const open = [
  'accounts',
  'api_keys',
  'challenges',
  'deliveries',
  'webhooks',
  'connection_transitions',
  'connections',
  'customers',
  'endpoint_services',
  'events',
  'grants',
  'observations',
  'operations',
  'principals',
  'proofs',
  'wanted_principals',
];

describe('a statement without a tenant, in the request of a customer', () => {
  it('when it reads any table, it gets what is its own, and nothing of another one', async () => {
    for (const { name } of await tablesOf(api.db)) {
      const seen = await seenBy(callerOf(api.acme.id), name);
      const traces = [...tracesOf(world.globex), theirs.id];
      const foreign = traces.filter((trace) => seen.includes(trace));
      expect([name, foreign]).toEqual([name, []]);
      expect([name, seen.length > 2]).toEqual([name, open.includes(name)]);
    }
  });

  it('when no customer is named, every table is empty', async () => {
    for (const name of open) {
      const columns = (await openColumns(name)).join(', ');
      const rows = await api.db.transaction(async (tx) => {
        await tx.query(`set local role ${customerRole}`);
        return tx.query(`SELECT ${columns} FROM ${name}`);
      });
      expect([name, rows.length]).toEqual([name, 0]);
    }
  });

  it('when storage is asked for all there is, it gives what is of the customer', async () => {
    const page = { limit: 100, after: null };
    const lists: [string, (db: Queryable) => Promise<{ customerId?: string | null }[]>][] = [
      ['accounts', (db) => accounts.list(db, { customerId: null }, page)],
      ['connections', (db) => connections.list(db, { customerId: null }, page)],
      ['grants', (db) => grants.list(db, { customerId: null }, page)],
      ['keys', (db) => keys.list(db, { customerId: null }, page)],
      ['operations', (db) => operations.list(db, { customerId: null }, page)],
    ];
    for (const [name, list] of lists) {
      const owners = (await readAs(callerOf(api.acme.id), list)).map((item) => item.customerId);
      expect([name, new Set(owners)]).toEqual([name, new Set([api.acme.id])]);
    }
    const entries = await readAs(callerOf(api.acme.id), (db) =>
      principals.list(db, { customerId: null }, page),
    );
    expect(entries.map(({ arn }) => arn)).not.toContain(world.globex.arn);
  });

  it('when it would change or make what is of another one, it does not', async () => {
    const asAcme = <T>(work: (view: Queryable) => Promise<T>) =>
      api.db.transaction((tx) => withView(tx, { customerId: api.acme.id, serviceIds: [] }, work));
    const changed = await asAcme((view) =>
      view.query(`UPDATE accounts SET updated_at = now() WHERE customer_id <> $1 RETURNING id`, [
        api.acme.id,
      ]),
    );
    expect(changed).toEqual([]);
    const insert = asAcme((view) =>
      view.query(
        `INSERT INTO accounts SELECT 'acct_x', $1, '999999999999', 'aws', 'claimed', now(), null,
           null, now(), now()`,
        [api.globex.id],
      ),
    );
    await expect(insert).rejects.toThrow('row-level security');
  });

  it.each([
    `UPDATE accounts SET standing = 'proven' WHERE customer_id = $1`,
    `UPDATE accounts SET account_id = '999999999999' WHERE customer_id = $1`,
    `INSERT INTO accounts (id, customer_id, account_id, partition, standing, standing_since,
       created_at, updated_at)
     VALUES ('acct_x', $1, '999999999999', 'aws', 'proven', now(), now(), now())`,
    `UPDATE customers SET state = 'active' WHERE id = $1`,
    `UPDATE customers SET required_role = NULL WHERE id = $1`,
    `UPDATE api_keys SET scopes = '{}' WHERE customer_id = $1`,
    `UPDATE api_keys SET endpoint_service_ids = '{}' WHERE customer_id = $1`,
  ])('when it would give itself more, as by %s, it is refused', async (text) => {
    const tenancy = { customerId: api.acme.id, serviceIds: [] };
    const given = api.db.transaction((tx) =>
      withView(tx, tenancy, (view) => view.query(text, [api.acme.id])),
    );
    await expect(given).rejects.toThrow(/permission denied|row-level security/);
  });

  it('when it is a read that would change anything, even its own, it does not', async () => {
    const change = readAs(callerOf(api.acme.id), (db) =>
      db.query(`UPDATE accounts SET updated_at = now() WHERE customer_id = $1`, [api.acme.id]),
    );
    await expect(change).rejects.toThrow('read-only transaction');
  });
});

describe('the policies', () => {
  it('when the service itself reads, it is not held by them', async () => {
    const rows = await api.db.query<{ of: string }>('SELECT customer_id AS of FROM accounts');
    expect(new Set(rows.map((row) => row.of))).toEqual(new Set([api.acme.id, api.globex.id]));
  });

  it('when a table is open to customers, it has a policy; views read as who asks', async () => {
    const rows = await api.db.query<{ name: string; held: boolean }>(
      `SELECT relname AS name, CASE relkind WHEN 'v'
         THEN coalesce('security_invoker=true' = ANY (reloptions), false)
         ELSE relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid) END AS held
       FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($1)`,
      [open],
    );
    expect(rows.filter(({ held }) => !held)).toEqual([]);
    expect(rows).toHaveLength(open.length);
  });

  it('when the role is looked at, it neither owns, nor logs in, nor bypasses', async () => {
    const [role] = await api.db.query(
      `SELECT rolcanlogin OR rolsuper OR rolbypassrls AS strong,
         EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) AS owns
       FROM pg_roles r WHERE rolname = $1`,
      [customerRole],
    );
    expect(role).toEqual({ strong: false, owns: false });
  });

  it('when a function has the rights of the service, it takes no temporary table', async () => {
    const texts = 'id text, account_id text, partition text, customer_id text, standing text';
    const columns = `${texts}, from_at timestamptz, until_at timestamptz`;
    const kept = api.db.transaction(async (tx) => {
      await withView(tx, { customerId: api.acme.id, serviceIds: [] }, async (view) => {
        await view.query(`CREATE TEMP TABLE account_periods (${columns})`);
        await view.query('GRANT ALL ON account_periods TO PUBLIC');
        await view.query(
          `INSERT INTO accounts (id, customer_id, account_id, partition, standing, standing_since,
             created_at, updated_at)
           VALUES ('acct_x', $1, '999999999999', 'aws', 'claimed', now(), now(), now())`,
          [api.acme.id],
        );
      });
      const rows = await tx.query(`SELECT 1 FROM public.account_periods WHERE id = 'acct_x'`);
      throw new Error(`kept ${rows.length}`);
    });
    await expect(kept).rejects.toThrow('kept 1');
    const [{ paths } = { paths: [] }] = await api.db.query<{ paths: string[] }>(
      `SELECT array_agg(DISTINCT array_to_string(proconfig, ' ')) AS paths FROM pg_proc
       WHERE prosecdef AND pronamespace = 'public'::regnamespace`,
    );
    expect(paths).toEqual(['search_path=public, pg_temp']);
  });

  it('when a use case has worked as the service, the role of customers comes back', async () => {
    const caller = callerOf(api.acme.id);
    const facts = { caller, requestId: 'req_1', changeRef: null };
    const roleOf = async (db: Queryable) =>
      (await db.query<{ name: string }>('SELECT current_user AS name'))[0]!.name;
    const look = async (context: Context) => {
      const inside = await asService(context, ({ db }) => roleOf(db));
      expect([inside === customerRole, await roleOf(context.db)]).toEqual([false, customerRole]);
      return { status: 200, body: null };
    };
    await api.requests.read(facts, look);
    const sent = { validateOnly: false, idempotencyKey: null, fingerprint: '' };
    await api.requests.change({ ...facts, ...sent }, look);
  });

  it('when what the service does for a customer throws, its role comes back too', async () => {
    const tenancy = { customerId: api.acme.id, serviceIds: [] };
    const role = await api.db.transaction((tx) =>
      withView(tx, tenancy, async (view) => {
        const refused = view.asService(() => Promise.reject(new Error('refused')));
        await expect(refused).rejects.toThrow('refused');
        return view.query('SELECT current_user AS name');
      }),
    );
    expect(role).toEqual([{ name: customerRole }]);
  });

  it('when the same is asked for the service and a customer, each has a plan', async () => {
    const text = 'SELECT id FROM accounts WHERE id = $1';
    const look = (db: Queryable) => db.query(text, ['acct_x'], { lookUp: true });
    const plans = await api.db.transaction(async (tx) => {
      await look(tx);
      await withView(tx, { customerId: api.acme.id, serviceIds: [] }, look);
      return tx.query('SELECT name FROM pg_prepared_statements WHERE statement = $1', [text]);
    });
    expect(plans).toHaveLength(2);
  });

  it("when it was read as a customer, the connection is nobody's afterwards", async () => {
    const of = (db: Queryable) => {
      return db.query(
        `SELECT current_user AS role, current_setting('sallyport.customer', true) AS customer,
           current_setting('transaction_read_only') AS "readOnly"`,
        [],
        { lookUp: true },
      );
    };
    const view = viewOf(api.db, { customerId: api.acme.id, serviceIds: [] });
    const [own, { role }] = [await of(view), (await of(api.db))[0] as { role: string }];
    expect(own).toEqual([{ role: customerRole, customer: api.acme.id, readOnly: 'on' }]);
    const views = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? view : api.db));
    const nobodys = [{ role, customer: '', readOnly: 'off' }];
    expect(await Promise.all(views.map(of))).toEqual(
      views.map((db) => (db === view ? own : nobodys)),
    );
  });
});

describe('a key of a customer that is limited to a service', () => {
  const shown = async (secret: string, path: string) => {
    const { body } = await api.request({ secret }).get(path).expect(200);
    return new Set(
      (body.items as Record<string, string>[]).map((item) => item['endpoint_service_id']),
    );
  };

  it.each(['api-keys', 'tokens'])('when it is one of %s, it shows that one only', async (kind) => {
    const limits = { endpoint_service_ids: [other.serviceId] };
    const path = kind === 'tokens' ? '/v1/customers/acme/tokens' : '/v1/api-keys';
    const named = { name: 'x', role: 'customer', customer_id: 'acme' };
    const asked = { ...limits, ...(kind === 'tokens' ? {} : named) };
    const { body } = await api.request('operator').post(path).send(asked).expect(201);
    const secret = (body.secret ?? body.token) as string;
    for (const list of ['/v1/grants', '/v1/connections', '/v1/principals']) {
      expect([list, await shown(secret, list)]).toEqual([list, new Set([other.id])]);
    }
    const grant = api.request({ secret }).get(`/v1/grants/${world.acme.grantId}`);
    await grant.expect(404);
  });

  it('when it makes a key, that shows no more', async () => {
    const made = { name: 'x', role: 'customer', customer_id: 'acme' };
    const limited = { ...made, endpoint_service_ids: [other.id] };
    const { body } = await api.request('operator').post('/v1/api-keys').send(limited).expect(201);
    const as = api.request({ secret: body.secret });
    const { body: inner } = await as.post('/v1/api-keys').send({ name: 'y', role: 'customer' });
    expect(inner.endpoint_service_ids).toEqual([other.id]);
    const more = { name: 'z', role: 'customer', endpoint_service_ids: [world.service.id] };
    const { body: refused } = await as.post('/v1/api-keys').send(more).expect(400);
    expect(refused.errors).toMatchObject([{ pointer: '/endpoint_service_ids/0' }]);
  });

  it('when it rotates a key that shows more, it is refused', async () => {
    const made = { name: 'x', role: 'customer', customer_id: 'acme' };
    const limited = { ...made, endpoint_service_ids: [other.id] };
    const { body } = await api.request('operator').post('/v1/api-keys').send(limited).expect(201);
    const as = api.request({ secret: body.secret });
    await as.post(`/v1/api-keys/${world.acme.apiKeyId}/rotate`).expect(403);
    await as.post(`/v1/api-keys/${body.id}/rotate`).expect(201);
  });

  it('when it is of staff, it is refused', async () => {
    const body = { name: 'x', role: 'support', endpoint_service_ids: [other.id] };
    await api.request('operator').post('/v1/api-keys').send(body).expect(400);
  });
});

describe('the cost', () => {
  it('when a customer reads, that takes no more round trips than for staff', async () => {
    let trips = 0;
    const counted = (db: Queryable): Queryable => ({
      query: (...given) => {
        trips += 1;
        return db.query(...given);
      },
    });
    const { db } = api;
    const after: Database['after'] = (opening) => counted(db.after(opening));
    const database: Database = { ...db, ...counted(db), after };
    const { clock, makeId, random } = api;
    const requests = createRequests({ database, now: clock.now, makeId, random, audience: String });
    const tripsOf = async (caller: Caller) => {
      trips = 0;
      await requests.read({ caller, requestId: 'req_1', changeRef: null }, (context) =>
        useCases.get(context, world.acme.grantId),
      );
      return trips;
    };
    const staff: Caller = { id: 'key_test', role: 'operator', customerId: null };
    expect(await tripsOf(callerOf(api.acme.id))).toBe(await tripsOf(staff));
  });
});
