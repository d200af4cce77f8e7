// The pool against a real server: what values look like, and what is left after an error.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Queryable } from '../../../src/storage/postgres/database.ts';
import {
  DatabaseUnavailableError,
  UnsendableValueError,
  violatedConstraint,
} from '../../../src/storage/postgres/errors.ts';
import { startSilentProxy } from './silent-proxy.ts';
import { temporaryDatabase } from './temporary-database.ts';
import type { TemporaryDatabase } from './temporary-database.ts';

let db: TemporaryDatabase;

beforeAll(async () => {
  db = await temporaryDatabase({ schema: 'empty' });
  await db.query('create table things (id text primary key, made_at timestamptz, body jsonb)');
});
afterAll(() => db.close());

test('when a row comes back, names are camelCase and values as documented', async () => {
  const [row] = await db.query(`select 1 as account_id, 2 as _hidden_one, 3 as "alreadyCamel",
    9007199254740991::int8 as int8_max, array[1::int8, null] as big_list, '2026-02-28'::date as day,
    1.10::numeric as price, '2026-02-28T12:00:00.123Z'::timestamptz as made_at,
    '{"inner_key": [1]}'::jsonb as some_json, null as nothing_here`);

  expect(row).toEqual({
    accountId: 1,
    _hiddenOne: 2,
    alreadyCamel: 3,
    int8Max: 9007199254740991,
    bigList: [1, null],
    day: '2026-02-28',
    price: '1.10',
    madeAt: new Date('2026-02-28T12:00:00.123Z'),
    someJson: { inner_key: [1] },
    nothingHere: null,
  });
});

test('when an int8 does not fit a number, it throws instead of rounding', async () => {
  await expect(db.query('select 9007199254740993::int8 as n')).rejects.toThrow('cast the column');
});

test('when a value cannot be sent, that is no outage, and the connection goes on', async () => {
  const one = openDatabase({ connectionString: db.connectionString, poolSize: 1 });
  const server = () => one.query('select pg_backend_pid() as pid');
  const before = await server();
  const never = [new Date(Number.NaN)];
  const sent = one.query('select $1::timestamptz as at', never, { prepare: true });
  await expect(sent).rejects.toThrow(UnsendableValueError);
  expect(await server()).toEqual(before);
  await one.close();
});

test('when two columns have one name, it throws instead of dropping one', async () => {
  await expect(db.query('select 1 as user_id, 2 as "userId"')).rejects.toThrow('"userId"');
});

test('when a text holds several statements, the rows are those of the last', async () => {
  expect(await db.query('select 1 as n; select 2 as n')).toEqual([{ n: 2 }]);
  expect(await db.query('')).toEqual([]);
});

test('when several statements are of somebody else, the rows of all come in order', async () => {
  const text = 'begin; select 1 as "keptAs"; select 2 as kept_too; commit';
  expect(await db.foreign(text)).toEqual([{ keptAs: 1 }, { kept_too: 2 }]);
});

test('when they leave a transaction open, it is rolled back', async () => {
  const one = openDatabase({ connectionString: db.connectionString, poolSize: 1 });
  await one.foreign(`begin; insert into things (id) values ('left open')`);
  expect(await one.query(`select id from things where id = 'left open'`)).toEqual([]);
  await one.close();
});

test('when a prepared statement is gone, it is parsed when it comes again', async () => {
  const one = openDatabase({ connectionString: db.connectionString, poolSize: 1 });
  const ask = () => one.query('select $1::int as n', [1], { prepare: true });
  await ask();
  await one.foreign('deallocate all');
  await expect(ask()).rejects.toThrow('does not exist');
  expect(await ask()).toEqual([{ n: 1 }]);
  await one.close();
});

test('when a prepared statement comes again, it answers as ever, after failures too', async () => {
  const one = openDatabase({ connectionString: db.connectionString, poolSize: 1 });
  const ask = (text: string, ...values: unknown[]) => one.query(text, values, { prepare: true });
  const mixed = `select $1::int8 as some_number, $2::jsonb as body, 1 / $3::int as part`;
  const nothing = 'insert into things (id) select $1 where false';
  try {
    for (let time = 0; time < 3; time++) {
      expect(await ask(mixed, 7, '{"a": 1}', 1)).toEqual([
        { someNumber: 7, body: { a: 1 }, part: 1 },
      ]);
      expect(await ask(mixed, null, null, 1)).toEqual([{ someNumber: null, body: null, part: 1 }]);
      expect(await ask(nothing, 'absent')).toEqual([]);
      await expect(ask(mixed, 7, null, 0)).rejects.toThrow('division by zero');
      await expect(ask(mixed, '9007199254740993', null, 1)).rejects.toThrow('cast the column');
    }
  } finally {
    await one.close();
  }
});

