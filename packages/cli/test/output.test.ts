import { expect, test } from 'vitest';
import { page, startFakeApi } from './fake-api.ts';
import { sallyport } from './harness.ts';
import { ids, resources } from './resources.ts';

test('when a list is shown in a pipe, it has columns, whole values and exact times', async () => {
  const long = { ...resources.Customer, external_id: 'b', name: 'x '.repeat(100).trim() };
  const api = await startFakeApi({ listCustomers: page([resources.Customer, long]) });
  const { stdout, stderr } = await sallyport(['customers', 'list'], { api });
  const [head, first, second, end] = stdout.split('\n');
  expect(head).toMatch(/^EXTERNAL_ID  NAME +STATE +ID +CREATED$/);
  expect(first!.split(/ {2,}/)).toEqual([
    'acme',
    'Acme Inc',
    'active',
    ids.customer,
    resources.Customer.created_at,
  ]);
  expect(second).toContain(long.name);
  expect(first!.indexOf('active')).toBe(second!.indexOf('active'));
  expect({ end, stderr }).toEqual({ end: '', stderr: '' });
});

test('when a resource is shown, its nested members have dotted names', async () => {
  const api = await startFakeApi();
  const { stdout } = await sallyport(['services', 'get', ids.service], { api });
  const lines = stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '));
  expect(lines).toContain('modes.acceptance | manage');
  expect(lines).toContain('observed.acceptance_required | yes');
  expect(lines).toContain('observed.availability_zone_ids | use1-az1');
  expect(lines).toContain(' | use1-az2');
  expect(lines).toContain('problem | -');
  expect(lines).toContain('observed_at | 2026-11-23T12:00:00.000Z');
});

test('when a resource has a list of objects, it is a table of its own', async () => {
  const api = await startFakeApi();
  const { stdout } = await sallyport(['connections', 'history', ids.endpoint], { api });
  expect(stdout).toBe(`connection_id  ${ids.connection}

transitions:
AT                        FROM               TO
2026-11-23T11:57:00.000Z  -                  pendingAcceptance
2026-11-23T12:00:00.000Z  pendingAcceptance  available
`);
});

test('when JSON is wanted, it is exactly what the API said', async () => {
  const api = await startFakeApi();
  const one = await sallyport(['services', 'plan', ids.service, '-o', 'json'], { api });
  expect(JSON.parse(one.stdout)).toEqual(resources.Plan);
  expect(Object.keys(JSON.parse(one.stdout) as object)).toEqual(Object.keys(resources.Plan));
  const list = await sallyport(['-o', 'json', 'grants', 'list'], { api });
  expect(JSON.parse(list.stdout)).toEqual({ items: [resources.Grant], next_cursor: null });
});

test('when nothing is found, stdout is empty, or an empty list in JSON', async () => {
  const api = await startFakeApi({ listGrants: page([]) });
  const table = await sallyport(['grants', 'list'], { api });
  expect(table).toEqual({ code: 0, stdout: '', stderr: 'Nothing found.\n' });
  const json = await sallyport(['grants', 'list', '-o', 'json'], { api });
  expect(JSON.parse(json.stdout)).toEqual({ items: [], next_cursor: null });
});

test('when names are wide or combined, the columns behind them still line up', async () => {
  const names = ['Acme', '株式会社', 'Ünïcødé', 'e\u0301clair', '👩‍👩‍👧‍👦 family', '한국'];
  const items = names.map((name) => ({ ...resources.Customer, name }));
  const api = await startFakeApi({ listCustomers: page(items) });
  const { stdout } = await sallyport(['customers', 'list'], { api });
  const before = stdout
    .split('\n')
    .slice(1, -1)
    .map((line) => line.slice(0, line.indexOf('active')));
  const cells = [4, 8, 7, 6, 9, 4];
  expect(before.map((text, index) => text.length - names[index]!.length + cells[index]!)).toEqual(
    names.map(() => before[0]!.length),
  );
});

test('when whoever reads has read enough, it ends in silence', async () => {
  const items = Array.from({ length: 5000 }, () => resources.Customer);
  const api = await startFakeApi({ listCustomers: page(items) });
  const { startSallyport } = await import('./harness.ts');
  const { child, outcome } = await startSallyport(['customers', 'list', '-o', 'json'], { api });
  child.stdout!.once('data', () => child.stdout!.destroy());
  const { code, stderr } = await outcome;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('when nobody forces colours into a pipe, there are none, whatever the terminal', async () => {
  const api = await startFakeApi();
  const env = { COLORTERM: 'truecolor', CLICOLOR: '1', TERM: 'xterm-256color' };
  const { stdout, stderr } = await sallyport(['connections', 'list'], { api, env });
  expect(stdout + stderr).not.toContain('\u001b');
});
