// Ends processes and removes directories, for good and nothing else than those it was told.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isStillThere, type ProcessInfo, type Processes } from '../processes.ts';

export type Cleanup = {
  ends(pid: number): void;
  removes(directory: string): void;
  /** Notes the descendants that the processes to be ended have by now. */
  noteDescendants(): void;
  /** Ends the processes, then removes the directories. */
  run(): Promise<void>;
};

export type CleanupOptions = { processes: Processes; graceMs: number };

// After SIGKILL a process is gone as soon as the system gets to it.
const KILL_TIMEOUT_MS = 5000;

export function createCleanup({ processes, graceMs }: CleanupOptions): Cleanup {
  const told = new Map<number, ProcessInfo>();
  const descendants = new Map<number, ProcessInfo>();
  const directories = new Set<string>();

  function noteDescendants(): void {
    if (told.size === 0) return;
    for (const found of descendantsOf(processes.list(), told)) descendants.set(found.pid, found);
  }

  return {
    ends(pid) {
      const found = processes.read(pid);
      if (found) told.set(pid, found);
    },
    removes: (directory) => void directories.add(directory),
    noteDescendants,
    async run() {
      noteDescendants();
      // A process that is told to end ends its children by itself, in the right order.
      await end(processes, [...told.values()], graceMs);
      await end(processes, [...descendants.values()], graceMs);
      for (const directory of directories) await removeTemporary(directory);
    },
  };
}

/** Below any of `roots`, found by who is whose parent. A pid that changed hands is no root. */
function descendantsOf(
  all: readonly ProcessInfo[],
  roots: ReadonlyMap<number, ProcessInfo>,
): ProcessInfo[] {
  const children = new Map<number, ProcessInfo[]>();
  for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const living = all.filter(({ pid, started }) => roots.get(pid)?.started === started);
  const found = new Map<number, ProcessInfo>();
  const open = [...living];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const child of children.get(next.pid) ?? []) {
      if (found.has(child.pid)) continue;
      found.set(child.pid, child);
      open.push(child);
    }
  }
  return [...found.values()];
}

async function end(
  processes: Processes,
  targets: readonly ProcessInfo[],
  graceMs: number,
): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGTERM', graceMs],
    ['SIGKILL', KILL_TIMEOUT_MS],
  ] as const) {
    const left = targets.filter((target) => isStillThere(processes, target));
    for (const { pid } of left) send(pid, signal);
    await untilGone(processes, left, waitMs);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in the meantime, which is what was wanted, or another user's by now.
  }
}

async function untilGone(
  processes: Processes,
  targets: readonly ProcessInfo[],
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (targets.some((target) => isStillThere(processes, target))) {
    if (performance.now() > deadline) return;
    await pause(20);
  }
}

/** Removes a directory, unless it is not below the system's directory for temporary files. */
async function removeTemporary(directory: string): Promise<void> {
  const [place, temporary] = await Promise.all([realPath(directory), realPath(os.tmpdir())]);
  if (place === undefined || temporary === undefined) return;
  const relative = path.relative(temporary, place);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) return;
  const options = { recursive: true, force: true, maxRetries: 5 };
  // There is nobody left to be told, and the other directories still count.
  await fs.rm(place, options).catch(() => undefined);
}

async function realPath(file: string): Promise<string | undefined> {
  return fs.realpath(file).catch(() => undefined);
}
