import { beforeEach, expect, test } from 'vitest';
import { changed, page, problem, startFakeApi } from './fake-api.ts';
import { sallyport } from './harness.ts';
import { needsTerminal, onTerminal, plain } from './pseudo-terminal.ts';
import { ids, resources } from './resources.ts';

beforeEach(needsTerminal);

const reason = 'nobody_has_shown_that_the_account_belongs_to_this_customer_so_it_waits';
const held = { ...resources.Connection, state: 'pendingAcceptance', hold_reason: reason };

test.each([80, 120])(
  'when the window has %i columns, a table fits, with whole ids',
  async (columns) => {
    const api = await startFakeApi({ listConnections: page([resources.Connection, held]) });
    const { text } = await onTerminal(['connections', 'list'], { api, columns });
    const lines = plain(text).trimEnd().split('\n');
    expect(lines.slice(0, 3).every((line) => line.length <= columns)).toBe(true);
    expect(lines[1]).toContain(ids.endpoint);
    expect(lines[2]).toContain('…');
    expect(lines[0]).toMatch(columns === 80 ? /HELD$/ : /ID$/);
    expect(lines[3]).toBe(
      `Left out for width: ${columns === 80 ? 'ID, CUSTOMER' : 'CUSTOMER'}; see -o wide.`,
    );
  },
);

test('when a person looks, times are relative, and in a pipe they are not', async () => {
  const fresh = { ...resources.Connection, state_since: new Date().toISOString() };
  const api = await startFakeApi({
    listConnections: page([fresh]),
    getConnection: { body: fresh },
  });
  const screen = plain((await onTerminal(['connections', 'list'], { api })).text);
  expect(screen).toMatch(/available +\d+s ago/);
  const one = plain((await onTerminal(['connections', 'get', 'con_1'], { api })).text);
  expect(one).toMatch(/state_since +2\d{3}-\S+Z \(\d+s ago\)/);
  const piped = await sallyport(['connections', 'list'], { api });
  expect(piped.stdout).toContain(fresh.state_since);
});

test('when a person looks, states have colours, unless they are not wanted', async () => {
  const api = await startFakeApi();
  const screen = async (env: Record<string, string>) =>
    (await onTerminal(['connections', 'list'], { api, env })).text;
  expect(await screen({})).toContain('\u001b[32mavailable\u001b[39m');
  expect(await screen({ NO_COLOR: '1' })).not.toContain('\u001b');
  expect(await screen({ TERM: 'dumb' })).not.toContain('\u001b');
  expect(await screen({ CLICOLOR: '0' })).not.toContain('\u001b');
});

test('when a name is the word of a state, it has no colour', async () => {
  const customer = { ...resources.Customer, name: 'failed' };
  const api = await startFakeApi({
    listCustomers: page([customer]),
    getCustomer: { body: customer },
  });
  for (const args of [['list'], ['get', 'acme']]) {
    const { text } = await onTerminal(['customers', ...args], { api });
    expect(text).toMatch(/[ \n]failed/);
    expect(text).toContain('\u001b[32mactive\u001b[39m');
  }
});

test('when the text of a resource is long, it is wrapped below its own column', async () => {
  const problem = 'AWS did not create the service, and told at length why it did not. '.repeat(2);
  const api = await startFakeApi({
    getEndpointService: changed('EndpointService', { problem: problem.trim() }),
  });
  const { text } = await onTerminal(['services', 'get', 'svc_1'], { api, columns: 80 });
  const lines = plain(text).split('\n');
  const at = lines.findIndex((line) => line.startsWith('problem '));
  expect(lines[at + 1]).toMatch(/^ {37}\S/);
  expect(lines.slice(at, at + 3).every((line) => line.length <= 80)).toBe(true);
});

test('when a service has a problem, the list shows it, however narrow', async () => {
  const api = await startFakeApi({
    listEndpointServices: page([
      { ...resources.EndpointService, observed: null, problem: 'AWS could not be asked: Oh no' },
    ]),
  });
  const { text } = await onTerminal(['services', 'list'], { api, columns: 80 });
  expect(plain(text)).toContain('AWS could no');
});

test('when a diagnosis is long, it is wrapped below its own column', async () => {
  const evidence =
    'The name does not resolve in the VPC of the endpoint, because of this and that.';
  const next = { actor: 'vendor', action: evidence, command: null };
  const place = { hop: 'dns', observed_at: null };
  const checks = [{ name: 'private_dns', ...place, result: 'fail', evidence, next }];
  const api = await startFakeApi({ diagnoseConnection: changed('Diagnosis', { checks, next }) });
  const { code, text } = await onTerminal(['diagnose', 'con_1'], { api, columns: 60 });
  const lines = plain(text).split('\n');
  const at = lines.findIndex((line) => line.includes('private_dns'));
  expect({ code, column: lines[at]?.indexOf('The name') }).toEqual({ code: 7, column: 24 });
  expect(lines[at + 1]).toMatch(/^ {24}\S/);
  expect(lines.every((line) => line.length <= 60)).toBe(true);
});

