import { expect, test } from 'vitest';
import { checkMarkdown } from './markdown.ts';

const errors =
  '# Errors\n\n## not_found\n\n## What to do, and `when`?\n\n## What to do\n\n## What to do\n';

test.each([
  '[a](docs/errors.md)',
  '[a](docs/errors.md#not_found)',
  '[a](docs/errors.md#what-to-do-and-when)',
  '[a](docs/errors.md#what-to-do-1)',
  '[a](docs/)',
  '[a](docs)',
  '[a](#readme)',
  '[a](https://example.com/nowhere)',
  '[a](mailto:security@vendor.example)',
  '![drawing](docs/drawing.svg "A drawing")',
  '[a][b]\n\n[b]: docs/errors.md',
  '`[a](nowhere.md)`',
  '```\n[a](nowhere.md)\n```',
  '<!-- [a](nowhere.md) -->',
])('when the README says %s, it passes', (text) => {
  expect(messages(text)).toEqual([]);
});

test.each([
  ['[a](docs/nowhere.md)', 'docs/nowhere.md: there is no docs/nowhere.md'],
  ['[a](docs/errors.md#gone)', 'docs/errors.md#gone: docs/errors.md has no heading #gone'],
  ['[a](#gone)', '#gone: README.md has no heading #gone'],
  ['[a](../outside.md)', '../outside.md: there is no ../outside.md'],
  ['[a](/docs/errors.md)', "/docs/errors.md: link from the file's own folder, not from /"],
  ['![a](docs/gone.svg)', 'docs/gone.svg: there is no docs/gone.svg'],
  ['[a][b]\n\n[b]: docs/gone.md', 'docs/gone.md: there is no docs/gone.md'],
  ['<img src="gone.png">', 'gone.png: there is no gone.png'],
])('when the README says %s, it fails: %s', (text, message) => {
  expect(messages(text)).toEqual([message]);
});

test('when a link stands after code, its line is the one in the file', () => {
  const text = '# Readme\n\n```sh\nls\n```\n\n[a](gone.md)\n';
  const findings = checkMarkdown([{ path: 'README.md', text }], new Set(['README.md']));
  expect(findings).toMatchObject([{ path: 'README.md', line: 7 }]);
});

test('when two decisions have one number, or a heading has another, it says so', () => {
  const files = [
    { path: 'docs/decisions/0001-one.md', text: '# 1. One\n' },
    { path: 'docs/decisions/0002-two.md', text: '# 2. Two\n' },
    { path: 'docs/decisions/0002-three.md', text: '# 3. Three\n' },
  ];
  const findings = checkMarkdown(files, new Set(files.map(({ path }) => path)));
  expect(findings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'docs/decisions/0002-three.md: 0002 is taken: give it the next one',
    'docs/decisions/0002-three.md: it must begin with "# 2. "',
  ]);
});

function messages(text: string): string[] {
  const files = [
    { path: 'README.md', text: `# Readme\n\n${text}\n` },
    { path: 'docs/errors.md', text: errors },
  ];
  const paths = new Set(['README.md', 'docs/errors.md', 'docs/drawing.svg']);
  return checkMarkdown(files, paths).map(({ message }) => message);
}
