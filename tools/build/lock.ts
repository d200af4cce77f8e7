// Lets one process at a time into a piece of work. It is a lock between processes of this machine.
//
// The lock is an exclusive transaction on an empty SQLite file: the operating system lets go of it
// when its holder dies, however it dies. A file with a process id in it would need somebody to
// decide that the holder is dead, and two waiters can decide that at once.

import fs from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

export type LockOptions = {
  /** How long to wait for the other holder, in milliseconds. */
  timeoutMs: number;
};

/** Runs `work` while no other process holds `file`; throws when the wait is longer than allowed. */
export async function withLock<T>(
  file: string,
  { timeoutMs }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    await acquire(database, file, timeoutMs);
    return await work();
  } finally {
    database.close();
  }
}

async function acquire(database: DatabaseSync, file: string, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!tryBegin(database)) {
    if (performance.now() > deadline) {
      throw new Error(
        `another process still holds ${file} after ${timeoutMs} ms. End it, then try again.`,
      );
    }
    await pause(25);
  }
}

function tryBegin(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    const SQLITE_BUSY = 5;
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
