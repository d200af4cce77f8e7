import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commandWords } from '../src/command-map.ts';
import { commands, type OperationId } from '../src/generated/commands.ts';
import { examples } from '../src/program/examples.ts';
import { exampleBody, operations } from './contract.ts';
import { changed, page, startFakeApi } from './fake-api.ts';
import { folderWith, sallyport } from './harness.ts';
import { ids, resources } from './resources.ts';
import { inTurns } from './turns.ts';

const imported = { customer_id: 'acme', account_id: '222222222222' };
const typed = Object.entries(commandWords).filter(([, words]) => words !== null);

test('when the example of a command is run, it does it', async () => {
  const cwd = await folderWith({
    ...Object.fromEntries(typed.flatMap(([id]) => exampleFile(id as OperationId))),
    'invite.txt': 'token-from-a-file\n',
    'proof.json': proof,
    'observation.json': JSON.stringify({ vantage: 'bastion' }),
    'upload.json': JSON.stringify({ token: 'o'.repeat(30), observation: {} }),
    'principals.json': JSON.stringify({ principals: ['arn:aws:iam::222222222222:root'] }),
    'world.json': JSON.stringify({ reason: 'Inventory', accounts: [imported] }),
  });
  const api = await startFakeApi();
  const outcomes = await inTurns(
    typed.map(([id, words]) => ({
      args: [...words!.split(' '), ...shellWords(examples[id as OperationId]!), '--yes'],
      surroundings: { api, cwd },
    })),
  );
  const done = typed.map(([id], index) => {
    const { code, stderr } = outcomes[index]!;
    return { id, code, error: stderr.includes('error') && stderr };
  });
  expect(done).toEqual(typed.map(([id]) => ({ id, code: 0, error: false })));
  expect(api.asked.map(({ operation }) => operation)).toEqual(typed.map(([id]) => id));
});

test('when the contract has an operation, it has words, and none has more than three', () => {
  // `audit export` is made by hand, as its answer is a stream.
  const resources = operations.filter(({ id }) => id !== 'exportAuditEntries');
  expect(Object.keys(commandWords).sort()).toEqual(resources.map(({ id }) => id).sort());
  const words = typed.map(([, text]) => text!);
  expect(words.filter((text) => text.split(' ').length > 3)).toEqual([]);
  expect(new Set(words).size).toBe(words.length);
});