test('when values are sent with a prepared statement, they arrive as they were', async () => {
  const list = ['plain', 'with "quotes"', 'back\\slash', '{a,b}', '', 'NULL', null];
  const moment = new Date('0001-01-01T00:00:00.123Z');
  const bytes = Buffer.from([0, 34, 92, 255]);
  const text = `select $1::text[] as list, $2::timestamptz as moment, $3::bytea as bytes,
    $4::jsonb as body, $5::bool as truth, $6::int[][] as grid, $7::timestamptz[] as moments,
    $8::bytea[] as pieces, $9::jsonb[] as bodies`;
  const grid = [
    [1, 2],
    [3, 4],
  ];
  const body = { a: ['"'] };
  const bodies = ['{"a": "\\\\"}', null];
  const values = [list, moment, bytes, body, false, grid, [moment, null], [bytes], bodies];

  const [row] = await db.query<Record<string, unknown>>(text, values, { prepare: true });

  const moments = [moment, null];
  const read = { list, moment, bytes, body, truth: false, grid, moments, pieces: [bytes] };
  expect(row).toEqual({ ...read, bodies: [{ a: '\\' }, null] });
});

test('when a table gets a column, statements that were planned before go on', async () => {
  const planned = openDatabase({ connectionString: db.connectionString, poolSize: 1 });
  await db.query('create table wider (id text)');
  const read = () => planned.query('select * from wider', [], { prepare: true });
  const opening = { text: 'select 1', values: [] };
  const opened = () => planned.after(opening).query('select * from wider', [], { lookUp: true });
  await db.query(`insert into wider values ('one')`);
  await Promise.all([read(), opened()]);
  await db.query(`alter table wider add column later int default 7`);
  expect(await read()).toEqual([{ id: 'one', later: 7 }]);
  await db.query(`alter table wider add column latest int default 8`);
  expect(await opened()).toEqual([{ id: 'one', later: 7, latest: 8 }]);
  await planned.close();
});

describe('a statement whose answer nobody waits for', () => {
  const add = (id: string) => `insert into things (id) values ('${id}')`;
  const unheard = { unheard: true };
  beforeAll(() => db.query(add('taken')));
  const failsToAdd = async (work: (tx: Queryable) => Promise<unknown>) => {
    const error: unknown = await db.transaction(work).catch((failure: unknown) => failure);
    expect(violatedConstraint(error)).toBe('things_pkey');
    expect(await db.query(`select 1 from things where id = 'beside'`)).toEqual([]);
  };

  test('when the transaction ends, it is in it', async () => {
    await db.transaction((tx) => tx.query(add('unheard'), undefined, unheard));
    expect(await db.query(`select id from things where id = 'unheard'`)).toHaveLength(1);
  });

  test('when it fails, the next statement does, with its error', () =>
    failsToAdd(async (tx) => {
      await tx.query(add('beside'));
      await tx.query(add('taken'), undefined, unheard);
      await tx.query('select 1');
      throw new Error('It went on.');
    }));

  test('when it fails as the last one, the transaction does, with its error', () =>
    failsToAdd(async (tx) => {
      await tx.query(add('beside'));
      await tx.query(add('taken'), undefined, unheard);
    }));

  test('when there is no transaction, it is waited for', async () => {
    const added = db.query(add('unheard alone'), undefined, unheard);
    await added;
    await expect(db.query(add('unheard alone'), undefined, unheard)).rejects.toThrow('things_pkey');
  });

  test('when it fails and the work throws something else, its error comes out', () =>
    failsToAdd(async (tx) => {
      await tx.query(add('beside'));
      await tx.query(add('taken'), undefined, unheard);
      throw new Error('something else');
    }));
});

