// A directory with services in it (embedded-service.ts) that a test may kill; cleans up after them.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopOrphanedPostgres } from '../../../src/storage/postgres/embedded-postgres.ts';
import { findServerProcesses } from '../../../src/storage/postgres/embedded/orphans.ts';
import type { AnswerMessage, StartMessage } from './embedded-service.ts';

export interface RunAs {
  name: string;
  /** Nothing for the user who runs the tests. */
  ids?: { uid: number; gid: number };
}

export interface Service extends StartMessage {
  /** Runs SQL inside the service: its server lets nobody else in, not even root. */
  query(text: string): Promise<Record<string, unknown>[]>;
  /** Sends the signal and waits for the end of the service. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface Scene {
  /** Holds everything of the scene, and is the home directory of its services. */
  root: string;
  /** Where services keep their data unless told otherwise. */
  dataDirectory: string;
  start(dataDirectory?: string): Promise<Service>;
  /** Ends every process of the scene; the data stays. */
  endAll(): Promise<void>;
  /** Ends every process of the scene and removes its files. */
  clear(): Promise<void>;
}

/** As root, everything is tried twice: as root, and as a user like any other. */
export const usersToTry: readonly RunAs[] =
  process.getuid?.() === 0
    ? [{ name: 'root' }, { name: 'a normal user', ids: { uid: 65_534, gid: 65_534 } }]
    : [{ name: 'a normal user' }];

export async function openScene(user: RunAs): Promise<Scene> {
  const root = await mkdtemp(join(tmpdir(), 'sallyport-embedded-'));
  await chmod(root, 0o711);
  if (user.ids) await chown(root, user.ids.uid, user.ids.gid);
  const dataDirectory = join(root, 'data');
  const services: Service[] = [];
  const directories = new Set<string>();
  const endAll = async (): Promise<void> => {
    await Promise.all(services.splice(0).map((service) => service.end('SIGKILL')));
    await Promise.all([...directories].map((directory) => stopOrphanedPostgres(directory)));
  };
  return {
    root,
    dataDirectory,
    start: async (directory = dataDirectory) => {
      directories.add(directory);
      const service = await startService(root, directory, user);
      services.push(service);
      return service;
    },
    endAll,
    clear: async () => {
      await endAll();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The server's processes, by its data directory. */
export function serverProcesses(dataDirectory: string): Promise<number[]> {
  return findServerProcesses(join(dataDirectory, 'postgres'));
}

async function startService(home: string, directory: string, user: RunAs): Promise<Service> {
  const ids = user.ids ? [String(user.ids.uid), String(user.ids.gid)] : [];
  const script = join(import.meta.dirname, 'embedded-service.ts');
  const env = { HOME: home, NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };
  const child = fork(script, [directory, ...ids], { env, execArgv: [] });
  const [message] = (await once(child, 'message')) as [StartMessage];
  return {
    ...message,
    query: (text) => query(child, text),
    end: (signal) => endProcess(child, signal),
  };
}

/** One at a time: answers carry no number. */
async function query(child: ChildProcess, text: string): Promise<Record<string, unknown>[]> {
  const answered = once(child, 'message') as Promise<[AnswerMessage]>;
  child.send(text);
  const [{ rows, error }] = await answered;
  if (rows) return rows;
  throw new Error(error);
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
