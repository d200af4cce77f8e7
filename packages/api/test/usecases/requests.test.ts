import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuse } from '../../src/domain/errors.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as customers from '../../src/storage/customers.ts';
import type { Caller } from '../../src/usecases/context.ts';
import type { ChangeFacts } from '../../src/usecases/request-facts.ts';
import { createRequests, type Requests } from '../../src/usecases/requests.ts';
import { openDatabase } from '../../src/storage/postgres/database.ts';
import { createAmbience } from '../ambience.ts';
import { addKey, audience } from '../harness.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';
import { createScene, type Scene } from '../storage/scene.ts';

const ambience = createAmbience();
const { clock, makeId, random } = ambience;
const operator: Caller = { id: 'key_1', role: 'operator', customerId: null };

const ambient = { now: clock.now, makeId, random, audience: () => audience };

let db: TemporaryDatabase;
let requests: Requests;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  requests = createRequests({ ...ambient, database: db });
  scene = createScene(db, ambience);
});
afterAll(() => db.close());

function facts(changes: Partial<ChangeFacts> = {}): ChangeFacts {
  return {
    caller: operator,
    requestId: 'req_1',
    changeRef: null,
    validateOnly: false,
    idempotencyKey: null,
    fingerprint: 'POST /v1/things',
    ...changes,
  };
}

describe('ready', () => {
  it('when the database takes no changes, or has not our tables, it is not', async () => {
    const ask = async (before: string) => {
      const one = openDatabase({ connectionString: db.connectionString, poolSize: 1 });
      try {
        await one.query(before);
        await createRequests({ ...ambient, database: one }).ready();
      } finally {
        await one.close();
      }
    };
    await ask('SELECT 1 AS one');
    await expect(ask('SET default_transaction_read_only = on')).rejects.toThrow('read-only');
    await expect(ask(`SET search_path = 'nowhere'`)).rejects.toThrow('deployment');
  });
});

let keysMade = 0;
const keyed = (changes: Partial<ChangeFacts> = {}) =>
  facts({ idempotencyKey: `key-${++keysMade}`, ...changes });

describe('authenticate', () => {
  it('when the key is known, the caller is its role and customer', async () => {
    const { id: customerId } = await scene.customer();
    const secret = await addKey(db, ambience, 'customer', customerId);
    const caller = await requests.authenticate(secret);
    const id = expect.stringMatching(/^key_/) as string;
    expect(caller).toMatchObject({ id, role: 'customer', customerId, scopes: [] });
  });

  it('when the key has a typo, the database is not asked', async () => {
    const secret = await addKey(db, ambience, 'operator', null);
    const nowhere = { ...db, query: () => Promise.reject(new Error('asked')) };
    const options = { database: nowhere, now: clock.now, makeId, random, audience: () => audience };
    const guarded = createRequests(options);
    await expect(guarded.authenticate(`${secret.slice(0, -1)}!`)).rejects.toThrow('mistyped');
    await expect(guarded.authenticate(secret)).rejects.toThrow('asked');
  });
});

describe('read', () => {
  it('when it works, it has what would otherwise be ambient', async () => {
    const read = { caller: operator, requestId: 'req_7', changeRef: null };
    const seen = await requests.read(read, async ({ now, requestId, audience: ours, caller }) => {
      return { now, requestId, ours, caller };
    });
    const expected = { now: clock.now(), requestId: 'req_7', ours: audience, caller: operator };
    expect(seen).toEqual(expected);
  });
});

describe('change', () => {
  it('when the work fails, nothing of it is kept and the error goes on', async () => {
    const id = makeId('customer');
    const failing = requests.change(facts(), async (context) => {
      await customers.insert(context.db, { ...(await scene.customer()), id, externalId: id });
      throw refuse('in_use', 'failed on purpose');
    });
    await expect(failing).rejects.toMatchObject({ code: 'in_use' });
    expect(await customers.find(db, id, null)).toBeNull();
  });

  it.each([
    ['another one took the name', 'already_exists', async () => customerAgain()],
    ['somebody else got the account', 'account_disputed', async () => accountAgain()],
    ['what it depends on has gone', 'in_use', async () => grantOnNothing()],
  ])('when %s since it was checked, it is refused as %s', async (_, code, prepare) => {
    const statement = await prepare();
    const lost = requests.change(facts(), async (context) => {
      await context.db.query(statement);
      return { status: 200, body: null };
    });
    await expect(lost).rejects.toMatchObject({ code });
  });

  it('when two wait for each other, both are done', async () => {
    const [one, two] = [(await scene.customer()).id, (await scene.customer()).id];
    const met = Promise.withResolvers<void>();
    let underWay = 0;
    const lockBoth = (first: string, second: string) =>
      requests.change(facts(), async ({ db: tx }) => {
        const text = 'SELECT id FROM customers WHERE id = $1 FOR UPDATE';
        await tx.query(text, [first]);
        if (++underWay === 2) met.resolve();
        await met.promise;
        await tx.query(text, [second]);
        return { status: 200, body: first };
      });
    const answers = await Promise.all([lockBoth(one, two), lockBoth(two, one)]);
    expect(answers.map(({ body }) => body)).toEqual([one, two]);
    // Whoever begins again may be quicker than the one that was waiting, and be in its way again.
    expect(underWay).toBeGreaterThan(2);
  });

  it('when a statement is wrong, that is no refusal', async () => {
    const broken = requests.change(facts(), async (context) => {
      await context.db.query('SELECT nonsense');
      return { status: 200, body: null };
    });
    await expect(broken).rejects.toThrow('column "nonsense" does not exist');
  });

  async function customerAgain(): Promise<string> {
    const { externalId } = await scene.customer();
    return `INSERT INTO customers (id, external_id, name, state, created_at, updated_at)
      VALUES ('cus_x', '${externalId}', 'X', 'active', now(), now())`;
  }

  async function accountAgain(): Promise<string> {
    const { accountId } = await scene.account(await scene.customer(), 'proven');
    const { id } = await scene.account(await scene.customer(), 'claimed', { accountId });
    expect((await accounts.find(db, id, null))?.standing).toBe('claimed');
    return `UPDATE accounts SET standing = 'proven' WHERE id = '${id}'`;
  }

  async function grantOnNothing(): Promise<string> {
    const { id } = await scene.customer();
    return `INSERT INTO grants (id, customer_id, endpoint_service_id, acceptance, created_at,
      updated_at) VALUES ('grt_x', '${id}', 'svc_gone', 'manual', now(), now())`;
  }
});

