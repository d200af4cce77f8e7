import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compare } from '../src/desired/differences.ts';
import { type Answers, changed, page, problem, startFakeApi } from './fake-api.ts';
import { folderWith } from './harness.ts';
import { inOneProcess } from './one-process.ts';
import { ids, NOW, resources } from './resources.ts';

const grant = { customer_id: 'acme', endpoint_service_id: ids.awsService };
const file = (name: string, text: string) => folderWith({ [name]: text });

async function exported(...args: string[]) {
  const api = await startFakeApi();
  return { api, ...(await inOneProcess(['export', ...args], { api })) };
}

test('when all is exported, it is by names, and applying it again differs in nothing', async () => {
  const { api, code, stdout } = await exported();
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/(cus|svc|grt|acct|pacc)_/);
  expect(stdout).toContain(`endpoint_service_id: ${ids.awsService}`);
  for (const text of [stdout, (await exported('-o', 'json')).stdout]) {
    const cwd = await file('world', text);
    const again = await inOneProcess(['apply', '-f', 'world'], { api, cwd });
    expect(again).toMatchObject({ code: 0, stdout: '' });
    expect(again.stderr).toContain('Nothing differs; 6 as declared.');
  }
  expect(api.asked.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('when something differs, it is shown, asked for, and put with the rest', async () => {
  const key = resources.Customer.external_id;
  const text = `customers:\n  - external_id: ${key}\n    name: New Name\n`;
  const cwd = await file('world.yaml', text);
  const api = await startFakeApi();
  const args = ['apply', '-f', 'world.yaml'];
  const refused = await inOneProcess(args, { api, cwd });
  expect(refused.code).toBe(2);
  expect(refused.stdout).toContain(`    name: ${resources.Customer.name} → New Name\n`);
  const { code, stderr } = await inOneProcess([...args, '--yes', '--change-ref', 'OPS-1'], {
    api,
    cwd,
  });
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Done: 1 of 1'),
  });
  const puts = api.asked.filter(({ method }) => method === 'PUT');
  const { metadata, contacts, required_role } = resources.Customer as Record<string, unknown>;
  expect(puts).toMatchObject([
    {
      operation: 'putCustomer',
      query: { change_ref: 'OPS-1' },
      body: { name: 'New Name', metadata, contacts, required_role },
    },
  ]);
});

const rename = `customers: [{external_id: ${resources.Customer.external_id}, name: New Name}]\n`;
const tag = (etag: string, members = {}) => ({
  ...changed('Customer', members),
  headers: { etag },
});
const overtaken = problem(412, 'precondition_failed');

async function renamed(answers: Answers) {
  const api = await startFakeApi(answers);
  const cwd = await file('w.yaml', rename);
  const outcome = await inOneProcess(['apply', '-f', 'w.yaml', '--yes'], { api, cwd });
  const puts = api.asked.filter(({ method }) => method === 'PUT');
  return { ...outcome, tags: puts.map(({ headers }) => headers['if-match']) };
}

test('when something is changed, it must be as it was when it was compared', async () => {
  const done = await renamed({ getCustomer: tag('"a.1"') });
  expect(done).toMatchObject({ code: 0, tags: ['"a.1"'] });
  const cwd = await file('w.yaml', 'customers: [{external_id: new, name: New}]\n');
  const api = await startFakeApi();
  await inOneProcess(['apply', '-f', 'w.yaml', '--yes'], { api, cwd });
  expect(api.asked.at(-1)!.headers).toMatchObject({ 'if-none-match': '*' });
});

test('when the item itself is so already, whatever the list said, nothing is put', async () => {
  const { stderr, tags } = await renamed({ getCustomer: tag('"a.1"', { name: 'New Name' }) });
  expect(tags).toEqual([]);
  expect(stderr).toContain('Nothing differs; 1 as declared.');
});

test('when somebody changed it meanwhile, it stays, and it says who did', async () => {
  const entry = {
    ...resources.AuditEntry,
    actor: resources.ApiKey.id,
    action: 'updateCustomer',
    at: NOW,
  };
  const { code, stderr, tags } = await renamed({
    getCustomer: [tag('"a.1"'), tag('"b.2"', { name: 'Of Ada' })],
    putCustomer: overtaken,
    listAuditEntries: page([entry]),
  });
  expect({ code, tags }).toEqual({ code: 5, tags: ['"a.1"'] });
  const key = resources.Customer.external_id;
  expect(stderr).toContain(
    `error: customer ${key} was changed since it was compared: ` +
      `by ${resources.ApiKey.name} (updateCustomer) at ${NOW}.`,
  );
  expect(stderr).toContain('next: Nothing of it was overwritten. The same again compares anew');
});

test('when something else of it has changed, it is put, with the new tag', async () => {
  const { code, tags } = await renamed({
    getCustomer: [tag('"a.1"'), tag('"b.2"', { state: 'suspended' })],
    putCustomer: [overtaken, changed('Customer', {})],
  });
  expect({ code, tags }).toEqual({ code: 0, tags: ['"a.1"', '"b.2"'] });
});

