import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scripts } from '../src/completion/scripts.ts';
import { type FakeApi, page, problem, startFakeApi } from './fake-api.ts';
import { folderWith, sallyport } from './harness.ts';
import { needsTerminal, onTerminal } from './pseudo-terminal.ts';
import { ids, resources } from './resources.ts';
import { needsShell, testedShells, typedIn } from './shells.ts';
import { inTurns } from './turns.ts';

const two = [resources.Customer, { ...resources.Customer, external_id: 'globex', name: 'Globex' }];

/** What is suggested behind these words, the last of which may be empty. */
async function suggested(line: string, api?: FakeApi, more: Record<string, string> = {}) {
  const env = { SALLYPORT_CONFIG_DIR: await folderWith({}), ...more };
  const outcome = await sallyport(['__complete', ...line.split(' ')], { ...(api && { api }), env });
  expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 0, stderr: '' });
  return outcome.stdout.split('\n').slice(0, -1);
}

async function values(line: string, api?: FakeApi) {
  return (await suggested(line, api)).map((one) => one.split('\t')[0]);
}

const lines: Record<string, string[]> = Object.fromEntries([
  ['cust', ['customers']],
  ['customers inv', ['invites']],
  ['connections re', ['reject']],
  ['customers offboard', ['offboarding', 'offboard']],
  ['connections list --sta', ['--state']],
  ['connections list --state pendingA', ['pendingAcceptance']],
  ['connections list --state=reje', ['--state=rejected']],
  ['-o y', ['yaml']],
  ['connections list -o nd', ['ndjson']],
  ['connections list --columns id,aws', ['id,aws_state']],
  ['customers create --file ', [':files']],
  ['audit verify ', [':files']],
  ['completion z', ['zsh']],
  ['completion p', ['powershell']],
  ['wait op', ['operation']],
  ['nonsense ', []],
]);

test('when a line is completed, it suggests what may follow', async () => {
  const env = { SALLYPORT_CONFIG_DIR: await folderWith({}) };
  const turns = Object.keys(lines).map((line) => {
    return { args: ['__complete', ...line.split(' ')], surroundings: { env } };
  });
  const found = (await inTurns(turns)).map(({ stdout }) => {
    return stdout
      .split('\n')
      .slice(0, -1)
      .map((one) => one.split('\t')[0]);
  });
  expect(found).toEqual(Object.values(lines));
});

test('when all flags are wanted, those of every command come too, and no hidden one', async () => {
  const flags = await values('customers get -');
  expect(flags).toEqual(expect.arrayContaining(['--output', '--columns', '--profile']));
  expect(flags).not.toContain('--debug-curl');
});

test('when a name is wanted, it is asked for once, and kept for a while', async () => {
  const api = await startFakeApi({ listCustomers: page(two) });
  const env = { SALLYPORT_CONFIG_DIR: await folderWith({}) };
  const lines = ['customers get ', 'customers get glo', 'grants create --customer-id a'];
  const found: string[][] = [];
  for (const line of lines) found.push(await suggested(line, api, env));
  expect(found).toEqual([
    ['acme\tAcme Inc', 'globex\tGlobex'],
    ['globex\tGlobex'],
    ['acme\tAcme Inc'],
  ]);
  expect(api.asked).toHaveLength(1);
  const cache = path.join(env.SALLYPORT_CONFIG_DIR, 'cache');
  const [name = ''] = await fs.readdir(cache);
  expect((await fs.stat(path.join(cache, name))).mode & 0o777).toBe(0o600);
});

test('when ids are wanted, they are those that people know', async () => {
  const api = await startFakeApi();
  expect(await values('diagnose ', api)).toEqual([ids.endpoint]);
  expect(await values('wait account ', api)).toEqual([resources.Account.account_id]);
  expect(await values('services plan vpce', api)).toEqual([resources.EndpointService.service_id]);
});

test('when the service does not tell, nothing is suggested, in silence', async () => {
  const refusing = await startFakeApi({ listCustomers: problem(403, 'forbidden') });
  expect(await suggested('customers get ', refusing)).toEqual([]);
  expect(await suggested('customers get ')).toEqual([]);
  const env = { SALLYPORT_URL: 'nonsense', SALLYPORT_API_KEY: 'key-of-nobody' };
  expect(await suggested('customers get ', undefined, env)).toEqual([]);
});

