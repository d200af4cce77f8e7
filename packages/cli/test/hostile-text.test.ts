import { expect, test } from 'vitest';
import { disarm, disarmLines, jsonText } from '../src/output/disarm.ts';
import { changed, page, problem, startFakeApi } from './fake-api.ts';
import { sallyport } from './harness.ts';
import { resources } from './resources.ts';
import { inTurns } from './turns.ts';

/** Each does something to a terminal, or to the reader, that text has no business to do. */
const corpus = {
  'colour that never ends': '\u001b[31mred',
  'cursor over what was said': 'safe\u001b[2K\u001b[1Aevil',
  'clear screen': '\u001b[2J\u001b[H',
  'window title': '\u001b]0;pwned\u0007',
  'clipboard (OSC 52)': '\u001b]52;c;ZXZpbA==\u0007',
  'link elsewhere (OSC 8)': '\u001b]8;;https://evil.example\u001b\\here\u001b]8;;\u001b\\',
  'device query': '\u001b[6n\u001b[c\u0005',
  'DCS, PM, APC': '\u001bPq#0\u001b\\\u001b^x\u001b\\\u001b_y\u001b\\',
  'one byte CSI and OSC': '\u009b31m\u009d0;x\u009c',
  'overwriting line': 'accept\rreject',
  'forged line': 'x\nerror: all is well',
  backspaces: 'evil\b\b\b\bgood',
  'bell and null': '\u0007\u0000',
  'delete character': '\u007f',
  'turned direction': 'file\u202egpj.exe\u202c \u2066x\u2069',
  'other line ends': 'a\u2028b\u2029c\u0085d',
  'vertical and form feed': '\u000b\u000c',
  'shift out': '\u000e\u000f',
};

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const ARMED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
const texts = Object.values(corpus);

test.each(Object.entries(corpus))('when a text has a %s, it is disarmed', (_, text) => {
  expect(disarm(text)).not.toMatch(ARMED);
  expect(disarm(text)).not.toContain('\n');
  expect(disarmLines(text).replaceAll('\t', '')).not.toMatch(ARMED);
  expect(jsonText({ [text]: text })).not.toMatch(ARMED);
  expect(JSON.parse(jsonText({ [text]: text }))).toEqual({ [text]: text });
});

test('when a text is harmless, it stays as it is', () => {
  const text = 'Zoë — 株式会社 👩‍👩‍👧‍👦 e\u0301 `code` "quoted" \\ ~';
  expect(disarm(text)).toBe(text);
});

test('when names in a table are hostile, each stays on its line and is harmless', async () => {
  const items = texts.map((name) => ({ ...resources.Customer, name, external_id: name }));
  const api = await startFakeApi({ listCustomers: { ...page(items), foreign: true } });
  const { stdout } = await sallyport(['customers', 'list'], { api });
  expect(stdout).not.toMatch(ARMED);
  expect(stdout.trimEnd().split('\n')).toHaveLength(items.length + 1);
});

test('when a hostile list is written for programs, it is harmless in each format', async () => {
  const items = texts.map((name) => ({ ...resources.Customer, name, external_id: name, id: name }));
  const api = await startFakeApi({ listCustomers: { ...page(items), foreign: true } });
  const formats = ['wide', 'json', 'yaml', 'csv', 'ndjson', 'name'];
  const outcomes = await inTurns(
    formats.map((format) => ({
      args: ['customers', 'list', '-o', format],
      surroundings: { api },
    })),
  );
  for (const [index, { stdout }] of outcomes.entries()) {
    expect({ format: formats[index], text: stdout.replaceAll('\r\n', '\n') }).toEqual({
      format: formats[index],
      text: expect.not.stringMatching(ARMED) as string,
    });
  }
});

test('when a resource is hostile in values, keys and times, it is harmless', async () => {
  const metadata = Object.fromEntries(texts.map((text) => [text, text]));
  const dates = { offboarding_since: null };
  const api = await startFakeApi({ getCustomer: changed('Customer', { metadata, ...dates }) });
  const table = await sallyport(['customers', 'get', 'acme'], { api });
  expect(table.stdout).not.toMatch(ARMED);
  const json = await sallyport(['customers', 'get', 'acme', '-o', 'json'], { api });
  expect(json.stdout).not.toMatch(ARMED);
  expect(JSON.parse(json.stdout)).toMatchObject({ metadata });
});

test('when a diagnosis is hostile, it is harmless', async () => {
  const next = { actor: texts[0]!, action: texts[1]!, command: texts[4]! };
  const checks = texts.map((text) => ({ name: text, result: text, evidence: text, next }));
  const members = { summary: texts.join(' '), works: texts[2], turn: texts[3], next, checks };
  const api = await startFakeApi({
    diagnoseConnection: { ...changed('Diagnosis', members), foreign: true },
  });
  const { stdout } = await sallyport(['diagnose', 'con_1'], { api });
  expect(stdout).not.toMatch(ARMED);
});

test('when an error is hostile, it is harmless and keeps to its line', async () => {
  const detail = texts.join(' ');
  const remediation = { actor: texts[0]!, action: texts[1]!, command: texts[4]! };
  const members = { detail, remediation, errors: [{ pointer: texts[2]!, detail: texts[3]! }] };
  const api = await startFakeApi({
    getCustomer: { ...problem(409, 'in_use', members), foreign: true },
  });
  const { stderr } = await sallyport(['customers', 'get', 'acme'], { api });
  expect(stderr).not.toMatch(ARMED);
  expect(stderr.trimEnd().split('\n')).toHaveLength(4);
  const traced = await sallyport(['customers', 'get', 'acme', '--debug'], { api });
  expect(traced.stderr).not.toMatch(ARMED);
});

test('when what was typed is hostile, the answer is harmless', async () => {
  const typed = texts.filter((text) => !text.includes('\u0000'));
  for (const text of typed.slice(0, 4)) {
    expect((await sallyport([text])).stderr).not.toMatch(ARMED);
    expect((await sallyport(['customers', 'list', `--${text}`])).stderr).not.toMatch(ARMED);
  }
});
