import { expect, test } from 'vitest';
import { IMPORT_MAX } from '../src/commands/import-many.ts';
import { importBatches } from '../src/input/import-batches.ts';
import { findOperation } from './contract.ts';
import { type Answer, type Answers, problem, startFakeApi } from './fake-api.ts';
import { folderWith, startSallyport } from './harness.ts';
import { inOneProcess } from './one-process.ts';
import { needsTerminal, onTerminal, plain } from './pseudo-terminal.ts';

const ROWS = 1_100;
const customers = Array.from({ length: ROWS }, (_, at) => `${at},Name ${at}`);
const csv = ['external_id,name', ...customers].join('\n');
const ARGS = ['imports', 'create', '--file', 'rows.csv', '--reason', 'Inventory'];
const SIZES = [250, 250, 250, 250, 100];

/** Of so many customers, of which one may be refused. */
function answered(count: number, refused = -1): Answer {
  const error = { code: 'already_exists', detail: 'It has left.', command: null };
  const rows = Array.from({ length: count }, (_, index) => {
    const outcome = index === refused ? 'refused' : 'created';
    const isRefused = index === refused;
    const id = isRefused ? null : 'cus_01kaqy0v5ne4rvk3z4m5t6w7x8';
    return { section: 'customers', index, outcome, id, error: isRefused ? error : null };
  });
  const wrong = refused < 0 ? 0 : 1;
  const body = { created: count - wrong, updated: 0, unchanged: 0, refused: wrong, rows };
  return { body };
}

async function imported(createImport: Answers[string], ...more: string[]) {
  const api = await startFakeApi({ createImport });
  const cwd = await folderWith({ 'rows.csv': csv });
  const outcome = await inOneProcess([...ARGS, ...more], { api, cwd });
  const keys = api.asked.map(({ headers }) => String(headers['idempotency-key']));
  return { ...outcome, asked: api.asked, keys };
}

const whole = SIZES.map((size) => answered(size));

test('when there are more rows than a request may hold, they go in batches', async () => {
  const { code, stdout, stderr, asked, keys } = await imported(whole, '-o', 'json');
  expect(code).toBe(0);
  const sent = asked.map(({ body }) => body as { customers: { external_id: string }[] });
  expect(sent.map((body) => body.customers.length)).toEqual(SIZES);
  expect(sent.flatMap((body) => body.customers.map((own) => own.external_id))).toEqual(
    customers.map((_, at) => String(at)),
  );
  expect(new Set(sent.map((body) => (body as object as { reason: string }).reason))).toEqual(
    new Set(['Inventory']),
  );
  const told = JSON.parse(stdout) as { created: number; rows: { index: number }[] };
  expect(told.created).toBe(ROWS);
  expect(told.rows.map(({ index }) => index)).toEqual(customers.map((_, at) => at));
  const [, base] = /--idempotency-key (\S+) goes on, and doubles nothing/.exec(stderr)!;
  expect(stderr.split('\n').slice(1)).toEqual([
    'import: 250 of 1100 rows (250 created)',
    'import: 500 of 1100 rows (500 created)',
    'import: 750 of 1100 rows (750 created)',
    'import: 1000 of 1100 rows (1000 created)',
    'import: 1100 of 1100 rows (1100 created)',
    '',
  ]);
  expect(new Set(keys).size).toBe(SIZES.length);
  expect((await imported(whole, '--idempotency-key', base!)).keys).toEqual(keys);
});

test('when rows are refused, their lines in the file are told, and the exit code', async () => {
  const createImport = [...whole.slice(0, 2), answered(250, 7), ...whole.slice(3)];
  const { code, stderr, asked } = await imported(createImport);
  expect({ code, asked: asked.length }).toEqual({ code: 5, asked: SIZES.length });
  expect(stderr).toContain('import: 750 of 1100 rows (749 created, 1 refused)');
  expect(stderr).toContain('error: 1 of 1100 rows were refused.\n  line 509: It has left.\n');
});

