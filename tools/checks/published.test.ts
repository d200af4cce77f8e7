import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkPublished } from './published.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'published-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const both = (name: string) => ({
  import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
  require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
});
const sound = {
  name: 'sound',
  version: '1.0.0',
  license: 'MIT',
  type: 'module',
  main: './dist/a.cjs',
  types: './dist/a.d.cts',
  exports: { '.': both('a') },
  files: ['dist'],
};

beforeEach(async () => {
  const written: Record<string, string> = {
    'README.md': '# sound',
    'dist/a.js': 'export const a = 1;',
    'dist/a.cjs': 'exports.a = 1;',
    'dist/a.d.ts': 'export declare const a = 1;',
    'dist/a.d.cts': 'export declare const a = 1;',
  };
  await mkdir(path.join(root, 'one/dist'), { recursive: true });
  for (const [name, text] of Object.entries(written)) {
    await writeFile(path.join(root, 'one', name), text);
  }
});

async function messages(manifest: object): Promise<string[]> {
  await writeFile(path.join(root, 'one/package.json'), JSON.stringify(manifest));
  const findings = await checkPublished(root, ['one']);
  expect(findings.every(({ path: file }) => file === 'one/package.json')).toBe(true);
  return findings.map(({ message }) => message);
}

test('when types and code are there for both ways to import, it passes', async () => {
  expect(await messages(sound)).toEqual([]);
});

test('when a file that the manifest names is not published, it says which', async () => {
  const told = await messages({ ...sound, exports: { '.': both('a'), './b': both('b') } });
  expect(told.join()).toContain('./dist/b.js');
});

test('when CommonJS finds types of ES modules, it says so', async () => {
  const { import: esm, require: cjs } = both('a');
  const exports = { '.': { import: esm, require: { ...cjs, types: esm.types } } };
  expect((await messages({ ...sound, exports })).join()).toContain('FalseESM');
});

test('when a package is for import alone, CommonJS has nothing to find', async () => {
  const { import: esm } = both('a');
  const { main: _main, ...rest } = sound;
  expect(await messages({ ...rest, types: esm.types, exports: { '.': esm } })).toEqual([]);
});
