// Which core each part of the bench runs on: the process that is measured has one to itself, and
// neither its database nor who loads it takes from that one.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

export interface Cores {
  /** The one of the process that is measured: the service, or a bound. */
  measured: number;
  database: number;
  load: number;
  /** Of a second one that loads it, so that neither delays what the other measures. */
  neighbour: number;
}

/** Null where nothing can be pinned: with one core, or where there is no `taskset` (Linux). */
export function chooseCores(): Cores | null {
  const allowed = allowedCores();
  if (allowed.length < 2) return null;
  const [measured, database] = [allowed.at(-1)!, allowed.at(-2)!];
  const load = allowed.at(-3) ?? database;
  return { measured, database, load, neighbour: allowed.at(-4) ?? load };
}

export function describeCores(cores: Cores | null): string {
  const machine = `${availableParallelism()} cores`;
  if (cores === null) return `${machine}; nothing is pinned`;
  const shared = cores.load === cores.database ? ', which they share' : '';
  const { measured, database, load } = cores;
  const places = `service ${measured}, database ${database}, load ${load}`;
  return `${machine}; on one each${shared}: ${places}`;
}

/** Moves a process to a core, with all of its threads; what it starts later goes there too. */
export function pin(pid: number, core: number | undefined): void {
  if (core === undefined) return;
  execFileSync('taskset', ['-a', '-c', '-p', String(core), String(pid)], { stdio: 'ignore' });
}

/** Moves an embedded server with its sessions. */
export function pinServer(directory: string, core: number | undefined): void {
  if (core === undefined) return;
  const postmaster = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[0]!;
  pin(Number(postmaster), core);
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  for (const pid of children.trim().split(' ').filter(Boolean)) pinIfThere(Number(pid), core);
}

/** A session may have ended meanwhile. */
function pinIfThere(pid: number, core: number): void {
  try {
    pin(pid, core);
  } catch {
    // It has.
  }
}

function allowedCores(): number[] {
  try {
    const text = execFileSync('taskset', ['-c', '-p', String(process.pid)], { encoding: 'utf8' });
    return text.split(':').at(-1)!.trim().split(',').flatMap(coresOfRange);
  } catch {
    return [];
  }
}

/** `2-4` is 2, 3 and 4. */
function coresOfRange(range: string): number[] {
  const [first, last = first] = range.split('-').map(Number) as [number, number?];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
