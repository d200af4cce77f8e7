import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const tools = [
  'tools/bench/main.ts',
  'tools/build.ts',
  'tools/check.ts',
  'tools/generate.ts',
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

function run(tool: string, flag: string) {
  const file = fileURLToPath(new URL(`../${tool}`, import.meta.url));
  return spawnSync(process.execPath, [file, flag], { encoding: 'utf8' });
}
