import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processesOf } from './processes.ts';

let folder: string;
let outer: ChildProcess | undefined;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'attached-'));
});

afterEach(() => {
  outer?.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true });
});

test('when the program ends, its exit code is passed on', async () => {
  const exit = start('process.exit(Number(process.argv[2]));', '7');
  expect((await exit)[0]).toBe(7);
});

test('when the program is killed, the exit code says by what', async () => {
  const exit = start("process.kill(process.pid, 'SIGKILL');");
  expect((await exit)[0]).toBe(128 + 9);
});

test('when told to end, the program ends in its own way', async () => {
  const waiting = 'setInterval(() => {}, 1000); console.log(process.pid);';
  const exit = start(`process.on('SIGTERM', () => process.exit(3)); ${waiting}`);
  await programPid();
  outer!.kill('SIGTERM');
  expect((await exit)[0]).toBe(3);
});

test('when this process is killed, the program learns it', async () => {
  const exit = start("process.on('disconnect', () => process.exit()); console.log(process.pid);");
  const pid = await programPid();
  outer!.kill('SIGKILL');
  await exit;
  await expect.poll(() => processesOf(process.platform).read(pid)).toBeUndefined();
});

test('when no program is named, it says how to use it', async () => {
  const script = path.join(import.meta.dirname, 'attached.ts');
  outer = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exit = once(outer, 'exit');
  const [said] = (await once(outer.stderr!, 'data')) as [Buffer];
  expect(String(said)).toContain('Usage: node tools/attached.ts SCRIPT');
  expect((await exit)[0]).toBe(2);
});

/** Starts a program through the script; resolves with its exit code and signal. */
function start(program: string, ...args: string[]): Promise<unknown[]> {
  const file = path.join(folder, 'program.cjs');
  fs.writeFileSync(file, program);
  const script = path.join(import.meta.dirname, 'attached.ts');
  outer = spawn(process.execPath, [script, file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return once(outer, 'exit');
}

/** The pid that the program prints when it is ready. */
async function programPid(): Promise<number> {
  const [line] = (await once(outer!.stdout!, 'data')) as [Buffer];
  return Number(String(line));
}
