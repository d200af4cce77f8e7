import { expect, test } from 'vitest';
import { checkSizes, limits } from './sizes.ts';
import { parseFiles } from './syntax.ts';

test('when a file is as long as it may be, it passes', () => {
  expect(messages('packages/api/src/a.ts', lines(limits.fileLines))).toEqual([]);
  expect(messages('packages/api/test/a.test.ts', lines(limits.testFileLines))).toEqual([]);
});

test('when a file is one line longer, it fails', () => {
  expect(messages('packages/api/src/a.ts', lines(limits.fileLines + 1))).toEqual([
    '301 lines, more than 300: split it by noun or by verb',
  ]);
  expect(messages('packages/api/test/a.test.ts', lines(limits.testFileLines + 1))).toHaveLength(1);
});

test('when a line has 101 characters, it fails, and 100 arrows pass', () => {
  expect(messages('a.ts', `// ${'x'.repeat(98)}`)).toEqual(['101 characters, more than 100']);
  expect(messages('a.ts', `// ${'→'.repeat(97)}`)).toEqual([]);
});

test('when a comment is one long address, it passes', () => {
  expect(messages('a.ts', `// https://docs.aws.amazon.com/${'x'.repeat(100)}`)).toEqual([]);
});

test('when a function of any kind has 71 lines, it fails at its first line', () => {
  const body = lines(limits.functionLines - 1);
  for (const opening of ['function f() {', 'const f = () => {', 'const f = function () {']) {
    const findings = check('a.ts', `\n${opening}\n${body}\n}`);
    expect(findings).toEqual([
      { path: 'a.ts', line: 2, message: 'a function of 71 lines, more than 70' },
    ]);
  }
  expect(messages('a.ts', `class A {\n  m() {\n${body}\n  }\n}`)).toHaveLength(1);
});

test('when a function has 70 lines, it passes', () => {
  expect(messages('a.ts', `function f() {\n${lines(limits.functionLines - 2)}\n}`)).toEqual([]);
});

test('when tests are grouped, the group has no limit but each test has', () => {
  const long = lines(limits.functionLines);
  expect(messages('a.test.ts', `describe('a', () => {\n${long}\n});`)).toEqual([]);
  expect(messages('a.test.ts', `describe.each([])('a', () => {\n${long}\n});`)).toEqual([]);
  expect(messages('a.test.ts', `test('a', () => {\n${long}\n});`)).toHaveLength(1);
});

function lines(count: number): string {
  return Array.from({ length: count }, () => 'x;').join('\n');
}

function check(path: string, text: string): ReturnType<typeof checkSizes> {
  return checkSizes(parseFiles([{ path, text }]).parsed);
}

function messages(path: string, text: string): string[] {
  return check(path, text).map(({ message }) => message);
}
