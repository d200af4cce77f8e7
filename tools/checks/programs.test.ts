import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkContract, checkFormat, checkLint, checkTypes, toFindings } from './programs.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const settings = ['package.json', '.oxlintrc.json', 'biome.json', 'redocly.yaml', 'tsconfig.json'];
const packages = ['packages/sdk', 'packages/cli'];
const anywhere = 'packages/sdk/tsconfig.anywhere.json';
let root: string;

// A repository of its own with our settings: what is shown here is what they refuse.
beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'programs-'));
  await fs.symlink(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  const manifests = [...packages.map((folder) => `${folder}/tsconfig.json`), anywhere];
  for (const file of [...settings, 'tsconfig.base.json', ...manifests]) {
    await write(file, await fs.readFile(path.join(repository, file), 'utf8'));
  }
  for (const folder of packages) await write(`${folder}/src/index.ts`, 'export const one = 1;\n');
  await write('tools/good.ts', "export const name = 'good';\n");
});

afterEach(async () => fs.rm(root, { recursive: true }));

test('when all is well, types, lint and format pass', async () => {
  expect(await checkTypes(root)).toEqual([]);
  expect(await checkLint(root, ['tools'])).toEqual([]);
  expect(await checkFormat(root, ['tools'])).toEqual([]);
});

test('when a type is wrong in a package or a tool, it fails there', async () => {
  await write('tools/bad.ts', "export const one: number = 'one';\n");
  await write('packages/sdk/src/index.ts', "\nexport const one: number = 'one';\n");
  const findings = await checkTypes(root);
  expect(findings.map(({ path: file, line }) => `${file}:${line}`).sort()).toEqual([
    'packages/sdk/src/index.ts:2',
    'tools/bad.ts:1',
  ]);
});

test.each([
  ['no-floating-promises', 'Promise.resolve();\n'],
  ['no-explicit-any', 'export const a: any = 1;\n'],
  ['no-default-export', 'export default 1;\n'],
  ['switch-exhaustiveness-check', exhaustive()],
])('when code breaks %s, lint fails there', async (rule, text) => {
  await write('tools/bad.ts', text);
  const findings = await checkLint(root, ['tools']);
  expect(findings[0]).toMatchObject({ path: 'tools/bad.ts' });
  expect(findings[0]?.message).toContain(rule);
});

test('when an operation of the contract says nothing of failures, that is told', async () => {
  const contract = JSON.parse(await fs.readFile(path.join(repository, 'openapi.json'), 'utf8'));
  await write('openapi.json', JSON.stringify(contract));
  expect(await checkContract(root)).toEqual([]);
  delete contract.paths['/v1/grants'].get.responses['4XX'];
  await write('openapi.json', JSON.stringify(contract));
  expect(await checkContract(root)).toEqual([
    { path: 'openapi.json', line: 1, message: expect.stringContaining('`4XX` response') },
  ]);
});

test('when a file is not formatted, it fails and says what to run', async () => {
  await write('tools/bad.ts', 'export const a = "double"\n');
  expect(await checkFormat(root, ['tools'])).toEqual([
    { path: 'tools/bad.ts', message: 'is not formatted. Run: pnpm exec biome format --write .' },
  ]);
});

test('when a program fails without a line we know, all it said is told', () => {
  const unknown = /^no such line$/;
  expect(toFindings(root, { code: 2, output: 'crashed\nbadly\n' }, unknown)).toEqual([
    { message: 'crashed\nbadly' },
  ]);
  expect(toFindings(root, { code: 2, output: '' }, unknown)).toEqual([
    { message: 'failed with code 2' },
  ]);
  expect(toFindings(root, { code: 0, output: 'fine' }, unknown)).toEqual([]);
});

function exhaustive(): string {
  return `export function f(a: 'x' | 'y'): number {
  switch (a) {
    case 'x':
      return 1;
  }
  return 2;
}
`;
}

async function write(file: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await fs.writeFile(path.join(root, file), text);
}
