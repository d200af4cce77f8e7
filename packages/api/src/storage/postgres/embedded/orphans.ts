// PostgreSQL processes of one data directory that outlived the service which started them.
//
// Only call this while holding the directory's lock: then every server found has no live owner.
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What `stopServer` sends, in order, and how long each gets (PostgreSQL manual, section 18.5). */
export interface StopStep {
  signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL';
  waitMs: number;
}

/** Fast shutdown; immediate shutdown, after which the next start recovers; no questions. */
export const stopSteps: readonly StopStep[] = [
  { signal: 'SIGINT', waitMs: 20_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

/**
 * Stops a server that still runs in the directory, and clears the way for a new one.
 * Answers the process ids it found, the postmaster's first when it is known.
 * @throws Error when a process survives even SIGKILL.
 */
export async function stopOrphans(directory: string): Promise<number[]> {
  const found = await findServerProcesses(directory);
  if (found.length > 0) await stopServer(directory, await readPostmasterPid(directory));
  await removeForeignPidFile(directory);
  return found;
}

/**
 * Stops every PostgreSQL process of the directory; the postmaster alone is asked nicely, because it
 * stops its children itself.
 */
export async function stopServer(
  directory: string,
  postmaster: number | undefined,
  steps: readonly StopStep[] = stopSteps,
): Promise<void> {
  for (const { signal, waitMs } of steps) {
    const running = await findServerProcesses(directory);
    if (running.length === 0) return;
    const isLed = postmaster !== undefined && running.includes(postmaster);
    // Without a postmaster its children end by themselves; the last step does not wait for that.
    if (isLed) sendSignal(postmaster, signal);
    if (signal === 'SIGKILL') for (const pid of running) sendSignal(pid, signal);
    if (await isEmptied(directory, waitMs)) return;
  }
  const left = await findServerProcesses(directory);
  throw new Error(`PostgreSQL in ${directory} does not stop: processes ${left.join(', ')}.`);
}

/**
 * The PostgreSQL processes whose working directory is this one: PostgreSQL changes into its data
 * directory and stays there, so a reused process id or another server never matches.
 */
export async function findServerProcesses(directory: string): Promise<number[]> {
  if (process.platform !== 'linux') return findByArguments(directory);
  const wanted = await stat(directory).catch(() => undefined);
  if (!wanted) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const matches = pids.map(async (pid) => {
    const cwd = await stat(`/proc/${pid}/cwd`).catch(() => undefined);
    if (cwd?.ino !== wanted.ino || cwd.dev !== wanted.dev) return false;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return name.trim() === 'postgres';
  });
  const isMatch = await Promise.all(matches);
  return pids.filter((_, index) => isMatch[index]).map(Number);
}

/** Without /proc only the postmaster can be told apart: by the directory among its arguments. */
async function findByArguments(directory: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes('/bin/postgres ') && line.includes(` -D ${directory} `))
    .map((line) => Number.parseInt(line, 10));
}

/** The process id in postmaster.pid, whoever that process is today. */
async function readPostmasterPid(directory: string): Promise<number | undefined> {
  const text = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : undefined;
}

/**
 * PostgreSQL refuses to start when the process id in postmaster.pid is alive, even when it belongs
 * to something else by now. A dead one it handles itself, so its file is left alone.
 */
async function removeForeignPidFile(directory: string): Promise<void> {
  const pid = await readPostmasterPid(directory);
  if (pid === undefined || !isAlive(pid)) return;
  await rm(join(directory, 'postmaster.pid'), { force: true });
}

async function isEmptied(directory: string, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while ((await findServerProcesses(directory)).length > 0) {
    if (performance.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
