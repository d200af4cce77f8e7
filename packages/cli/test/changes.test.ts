import { expect, test } from 'vitest';
import { waitableKind } from '../src/commands/awaited-changes.ts';
import { waitables } from '../src/commands/waitables.ts';
import { commands, type OperationId } from '../src/generated/commands.ts';
import { type Answers, changed, problem, startFakeApi } from './fake-api.ts';
import { sallyport, startSallyport } from './harness.ts';
import { ids, resources } from './resources.ts';

const accept = ['connections', 'accept', ids.endpoint];
const operation = (state: string, done: boolean) => changed('Operation', { state, done });

test('when a change can be tried, it has --dry-run', () => {
  // They answer a question that is too long for a query.
  const questions = ['preflight', 'renderSetup'];
  const changes = Object.entries(commands).filter(([, { method }]) => method !== 'GET');
  const without = changes.filter(([, { flags }]) => {
    return !flags.some(({ name }) => name === 'validate_only');
  });
  expect(without.map(([id]) => id).filter((id) => !questions.includes(id))).toEqual([]);
});

test('when it is a dry run, people see what would differ, and programs the answer', async () => {
  const renamed = { ...resources.Customer, name: 'Acme Ltd', metadata: { tier: '1' } };
  const answers: Answers = { updateCustomer: { body: renamed } };
  const args = ['customers', 'update', 'acme', '--name', 'Acme Ltd', '--dry-run'];
  const api = await startFakeApi(answers);
  const { code, stderr } = await sallyport(args, { api });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: [
      'Dry run: nothing was kept.',
      'This would change:',
      `  name: ${resources.Customer.name} → Acme Ltd`,
      '  metadata.plan: gold → -',
      '  metadata.tier: - → 1',
      '',
    ].join('\n'),
  });
  expect(api.asked.map(({ query }) => query)).toEqual([{ validate_only: 'true' }, {}]);
  const forPrograms = await startFakeApi(answers);
  const { stdout } = await sallyport([...args, '-o', 'json'], { api: forPrograms });
  expect(JSON.parse(stdout)).toEqual(renamed);
  expect(forPrograms.asked).toHaveLength(1);
});

test('when a dry run would change nothing, or create something, it invents no change', async () => {
  const put = ['customers', 'put', 'acme', '--name', resources.Customer.name, '--dry-run'];
  const same = await startFakeApi();
  expect((await sallyport(put, { api: same })).stderr).toContain('It would stay as it is.');
  const absent = await startFakeApi({ getCustomer: problem(404, 'not_found') });
  expect((await sallyport(put, { api: absent })).stderr).toBe('Dry run: nothing was kept.\n');
});

test('when a change leads to something one can wait for, it has --wait', () => {
  const waiting = Object.keys(commands).filter((id) => waitableKind(id as OperationId));
  expect(waiting).toEqual(expect.arrayContaining(['acceptConnection', 'offboardCustomer']));
  expect(waiting.filter((id) => /^(list|get|delete|reject)/.test(id))).toEqual([]);
  expect(new Set(waiting.map((id) => waitableKind(id as OperationId)))).toEqual(
    new Set(Object.keys(waitables)),
  );
});

test('when it waits for what it changed, stdout has only how that ended', async () => {
  const api = await startFakeApi({
    acceptConnection: changed('Connection', { state: 'pendingAcceptance' }),
    getConnection: [changed('Connection', { state: 'pending' }), changed('Connection', {})],
  });
  const { code, stdout, stderr } = await sallyport([...accept, '--wait', '-o', 'json'], { api });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(resources.Connection);
  expect(stderr).toMatch(
    new RegExp(`^connection ${ids.endpoint}: pending\nconnection .*: ready after \\d+s\n$`),
  );
});

test.each([
  [7, operation('failed', true), 'is failed'],
  [8, operation('running', false), 'is still running after'],
])('when what it changed does not get there, it exits with %i', async (code, answer, words) => {
  const api = await startFakeApi({ getOperation: answer });
  const args = ['services', 'reconcile', ids.service, '--wait', '--timeout', '200ms'];
  const outcome = await sallyport(args, { api });
  expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: '' });
  expect(outcome.stderr).toContain(words);
});

test('when it is interrupted while it waits, it says that the change goes on', async () => {
  const api = await startFakeApi({ getOperation: operation('running', false) });
  const seen = api.next('getOperation');
  const run = await startSallyport(['services', 'reconcile', ids.service, '--wait'], { api });
  await seen;
  run.child.kill('SIGINT');
  const { code, stderr } = await run.outcome;
  expect(code).toBe(130);
  expect(stderr).toContain('the change goes on without it.\n');
  expect(stderr).toContain(`next: Go on with: sallyport wait operation ${ids.operation}\n`);
});

test.each([
  [['--timeout', '5m'], '--timeout is for --wait'],
  [['--wait', '--timeout', '5'], 'not a duration'],
  [['--wait', '--dry-run'], 'cannot be used with'],
])('when %j is typed, it is 2 and nothing is sent', async (flags, words) => {
  const api = await startFakeApi();
  const { code, stderr } = await sallyport([...accept, ...flags], { api });
  expect({ code, asked: api.asked }).toEqual({ code: 2, asked: [] });
  expect(stderr).toContain(words);
});