test('when a member is not valid, its line in the file is told, and how far it came', async () => {
  const errors = [{ pointer: '/customers/3/name', detail: 'It is too long.' }];
  const refusal = problem(400, 'invalid_request', { errors });
  const { code, stderr, asked } = await imported([whole[0]!, refusal] as Answer[]);
  expect({ code, asked: asked.length }).toEqual({ code: 2, asked: 2 });
  expect(stderr).toContain('import: 250 of 1100 rows are imported\n');
  expect(stderr).toContain('  line 255 name: It is too long.');
});

test('when the service goes away, it says how to go on, with the key of the whole', async () => {
  const { code, stderr } = await imported([whole[0]!, problem(503, 'unavailable')] as Answer[]);
  expect(code).toBe(6);
  const [base, ...others] = new Set(/--idempotency-key (\S+)/g.exec(stderr)?.slice(1));
  expect(others).toEqual([]);
  expect(stderr).toContain(`next: The same again with --idempotency-key ${base} goes on`);
});

test('when it is interrupted, it says how far it came, and how to go on', async () => {
  const api = await startFakeApi({ createImport: [whole[0]!, { hangs: true }] as Answer[] });
  const cwd = await folderWith({ 'rows.csv': csv });
  const first = api.next('createImport');
  const { child, outcome } = await startSallyport(ARGS, { api, cwd });
  await first;
  await api.next('createImport');
  child.kill('SIGINT');
  const { code, stderr } = await outcome;
  expect(code).toBe(130);
  expect(stderr).toContain('import: 250 of 1100 rows are imported\n');
  const [, base] = /next: The same again with --idempotency-key (\S+) goes on/.exec(stderr)!;
  const again = await imported(whole, '--idempotency-key', base!);
  expect(again.keys.slice(0, 2)).toEqual(
    api.asked.map(({ headers }) => headers['idempotency-key']),
  );
});

test('when a person looks, a bar shows how far it is', async (context) => {
  needsTerminal(context);
  const api = await startFakeApi({ createImport: whole });
  const cwd = await folderWith({ 'rows.csv': csv });
  const { code, text } = await onTerminal([...ARGS, '-o', 'name'], { api, cwd });
  expect(code).toBe(0);
  expect(plain(text)).toContain(
    '[#########-----------] import: 500 of 1100 rows (500 created), 0s',
  );
});

test('when all or none is wanted, more than a request may hold is refused at once', async () => {
  const { code, stderr, asked } = await imported(whole, '--all-or-nothing');
  expect({ code, asked }).toEqual({ code: 2, asked: [] });
  expect(stderr).toContain('--all-or-nothing holds for 1000 rows at most; these are 1100.');
});

test('when rows are about one customer, they stay together, in the order of the sections', () => {
  const own = (customer: string) => ({ customer_id: customer });
  const body = {
    reason: 'r',
    customers: [{ external_id: 'a' }, { external_id: 'b' }],
    accounts: [own('b'), own('a'), own('c')],
    connections: [own('a'), own('b')],
  };
  const batches = importBatches(body, 3);
  expect(batches.map((batch) => batch.body)).toEqual([
    {
      reason: 'r',
      customers: [{ external_id: 'a' }],
      accounts: [own('a')],
      connections: [own('a')],
    },
    {
      reason: 'r',
      customers: [{ external_id: 'b' }],
      accounts: [own('b')],
      connections: [own('b')],
    },
    { reason: 'r', accounts: [own('c')] },
  ]);
  expect(batches[1]!.indexOf('accounts', 0)).toBe(0);
  expect(batches[0]!.indexOf('accounts', 0)).toBe(1);
  expect(importBatches(body, 2).map(({ rows }) => rows.length)).toEqual([2, 1, 2, 2]);
});

test('when the contract has another limit of rows, so has the command line', () => {
  const { wrongRequest } = findOperation('POST', '/v1/imports')!;
  const rows = (count: number) => {
    const members = customers
      .slice(0, count)
      .map((_, at) => ({ external_id: `a${at}`, name: 'A' }));
    return wrongRequest({}, { reason: 'r', customers: members });
  };
  expect(rows(IMPORT_MAX)).toEqual([]);
  expect(rows(IMPORT_MAX + 1)).not.toEqual([]);
});
