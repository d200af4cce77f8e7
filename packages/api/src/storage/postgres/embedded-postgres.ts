// PostgreSQL that comes with the service: a child process with its data in
// `<dataDirectory>/postgres`.
//
// It stops with the service. A service killed with -9 leaves its server behind; the next start
// finds it and stops it. Two services never share a directory: the second is refused at once.
import { chmod, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findServerBinaries } from './embedded/binaries.ts';
import { ensureCluster, serviceRole } from './embedded/cluster.ts';
import { lockDirectory, unusableDirectory } from './embedded/directory-lock.ts';
import { stopOrphans } from './embedded/orphans.ts';
import { chooseServerUser } from './embedded/server-user.ts';
import { startServer } from './embedded/server.ts';
import type { Server } from './embedded/server.ts';
import { chooseSocketDirectory, connectionStringOf } from './embedded/socket.ts';

export interface EmbeddedPostgresOptions {
  /** Made with mode 0700 when it does not exist. */
  dataDirectory: string;
  /** Gets the server's own log, line by line, and what is done to orphans. */
  log?: (line: string) => void;
  /** For tests: lets the role create databases. It takes effect when the cluster is made. */
  mayCreateDatabases?: boolean;
  /** Further PostgreSQL settings. They win over the ones durability rests on. */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** For a role that owns its database and is no superuser. It holds no secret. */
  connectionString: string;
  /** Resolves when the server has ended, asked to or not: without it the service cannot go on. */
  exited: Promise<void>;
  /** Fast shutdown, then harder; leaves no process. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts the server, after making its database when there is none: 1 s the first time, 0.1 s later.
 * @throws DirectoryInUseError when another live process owns the directory; Error that says what to
 * do when the platform, the user or the directory does not fit.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDirectory = resolve(options.dataDirectory);
  await makeDirectory(dataDirectory);
  const lock = lockDirectory(dataDirectory);
  try {
    const { server, connectionString } = await startLocked(dataDirectory, options);
    // The promise also keeps the lock from being collected as garbage while the server runs.
    const exited = server.exited.finally(() => lock.release());
    return { connectionString, exited, stop: () => server.stop().then(() => exited) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Stops a server whose service was killed, if there is one. Refused while a live service owns it.
 */
export async function stopOrphanedPostgres(dataDirectory: string): Promise<void> {
  const lock = lockDirectory(resolve(dataDirectory));
  try {
    await stopOrphans(join(resolve(dataDirectory), 'postgres'));
  } finally {
    lock.release();
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    const made = await mkdir(directory, { recursive: true, mode: 0o700 });
    if (made !== undefined) await chmod(directory, 0o700);
  } catch (error) {
    throw unusableDirectory(directory, error);
  }
}

async function startLocked(
  dataDirectory: string,
  options: EmbeddedPostgresOptions,
): Promise<{ server: Server; connectionString: string }> {
  const log = options.log ?? (() => {});
  const directory = join(dataDirectory, 'postgres');
  const user = await chooseServerUser(directory);
  const binaries = await findServerBinaries(user);
  const orphans = await stopOrphans(directory);
  if (orphans.length > 0) log(`stopped an orphaned server: processes ${orphans.join(', ')}`);
  const mayCreateDatabases = options.mayCreateDatabases ?? false;
  await ensureCluster({ directory, binaries, user, mayCreateDatabases });
  const socket = await chooseSocketDirectory(directory, user);
  const settings = options.settings ?? {};
  try {
    const server = await startServer({ directory, binaries, user, socket, settings, log });
    const exited = server.exited.then(() => socket.remove());
    return {
      server: { exited, stop: () => server.stop() },
      connectionString: connectionStringOf(socket, serviceRole),
    };
  } catch (error) {
    await socket.remove();
    throw error;
  }
}
