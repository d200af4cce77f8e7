import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { steps } from './steps.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const simulator = 'packages/aws-simulator';
let root: string;

beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'steps-'));
  await fs.symlink(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  for (const file of ['package.json', 'tsconfig.base.json', `${simulator}/tsconfig.json`]) {
    await write(file, await fs.readFile(path.join(repository, file), 'utf8'));
  }
});

afterEach(async () => fs.rm(root, { recursive: true }));

test('when a package compiles, its output is there, that of removed sources is not', async () => {
  await write(`${simulator}/src/index.ts`, "export { one } from './one.ts';\n");
  await write(`${simulator}/src/one.ts`, 'export const one = 1;\n');
  await write(`${simulator}/dist/gone.js`, '');
  await write(`${simulator}/dist/gone.d.ts`, '');
  await buildSimulator();
  const built = await fs.readdir(path.join(root, simulator, 'dist'));
  expect(built.sort()).toEqual(['index.d.ts', 'index.js', 'one.d.ts', 'one.js']);
});

test('when a package does not compile, it throws what the compiler said', async () => {
  await write(`${simulator}/src/index.ts`, "export const one: number = 'one';\n");
  await expect(buildSimulator()).rejects.toThrow(/src\/index\.ts.*TS2322/s);
});

async function buildSimulator(): Promise<void> {
  const step = steps.find(({ name }) => name === 'aws-simulator');
  await step!.run(root);
}

async function write(file: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await fs.writeFile(path.join(root, file), text);
}
