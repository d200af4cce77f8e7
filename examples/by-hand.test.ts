// docs/by-hand.md, typed as it stands: every command in it, in its order, on other ports.

import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  freePort,
  startService,
  startSimulator,
  type Service,
  type Simulator,
} from './demo/processes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const required = process.env['SALLYPORT_REQUIRE_AWS_CLIENTS'] === '1';
// The aws CLI takes a second of processor time for each of its thirty commands.
const isWhole = required || process.env['SALLYPORT_TEST_LONG'] === '1';
const hasAws = isWhole && spawnSync('aws', ['--version']).status === 0;
const whyNot = isWhole ? 'no `aws` on PATH' : 'it is for CI and test:long';
if (!hasAws) process.stderr.write(`skipped: docs/by-hand.md: ${whyNot}\n`);

let directory = '';
let simulator: Simulator;
let service: Service;

beforeAll(async () => {
  if (!hasAws && !required) return;
  directory = await mkdtemp(join(tmpdir(), 'sallyport-by-hand-'));
  simulator = await startSimulator(directory);
  service = await startService(directory, simulator.url, await freePort());
}, 60_000);

afterAll(async () => {
  await service?.stop('SIGTERM');
  await simulator?.stop();
  if (directory) await rm(directory, { recursive: true, force: true });
});

it.skipIf(!hasAws && !required)(
  'when it is typed as it stands, it does what it says',
  async () => {
    const page = await readFile(join(root, 'docs/by-hand.md'), 'utf8');
    const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, commands]) => commands!);
    expect(blocks.length).toBeGreaterThan(8);
    const { code, output } = await type(blocks.join('\n'));
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('as it should be'),
    });
    expect(output.match(/works: yes/g)).toHaveLength(2);
    expect(output).toContain('is contested, so new endpoints may be refused');
    expect(output).toMatch(/state +verified/);
    expect(output).toContain('No principal and no live connection is left');
  },
  90_000,
);

function type(commands: string): Promise<{ code: number; output: string }> {
  const data = join(directory, 'data');
  const script = commands
    .replaceAll('http://127.0.0.1:8080', service.url)
    .replaceAll('http://127.0.0.1:4566', simulator.url)
    .replaceAll('.sallyport/', `${data}/`);
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    SALLYPORT_URL: service.url,
    SALLYPORT_DATA_DIR: data,
  };
  const options = { cwd: root, env, timeout: 80_000 };
  return new Promise((resolve) => {
    // As a person's shell: undefined names and broken pipes are mistakes of the page.
    execFile('bash', ['-euo', 'pipefail', '-c', script], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}
