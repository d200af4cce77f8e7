import path from 'node:path';
import { expect, test } from 'vitest';
import { installedCommand, runCommand } from './command.ts';

const cwd = import.meta.dirname;
const node = process.execPath;

test('when a program ends, it gives its code and all it printed', async () => {
  const code = "console.log('out'); console.error('err'); process.exitCode = 3";
  const result = await runCommand({ argv: [node, '-e', code], cwd });
  expect(result).toEqual({ code: 3, output: 'out\nerr\n' });
});

test('when a program is given input, it reads it', async () => {
  const argv = [node, '-e', 'process.stdin.pipe(process.stdout)'] as const;
  expect(await runCommand({ argv, cwd, input: 'hello' })).toEqual({ code: 0, output: 'hello' });
});

test('when a signal ends a program, it is a failure that names the signal', async () => {
  const argv = [node, '-e', "process.kill(process.pid, 'SIGKILL')"] as const;
  const result = await runCommand({ argv, cwd });
  expect(result.code).toBe(1);
  expect(result.output).toContain('SIGKILL');
});

test('when there is no such program, it is a failure that names it', async () => {
  const result = await runCommand({ argv: ['no-such-program'], cwd });
  expect(result.code).toBe(127);
  expect(result.output).toContain('no-such-program');
});

test('when a package is installed, its command runs with this Node', () => {
  const [program, file] = installedCommand(path.resolve(cwd, '..'), 'typescript', 'tsc');
  expect(program).toBe(node);
  expect(file).toMatch(/typescript\/bin\/tsc$/);
});

test('when a package is not installed, it says how to install it', () => {
  expect(() => installedCommand(cwd, 'no-such-package', 'x')).toThrow('pnpm@12 install');
});
