// The CPU time of a process. Other work on the machine takes the time of a core away, but does not
// add to what a process has used of it.

import { readFileSync } from 'node:fs';

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
