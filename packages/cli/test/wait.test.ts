import { expect, test } from 'vitest';
import { changed, problem, startFakeApi } from './fake-api.ts';
import { sallyport, startSallyport } from './harness.ts';
import { ids, resources } from './resources.ts';

const connection = (state: string, members: object = {}) =>
  changed('Connection', { state, ...members });

test('when it gets there, each change is a line, and stdout has the resource', async () => {
  const api = await startFakeApi({
    getConnection: [
      problem(404, 'not_found'),
      connection('pendingAcceptance', { hold_reason: 'no_grant' }),
      connection('pendingAcceptance', { hold_reason: 'no_grant' }),
      connection('available'),
    ],
  });
  const args = ['wait', 'connection', ids.endpoint, '--timeout', '1m', '-o', 'json'];
  const { code, stdout, stderr } = await sallyport(args, { api });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(resources.Connection);
  const [first, second, last, end] = stderr.split('\n');
  expect([first, second]).toEqual([
    `connection ${ids.endpoint}: not seen yet`,
    `connection ${ids.endpoint}: pendingAcceptance (no_grant)`,
  ]);
  expect(last).toMatch(/: ready after \d+s$/);
  expect(end).toBe('');
});

test.concurrent.each([
  ['connection', 'getConnection', connection('rejected', { decision_reason: 'Contract ended' })],
  ['account', 'getAccount', changed('Account', { standing: 'disputed' })],
  ['private-dns', 'getPrivateDns', changed('PrivateDns', { state: 'blocked' })],
  ['operation', 'getOperation', changed('Operation', { state: 'failed', done: true })],
])('when a %s cannot get there any more, it exits with 7', async (kind, operation, answer) => {
  const api = await startFakeApi({ [operation]: answer });
  const { code, stdout, stderr } = await sallyport(['wait', kind, 'x1'], { api });
  expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
  expect(stderr).toMatch(/ x1 is (rejected: Contract ended|disputed|blocked|failed)/);
  expect(stderr).toContain('next: sallyport ');
});

test('when somebody can still mend it, it says so, and ends each sentence once', async () => {
  const blocked = changed('PrivateDns', { state: 'blocked', message: 'There is no zone.' });
  const api = await startFakeApi({ getPrivateDns: blocked });
  const { stderr } = await sallyport(['wait', 'private-dns', 'x1'], { api });
  expect(stderr).toContain('x1 is blocked: There is no zone. It will not get there by itself.\n');
});

test.concurrent.each([
  ['account', 'getAccount', changed('Account', { standing: 'attested' })],
  ['private-dns', 'getPrivateDns', changed('PrivateDns', { state: 'verified' })],
  ['operation', 'getOperation', changed('Operation', { state: 'succeeded', done: true })],
])('when a %s is there already, it exits with 0', async (kind, operation, answer) => {
  const api = await startFakeApi({ [operation]: answer });
  expect((await sallyport(['wait', kind, 'x1'], { api })).code).toBe(0);
});

test('when an interval is given, looks are that far apart, and never under a second', async () => {
  const api = await startFakeApi({
    getOperation: [
      changed('Operation', {}),
      changed('Operation', { state: 'succeeded', done: true }),
    ],
  });
  const args = ['wait', 'operation', ids.operation, '--interval'];
  const short = await sallyport([...args, '500ms'], { api });
  expect({ code: short.code, asked: api.asked }).toEqual({ code: 2, asked: [] });
  const startedAt = performance.now();
  // By the contract they are half a second apart.
  expect((await sallyport([...args, '1s'], { api })).code).toBe(0);
  expect(performance.now() - startedAt).toBeGreaterThan(900);
  expect(api.asked).toHaveLength(2);
});

test('when it takes longer than allowed, it exits with 8 and says how to go on', async () => {
  const api = await startFakeApi();
  const args = ['wait', 'operation', ids.operation, '--timeout', '200ms'];
  const { code, stderr } = await sallyport(args, { api });
  expect(code).toBe(8);
  expect(stderr).toContain(`operation ${ids.operation} is still running after`);
  expect(stderr).toContain(
    `next: Waiting again is safe: sallyport wait operation ${ids.operation}`,
  );
});

test('when an operation is not there, it does not wait for it', async () => {
  const api = await startFakeApi({ getOperation: problem(404, 'not_found') });
  const { code, stderr } = await sallyport(['wait', 'operation', 'op_1'], { api });
  expect(code).toBe(3);
  expect(stderr).toContain(': sallyport operations list\n');
});

test('when it is interrupted, it exits with 130 and says how to go on', async () => {
  const api = await startFakeApi();
  const seen = api.next('getOperation');
  const { child, outcome } = await startSallyport(['wait', 'operation', ids.operation], { api });
  await seen;
  child.kill('SIGINT');
  const { code, stderr } = await outcome;
  expect(code).toBe(130);
  expect(stderr).toContain(`next: Go on with: sallyport wait operation ${ids.operation}`);
});
