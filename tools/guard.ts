// Cleans up after a program that may die at any moment, also by SIGKILL: ends the processes and
// removes the temporary directories that the program told it. It is a process of its own, which
// learns of the death by the end of a pipe: whatever ends a process closes its pipes.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export type Guard = {
  /** The pid of the guard itself. */
  pid: number;
  /** To be ended, with its descendants, when the program is gone: SIGTERM first, then SIGKILL. */
  ends(pid: number): void;
  /** To be removed after that. Must be below the system's directory for temporary files. */
  removes(directory: string): void;
  /** Resolves when the guard knows all it was told, and the descendants that there are now. */
  noted(): Promise<void>;
  /** Lets the guard clean up what is left, if anything, and resolves when it has gone. */
  release(): Promise<void>;
};

export type GuardOptions = {
  /** How long a process may take to end after SIGTERM, in milliseconds. */
  graceMs?: number;
};

/** What the program tells its guard, one JSON object a line. */
export type Task = { ends: number } | { removes: string } | { answers: true };

/** Starts a guard for this process. It holds nothing open here and does not keep us alive. */
export async function startGuard({ graceMs = 10_000 }: GuardOptions = {}): Promise<Guard> {
  const script = fileURLToPath(new URL('guard/main.ts', import.meta.url));
  const child = spawn(process.execPath, [script, String(graceMs)], {
    // Detached: what is sent to our process group or typed at our terminal does not reach it.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: path.parse(script).root,
    // Nothing but where programs and temporary files are.
    env: { PATH: process.env['PATH'], TMPDIR: os.tmpdir() },
  });
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  // A guard that is gone cannot be told anything; the program goes on without it.
  child.stdin.on('error', () => undefined);
  child.unref();
  // A pipe is a socket, and a socket holds the process open.
  (child.stdout as Socket).unref();
  (child.stdin as Socket).unref();
  const tell = (task: Task): void => {
    child.stdin.write(`${JSON.stringify(task)}\n`);
  };
  return {
    pid: child.pid ?? 0,
    ends: (pid) => tell({ ends: pid }),
    removes: (directory) => tell({ removes: directory }),
    noted: async () => {
      tell({ answers: true });
      await Promise.race([once(child.stdout, 'data'), ended]);
    },
    release: async () => {
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
}