test('when a name could be a command of the shell or the terminal, it is left out', async () => {
  const names = ['$(touch x)', '`id`', 'a b', "a'b", 'a;b', '\u001b[31m', '*', 'fine-1'];
  const items = names.map((name) => ({ ...resources.Customer, external_id: name }));
  const named = { ...items[7]!, name: 'x\u001b[31m\ty\nz' };
  const api = await startFakeApi({
    listCustomers: { ...page([...items.slice(0, 7), named]), foreign: true },
  });
  expect(await suggested('customers get ', api)).toEqual(['fine-1\tx\\x1b[31m y z']);
});

test.for(testedShells)('when somebody presses Tab in %s, it completes', async (shell, context) => {
  needsShell(context, shell);
  const both = [two[1]!, { ...two[0]!, external_id: 'acme:eu' }];
  const api = await startFakeApi({ listCustomers: page(both) });
  const typed = await typedIn(
    shell,
    [
      'sallyport connec\tlist --state=reje\t',
      `sallyport customers get ${shell === 'bash' ? '\t\t' : '\t'}`,
      'sallyport customers get acme:\t',
      'export SALLYPORT_URL=nonsense; sallyport elsewhere',
      'sallyport grants get \t',
    ],
    { api },
  );
  expect(typed.map(({ ran }) => ran.trim())).toEqual([
    'connections list --state=rejected',
    'customers get',
    'customers get acme:eu',
    'elsewhere',
    'grants get',
  ]);
  const [, list = '', , , failed = ''] = typed.map(({ shown }) => shown);
  const about = { bash: '', zsh: ' +-- Globex', fish: ' +\\(Globex\\)' }[shell];
  expect(list).toMatch(new RegExp(`acme:eu[^]*globex${about}`));
  // The line that was typed, and no message.
  expect(failed.split('\n').filter((line) => /\w/.test(line))).toHaveLength(1);
});

test('when a whole line is handed over, it is parted at blanks, behind the name', async () => {
  const lines = ['sallyport cust', 'sallyport wait op', './sallyport  wait op', 'sallyport '];
  const turns = lines.map((line) => ({ args: ['__complete', '--line', line] }));
  // As PowerShell before 7.3 hands over what has quotes in it.
  const args = ['__complete', '--line', 'sallyport wait', '', 'op'];
  const found = (await inTurns([...turns, { args }])).map(({ stdout }) => stdout.split('\t')[0]);
  expect(found).toEqual(['customers', 'operation', 'operation', 'diagnose', 'operation']);
});

// There is no PowerShell to be had where this is tested: of its script only the form is held.
test('when PowerShell reads its script, every bracket and quote of it is closed', () => {
  const script = scripts.powershell;
  expect(script).toMatch(/^[\n -~]*$/);
  const bare = script.replaceAll(/'[^'\n]*'/g, '');
  expect(bare).not.toMatch(/['"`]/);
  const open: string[] = [];
  for (const [mark] of bare.matchAll(/[()[\]{}]/g)) {
    const closes = { ')': '(', ']': '[', '}': '{' }[mark];
    if (closes === undefined) open.push(mark);
    else expect(open.pop()).toBe(closes);
  }
  expect(open).toEqual([]);
  expect(script).toContain('__complete --line $line 2> $null');
});

test('when an id is mistyped on a terminal, it asks which was meant', async (context) => {
  needsTerminal(context);
  const api = await startFakeApi({
    listCustomers: page(two),
    getCustomer: problem(404, 'not_found'),
  });
  const env = { SALLYPORT_CONFIG_DIR: await folderWith({}) };
  const { code, text } = await onTerminal(['customers', 'get', 'globx'], { api, env });
  expect(code).toBe(3);
  expect(text).toContain('note: Did you mean globex?\n');
  const pasted = await onTerminal(['who', 'globx'], { api, env });
  expect(pasted.text).toContain('note: Did you mean globex?\n');
  const far = await onTerminal(['customers', 'get', 'initech'], { api, env });
  expect(far.text).not.toContain('Did you mean');
});

test.each([
  [['connections', 'list', '--state', 'availabel'], 'Did you mean available?'],
  [['customers', 'list', '-o', 'jsn'], 'Did you mean json?'],
  [['completion', 'zhs'], 'Did you mean zsh?'],
])('when a value is mistyped, as in %j, it asks which was meant', async (args, question) => {
  const { code, stderr } = await sallyport(args);
  expect(code).toBe(2);
  expect(stderr).toContain(`next: ${question}`);
});
