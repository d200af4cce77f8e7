// The guard's own process: reads tasks from the pipe until it ends, then cleans up and goes.

import { createInterface } from 'node:readline';
import type { Task } from '../guard.ts';
import { processesOf } from '../processes.ts';
import { createCleanup } from './cleanup.ts';

const graceMs = Number(process.argv[2]);
const cleanup = createCleanup({ processes: processesOf(process.platform), graceMs });

// It ends when its work is done, not when somebody tells everybody to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

// Nor does it end because nobody is left to hear its answers.
process.stdout.on('error', () => undefined);

// Who belongs to whom is only visible while the one in between lives: so it is noted in time.
const watch = setInterval(() => cleanup.noteDescendants(), 250);

for await (const line of createInterface({ input: process.stdin })) {
  const task = parseTask(line);
  if (task && 'ends' in task) cleanup.ends(task.ends);
  else if (task && 'removes' in task) cleanup.removes(task.removes);
  else if (task) answer();
}
clearInterval(watch);
await cleanup.run();

function answer(): void {
  cleanup.noteDescendants();
  process.stdout.write('noted\n');
}

function parseTask(line: string): Task | undefined {
  try {
    return JSON.parse(line) as Task;
  } catch {
    // The program was killed in the middle of a line. What it said before still counts.
    return undefined;
  }
}
