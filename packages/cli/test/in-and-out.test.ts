import { expect, test } from 'vitest';
import { type Answers, changed, page, problem, startFakeApi } from './fake-api.ts';
import { inOneProcess } from './one-process.ts';
import { ids, NOW, resources } from './resources.ts';

const nobody = problem(404, 'not_found');
const absent: Answers = {
  getCustomer: [nobody, changed('Customer', {})],
  listAccounts: page([]),
  listGrants: page([]),
  listInvites: page([]),
};
const flags = ['--name', 'Acme Bank', '--service', ids.awsService, '--account', '222222222222'];
const key = resources.Customer.external_id;

async function run(args: string[], answers: Answers = {}) {
  const api = await startFakeApi(answers);
  const outcome = await inOneProcess(args, { api });
  const changes = api.asked.filter(({ method }) => method !== 'GET');
  return { ...outcome, changes, asked: api.asked };
}

test('when a customer is new, it is put with all that is its, and invited', async () => {
  const { code, stdout, changes } = await run(['onboard', key, ...flags], absent);
  expect(code).toBe(0);
  expect(changes.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['PUT', `/v1/customers/${key}`, { name: 'Acme Bank' }],
    ['PUT', `/v1/accounts/${key}:222222222222`, {}],
    ['PUT', `/v1/grants/${key}:${ids.awsService}`, {}],
    ['POST', `/v1/customers/${key}/invites`, undefined],
  ]);
  expect(stdout).toContain(`  ${resources.InviteWithToken.token}\n`);
  expect(stdout).toContain('sallyport invites redeem --url http://127.0.0.1:');
});

test('when all is so already, nothing is changed and no second invite is made', async () => {
  const args = ['onboard', key, '--account', '222222222222', '--service', ids.awsService];
  const answers = { listInvites: page([{ ...resources.Invite, state: 'open' }]) };
  const { code, stdout, stderr, changes } = await run(args, answers);
  expect({ code, stdout, changes }).toEqual({ code: 0, stdout: '', changes: [] });
  expect(stderr).toContain('Nothing differs; 3 as declared.');
  expect(stderr).toContain('Another one: --new-invite');
  const again = await run([...args, '--new-invite'], answers);
  expect(again.changes.map(({ operation }) => operation)).toEqual(['createInvite']);
});

test.each([
  ['suspended', 'is suspended, since', `next: sallyport customers resume ${key}`],
  ['offboarding', 'is leaving, since', `sallyport onboard ${key}-2 --name 'Acme Bank'`],
  ['offboarded', 'is gone, since', 'onboard it as a new customer, with another id of yours'],
])('when the customer is %s, that is said at once, with what to do', async (state, is, next) => {
  const since = { suspended_since: NOW, offboarding_since: NOW };
  const members = { name: 'Acme Bank', state, ...since };
  const answers = { getCustomer: changed('Customer', members) };
  const { code, stdout, stderr, changes } = await run(['onboard', key, ...flags], answers);
  expect({ code, stdout, changes }).toEqual({ code: 5, stdout: '', changes: [] });
  expect(stderr).toContain(`error: Acme Bank (${key}) ${is} ${NOW}: nothing new is set up for it.`);
  expect(stderr).toContain(next);
  expect(stderr).not.toContain('differs');
});

test('when a customer is there already, changing it asks first', async () => {
  const args = ['onboard', key, '--name', 'Another Name'];
  expect(await run(args)).toMatchObject({ code: 2, changes: [] });
  expect((await run([...args, '--yes'])).changes[0]!.body).toMatchObject({ name: 'Another Name' });
});

test('when it is a dry run, all is checked, and no invite is made', async () => {
  const { code, stderr, changes } = await run(['onboard', key, ...flags, '--dry-run'], absent);
  expect(code).toBe(0);
  expect(changes.map(({ query }) => query)).toEqual(changes.map(() => ({ validate_only: 'true' })));
  expect(stderr).toContain('An invite would be made.');
});

test.each([
  [[key], 'is new and needs a name'],
  [[key, '--name', 'A', '--contact', 'ada'], 'is no contact'],
  [['--name', 'A'], 'Whom to onboard?'],
  [[key, '--name', 'A', '--service', 'nothing-of-this-name'], 'is no service of yours'],
])('when onboarding %j cannot be right, nothing is changed', async (args, message) => {
  const { code, stderr, changes } = await run(['onboard', ...args], absent);
  expect({ code, changes }).toEqual({ code: 2, changes: [] });
  expect(stderr).toContain(message);
});

test('when a customer is to leave, what it loses is shown, and it is asked for', async () => {
  const { code, stdout, changes } = await run(['offboard', key]);
  expect({ code, changes }).toEqual({ code: 2, changes: [] });
  expect(stdout).not.toBe('');
});

test('when it leaves, it is waited for, and what AWS shows then is the proof', async () => {
  const nothing = { services: [] };
  const answers: Answers = {
    getOffboarding: [{}, changed('Offboarding', nothing)].map((answer) => ({
      body: resources.Offboarding,
      ...answer,
    })),
    getOperation: changed('Operation', { state: 'succeeded', done: true }),
  };
  const { code, stdout, asked } = await run(
    ['offboard', key, '--yes', '--policy', 'keep'],
    answers,
  );
  expect(code).toBe(0);
  expect(stdout).toContain('Nothing is left');
  expect(asked.find(({ operation }) => operation === 'offboardCustomer')!.body).toEqual({
    policy: 'keep',
  });
});

test('when it has left already, that is proven again, and nothing is asked', async () => {
  const gone = changed('Customer', { state: 'offboarded', offboarding_since: NOW });
  const answers = { getCustomer: gone, getOffboarding: changed('Offboarding', { services: [] }) };
  const { code, stdout, stderr, changes } = await run(['offboard', key], answers);
  expect({ code, changes }).toEqual({ code: 0, changes: [] });
  expect(stderr).toContain(`has left already: it began at ${NOW}.`);
  expect(stdout).toContain('Nothing is left');
});

test('when it is leaving, the same again waits for the end, and asks nothing', async () => {
  const leaving = changed('Customer', { state: 'offboarding', offboarding_since: NOW });
  const answers = {
    getCustomer: leaving,
    getOffboarding: changed('Offboarding', { services: [] }),
    getOperation: changed('Operation', { state: 'succeeded', done: true }),
  };
  const { code, stderr } = await run(['offboard', key], answers);
  expect(code).toBe(0);
  expect(stderr).toContain(`is leaving since ${NOW}`);
  expect((await run(['offboard', key, '--policy', 'reject'], answers)).code).toBe(2);
});

test('when it is not to wait, a longest wait makes no sense', async () => {
  const { code, changes } = await run(['offboard', key, '--yes', '--no-wait', '--timeout', '1m']);
  expect({ code, changes }).toEqual({ code: 2, changes: [] });
});

test('when principals are left at the end, it exits with 7', async () => {
  const principals = [{ arn: 'arn:aws:iam::222222222222:root', owned: true }];
  const service = {
    endpoint_service_id: ids.service,
    service_id: ids.awsService,
    principals,
    connections: [],
    steps: [],
    held_up_by: [],
  };
  const answers: Answers = {
    getOffboarding: changed('Offboarding', { services: [service] }),
    getOperation: changed('Operation', { state: 'succeeded', done: true }),
  };
  expect((await run(['offboard', key, '--yes'], answers)).code).toBe(7);
});
