import { expect, test } from 'vitest';
import { parseFiles } from './syntax.ts';
import { checkMachinePaths, checkWords } from './words.ts';

test('when names and comments say what they are, they pass', () => {
  const text = `
    // Reads a secret from AWS Secrets Manager, as a package manager would. See TODO(#12).
    import { utils, TransactionManager } from 'elsewhere';
    /** Ipv4 addresses. */
    type IPv4Range = string;
    type IPv6Range = string;
    const text = 'FIXME is only text here';
    export function managed(utilization: number) { return utils.helper(utilization); }`;
  expect(messages('packages/api/src/ids.ts', text)).toEqual([]);
});

test.each([
  '// FIXME later',
  '/* XXX */',
  '// a HACK',
  '// TODO write it',
  '// a little helper',
  '// the connection manager',
  '// string utils',
])('when a comment is %s, it fails', (comment) => {
  expect(messages('a.ts', `${comment}\nconst a = 1;`)).toHaveLength(1);
});

test.each([
  'const stringUtils = 1;',
  'function helper() {}',
  'class ConnectionManager {}',
  'interface Helpers {}',
  'type T = { retryHelper: string };',
  'class A { managerOf() {} }',
  'function f(dateUtil: string) {}',
  'interface IConnection {}',
  'type IName = string;',
])('when a name is given as in %s, it fails', (text) => {
  expect(messages('a.ts', text)).toHaveLength(1);
});

test('when a finding is about a comment, its line is that of the word', () => {
  const [file] = parseFiles([{ path: 'a.ts', text: 'a;\n/*\n * FIXME\n */' }]).parsed;
  expect(checkWords([file!])).toMatchObject([{ path: 'a.ts', line: 3 }]);
});

test('when a file or folder is named after nothing, it fails', () => {
  for (const path of ['src/utils/a.ts', 'src/test-helpers.ts', 'src/common.ts', 'src/fooBar.ts']) {
    expect(messages(path, '')).toHaveLength(1);
  }
  expect(messages('packages/api/src/endpoint-service.test.ts', '')).toEqual([]);
});

test.each([
  'test.skip("a", () => {});',
  'it.only("a", () => {});',
  'describe.skip("a", () => {});',
  'describe.only.each([1])("a", () => {});',
  'test.todo("a");',
  'test("a", (context) => { context.skip(); });',
])('when a test does not run, as in %s, it fails', (text) => {
  expect(messages('a.test.ts', text)).toHaveLength(1);
});

test('when a test is skipped for a reason that is printed, it passes', () => {
  const text = 'test("a", (context) => { context.skip(off, "no Docker here"); }); list.skip(3);';
  expect(messages('a.test.ts', text)).toEqual([]);
});

test('when any text names a place on one machine, it fails', () => {
  // Put together here, so that this file does not fail itself.
  for (const folder of ['home/anna', 'Users/anna', 'root/x', 'work/main']) {
    const text = `first\nsee \`/${folder}/notes.md\`\n`;
    expect(checkMachinePaths([{ path: 'README.md', text }])).toEqual([
      { path: 'README.md', line: 2, message: `/${folder} is a path of one machine` },
    ]);
  }
});

test('when a text names places that every machine has, or an address, it passes', () => {
  const text = 'cd /tmp/x; ls /etc/hosts; https://example.com/home/page; GET /v1/users/root/x';
  expect(checkMachinePaths([{ path: 'README.md', text }])).toEqual([]);
});

function messages(path: string, text: string): string[] {
  return checkWords(parseFiles([{ path, text }]).parsed).map(({ message }) => message);
}
