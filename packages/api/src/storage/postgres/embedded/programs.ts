// Starts PostgreSQL's programs as the server's user in a data directory. It knows no options of
// them.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { ServerUser } from './server-user.ts';

export interface ProgramPlace {
  /** The data directory, an absolute path: the program gets it as `-D` and starts in it. */
  directory: string;
  user: ServerUser;
  /** What to write to its standard input. */
  input?: string;
}

/**
 * Starts a program. Its own session keeps a terminal's Ctrl-C from it: the service stops it, last.
 * @throws Error that says what to do when it cannot be started.
 */
export async function startProgram(
  program: string,
  options: readonly string[],
  place: ProgramPlace,
): Promise<ChildProcess> {
  const child = spawn(program, withDirectory(options, place), {
    cwd: place.directory,
    // Nothing of this process's environment: it holds credentials, and PG* variables change things.
    env: {},
    stdio: [place.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: true,
    ...place.user.spawnAs,
  });
  child.stdin?.end(place.input);
  try {
    await once(child, 'spawn');
    return child;
  } catch (error) {
    throw new Error(
      `Cannot start ${program}${asUser(place.user)} (${(error as Error).message}): ` +
        'the embedded PostgreSQL needs glibc, a file system that allows programs and, for root, ' +
        'the right to become another user. Or set DATABASE_URL.',
      { cause: error },
    );
  }
}

/**
 * Runs a program to its end.
 * @throws Error with what it printed when it does not end well.
 */
export async function runProgram(
  program: string,
  options: readonly string[],
  place: ProgramPlace,
): Promise<void> {
  const child = await startProgram(program, options, place);
  const [output, errors, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  if (code === 0) return;
  throw new Error(`${program} failed${asUser(place.user)} (${code}):\n${errors || output}`);
}

/** Calls back for every line the program prints, on either stream. */
export function followOutput(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine);
  }
}

/**
 * Another user than root's cannot walk down to a directory below one of mode 0700, like `/root` or
 * the service's own data directory. Linux lets it name the directory it was started in, with no
 * path to walk.
 */
function withDirectory(options: readonly string[], place: ProgramPlace): string[] {
  const path = place.user.spawnAs ? '/proc/self/cwd' : place.directory;
  const [first, ...rest] = options;
  // PostgreSQL wants `--single` to be the first.
  return first === '--single' ? [first, '-D', path, ...rest] : ['-D', path, ...options];
}

function asUser(user: ServerUser): string {
  return user.spawnAs ? ` as user ${user.spawnAs.uid}` : '';
}
