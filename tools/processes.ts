// The processes of this machine: who is there, whose child, since when. It sends no signals.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

export type ProcessInfo = {
  pid: number;
  parent: number;
  /** When it started, comparable for equality only: a pid alone may be another process's by now. */
  started: string;
  /** Its arguments, as far as they are visible. A program can overwrite them with a title. */
  argv: readonly string[];
};

export type Processes = {
  /** The process, or undefined when it is gone. One that is dead but not yet collected is gone. */
  read(pid: number): ProcessInfo | undefined;
  list(): ProcessInfo[];
};

/** The processes, by the means of this platform. */
export function processesOf(platform: NodeJS.Platform): Processes {
  return platform === 'linux' ? procProcesses() : psProcesses();
}

/** Whether this very process, not another one with its pid, is still there. */
export function isStillThere(processes: Processes, known: ProcessInfo): boolean {
  return processes.read(known.pid)?.started === known.started;
}

/** From /proc, which costs no process of its own (proc(5)). */
export function procProcesses(): Processes {
  return {
    read: readProc,
    list: () =>
      fs
        .readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((name) => readProc(Number(name)) ?? []),
  };
}

/** From ps, as macOS and the BSDs have it (and Linux too, so that it can be tested there). */
export function psProcesses(): Processes {
  return {
    read: (pid) => runPs(['-p', String(pid)])[0],
    list: () => runPs(['-ax']),
  };
}

const deadStates = /^[ZX]/;

function readProc(pid: number): ProcessInfo | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name, which may hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state = '', parent = ''] = fields;
    if (deadStates.test(state)) return undefined;
    const argv = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    return { pid, parent: Number(parent), started: fields[19] ?? '', argv };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(code)) return undefined;
    throw error;
  }
}

function runPs(selection: readonly string[]): ProcessInfo[] {
  const columns = ['-o', 'pid=,ppid=,stat=,lstart=,command='];
  const env = { ...process.env, LC_ALL: 'C' };
  try {
    const options = { encoding: 'utf8', env, maxBuffer: 64 << 20, stdio: 'pipe' } as const;
    const text = execFileSync('ps', [...selection, ...columns], options);
    return text.split('\n').flatMap((line) => parsePsLine(line) ?? []);
  } catch (error) {
    // ps exits with 1 when no process was selected.
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
}

function parsePsLine(line: string): ProcessInfo | undefined {
  const day = String.raw`\w+ +\w+ +\d+ +[\d:]+ +\d+`;
  const found = new RegExp(`^ *(\\d+) +(\\d+) +(\\S+) +(${day})(?: +(.*))?$`).exec(line);
  if (!found || deadStates.test(found[3] ?? '')) return undefined;
  const [, pid, parent, , started = '', command = ''] = found;
  return { pid: Number(pid), parent: Number(parent), started, argv: command.split(' ') };
}
