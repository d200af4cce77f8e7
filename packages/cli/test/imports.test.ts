// Imports from a table: what is sent, and what is said by line when something is wrong.

import { describe, expect, it } from 'vitest';
import { type Answers, problem, startFakeApi } from './fake-api.ts';
import { folderWith, sallyport } from './harness.ts';

const accounts = 'customer_id,account_id\nacme,222222222222\nglobex,333333333333\n';

async function imported(csv: string, answers: Answers = {}, more: string[] = []) {
  const api = await startFakeApi(answers);
  const cwd = await folderWith({ 'rows.csv': csv });
  const args = ['imports', 'create', '--file', 'rows.csv', '--reason', 'Inventory', ...more];
  const outcome = await sallyport(args, { api, cwd });
  return { ...outcome, bodies: api.asked.map(({ body }) => body) };
}

describe('a table of rows', () => {
  it.each<[string, string, object]>([
    [
      'customers',
      'external_id,name\nacme,"Acme ""Bank"", Inc"\n',
      { customers: [{ external_id: 'acme', name: 'Acme "Bank", Inc' }] },
    ],
    [
      'accounts',
      accounts,
      {
        accounts: [
          { customer_id: 'acme', account_id: '222222222222' },
          { customer_id: 'globex', account_id: '333333333333' },
        ],
      },
    ],
    [
      'connections, as a spreadsheet saves them',
      '\uFEFFcustomer_id;vpc_endpoint_id\r\nacme;vpce-0a1b2c3d4e5f60718\r\n\r\n',
      { connections: [{ customer_id: 'acme', vpc_endpoint_id: 'vpce-0a1b2c3d4e5f60718' }] },
    ],
    [
      'grants, with lists and empty cells',
      'endpoint_service_id,customer_id,role_names,connections_max\nvpce-svc-1,acme,a b,\nsvc,x,,3',
      {
        grants: [
          { customer_id: 'acme', endpoint_service_id: 'vpce-svc-1', role_names: ['a', 'b'] },
          { customer_id: 'x', endpoint_service_id: 'svc', connections_max: 3 },
        ],
      },
    ],
    [
      'several sections',
      'section,external_id,name,customer_id,account_id\n' +
        'customers,acme,Acme\naccounts,,,acme,222222222222',
      {
        customers: [{ external_id: 'acme', name: 'Acme' }],
        accounts: [{ customer_id: 'acme', account_id: '222222222222' }],
      },
    ],
  ])('when it holds %s, they are sent as rows', async (_, csv, members) => {
    const { code, bodies } = await imported(csv);
    expect(code).toBe(0);
    expect(bodies).toEqual([{ reason: 'Inventory', ...members }]);
  });

  it.each([
    ['CSV', 'customer_id,account_id\nacme,222222222222\n'],
    ['JSON', JSON.stringify({ accounts: [{ customer_id: 'acme', account_id: '222222222222' }] })],
  ])('when it comes on stdin as %s, it is sent as such', async (_, stdin) => {
    const api = await startFakeApi();
    const args = ['imports', 'create', '--file', '-', '--reason', 'Inventory'];
    const { code } = await sallyport(args, { api, stdin });
    expect(code).toBe(0);
    expect(api.asked.map(({ body }) => body)).toMatchObject([
      { reason: 'Inventory', accounts: [{ customer_id: 'acme', account_id: '222222222222' }] },
    ]);
  });

  it('when a row on stdin is not right, its line is named', async () => {
    const api = await startFakeApi();
    const args = ['imports', 'create', '--file', '-', '--reason', 'Inventory'];
    const stdin = 'customer_id,account_id\nacme,\n';
    const { code, stderr } = await sallyport(args, { api, stdin });
    expect(code).not.toBe(0);
    expect(stderr).toContain('rows of stdin');
    expect(stderr).toContain('line 2: `account_id` is empty');
    expect(api.asked).toEqual([]);
  });

  it('when it is only validated, nothing else is sent', async () => {
    const { stderr } = await imported(accounts, {}, ['--dry-run']);
    expect(stderr).toContain('Dry run: nothing was kept.');
  });

  it.each<[string, string, string[]]>([
    ['has no rows', 'customer_id,account_id\n', ['holds no rows']],
    ['is of no section', 'account,owner\n1,2\n', ['those of no section', 'accounts: customer_id']],
    ['never ends a quote', 'customer_id,account_id\n"acme,1\n', ['line 2: a quote is opened']],
    [
      'has rows that are not right',
      'customer_id,account_id\nacme,\n"two\nlines",222222222222\na,b,c\n',
      ['2 of 3 rows', 'line 2: `account_id` is empty', 'line 5: 3 cells, and 2 columns'],
    ],
    [
      'names no section',
      'section,customer_id,vpc_endpoint_id\nroles,acme,vpce-1\nconnections,,vpce-1\n',
      ['line 2: `section` is none of', 'line 3: `customer_id` is empty'],
    ],
    [
      'has a column too many',
      'customer_id,account_id,x\na,1,y\n',
      ['columns of accounts, and `x` besides', 'these: customer_id, account_id, partition.'],
    ],
    [
      'has a cell that its section has no column for',
      'section,customer_id,account_id,name\naccounts,a,1,y\n',
      ['line 2: accounts have no `name`'],
    ],
  ])('when it %s, nothing is sent and each line is named', async (_, csv, said) => {
    const { code, stderr, bodies } = await imported(csv);
    expect(code).toBe(2);
    for (const words of said) expect(stderr).toContain(words);
    expect(bodies).toEqual([]);
  });
});

describe('rows that the service does not take', () => {
  const error = { code: 'account_disputed', detail: 'It is with another customer.', command: 'c' };
  const row = { section: 'accounts', outcome: 'unchanged', id: 'acct_1', error: null };
  const body = {
    created: 0,
    updated: 0,
    unchanged: 1,
    refused: 1,
    rows: [
      { ...row, index: 0 },
      { ...row, index: 1, outcome: 'refused', id: null, error },
    ],
  };

  it('when one is refused, its line, the reason and the exit code say so', async () => {
    const { code, stdout, stderr } = await imported(accounts, { createImport: { body } });
    expect(code).toBe(5);
    expect(stdout).toContain('account_disputed');
    expect(stderr).toContain('1 of 2 rows were refused');
    expect(stderr).toContain('line 3: It is with another customer. (next: c)');
  });

  it('when the body is JSON, the row is named by its section', async () => {
    const api = await startFakeApi({ createImport: { body } });
    const args = ['--accounts', '[]', '--reason', 'Inventory'];
    const { code, stderr } = await sallyport(['imports', 'create', ...args], { api });
    expect(code).toBe(5);
    expect(stderr).toContain('accounts 1: It is with another customer.');
  });

  it('when a member is not valid, its line is named', async () => {
    const csv = 'customer_id,account_id\nacme,222222222222\n\nglobex,333333333333\n';
    const errors = [{ pointer: '/accounts/1/account_id', detail: 'It is closed.' }];
    const refusal = problem(400, 'invalid_request', { errors });
    const { code, stderr } = await imported(csv, { createImport: refusal });
    expect(code).toBe(2);
    expect(stderr).toContain('line 4 account_id: It is closed.');
  });

  it('when another command is given a table, it is not JSON', async () => {
    const cwd = await folderWith({ 'rows.csv': accounts });
    const args = ['customers', 'create', '--file', 'rows.csv'];
    const { code, stderr } = await sallyport(args, { api: await startFakeApi(), cwd });
    expect({ code, told: stderr.includes('is not JSON') }).toEqual({ code: 2, told: true });
  });
});
