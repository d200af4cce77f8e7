import { expect, test } from 'vitest';
import { checkEnvironment } from './environment.ts';
import { parseFiles } from './syntax.ts';

const reading = [
  'const home = process.env.HOME;',
  "const home = process.env['HOME'];",
  'const all = { ...process.env };',
  'const { env } = process;',
  'globalThis.process.env;',
  "import { env } from 'node:process';",
];

test.each(reading)('when a file in the middle of a package says %s, it fails', (text) => {
  expect(messages('packages/api/src/http/a.ts', text)).toEqual([
    'process.env is read only in config.ts or main.ts of a package',
  ]);
  expect(messages('packages/sdk/src/a.ts', text)).toHaveLength(1);
});

test.each(reading)('when config, main, a test or a tool says %s, it passes', (text) => {
  expect(messages('packages/api/src/config.ts', text)).toEqual([]);
  expect(messages('packages/cli/src/main.ts', text)).toEqual([]);
  expect(messages('packages/api/test/a.test.ts', text)).toEqual([]);
  expect(messages('tools/a.ts', text)).toEqual([]);
});

test('when a file has something else called env, it passes', () => {
  expect(messages('packages/api/src/http/a.ts', 'settings.env; process.pid;')).toEqual([]);
});

test.each([
  '"select id from accounts"',
  '`\n  SELECT *\n  FROM accounts WHERE id = ${id}`',
  "'insert into accounts values ($1)'",
  '`update ${table} set a = 1`',
  "'delete from accounts'",
  "'with due as (select 1) select * from due'",
])('when SQL such as %s is outside storage, it fails', (sql) => {
  const text = `const sql = ${sql};`;
  expect(messages('packages/api/src/usecases/a.ts', text)).toEqual([
    'SQL is in packages/api/src/storage only',
  ]);
  expect(messages('packages/api/src/storage/a.ts', text)).toEqual([]);
});

test('when a sentence uses the same words, it passes', () => {
  const text = `const a = 'Select a service. Update the set.'; const b = 'delete the grant';`;
  expect(messages('packages/api/src/domain/a.ts', text)).toEqual([]);
});

function messages(path: string, text: string): string[] {
  return checkEnvironment(parseFiles([{ path, text }]).parsed).map(({ message }) => message);
}