test('when an operation takes a header, and only then, its command has the flag', async () => {
  const tree = await fs.readFile(path.resolve(import.meta.dirname, 'command-tree.txt'), 'utf8');
  const helps = new Map(
    tree
      .split(/^-{80}$/m)
      .map((help) => [/Usage: sallyport ([a-z -]+?)(?: \[|$)/m.exec(help)?.[1], help]),
  );
  for (const [header, flag] of [
    ['Idempotency-Key', '--idempotency-key'],
    ['If-Match', '--if-match'],
  ] as const) {
    const takes = operations.filter(({ headers }) => headers.includes(header)).map(({ id }) => id);
    const offers = typed.filter(([, words]) => helps.get(words!)!.includes(flag)).map(([id]) => id);
    expect(offers.sort()).toEqual(takes.sort());
  }
});

test('when an operation has a flag, no flag of the command line itself has its name', () => {
  const own =
    'all columns cursor debug dry_run file headers help idempotency_key if_match limit output ' +
    'profile timeout url version yes';
  const taken = Object.entries(commands).flatMap(([id, { flags }]) =>
    flags.filter(({ name }) => own.split(' ').includes(name)).map(({ name }) => `${id} ${name}`),
  );
  expect(taken).toEqual([]);
});

test('when flags of every kind are given, they arrive with their types', async () => {
  const api = await startFakeApi();
  const contacts = '[{"name":"Ada","email":"ada@acme.example"}]';
  const args = ['--external-id', 'acme', '--name', 'A', '--contacts', contacts];
  const more = ['--metadata', 'plan=gold', '--metadata', 'a=b=c', '--change-ref', 'OPS-1'];
  await sallyport(['customers', 'create', ...args, ...more, '--dry-run'], { api });
  expect(api.asked[0]).toMatchObject({
    body: {
      external_id: 'acme',
      name: 'A',
      metadata: { plan: 'gold', a: 'b=c' },
      contacts: JSON.parse(contacts),
    },
    query: { change_ref: 'OPS-1', validate_only: 'true' },
  });
  const grant = ['grants', 'update', 'grt_1', '--connections-max', 'null', '--role-names', ''];
  await sallyport([...grant, '--account-ids', '222222222222'], { api });
  expect(api.asked[1]?.body).toEqual({
    connections_max: null,
    role_names: [],
    account_ids: ['222222222222'],
  });
});

test('when a flag and the file name the same member, the flag wins', async () => {
  const api = await startFakeApi();
  const stdin = JSON.stringify({ external_id: 'acme', name: 'From the file' });
  const args = ['customers', 'create', '--file', '-', '--name', 'From the flag'];
  const { code } = await sallyport(args, { api, stdin });
  expect(code).toBe(0);
  expect(api.asked[0]?.body).toEqual({ external_id: 'acme', name: 'From the flag' });
});

test('when a secret is asked for, it comes from a file and from nowhere else', async () => {
  const api = await startFakeApi();
  const given = { api, stdin: 'token-on-stdin\n', env: { SALLYPORT_API_KEY: undefined } };
  const { code, stdout } = await sallyport(['invites', 'redeem', '--token-file', '-'], given);
  expect({ code, body: api.asked[0]?.body }).toEqual({
    code: 0,
    body: { token: 'token-on-stdin' },
  });
  expect(api.asked[0]?.headers.authorization).toBeUndefined();
  expect(stdout).toContain(resources.ApiKeyWithSecret.secret);
  const refused = await sallyport(['invites', 'redeem', '--token', 'abc'], given);
  expect(refused.code).toBe(2);
});

test('when an id has characters of paths, they stay in the id', async () => {
  const api = await startFakeApi();
  await sallyport(['customers', 'get', 'a/b?c=d'], { api });
  expect(api.asked[0]).toMatchObject({ path: '/v1/customers/a/b?c=d', query: {} });
});

test('when a POST is repeated with its key, the key is the same', async () => {
  const api = await startFakeApi();
  await sallyport(['customers', 'offboard', 'acme', '--yes', '--idempotency-key', 'k1'], { api });
  expect(api.asked[0]?.headers['idempotency-key']).toBe('k1');
});

test('when a list has many pages, --limit and --all follow them', async () => {
  const [one, two, three] = ['a', 'b', 'c'].map((id) => ({
    ...resources.Customer,
    external_id: id,
  }));
  const answers = { listCustomers: [page([one], 'c1'), page([two], 'c2'), page([three])] };
  const names = async (...args: string[]) => {
    const api = await startFakeApi(answers);
    const list = ['customers', 'list', '--state', 'active', '-o', 'json', ...args];
    const { stdout, stderr } = await sallyport(list, { api });
    const { items, next_cursor: cursor } = JSON.parse(stdout) as typeof body;
    const body = { items: [{ external_id: '' }], next_cursor: '' as string | null };
    return {
      items: items.map((item) => item.external_id).join(),
      cursor,
      queries: api.asked.map(({ query }) => query),
      hint: stderr.includes('--all'),
    };
  };
  const state = 'active';
  expect(await names()).toEqual({ items: 'a', cursor: 'c1', queries: [{ state }], hint: true });
  expect(await names('--limit', '2')).toEqual({
    items: 'a,b',
    cursor: 'c2',
    queries: [
      { state, limit: '2' },
      { state, limit: '1', cursor: 'c1' },
    ],
    hint: true,
  });
  expect(await names('--all')).toMatchObject({ items: 'a,b,c', cursor: null, hint: false });
});

test('when something was started, it names the command that follows it', async () => {
  const api = await startFakeApi({ offboardCustomer: changed('Operation', {}) });
  const { stderr } = await sallyport(['customers', 'offboard', 'acme', '--yes'], { api });
  expect(stderr).toBe(`next: sallyport wait operation ${ids.operation}\n`);
});

test('when nothing comes back, stdout is empty and stderr says that it is done', async () => {
  const api = await startFakeApi();
  const { stdout, stderr } = await sallyport(['grants', 'delete', 'grt_1', '--yes'], { api });
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: 'Done: grants delete.\n' });
});

const proof = JSON.stringify({
  challenge_id: 'chl_1',
  region: 'us-east-1',
  access_key_id: 'AKIAEXAMPLE',
  amz_date: '20261123T120000Z',
  signature: 'ab'.repeat(32),
});

/** The file that the example of a command names, with what the contract shows for it. */
function exampleFile(id: OperationId): [name: string, text: string][] {
  const [, name] = /--file (\S+\.json)/.exec(examples[id] ?? '') ?? [];
  return name === undefined ? [] : [[name, JSON.stringify(exampleBody(id))]];
}

/** The words of a line, as a shell would part them. */
function shellWords(line: string): string[] {
  return Array.from(line.matchAll(/[^\s"]*"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word);
}
