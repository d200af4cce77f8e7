import { expect, test } from 'vitest';
import { dangers } from '../src/commands/dangers.ts';
import { commands } from '../src/generated/commands.ts';
import { startFakeApi } from './fake-api.ts';
import { sallyport } from './harness.ts';
import { needsTerminal, onTerminal } from './pseudo-terminal.ts';
import { ids, resources } from './resources.ts';

const reject = ['connections', 'reject', ids.endpoint];
const question = `Type ${ids.endpoint} to go on: `;

test('when an operation may cut somebody off, or cannot be taken back, it asks first', () => {
  const dangerous = Object.keys(commands).filter((id) =>
    /^(adopt|delete|revoke|reject|retire|suspend|offboard)/.test(id),
  );
  expect([...dangers].sort()).toEqual(dangerous.sort());
});

test('when there is no terminal, it does not wait for an answer but asks for --yes', async () => {
  const api = await startFakeApi();
  const { code, stderr } = await sallyport(reject, { api, stdin: `${ids.endpoint}\n` });
  expect({ code, asked: api.asked }).toEqual({ code: 2, asked: [] });
  expect(stderr).toContain('next: Add --yes');
});

test('when --yes is given, it asks nothing', async () => {
  const api = await startFakeApi();
  const { code } = await sallyport([...reject, '--yes'], { api });
  expect({ code, asked: api.asked.length }).toEqual({ code: 0, asked: 1 });
});

test('when it is only validated, it asks nothing', async () => {
  const api = await startFakeApi();
  const { code, stderr } = await sallyport([...reject, '--dry-run'], { api });
  expect({ code, query: api.asked[0]?.query }).toEqual({
    code: 0,
    query: { validate_only: 'true' },
  });
  expect(stderr).toContain('Dry run: nothing was kept.');
});

test('when it is only validated, it says what would follow in AWS', async () => {
  const change = {
    action: 'change_principals',
    endpoint_service_id: 'svc_1',
    request: { add: [], remove: ['arn:aws:iam::222222222222:root'] },
    held_up_by: ['principals_observed'],
  };
  const said = async (plan: object) => {
    const headers = { 'sallyport-plan': JSON.stringify(plan) };
    const api = await startFakeApi({ rejectConnection: { headers, body: resources.Connection } });
    return (await sallyport([...reject, '--dry-run'], { api })).stderr;
  };
  expect(await said({ changes: [change], more: 3 })).toContain(
    'change_principals of svc_1: remove arn:aws:iam::222222222222:root, ' +
      'held up by principals_observed\n  … and 3 more',
  );
  expect(await said({ changes: [], more: 0 })).toContain('In AWS, nothing would be changed.');
});

test('when the name is typed, it goes on', async (context) => {
  needsTerminal(context);
  const api = await startFakeApi();
  const dialogue = [[question, `${ids.endpoint}\r`]] as const;
  const { code, text } = await onTerminal(reject, { api, dialogue });
  expect({ code, asked: api.asked.length }).toEqual({ code: 0, asked: 1 });
  expect(text).toContain('Cut a connection off.');
});

test.each([
  ['something else', 'yes\r', 1],
  ['nothing', '\r', 1],
  ['the end of the input', '\u0004', 1],
  ['Ctrl-C', '\u0003', 130],
])('when %s is typed, nothing is changed', async (_, typed, expected) => {
  const api = await startFakeApi();
  const { code } = await onTerminal(reject, { api, dialogue: [[question, typed]] });
  expect({ code, asked: api.asked }).toEqual({ code: expected, asked: [] });
});
