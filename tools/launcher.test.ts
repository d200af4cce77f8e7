import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LauncherOptions, launchersOf, onLauncherGone } from './launcher.ts';
import type { ProcessInfo, Processes } from './processes.ts';

const byNpx = {
  50: { parent: 1, argv: ['bash'] },
  60: { parent: 50, argv: ['npm exec pnpm@12 demo'] },
  70: { parent: 60, argv: ['sh', '-c', "'pnpm' demo"] },
  80: { parent: 70, argv: ['pnpm', 'demo'] },
  90: { parent: 80, argv: ['sh', '-c', 'node examples/demo/main.ts'] },
  100: { parent: 90, argv: ['node', 'examples/demo/main.ts'] },
};

beforeEach(() => void vi.useFakeTimers());

afterEach(() => void vi.useRealTimers());

test('when started by npx and pnpm, the chain goes up to npx and no further', () => {
  expect(chain(byNpx)).toEqual([90, 80, 70, 60]);
});

test.each([
  [['npx', 'pnpm@12']],
  [['/usr/bin/node', '/usr/lib/node_modules/npm/bin/npx-cli.js', 'pnpm@12']],
  [['node', '--no-warnings', '/opt/pnpm/bin/pnpm.cjs', 'demo']],
  [['/root-free/pnpm', 'demo']],
])('when the launcher runs as %j, it is known', (argv) => {
  expect(chain({ 60: { parent: 1, argv }, 100: { parent: 60, argv: ['node'] } })).toEqual([60]);
});

test.each([
  [['sh', '-c', 'npx pnpm demo &']],
  [['node', 'npx-report.js', 'npx']],
  [['vim', 'pnpm']],
])('when an ancestor only mentions a launcher, as %j, it is none', (argv) => {
  expect(chain({ 60: { parent: 1, argv }, 100: { parent: 60, argv: ['node'] } })).toEqual([]);
});

test.each([60, 70, 80, 90])('when process %i of the chain dies, it calls back once', (pid) => {
  const table: Table = { ...byNpx };
  const calls = watch(table);
  vi.advanceTimersByTime(1000);
  expect(calls()).toBe(0);
  delete table[pid];
  vi.advanceTimersByTime(1000);
  expect(calls()).toBe(1);
});

test('when a pid of the chain is given to another process, it calls back', () => {
  const table: Table = { ...byNpx };
  const calls = watch(table);
  table[80] = { ...byNpx[80], started: 'later' };
  vi.advanceTimersByTime(1000);
  expect(calls()).toBe(1);
});

test('when what started the launcher dies, it does not call back', () => {
  const table: Table = { ...byNpx };
  const calls = watch(table);
  delete table[50];
  vi.advanceTimersByTime(1000);
  expect(calls()).toBe(0);
});

test('when the watch is stopped, it does not call back', () => {
  const table: Table = { ...byNpx };
  const callback = vi.fn<() => void>();
  const stop = onLauncherGone(callback, { ...optionsFor(table), environment: {} });
  stop();
  delete table[80];
  vi.advanceTimersByTime(1000);
  expect(callback).not.toHaveBeenCalled();
});

test('when the launcher died before the first look, it calls back', () => {
  const script = path.basename(process.argv[1] ?? '');
  const environment = { npm_lifecycle_script: `pnpm --silent build && node ${script}` };
  const orphan: Table = { 90: { parent: 1, argv: ['sh'] }, 100: { parent: 90, argv: ['node'] } };
  const calls = watch(orphan, environment);
  vi.advanceTimersByTime(1000);
  expect(calls()).toBe(1);
});

test('when npx died before the first look and pnpm still lives, it calls back', () => {
  const script = path.basename(process.argv[1] ?? '');
  const environment = {
    npm_lifecycle_script: `pnpm --silent build && node ${script}`,
    npm_execpath: '/cache/_npx/1a/node_modules/pnpm/pnpm',
  };
  const { 60: _npx, 70: _sh, ...rest } = byNpx;
  const table: Table = { ...rest, 80: { ...byNpx[80], parent: 1 } };
  const calls = watch(table, environment);
  vi.advanceTimersByTime(1000);
  expect(calls()).toBe(1);
});

test('when another script left its name in the environment, it does not call back', () => {
  const direct: Table = { 100: { parent: 1, argv: ['node'] } };
  const calls = watch(direct, { npm_lifecycle_script: 'tmux' });
  vi.advanceTimersByTime(1000);
  expect(calls()).toBe(0);
});

type Table = Record<number, { parent: number; argv: string[]; started?: string }>;

function chain(table: Table): number[] {
  return launchersOf(processesOf(table), 100).map(({ pid }) => pid);
}

/** Watches process 100 of the table; the answer says how often it was called back. */
function watch(table: Table, environment: Record<string, string> = {}): () => number {
  const callback = vi.fn<() => void>();
  onLauncherGone(callback, { ...optionsFor(table), environment });
  return () => callback.mock.calls.length;
}

function optionsFor(table: Table): LauncherOptions {
  return { processes: processesOf(table), pid: 100, pollMs: 200 };
}

function processesOf(table: Table): Processes {
  function read(pid: number): ProcessInfo | undefined {
    const found = table[pid];
    return found && { pid, started: 'then', ...found };
  }
  return { read, list: () => Object.keys(table).flatMap((pid) => read(Number(pid)) ?? []) };
}
