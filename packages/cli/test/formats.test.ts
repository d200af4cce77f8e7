import { expect, test } from 'vitest';
import { page, startFakeApi } from './fake-api.ts';
import { sallyport } from './harness.ts';
import { ids, resources } from './resources.ts';
import { inTurns } from './turns.ts';

const list = ['connections', 'list'];
const second = ids.connection.replace(/.$/, '9');
const two = [resources.Connection, { ...resources.Connection, id: second }];

async function outputs(api: Awaited<ReturnType<typeof startFakeApi>>, ...lines: string[]) {
  const turns = lines.map((line) => ({ args: line.split(' '), surroundings: { api } }));
  return (await inTurns(turns)).map(({ stdout }) => stdout);
}

test('when a list is wanted in a format, it is in that format', async () => {
  const api = await startFakeApi({ listConnections: page(two) });
  const formats = ['json', 'ndjson', 'name', 'yaml', 'csv', 'wide'];
  const texts = await outputs(api, ...formats.map((format) => `connections list -o ${format}`));
  const [json, ndjson, name, yaml, csv, wide] = texts;
  expect(JSON.parse(json!)).toEqual({ items: two, next_cursor: null });
  expect(
    ndjson!
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(two);
  expect(name).toBe(`${ids.connection}\n${second}\n`);
  expect(yaml).toMatch(/^items:\n {2}- service_name: null\n {4}customer_id: cus_/);
  expect(yaml).toContain(`\n    id: ${ids.connection}\n`);
  expect(yaml).toContain('    owner_account_id: "');
  expect(yaml).toMatch(/\nnext_cursor: null\n$/);
  const [head, first, , end] = csv!.split('\r\n');
  expect(head).toMatch(/^vpc_endpoint_id,state,state_since,owner_account_id,hold_reason,id,/);
  expect(first).toMatch(new RegExp(`^${ids.endpoint},available,2026-`));
  expect(end).toBe('');
  expect(wide).toMatch(/^ENDPOINT +STATE .* AWS_STATE .* OBSERVED_AT\n/);
});

test('when one resource is wanted in a format, it is in that format', async () => {
  const api = await startFakeApi();
  const formats = ['ndjson', 'name', 'yaml', 'csv'];
  const get = `services get ${ids.service} -o`;
  const texts = await outputs(api, ...formats.map((format) => `${get} ${format}`));
  const [ndjson, name, yaml, csv] = texts;
  expect(ndjson!.split('\n')).toHaveLength(2);
  expect(JSON.parse(ndjson!)).toEqual(resources.EndpointService);
  expect(name).toBe(`${ids.service}\n`);
  expect(yaml).toContain('observed:\n  state: ');
  expect(yaml).toContain('  availability_zone_ids:\n    - use1-az1\n    - use1-az2\n');
  const [head, cells] = csv!.split('\r\n');
  expect(head).toContain(',modes.principals,');
  expect(cells).toContain(',use1-az1 use1-az2,');
});

test('when columns are chosen, by heading or by member, only they are shown', async () => {
  const api = await startFakeApi({ listConnections: page(two) });
  const texts = await outputs(
    api,
    'connections list --columns state,aws_state,ID',
    'connections list --columns id,state --no-headers',
    'connections list --columns id,state -o csv --no-headers',
    'connections get con_1 --columns id,state',
  );
  expect(texts[0]).toMatch(/^STATE {6}AWS_STATE {2}ID\navailable {2}available {2}con_/);
  expect(texts[1]).toBe(`${ids.connection}  available\n${second}  available\n`);
  expect(texts[2]).toBe(`${ids.connection},available\r\n${second},available\r\n`);
  expect(texts[3]).toBe(`id     ${ids.connection}\nstate  available\n`);
});

test('when a column is mistyped, it asks which was meant, and nothing is sent', async () => {
  const api = await startFakeApi();
  const { code, stderr } = await sallyport([...list, '--columns', 'id,stat'], { api });
  expect({ code, asked: api.asked }).toEqual({ code: 2, asked: [] });
  expect(stderr).toContain('error: There is no column "stat".\n');
  expect(stderr).toContain('next: Did you mean state?\n');
  const json = await sallyport([...list, '-o', 'json', '--columns', 'id'], { api });
  expect({ code: json.code, asked: api.asked }).toEqual({ code: 2, asked: [] });
});

test('when a cell would be a formula, a spreadsheet gets it as text', async () => {
  const names = ['=1+2', '+1', '-1', '@x', '\tx', 'a,"b"', ' c', '1-2', 'two\nlines'];
  const items = names.map((name) => ({ ...resources.Customer, name }));
  const api = await startFakeApi({ listCustomers: page(items) });
  const args = ['customers', 'list', '-o', 'csv', '--columns', 'name', '--no-headers'];
  const { stdout } = await sallyport(args, { api });
  expect(stdout.split('\r\n')).toEqual([
    "'=1+2",
    "'+1",
    "'-1",
    "'@x",
    "' x",
    '"a,""b"""',
    '" c"',
    '1-2',
    'two lines',
    '',
  ]);
});

test('when texts could be read as something else, YAML has them in quotes', async () => {
  const metadata = { a: 'yes', b: '0123', c: '1e3', d: '', e: ': x', f: '- y', g: 'null', h: '~' };
  const body = { ...resources.Customer, metadata: { ...metadata, i: '\u001b[31m', j: 'plain' } };
  const api = await startFakeApi({ getCustomer: { body } });
  const { stdout } = await sallyport(['customers', 'get', 'acme', '-o', 'yaml'], { api });
  for (const [name, text] of Object.entries(metadata)) {
    expect(stdout).toContain(`\n  ${name}: ${JSON.stringify(text)}\n`.replace('  y:', '  "y":'));
  }
  expect(stdout).toContain('\n  i: "\\u001b[31m"\n  j: plain\n');
});

test('when all pages are wanted as lines, each page is written as it comes', async () => {
  const api = await startFakeApi({
    listConnections: [page([two[0]], 'more'), { hangs: true }],
  });
  const { startSallyport } = await import('./harness.ts');
  const { child, outcome } = await startSallyport([...list, '--all', '-o', 'name'], { api });
  const first = await new Promise<string>((resolve) => child.stdout!.once('data', resolve));
  expect(first).toBe(`${ids.connection}\n`);
  child.kill('SIGINT');
  expect((await outcome).code).toBe(130);
});
