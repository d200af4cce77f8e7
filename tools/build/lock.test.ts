import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.ts';

let folder: string;
let holder: ChildProcess | undefined;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'lock-'));
});

afterEach(async () => {
  holder?.kill('SIGKILL');
  await fs.rm(folder, { recursive: true });
});

test('when another process holds the lock for too long, it says so', async () => {
  const file = path.join(folder, 'lock');
  holder = await holdElsewhere(file);
  await expect(withLock(file, { timeoutMs: 50 }, async () => 'in')).rejects.toThrow(
    'another process still holds',
  );
});

test('when the holder is killed, the lock is free', async () => {
  const file = path.join(folder, 'lock');
  holder = await holdElsewhere(file);
  const waiting = withLock(file, { timeoutMs: 10_000 }, async () => 'in');
  holder.kill('SIGKILL');
  expect(await waiting).toBe('in');
});

test('when the work throws, the lock is free again', async () => {
  const file = path.join(folder, 'lock');
  const failing = withLock(file, { timeoutMs: 0 }, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await withLock(file, { timeoutMs: 0 }, async () => 'in')).toBe('in');
});

async function holdElsewhere(file: string): Promise<ChildProcess> {
  const code = `
    const { withLock } = await import(${JSON.stringify(path.join(import.meta.dirname, 'lock.ts'))});
    await withLock(${JSON.stringify(file)}, { timeoutMs: 0 }, () => {
      console.log('held');
      return new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
