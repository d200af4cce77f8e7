// The CPU time of a process. Other work on the machine takes the time of a core away, but does not
// add to what a process has used of it.

import { readdirSync, readFileSync } from 'node:fs';

/** In seconds, with all of its threads; null where Linux does not tell it. */
export function cpuSeconds(pid: number): number | null {
  try {
    // The name of the program, which may hold spaces, ends with the last bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return null;
  }
}

/** `USER_HZ`, which is 100 on every architecture that Node runs on. */
const ticksPerSecond = 100;

/**
 * For how long its threads could run and got no core, in seconds: what other work on the machine
 * has added to the time that everything took. Null where Linux does not tell it.
 */
export function waitedSeconds(pid: number): number | null {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const waited = threads.map((thread) => {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[1]);
    });
    return waited.reduce((sum, one) => sum + one, 0) / 1e9;
  } catch {
    return null;
  }
}
