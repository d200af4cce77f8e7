import { expect, test } from 'vitest';
import { type Answers, changed, page, startFakeApi } from './fake-api.ts';
import { inOneProcess } from './one-process.ts';
import { needsTerminal, onTerminal, plain } from './pseudo-terminal.ts';
import { ids, resources } from './resources.ts';

const claimed: Answers = { listAccounts: page([{ ...resources.Account, standing: 'claimed' }]) };

function asked(api: { asked: { operation: string }[] }): string[] {
  return api.asked.map(({ operation }) => operation).filter((name) => /accept|reject/.test(name));
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

test('when it is a dry run, nothing is asked of the person', async () => {
  const api = await startFakeApi();
  const { code } = await inOneProcess(['reject', ids.endpoint, '--dry-run'], { api });
  expect(code).toBe(0);
  expect(api.asked.find(({ operation }) => operation === 'rejectConnection')!.query).toEqual({
    validate_only: 'true',
  });
});
