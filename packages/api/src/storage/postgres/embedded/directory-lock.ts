// One live owner per data directory, whatever happened to the one before. It knows no PostgreSQL.
//
// The lock is a POSIX record lock, which the kernel drops the moment its process is gone: no stale
// lock, no process id to compare, no race between two starters, and it holds between containers
// that share a volume. Node has no call for it; SQLite takes one for `begin exclusive`. The same
// lock is lost when this process opens and closes the lock file by other means, so nothing may read
// it.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

export interface DirectoryLock {
  /** Lets the next owner in. May be called twice. */
  release(): void;
}

/** Another live process owns the directory. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
}

/**
 * Takes the directory for this process, at once or not at all.
 * @throws DirectoryInUseError when it is taken, also by this very process; Error when the file
 * system refuses to lock.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const file = join(directory, 'lock');
  const connection = openLockFile(directory, file);
  try {
    // Whoever may read a file may lock it.
    chmodSync(file, 0o600);
    connection.exec('begin exclusive');
  } catch (error) {
    connection.close();
    throw lockError(directory, error);
  }
  writeFileSync(ownerFile(directory), `process ${process.pid} on ${hostname()}\n`);
  return {
    release: () => {
      if (connection.isOpen) connection.close();
    },
  };
}

function openLockFile(directory: string, file: string) {
  // Not imported: a Node without it could then not even say that it is too old.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw unusableDirectory(directory, error);
  }
}

/** What to say of a directory that cannot be made, or written to. */
export function unusableDirectory(directory: string, cause: unknown): Error {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = code?.startsWith('E') && !code.startsWith('ERR_') ? code : message;
  return new Error(
    `Cannot use the data directory ${directory} (${reason}). ` +
      'Set SALLYPORT_DATA_DIR to a directory that this user may write to.',
    { cause },
  );
}

/** SQLite's result code for a lock that somebody else holds (sqlite.org/rescode.html). */
const sqliteBusy = 5;

function lockError(directory: string, error: unknown): Error {
  if ((error as { errcode?: number }).errcode === sqliteBusy) {
    return new DirectoryInUseError(
      `Another Sallyport (${readOwner(directory)}) uses the data directory ${directory}. ` +
        'Stop it first, or set SALLYPORT_DATA_DIR to another directory.',
      { cause: error },
    );
  }
  return new Error(
    `Cannot lock the data directory ${directory}. Put it on a file system that supports locks.`,
    { cause: error },
  );
}

/** Only for people: the owner may still be writing it. */
function readOwner(directory: string): string {
  try {
    return readFileSync(ownerFile(directory), 'utf8').trim() || 'starting';
  } catch {
    return 'starting';
  }
}

function ownerFile(directory: string): string {
  return join(directory, 'lock.owner');
}