test('when a name or a command is too long for its column, it begins before it', async () => {
  const name = `com.amazonaws.vpce.us-east-1.${resources.EndpointService.service_id}`;
  const evidence = `${name} is available.`;
  const command = `sallyport observations create-token ${ids.endpoint}`;
  const next = { actor: 'vendor', action: 'Do this.', command };
  const place = { hop: 'service', observed_at: null, evidence };
  const checks = [
    { name: 'security_groups', ...place, result: 'pass', next },
    { name: 'service', ...place, result: 'skipped', next: null },
  ];
  const api = await startFakeApi({ diagnoseConnection: changed('Diagnosis', { checks }) });
  const { text } = await onTerminal(['diagnose', 'con_1'], { api, columns: 80 });
  const lines = plain(text).split('\n');
  const at = lines.findIndex((line) => line.includes('security_groups'));
  expect(lines.slice(at, at + 5)).toEqual([
    '✓ pass     security_groups',
    name.padStart(80),
    `${' '.repeat(28)}is available.`,
    `${' '.repeat(28)}next (vendor): Do this.`,
    command.padStart(80),
  ]);
  expect(text).toContain('\u001b[2m- skipped');
});

test('when a value is too long to stand beside its label, it stands below it', async () => {
  const name = `com.amazonaws.vpce.us-east-1.${resources.EndpointService.service_id}`;
  const api = await startFakeApi({
    getEndpointService: changed('EndpointService', { service_name: name }),
  });
  const { text } = await onTerminal(['services', 'get', 'svc_1'], { api, columns: 80 });
  expect(plain(text)).toContain(`\nservice_name\n  ${name}\n`);
  const wide = await onTerminal(['services', 'get', 'svc_1'], { api, columns: 120 });
  expect(plain(wide.text)).toMatch(new RegExp(`\nservice_name +${name}\n`));
});

test('when a list in a resource has nothing in a column, a window does not show it', async () => {
  const args = ['connections', 'get', 'con_1'];
  const condition = { type: 'ready', status: 'true', reason: 'available', message: 'It is there.' };
  const conditions = [{ ...condition, since: null, subject: null, next: null }];
  const api = await startFakeApi({ getConnection: changed('Connection', { conditions }) });
  const { text } = await onTerminal(args, { api });
  expect(plain(text)).toMatch(/\nTYPE +STATUS +REASON +MESSAGE\n/);
  expect((await sallyport(args, { api })).stdout).toMatch(/\nTYPE .* SUBJECT +NEXT\n/);
});

test('when it waits, one line is written over, and never reaches the edge', async () => {
  const message = 'a long story '.repeat(20).trim();
  const api = await startFakeApi({
    getOperation: [
      changed('Operation', { message }),
      changed('Operation', { state: 'succeeded', done: true, message }),
    ],
  });
  const { code, text } = await onTerminal(['wait', 'operation', ids.operation], { api });
  expect(code).toBe(0);
  const [status] = text.split(/\n/);
  const drawn = status!.split('\r\u001b[2K').filter((part) => part !== '');
  expect(plain(drawn[0]!).length).toBeLessThan(80);
  expect(drawn[0]).toContain('running');
  expect(drawn.at(-1)).toContain('ready after');
});

test('when the terminal is dumb, a wait writes lines and no control sequence', async () => {
  const api = await startFakeApi({
    getOperation: [
      changed('Operation', {}),
      changed('Operation', { state: 'succeeded', done: true }),
    ],
  });
  const env = { TERM: 'dumb' };
  const { text } = await onTerminal(['wait', 'operation', ids.operation], { api, env });
  expect(text).toContain('running (Reading the allowlist)\n');
  expect(text).not.toContain('\u001b');
});

test.each([['--help'], ['wait --help'], ['services --help'], ['diagnose vpce-0a1b2c3d4e5f60718']])(
  'when the window has 80 columns, %s fits',
  async (words) => {
    const api = await startFakeApi({
      diagnoseConnection: problem(404, 'not_found'),
      diagnoseEndpoint: changed('Diagnosis', {}),
    });
    const { text } = await onTerminal(words.split(' '), { api, columns: 80 });
    expect(
      plain(text)
        .trimEnd()
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([]);
  },
);
