import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isHandWritten, isTest, readRepository } from './repository.ts';

let root: string;

beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'repository-'));
});

afterEach(async () => fs.rm(root, { recursive: true }));

test('when files are new, ignored, removed or binary, the right ones are read', async () => {
  execFileSync('git', ['init', '-q'], { cwd: root });
  await write('.gitignore', 'dist/\n');
  await write('src/tracked.ts', 'tracked');
  await write('src/removed.ts', 'removed');
  await write('logo.png', 'PNG\0\0');
  execFileSync('git', ['add', '.'], { cwd: root });
  await fs.rm(path.join(root, 'src/removed.ts'));
  await write('src/new.ts', 'new');
  await write('dist/out.js', 'ignored');

  const files = await readRepository(root);
  expect(files.map((file) => file.path)).toEqual(['.gitignore', 'src/new.ts', 'src/tracked.ts']);
  expect(files[1]?.text).toBe('new');
});

test('when there is no git working tree, it says what it needs', async () => {
  await expect(readRepository(root)).rejects.toThrow('need a git working tree');
});

test('when a file is generated or no source, nobody wrote it by hand', () => {
  const handWritten = (file: string): boolean => isHandWritten({ path: file, text: '' });
  expect(handWritten('packages/api/src/app.ts')).toBe(true);
  expect(handWritten('tools/preflight.cjs')).toBe(true);
  expect(handWritten('packages/sdk/src/generated/types.ts')).toBe(false);
  expect(handWritten('README.md')).toBe(false);
});

test('when a file is below a test folder or named so, it is a test', () => {
  expect(isTest('packages/api/test/fakes/clock.ts')).toBe(true);
  expect(isTest('tools/checks/words.test.ts')).toBe(true);
  expect(isTest('packages/api/src/latest.ts')).toBe(false);
});

async function write(file: string, text: string): Promise<void> {
  await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await fs.writeFile(path.join(root, file), text);
}
