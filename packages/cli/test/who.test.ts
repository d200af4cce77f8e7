import { expect, test } from 'vitest';
import { identify } from '../src/lookup/identifier.ts';
import { type Answers, changed, page, problem, startFakeApi } from './fake-api.ts';
import { inOneProcess } from './one-process.ts';
import { ids, resources } from './resources.ts';

const arn = 'arn:aws:iam::222222222222:root';
const loadBalancer =
  'arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/api-1/0123456789abcdef';

test.each([
  [ids.connection, { form: 'id', kind: 'connection' }],
  [`"${ids.endpoint}",`, { form: 'endpoint', text: ids.endpoint }],
  [`${ids.endpoint}-ab1cd2ef.${ids.awsService}.us-east-1.vpce.amazonaws.com`, { form: 'endpoint' }],
  [`com.amazonaws.vpce.us-east-1.${ids.awsService}`, { form: 'service', text: ids.awsService }],
  [`arn:aws:ec2:us-east-1:222222222222:vpc-endpoint/${ids.endpoint}`, { form: 'endpoint' }],
  ['2222-2222-2222', { form: 'account', text: '222222222222' }],
  [arn, { form: 'principal', account: '222222222222' }],
  ['arn:aws:sts::222222222222:assumed-role/app/i-1', { text: arn.replace('root', 'role/app') }],
  [loadBalancer, { form: 'load-balancer' }],
  ['inv_01kaqy0v5ne4rvk3z4m5t6w7x8', { form: 'part' }],
  ['Acme vpce-0a1b2c3d4e5f60718', { form: 'name' }],
  ['con_short', { form: 'name' }],
])('when %s is pasted, it is told what that may be', (text, expected) => {
  expect(identify(text)).toMatchObject(expected);
});

async function who(asked: string, answers: Answers = {}, ...args: string[]) {
  const api = await startFakeApi(answers);
  return inOneProcess(['who', asked, ...args], { api });
}

test('when an endpoint is asked for, it says whose it is and what next', async () => {
  const { code, stdout, stderr } = await who(ids.endpoint);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: `next: sallyport diagnose ${ids.endpoint}\n`,
  });
  const { name, external_id: key } = resources.Customer;
  expect(stdout).toContain(`${ids.endpoint} is a connection of ${name} (${key})\n`);
  expect(stdout).toContain(`(${ids.awsService}), us-east-1`);
});

test('when a program asks, it gets the resource, the customer and the service whole', async () => {
  const { stdout } = await who(ids.endpoint, {}, '-o', 'json');
  expect(JSON.parse(stdout)).toMatchObject({
    asked: ids.endpoint,
    kind: 'connection',
    resource: resources.Connection,
    customer: resources.Customer,
    service: resources.EndpointService,
  });
});

test('when an account is claimed by two, both are shown and it exits with 2', async () => {
  const other = { ...resources.Account, id: ids.account.replace(/.$/, '0'), standing: 'disputed' };
  const { code, stdout, stderr } = await who('222222222222', {
    listAccounts: page([resources.Account, other]),
    getProviderAccount: problem(404, 'not_found'),
  });
  expect(code).toBe(2);
  expect(stdout).toContain(ids.account);
  expect(stdout).toContain(other.id);
  const { name, external_id: key } = resources.Customer;
  expect(stdout).toMatch(new RegExp(`${ids.account} +${name} +an AWS account +${key}`));
  expect(stderr).toContain(`next: sallyport who ${ids.account}`);
});

test('when an account is nobody’s and an endpoint of it was seen, that is said', async () => {
  const { code, stdout } = await who('222222222222', {
    listAccounts: page([]),
    getProviderAccount: problem(404, 'not_found'),
  });
  expect(code).toBe(0);
  expect(stdout).toContain('no customer has claimed it');
  expect(stdout).toContain(ids.endpoint);
});

test('when a part of a name is given, case does not matter; a whole name wins', async () => {
  const names = ['Acme Bank', 'Acme Bank Japan'];
  const answers = {
    getCustomer: [problem(404, 'not_found'), changed('Customer', { name: names[0] })],
    listCustomers: page(
      names.map((name, at) => ({ ...resources.Customer, name, external_id: `acme-${at}` })),
    ),
    listEndpointServices: page([]),
    listProviderAccounts: page([]),
  };
  const whole = await who('acme bank', answers);
  expect(whole.stdout).toContain('Acme Bank (acme-0) is a customer');
  const part = await who('bank', answers);
  expect({ code: part.code, lines: part.stdout.split('\n').length }).toEqual({ code: 2, lines: 4 });
});

test('when very many have the name, the first of them are shown, and how many more', async () => {
  const many = Array.from({ length: 30 }, (_, at) => {
    return { ...resources.Customer, id: `cus_${at}`, external_id: `acme-${at}` };
  });
  const answers = {
    getCustomer: problem(404, 'not_found'),
    listCustomers: { ...page(many), foreign: true },
    listEndpointServices: page([]),
    listProviderAccounts: page([]),
  };
  const { code, stdout } = await who('acme-', answers);
  expect(code).toBe(2);
  expect(stdout.split('\n')).toHaveLength(23);
  expect(stdout).toContain('… and 10 more: give more of the name\n');
});

test('when nothing is called so, it exits with 3 and says where to look', async () => {
  const { code, stderr } = await who(ids.endpoint, { getConnection: problem(404, 'not_found') });
  expect(code).toBe(3);
  expect(stderr).toContain(`error: Nothing here is called ${ids.endpoint}.`);
  const part = await who('note_01kaqy0v5ne4rvk3z4m5t6w7x8');
  expect(part.code).toBe(3);
  expect(part.stderr).toContain('sallyport connections notes list');
});

test('when the key is of a customer, what it may not see is left out', async () => {
  const hidden = problem(403, 'forbidden');
  const { code, stdout } = await who('222222222222', {
    getProviderAccount: hidden,
    getCustomer: hidden,
  });
  expect(code).toBe(0);
  expect(stdout).toContain('222222222222 is an AWS account\n');
});

test('when the address of a contact is asked for, it says whose contact that is', async () => {
  const contacts = [{ name: 'Ada', email: 'Ada@acme.example' }];
  const { code, stdout } = await who('ada@acme.example', {
    getCustomer: problem(404, 'not_found'),
    listCustomers: page([{ ...resources.Customer, contacts }]),
    listEndpointServices: page([]),
    listProviderAccounts: page([]),
  });
  expect({ code, first: stdout.split('\n')[0] }).toEqual({
    code: 0,
    first: `${resources.Customer.name} (${resources.Customer.external_id}) is a customer`,
  });
});

test.each([
  ['vpce-0f52f7', 'It is no whole id of AWS'],
  ['22222222222', 'It is no account number: those have 12 digits, and this has 11'],
  ['con_01kaqy0v5ne4', 'An id of ours is whole or wrong'],
])('when %s was cut off, it says what is missing', async (asked, expected) => {
  const { code, stderr } = await who(asked, {
    getCustomer: problem(404, 'not_found'),
    listCustomers: page([]),
    listEndpointServices: page([]),
    listProviderAccounts: page([]),
  });
  expect(code).toBe(3);
  expect(stderr).toContain(`next: ${expected}`);
});
