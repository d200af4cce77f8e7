// One running postmaster: started, waited for, stopped. Where its data comes from is cluster.ts.
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerBinaries } from './binaries.ts';
import { stopServer } from './orphans.ts';
import { followOutput, startProgram } from './programs.ts';
import type { ServerUser } from './server-user.ts';
import type { SocketDirectory } from './socket.ts';

export interface ServerOptions {
  directory: string;
  binaries: ServerBinaries;
  user: ServerUser;
  socket: SocketDirectory;
  /** Further settings of PostgreSQL, which win over the ones here. */
  settings: Readonly<Record<string, string>>;
  log: (line: string) => void;
}

export interface Server {
  /** Resolves when the postmaster has ended, for whatever reason. */
  exited: Promise<void>;
  /** Fast shutdown, then harder; resolves when no process of it is left. */
  stop(): Promise<void>;
}

/** Recovery after a crash reads back at most what was written since the last checkpoint. */
const startTimeoutMs = 120_000;
const keptLines = 20;

/**
 * Starts the server and waits until it takes connections.
 * @throws Error with its last lines when it ends or does not get ready in two minutes.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const child = await startProgram(options.binaries.postgres, serverArguments(options), options);
  const lastLines: string[] = [];
  followOutput(child, (line) => {
    options.log(line);
    lastLines.push(line);
    if (lastLines.length > keptLines) lastLines.shift();
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    await stopServer(options.directory, child.pid);
    await exited;
  };
  if (await becomesReady(options.directory, child)) return { exited, stop };
  await stop();
  throw new Error(`PostgreSQL did not start in ${options.directory}:\n${lastLines.join('\n')}`);
}

function serverArguments(options: ServerOptions): string[] {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: options.socket.serverPath,
    unix_socket_permissions: '0600',
    // What an acknowledged commit rests on, whatever postgresql.conf says.
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    // A plan that was made while a table was all but empty is kept until the table is analyzed.
    autovacuum_naptime: '10s',
    // The log goes to the service, which adds the time. Statements and the values in details stay
    // out of it: they may be personal or secret.
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '[%p] ',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...options.settings,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** pg_ctl waits the same way: the eighth line of postmaster.pid is the server's status. */
async function becomesReady(directory: string, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + startTimeoutMs;
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    const text = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
    const lines = text.split('\n');
    if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return true;
    await delay(10);
  }
  return false;
}
