import { expect, test } from 'vitest';
import { lineForOthers } from '../src/input/shell-line.ts';
import { type Answers, changed, type FakeApi, page, problem, startFakeApi } from './fake-api.ts';
import { inOneProcess } from './one-process.ts';
import { needsTerminal, onTerminal, plain } from './pseudo-terminal.ts';
import { ids, resources } from './resources.ts';

const claimed: Answers = { listAccounts: page([{ ...resources.Account, standing: 'claimed' }]) };

/** What was decided, and not only tried. */
function asked(api: FakeApi): string[] {
  return api.asked
    .filter(({ operation, query }) => /accept|reject/.test(operation) && !query.validate_only)
    .map(({ operation }) => operation);
}

test('when the account is trusted, accepting says whose it is and asks nothing', async () => {
  const api = await startFakeApi();
  const args = ['accept', ids.endpoint, '--reason', 'By phone'];
  const { code, stderr } = await inOneProcess(args, { api });
  expect({ code, asked: asked(api) }).toEqual({ code: 0, asked: ['acceptConnection'] });
  expect(api.asked.at(-1)!.body).toEqual({ reason: 'By phone' });
  const { name, external_id: key } = resources.Customer;
  expect(stderr).toContain(`${ids.endpoint} of ${name} (${key}), account 222222222222, proven`);
});

test('when nothing proves the account, accepting asks; without a terminal it refuses', async () => {
  const api = await startFakeApi(claimed);
  const { code, stderr } = await inOneProcess(['accept', ids.endpoint], { api });
  expect({ code, asked: asked(api) }).toEqual({ code: 2, asked: [] });
  expect(stderr).toContain('claimed');
  expect((await inOneProcess(['accept', ids.endpoint, '--yes'], { api })).code).toBe(0);
});

test('when clients may be connected, rejecting says so and has the id typed', async (context) => {
  needsTerminal(context);
  const api = await startFakeApi();
  const dialogue = [['to go on: ', `${ids.endpoint}\n`]] as const;
  const { code, text } = await onTerminal(['reject', ids.endpoint], { api, dialogue });
  expect({ code, asked: asked(api) }).toEqual({ code: 0, asked: ['rejectConnection'] });
  expect(plain(text)).toContain('rejecting cuts them off at once');
  const waits = await startFakeApi({
    getConnection: changed('Connection', { state: 'pendingAcceptance' }),
  });
  const other = [['to go on: ', 'no\n']] as const;
  const screen = await onTerminal(['reject', ids.endpoint], { api: waits, dialogue: other });
  expect(plain(screen.text)).not.toContain('cuts them off');
  expect({ code: screen.code, asked: asked(waits) }).toEqual({ code: 1, asked: [] });
});

test('when what is named is no connection, it says what it is', async () => {
  const api = await startFakeApi();
  const { code, stderr } = await inOneProcess(['accept', resources.Customer.external_id], { api });
  expect(code).toBe(2);
  const key = resources.Customer.external_id;
  expect(stderr).toBe(
    `error: ${key} is a customer, and not a connection.\nnext: sallyport who ${key}\n`,
  );
  const left = await inOneProcess(['offboard', ids.endpoint], { api });
  expect(left.stderr).toContain(`${ids.endpoint} is a connection, and not a customer.`);
});

test('when it is a dry run, nothing is asked of the person', async () => {
  const api = await startFakeApi();
  const { code } = await inOneProcess(['reject', ids.endpoint, '--dry-run'], { api });
  expect(code).toBe(0);
  expect(api.asked.find(({ operation }) => operation === 'rejectConnection')!.query).toEqual({
    validate_only: 'true',
  });
});

const refused = {
  acceptConnection: problem(403, 'forbidden', {
    detail: 'The role `support` may not do this; it takes `operator`.',
  }),
};

test('when the role may not accept, it says which may, and what that one is to paste', async () => {
  const api = await startFakeApi(refused);
  const args = ['accept', ids.endpoint, '--reason', "It's INC-7"];
  const { code, stderr } = await inOneProcess(args, { api });
  expect(code).toBe(4);
  expect(stderr).toContain(
    'The role `support` may not do this; it takes `operator`. (forbidden)\n',
  );
  expect(stderr).toContain(
    'next: Page somebody who has that role, and send this to be pasted:\n' +
      `  sallyport accept ${ids.endpoint} --reason 'It'\\''s INC-7'\n`,
  );
});

test('when what is typed is of this person alone, as an answer is, it is not handed on', () => {
  const typed = ['--profile', 'me', 'accept', 'vpce-1', '--debug=curl', '--profile=me', '--yes'];
  expect(lineForOthers(typed)).toBe('sallyport accept vpce-1');
});

test('when the role may not, nobody is asked to type an id first', async (context) => {
  needsTerminal(context);
  const api = await startFakeApi({ ...claimed, ...refused });
  const { code, text } = await onTerminal(['accept', ids.endpoint], { api });
  expect(code).toBe(4);
  expect(plain(text)).not.toContain('to go on: ');
});
