// The demo as a user runs it, and the example with the unmodified aws CLI against what it keeps.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typePage } from '../support-page.ts';
import type { Report } from './report.ts';
import { stuckConnection } from './stuck-connection.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const cli = fileURLToPath(new URL('../../packages/cli/dist/sallyport.cjs', import.meta.url));
const connect = fileURLToPath(new URL('../aws-cli/connect.sh', import.meta.url));
const aws = spawnSync('aws', ['--version'], { encoding: 'utf8' });
if (aws.status !== 0) process.stderr.write('Skipping the aws CLI example: no `aws` on PATH.\n');

type KeptReport = Report & { api_url: string; aws_url: string; operator_key_file: string };

// One story, which goes on from test to test and ends with the last.
describe('the demo', { shuffle: false }, () => {
  let demo: ChildProcess;
  let report: KeptReport;

  beforeAll(async () => {
    demo = spawn(process.execPath, [main, '--json', '--keep'], { stdio: ['ignore', 'pipe', 2] });
    report = await readReport(demo);
  }, 90_000);

  afterAll(() => void demo.kill('SIGKILL'));

  it('when it plays the story, every step succeeds', () => {
    expect(report.steps.filter((step) => !step.ok)).toEqual([]);
    expect(report.steps).toHaveLength(10);
  });

  it('when it ends, the connection is available and the diagnosis says that it works', () => {
    expect(report.connection).toMatchObject({ state: 'available', decided_by: 'policy' });
    expect(report.diagnosis).toMatchObject({ works: 'yes', turn: 'nobody' });
  });

  it('when it has ended, each change of AWS was made only as often as needed', () => {
    expect(report.aws_calls.actions).toMatchObject({
      'ec2:CreateVpcEndpointServiceConfiguration': 1,
      'ec2:ModifyVpcEndpointServicePermissions': 3,
      'ec2:AcceptVpcEndpointConnections': 2,
      'ec2:RejectVpcEndpointConnections': 1,
      'route53:ChangeResourceRecordSets': 1,
    });
  });

  it('when it has ended, no change of a service took more than one mark', () => {
    const { actions } = report.aws_calls;
    const change = /Modify.*Service|Accept|Reject|StartVpc|ChangeResourceRecordSets/;
    const names = Object.keys(actions).filter((action) => change.test(action));
    const changes = names.reduce((sum, action) => sum + actions[action]!, 0);
    expect(actions['ec2:CreateTags']).toBeGreaterThan(0);
    expect(actions['ec2:CreateTags']).toBeLessThanOrEqual(changes);
  });

  it.skipIf(aws.status !== 0)(
    'when the unmodified aws CLI connects, only who is allowed gets in',
    async () => {
      const { code, output } = await runExample(report);
      expect(output.split('\n').map((line) => line.split(':')[0])).toEqual([
        'refused  account 333333333333, which has no grant',
        'let in   account 222222222222',
        'refused  role intern of account 222222222222',
        'let in   role network of account 222222222222',
        '',
      ]);
      expect(code).toBe(0);
    },
    90_000,
  );

  it('when what is wanted is exported, applying that again differs in nothing', () => {
    const exported = typed(report, 'export');
    expect(exported).toContain('endpoint_services:');
    const again = typed(report, 'apply', '-f', '-', { stdin: exported });
    expect(again).toMatch(/^Nothing differs; \d+ as declared\.\n$/);
  });

  it('when a customer is onboarded twice, nothing is made twice, and it can leave', () => {
    const onboard = ['onboard', 'initech', '--name', 'Initech', '--service', 'Example API'];
    const args = [...onboard, '--account', '444444444444'];
    expect(typed(report, ...args)).toMatch(/^  sallyport_invite_\w+$/m);
    expect(typed(report, ...args)).toContain('Nothing differs; 3 as declared.');
    expect(typed(report, 'offboard', 'Initech', '--yes')).toContain('Nothing is left');
  });

  it('when a support engineer types docs/support.md, it prints what the page shows', async () => {
    const page = await typePage(await stuckConnection(report));
    expect(page.filter(({ missing }) => missing !== null)).toEqual([]);
    expect(page.map(({ code }) => code)).toEqual([0, 0, 0, 7, 7, 4, 0, 7, 0, 0, 0, 0]);
  }, 60_000);

  it('when it is told to stop, it leaves no process and no file', async () => {
    const directory = dirname(dirname(report.operator_key_file));
    const exit = once(demo, 'exit');
    demo.kill('SIGTERM');
    await exit;
    await expect(stat(directory)).rejects.toThrow('ENOENT');
    await expect(fetch(`${report.api_url}/livez`)).rejects.toThrow('fetch failed');
    await expect(fetch(`${report.aws_url}/_simulator/health`)).rejects.toThrow('fetch failed');
  });
});

/** The report is one JSON document, after which the demo goes on without a word. */
async function readReport(demo: ChildProcess): Promise<KeptReport> {
  let text = '';
  for await (const chunk of demo.stdout!) {
    text += String(chunk);
    if (text.endsWith('\n}\n')) return JSON.parse(text) as KeptReport;
  }
  throw new Error(`the demo ended without a report: ${text}`);
}

/** Runs the built command line as an operator. @returns all that it prints */
function typed(report: KeptReport, ...words: (string | { stdin: string })[]): string {
  const args = words.filter((word) => typeof word === 'string');
  const stdin = words.find((word) => typeof word !== 'string')?.stdin ?? '';
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    input: stdin,
    env: {
      PATH: process.env['PATH'],
      HOME: tmpdir(),
      SALLYPORT_URL: report.api_url,
      SALLYPORT_API_KEY_FILE: report.operator_key_file,
    },
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${status} ${stderr}`);
  return stdout + stderr;
}

/** Runs the script with `sallyport` on PATH, as after an install. */
async function runExample(report: KeptReport): Promise<{ code: number; output: string }> {
  const bin = await mkdtemp(join(tmpdir(), 'sallyport-bin-'));
  try {
    const command = join(bin, 'sallyport');
    await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
    await chmod(command, 0o755);
    const child = spawn('bash', [connect], {
      stdio: ['ignore', 'pipe', 2],
      env: {
        ...process.env,
        PATH: `${bin}:${dirname(process.execPath)}:${process.env.PATH}`,
        AWS_ENDPOINT_URL: report.aws_url,
        SALLYPORT_URL: report.api_url,
        SALLYPORT_API_KEY_FILE: report.operator_key_file,
      },
    });
    let output = '';
    child.stdout!.on('data', (chunk) => (output += String(chunk)));
    await once(child, 'exit');
    return { code: child.exitCode ?? 1, output };
  } finally {
    await rm(bin, { recursive: true, force: true });
  }
}