describe('a statement with another one before it', () => {
  const naming = `select set_config('application_name', $1, true)`;
  const who = `select current_setting('application_name') as name, txid_current() as tx`;

  test('when it has answered, what the other one set is over', async () => {
    const view = db.after({ text: naming, values: ['somebody'] });
    for (const options of [{}, { prepare: true }, { lookUp: true }]) {
      const [seen] = await view.query<{ name: string }>(who, [], options);
      expect(seen?.name).toBe('somebody');
      expect(await db.query(who, [], options)).not.toMatchObject([{ name: 'somebody' }]);
    }
  });

  test('when the other one fails, it is not run', async () => {
    const refused = db.after({ text: `select set_config('role', $1, true)`, values: ['nobody'] });
    const add = refused.query(`insert into things (id) values ('after all')`, []);
    await expect(add).rejects.toThrow('nobody');
    expect(await db.query(`select id from things where id = 'after all'`)).toEqual([]);
  });

  test('when the other one fails, the same statement beside it is answered', async () => {
    const look = (divisor: number) =>
      db
        .after({ text: 'select 1 / $1::int', values: [divisor] })
        .query('select $1::int as beside', [divisor], { lookUp: true });
    const [failed, ...beside] = await Promise.allSettled([look(0), look(1), look(2)]);
    expect(failed).toMatchObject({ reason: { message: 'division by zero' } });
    expect(beside).toMatchObject([{ value: [{ beside: 1 }] }, { value: [{ beside: 2 }] }]);
  });
});

