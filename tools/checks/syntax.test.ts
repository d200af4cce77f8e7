import { expect, test } from 'vitest';
import { dottedName, parseFiles, walk } from './syntax.ts';

test('when a file imports in any way, each import is found with its line', () => {
  const text = `import { a, type B } from './a.ts';
import type { C } from './c.ts';
import 'side-effect';
export * from './d.ts';
export type { E } from './e.ts';
import * as f from 'node:fs';
const g = await import('./g.ts');
const h = await import(g.name);
`;
  const [file] = parseFiles([{ path: 'x.ts', text }]).parsed;
  const found = file!.imports.map(
    ({ line, specifier, typeOnly }) => `${line} ${specifier}${typeOnly ? ' type' : ''}`,
  );
  expect(found.sort()).toEqual([
    '1 ./a.ts',
    '2 ./c.ts type',
    '3 side-effect',
    '4 ./d.ts',
    '5 ./e.ts type',
    '6 node:fs',
    '7 ./g.ts',
  ]);
});

test('when a file is not valid syntax, it is a finding, and others are parsed', () => {
  const { parsed, findings } = parseFiles([
    { path: 'bad.ts', text: 'const a = 1;\nconst = 2;\n' },
    { path: 'good.ts', text: 'const a = 1;\n' },
  ]);
  expect(parsed.map(({ path }) => path)).toEqual(['good.ts']);
  expect(findings).toMatchObject([{ path: 'bad.ts', line: 2 }]);
});

test('when a chain of plain names is met, it is told as text', () => {
  const text = 'process.env.HOME; import.meta.url; a[0].b; f().c;';
  const [file] = parseFiles([{ path: 'x.ts', text }]).parsed;
  const names: (string | undefined)[] = [];
  walk(file!.program, (node) => {
    if (node.type === 'ExpressionStatement') names.push(dottedName(node['expression']));
  });
  expect(names).toEqual(['process.env.HOME', 'import.meta.url', undefined, undefined]);
});
