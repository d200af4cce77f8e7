import { expect, test } from 'vitest';
import { wantsColour } from '../src/output/colour.ts';
import { startFakeApi } from './fake-api.ts';
import { inTurns } from './turns.ts';

test.each<[env: Record<string, string>, onTerminal: boolean, inPipe: boolean]>([
  [{}, true, false],
  [{ TERM: 'dumb' }, false, false],
  [{ CLICOLOR: '0' }, false, false],
  [{ CLICOLOR: '1' }, true, false],
  [{ NO_COLOR: '1' }, false, false],
  [{ NO_COLOR: '0' }, false, false],
  [{ NO_COLOR: '' }, true, false],
  [{ FORCE_COLOR: '1' }, true, true],
  [{ FORCE_COLOR: 'true' }, true, true],
  [{ FORCE_COLOR: '0' }, false, false],
  [{ FORCE_COLOR: 'false' }, false, false],
  [{ FORCE_COLOR: '' }, true, false],
  [{ CLICOLOR_FORCE: '1' }, true, true],
  [{ CLICOLOR_FORCE: '0' }, true, false],
  [{ CLICOLOR_FORCE: '' }, true, false],
  [{ CLICOLOR_FORCE: '1', CLICOLOR: '0' }, true, true],
  [{ FORCE_COLOR: '1', TERM: 'dumb' }, true, true],
  [{ FORCE_COLOR: '0', CLICOLOR_FORCE: '1' }, false, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, false],
  [{ CLICOLOR_FORCE: '1', NO_COLOR: '1' }, false, false],
])('when the environment has %j, terminals have colours: %s, pipes: %s', (env, ...wanted) => {
  expect([wantsColour(env, true), wantsColour(env, false)]).toEqual(wanted);
});

test('when colours are forced in a pipe, all else is as in a pipe, and data is data', async () => {
  const api = await startFakeApi();
  const listed = (format: string, env: Record<string, string>) => {
    return { args: ['connections', 'list', '-o', format], surroundings: { api, env } };
  };
  const forced = { FORCE_COLOR: '1' };
  const formats = ['json', 'yaml', 'csv', 'ndjson', 'name'];
  const [plain, coloured, ...data] = await inTurns([
    listed('table', {}),
    listed('table', forced),
    ...formats.map((format) => listed(format, forced)),
  ]);
  expect(coloured!.stdout).toContain('\u001b[32mavailable\u001b[39m');
  // oxlint-disable-next-line no-control-regex -- control sequences are what this is about
  expect(coloured!.stdout.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain!.stdout);
  expect(data.map(({ stdout }) => stdout).join('')).not.toContain('\u001b');
});