describe('look-ups of one moment', () => {
  const slow = 'select pg_backend_pid() as pid, $1::int as value';
  const look = (value: number) => db.query<{ pid: number }>(slow, [value], { lookUp: true });

  test('when there are many, they share a connection, and each has its own answer', async () => {
    const rows = (await Promise.all(Array.from({ length: 50 }, (_, i) => look(i)))).flat();
    expect(rows.map((row) => (row as unknown as { value: number }).value)).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
    expect(new Set(rows.map(({ pid }) => pid)).size).toBe(1);
  });

  test('when one fails, the others do not', async () => {
    const failing = db.query('select 1 / $1::int as never', [0], { lookUp: true });
    const [before, failed, after] = await Promise.allSettled([look(1), failing, look(2)]);
    expect([before.status, failed.status, after.status]).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  test('when their connection ends, those that come after have another one', async () => {
    const [first] = await look(1);
    const during = db.query(`select pg_sleep(20)`, [], { lookUp: true });
    const beside = look(2);
    const ended = Promise.allSettled([during, beside]);
    // It may take a moment to get there.
    const end = 'select pg_terminate_backend(pid) from pg_stat_activity where query like $1';
    await expect.poll(() => db.query(end, ['select pg_sleep(20)%'])).toHaveLength(1);
    const reasons = (await ended).map((one) => one.status === 'rejected' && String(one.reason));
    expect(reasons).toEqual([
      expect.stringContaining('not available'),
      expect.stringContaining('not available'),
    ]);
    expect((await look(3))[0]?.pid).not.toBe(first?.pid);
    expect(db.usage()).toMatchObject({ waiting: 0 });
  });

  test('when one waits for long, those that come later do not wait behind it', async () => {
    const lock = 'select pg_advisory_xact_lock(7)';
    const answered: Promise<unknown>[] = [];
    let isAnswered = false;
    await db.transaction(async (tx) => {
      await tx.query(lock);
      const waiting = db.query(lock, [], { lookUp: true });
      const later = () => answered.push(look(4).then(() => (isAnswered = true)));
      await expect.poll(() => later() && isAnswered).toBe(true);
      await tx.query('rollback; begin');
      await waiting;
    });
    await Promise.all(answered);
  });

  test('when none is under way, nobody holds a connection', async () => {
    await look(1);
    const { open, idle } = db.usage();
    expect(idle).toBe(open);
  });
});

test('when a transaction throws, nothing of it is left and its error comes out', async () => {
  const failure = new Error('the caller changed its mind');
  const work = db.transaction(async (tx) => {
    await tx.query(`insert into things (id) values ('rolled back')`);
    throw failure;
  });

  await expect(work).rejects.toBe(failure);
  expect(await db.query(`select id from things where id = 'rolled back'`)).toEqual([]);
});

test('when a transaction swallows an error, it does not pass for committed', async () => {
  const work = db.transaction(async (tx) => {
    await tx.query(`insert into things (id) values ('swallowed')`);
    await tx.query('select 1 / 0').catch(() => {});
  });

  await expect(work).rejects.toThrow('rolled back');
  expect(await db.query(`select id from things where id = 'swallowed'`)).toEqual([]);
});

test('when a query is not awaited inside its transaction, it is refused', async () => {
  const late = await db.transaction(async (tx) => () => tx.query('select 1'));
  await expect(late()).rejects.toThrow('over');
});

test('when a constraint is violated, its name is known and the connection is kept', async () => {
  const one = openDatabase({ connectionString: db.connectionString, poolSize: 1 });
  const backend = (): Promise<object[]> => one.query('select pg_backend_pid() as pid');
  const before = await backend();
  await one.query(`insert into things (id) values ('twice')`);
  const error = await one
    .query(`insert into things (id) values ('twice')`)
    .catch((e: unknown) => e);
  const after = await backend();
  await one.close();

  expect(violatedConstraint(error)).toBe('things_pkey');
  expect(violatedConstraint(new Error('other'))).toBeUndefined();
  expect(after).toEqual(before);
});

test('when the server ends an idle connection, it is reported and replaced', async () => {
  const errors: Error[] = [];
  const onError = (error: Error): number => errors.push(error);
  const one = openDatabase({ connectionString: db.connectionString, poolSize: 1, onError });
  const [idle] = await one.query<{ pid: number }>('select pg_backend_pid() as pid');
  await db.query('select pg_terminate_backend($1)', [idle?.pid]);
  await expect.poll(() => errors.length).toBeGreaterThan(0);
  const rows = await one.query('select 1 as n');
  await one.close();

  expect(rows).toEqual([{ n: 1 }]);
});

test('when the link breaks inside a transaction, it is dropped and the pool goes on', async () => {
  const one = openDatabase({ connectionString: db.connectionString, poolSize: 1 });
  const work = one.transaction(async (tx) => {
    await tx.query(`insert into things (id) values ('broken off')`);
    const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await db.query('select pg_terminate_backend($1)', [own?.pid]);
    await tx.query('select 1');
  });

  await expect(work).rejects.toBeInstanceOf(DatabaseUnavailableError);
  expect(await one.query(`select id from things where id = 'broken off'`)).toEqual([]);
  await one.close();
});

test('when a statement takes too long, the server ends it and the connection is kept', async () => {
  const one = openDatabase({
    connectionString: db.connectionString,
    poolSize: 1,
    statementTimeoutMs: 50,
  });
  await expect(one.query('select pg_sleep(10)')).rejects.toMatchObject({ code: '57014' });
  expect(await one.query('select 1 as n')).toEqual([{ n: 1 }]);
  await one.close();
});

test('when the link goes silent, the query ends and a later one takes a new link', async () => {
  const proxy = await startSilentProxy(db.connectionString);
  const one = openDatabase({ connectionString: proxy.connectionString, poolSize: 1 });
  await one.ping();
  proxy.silence();
  const query = one.query('select 1 as n', [], { timeoutMs: 100 });
  await expect(query).rejects.toBeInstanceOf(DatabaseUnavailableError);
  proxy.listenAgain();
  expect(await one.query('select 1 as n')).toEqual([{ n: 1 }]);
  await one.close();
  await proxy.close();
});

test('when the server takes no changes any more, a later one takes a new link', async () => {
  const one = openDatabase({ connectionString: db.connectionString, poolSize: 1 });
  await one.query('set default_transaction_read_only = on');
  const write = () => one.query(`insert into things (id) values ('read only')`);
  await expect(write()).rejects.toBeInstanceOf(DatabaseUnavailableError);
  await write();
  await one.close();
});

test('when the server is not there, the error says so and hides the password', async () => {
  const proxy = await startSilentProxy(db.connectionString);
  await proxy.close();
  const url = new URL(proxy.connectionString);
  url.password = 'hunter2';
  const gone = openDatabase({ connectionString: url.href });
  const error = await gone.ping().catch((reason: unknown) => reason);
  await gone.close();

  expect(error).toBeInstanceOf(DatabaseUnavailableError);
  expect(String(error)).toContain('ECONNREFUSED');
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
});

test('when the server accepts and never answers, connecting ends in time', async () => {
  const proxy = await startSilentProxy(db.connectionString);
  proxy.silence();
  const { connectionString } = proxy;
  const one = openDatabase({ connectionString, connectTimeoutMs: 100 });
  await expect(one.query('select 1')).rejects.toBeInstanceOf(DatabaseUnavailableError);
  await one.close();
  await proxy.close();
});

test('when every connection is busy for too long, waiting for one ends', async () => {
  const one = openDatabase({
    connectionString: db.connectionString,
    poolSize: 1,
    // Long enough to connect on a busy machine, and what the waiting query waits in vain.
    connectTimeoutMs: 2_000,
  });
  const busy = one.transaction(async (tx) => {
    await expect(one.query('select 1')).rejects.toBeInstanceOf(DatabaseUnavailableError);
    return tx.query('select 1 as n');
  });
  expect(await busy).toEqual([{ n: 1 }]);
  await Promise.all([one.close(), one.close()]);
});