test('when it is a dry run, each change is checked and none is kept', async () => {
  const cwd = await file('w.yaml', 'customers: [{external_id: new, name: New}]\n');
  const api = await startFakeApi();
  const { code, stdout } = await inOneProcess(['apply', '-f', 'w.yaml', '--dry-run'], { api, cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '+ customer new\n    name: New\n' });
  const puts = api.asked.filter(({ method }) => method === 'PUT');
  expect(puts.map(({ query }) => query)).toEqual([{ validate_only: 'true' }]);
});

test('when one is refused, it says how many were done, and exits as refused', async () => {
  const text = 'customers: [{external_id: a, name: A}, {external_id: b, name: B}]\n';
  const cwd = await file('w.yaml', text);
  const putCustomer = [changed('Customer', {}), problem(409, 'customer_not_active')];
  const api = await startFakeApi({ putCustomer, listCustomers: page([]) });
  const { code, stderr } = await inOneProcess(['apply', '-f', 'w.yaml', '--yes'], { api, cwd });
  expect(code).toBe(5);
  expect(stderr).toContain('1 of 2 are done. This one was refused: b');
});

test('when the file names who has left, that is told before anything is sent', async () => {
  const left = { ...resources.Customer, state: 'offboarded', offboarding_since: NOW };
  const api = await startFakeApi({ listCustomers: page([left]) });
  const key = left.external_id;
  const cwd = await file('w.yaml', `accounts: [{customer_id: ${key}, account_id: 222222222222}]\n`);
  for (const more of [['--dry-run'], ['--yes']]) {
    const outcome = await inOneProcess(['apply', '-f', 'w.yaml', ...more], { api, cwd });
    expect(outcome).toMatchObject({ code: 5, stdout: '' });
    expect(outcome.stderr).toContain(`  ${key} has left; it began at ${NOW}.\nnext: Take them out`);
  }
  expect(api.asked.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('when a file cannot be read or made, it says why, and what to do', async () => {
  const api = await startFakeApi();
  const cwd = await folderWith({ 'there.yaml': '' });
  const told = async (...args: string[]) => (await inOneProcess(args, { api, cwd })).stderr;
  expect(await told('apply', '-f', 'absent.yaml')).toBe(
    'error: --file: absent.yaml could not be read: there is no such file (ENOENT).\n' +
      'next: Look at the name, and at the folder that you are in\n',
  );
  expect(await told('export', '--to', 'there.yaml')).toBe(
    'error: --to: there.yaml could not be made: it is there, and nothing is written over ' +
      '(EEXIST).\nnext: Name a file that is new\n',
  );
  expect(await told('export', '--to', 'absent/w.yaml')).toContain('next: Make the folder first');
  const rows = ['imports', 'create', '--reason', 'r', '--file', 'there.yaml'];
  expect(await told(...rows)).toContain('is for: sallyport apply -f');
});

test('when the file is not right, each mistake is told and nothing is asked', async () => {
  const text = 'custmers: []\ngrants: [{customer_id: acme, max: 1}]\naccounts: {}\n';
  const api = await startFakeApi();
  const { code, stderr } = await inOneProcess(['apply', '-f', '-'], { api, stdin: text });
  expect(code).toBe(2);
  expect(stderr).toContain('there is no `custmers`. Did you mean customers?');
  expect(stderr).toContain('grants[0]: `endpoint_service_id` must be there, as a text.');
  expect(stderr).toContain('grants[0]: there is no `max`.');
  expect(stderr).toContain('accounts: it must be a list.');
  expect(api.asked).toEqual([]);
});

test("when it is exported to a file, that is its owner's and never overwritten", async () => {
  const api = await startFakeApi();
  const cwd = await folderWith({});
  const first = await inOneProcess(['export', '--to', 'w.yaml'], { api, cwd });
  expect(first).toMatchObject({ code: 0, stdout: '' });
  expect((await fs.stat(path.join(cwd, 'w.yaml'))).mode & 0o777).toBe(0o600);
  expect((await inOneProcess(['export', '--to', 'w.yaml'], { api, cwd })).code).toBe(2);
});

test('when members are left out, they are no difference; modes are declared one by one', () => {
  const modes = { principals: 'manage', acceptance: 'observe', private_dns: 'observe' };
  const service = { service_id: ids.awsService, name: 'api', modes };
  const current = { endpoint_services: [service], grants: [{ ...grant, acceptance: 'manual' }] };
  const wanted = {
    endpoint_services: [{ service_id: ids.awsService, modes: { acceptance: 'manage' } }],
    grants: [grant],
  };
  const { differences, same, others } = compare(wanted, current);
  expect({ same, others }).toEqual({ same: 1, others: [] });
  expect(differences).toMatchObject([
    { action: 'update', body: { name: 'api', modes: { ...modes, acceptance: 'manage' } } },
  ]);
});

test('when a time is written otherwise, it is the same time', () => {
  const at = (expires: string) => ({ grants: [{ ...grant, expires_at: expires }] });
  const one = compare(at('2099-12-31T01:00:00+01:00'), at('2099-12-31T00:00:00.000Z'));
  expect(one.differences).toEqual([]);
});
