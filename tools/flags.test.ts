import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const tools = [
  'tools/bench/main.ts',
  'tools/build.ts',
  'tools/check.ts',
  'tools/generate.ts',
  'tools/simulate.ts',
  'tools/start.ts',
  'examples/demo/main.ts',
];

test.concurrent.each(tools)('when %s gets a flag that it has not, it says so', (tool) => {
  const { status, stdout, stderr } = run(tool, '--no-such-flag');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^Unknown option '--no-such-flag'\.\n\nUsage: pnpm /);
});

test.concurrent.each(tools)('when %s is asked for help, it does nothing else', (tool) => {
  const { status, stdout, stderr } = run(tool, '--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: pnpm /);
});

test('when a count is no whole number, nothing is played and nothing is claimed', () => {
  const { status, stdout, stderr } = run('tools/simulate.ts', '--histories', 'many');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe("--histories takes a whole number, not 'many'.\n");
});

function run(tool: string, ...flags: string[]) {
  const file = fileURLToPath(new URL(`../${tool}`, import.meta.url));
  return spawnSync(process.execPath, [file, ...flags], { encoding: 'utf8' });
}
