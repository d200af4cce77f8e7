import { expect, test } from 'vitest';
import { checkCycles } from './cycles.ts';
import { parseFiles } from './syntax.ts';

test('when imports only go down, it passes', () => {
  const files = { 'src/a.ts': ['./b.ts', './c.ts'], 'src/b.ts': ['./c.ts'], 'src/c.ts': [] };
  expect(cycles(files)).toEqual([]);
});

test('when files import each other, it fails and names the way around', () => {
  const files = {
    'src/a.ts': ['./deep/b.ts'],
    'src/deep/b.ts': ['./c.ts'],
    'src/deep/c.ts': ['./b.ts'],
  };
  expect(cycles(files)).toEqual([
    'imports itself: src/deep/b.ts -> src/deep/c.ts -> src/deep/b.ts',
  ]);
});

test('when there are two cycles, it names both, each once', () => {
  const files = {
    'a.ts': ['./b.ts', './c.ts'],
    'b.ts': ['./a.ts'],
    'c.ts': ['./d.ts'],
    'd.ts': ['./c.ts'],
  };
  expect(cycles(files)).toEqual([
    'imports itself: a.ts -> b.ts -> a.ts',
    'imports itself: c.ts -> d.ts -> c.ts',
  ]);
});

test('when a cycle is of types only, it fails too', () => {
  const { parsed } = parseFiles([
    { path: 'a.ts', text: "import type { B } from './b.ts';" },
    { path: 'b.ts', text: "import type { A } from './a.ts';" },
  ]);
  expect(checkCycles(parsed)).toHaveLength(1);
});

function cycles(files: Record<string, string[]>): string[] {
  const sources = Object.entries(files).map(([path, imports]) => ({
    path,
    text: imports.map((specifier) => `import '${specifier}';`).join('\n'),
  }));
  return checkCycles(parseFiles(sources).parsed).map(({ message }) => message);
}
