import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isStillThere, type Processes, procProcesses, psProcesses } from './processes.ts';

const means: [string, Processes][] = [['ps', psProcesses()]];
if (process.platform === 'linux') means.push(['/proc', procProcesses()]);

test.each(means)('when a process lives, %s knows it and its parent', async (_name, processes) => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const found = processes.read(child.pid!);
  expect(found).toMatchObject({ pid: child.pid, parent: process.pid });
  expect(processes.list().map(({ pid }) => pid)).toContain(child.pid);
  expect(isStillThere(processes, found!)).toBe(true);
  expect(isStillThere(processes, { ...found!, started: 'at another time' })).toBe(false);

  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processes.read(child.pid!)).toBeUndefined();
  expect(isStillThere(processes, found!)).toBe(false);
});

test.each(means)('when a process has arguments, %s tells them', async (_name, processes) => {
  const child = spawn('sleep', ['600']);
  await once(child, 'spawn');
  await expect.poll(() => processes.read(child.pid!)?.argv).toEqual(['sleep', '600']);
  child.kill('SIGKILL');
});

test.each(means)(
  'when a dead process is not collected yet, %s has it as gone',
  async (_n, processes) => {
    // The shell starts a process that ends at once, then becomes one that never collects it.
    const script = 'true & echo $!; exec sleep 600';
    const shell = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(shell.stdout, 'data')) as [Buffer];
    await expect.poll(() => processes.read(Number(line.toString()))).toBeUndefined();
    shell.kill('SIGKILL');
  },
);