describe('a trial', () => {
  it('when it is over, its answer is there and its work is not', async () => {
    const trial = facts({ validateOnly: true, idempotencyKey: 'unused' });
    const externalId = 'tried';
    const keys = () => db.query('SELECT key FROM idempotency_keys ORDER BY key');
    const before = await keys();
    const outcome = await requests.change(trial, async (context) => {
      const customer = { ...(await scene.customer()), id: makeId('customer'), externalId };
      await customers.insert(context.db, customer);
      return { status: 201, body: { external_id: externalId } };
    });
    const answer = { status: 201, body: { external_id: externalId }, replayed: false };
    expect(outcome).toEqual({ ...answer, planned: [] });
    expect(await customers.find(db, externalId, null)).toBeNull();
    expect(await keys()).toEqual(before);
  });
});

describe('an idempotency key', () => {
  it.each([
    ['an object', { id: 'x', nested: { list: [1, null, 'ü'] } }],
    ['nothing', undefined],
    ['null', null],
    ['text', 'secret'],
  ])('when the answer was %s, the replay is the same and works no more', async (_, body) => {
    const request = keyed();
    const first = await requests.change(request, async () => ({ status: 202, body }));
    const again = await requests.change(request, () => Promise.reject(new Error('worked')));
    expect(first).toEqual({ status: 202, body, replayed: false });
    expect(again).toEqual({ status: 202, body, replayed: true });
  });

  it('when it comes with another request, it is refused', async () => {
    const request = keyed();
    const work = async () => ({ status: 200, body: null });
    await requests.change(request, work);
    const other = requests.change({ ...request, fingerprint: 'another' }, work);
    await expect(other).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  });

  it('when the first request has not ended, the second is told to wait', async () => {
    const request = keyed();
    const work = async () => ({ status: 200, body: null });
    let second: unknown;
    await requests.change(request, async () => {
      second = await requests.change(request, work).catch((error: unknown) => error);
      return work();
    });
    expect(second).toMatchObject({ code: 'idempotency_in_progress' });
  });

  it('when the work failed, nothing is kept under it', async () => {
    const request = keyed();
    const failing = requests.change(request, () => Promise.reject(new Error('at first')));
    await expect(failing).rejects.toThrow('at first');
    const again = await requests.change(request, async () => ({ status: 200, body: 'fine' }));
    expect(again).toEqual({ status: 200, body: 'fine', replayed: false });
  });

  it('when two callers have the same one, neither gets the answer of the other', async () => {
    const request = keyed();
    const other = { ...request, caller: { ...operator, id: 'key_2' } };
    await requests.change(request, async () => ({ status: 200, body: 'mine' }));
    const theirs = await requests.change(other, async () => ({ status: 200, body: 'theirs' }));
    expect(theirs).toMatchObject({ body: 'theirs', replayed: false });
  });

  it('when the kept answer was tampered with, it is not given', async () => {
    const request = keyed();
    await requests.change(request, async () => ({ status: 200, body: 'true' }));
    await db.query(`UPDATE idempotency_keys SET sealed = set_byte(sealed, 3, 0)`);
    const again = requests.change(request, async () => ({ status: 200, body: 'new' }));
    await expect(again).rejects.toThrow(/authenticate data/);
  });

  it('when the database is read, neither the key nor the answer is there', async () => {
    const request = keyed({ idempotencyKey: 'a-key-that-nobody-guesses' });
    await requests.change(request, async () => ({ status: 200, body: 'an answer kept secret' }));
    const rows = await db.query<{ row: string }>(
      `SELECT concat(key, fingerprint, encode(sealed, 'escape')) AS row FROM idempotency_keys`,
    );
    const text = rows.map(({ row }) => row).join('\n');
    expect(rows.length).toBeGreaterThan(0);
    expect(text).not.toContain('a-key-that-nobody-guesses');
    expect(text).not.toContain('kept secret');
  });
});

describe('ready', () => {
  it('when the database is away, it says so', async () => {
    const away = await temporaryDatabase();
    const options = { database: away, now: clock.now, makeId, random, audience: () => audience };
    const { ready } = createRequests(options);
    await ready();
    await away.close();
    await expect(ready()).rejects.toThrow();
  });
});
