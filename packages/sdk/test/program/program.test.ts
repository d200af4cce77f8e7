// The program around the calls: its arguments, what it says, and the code it ends with.
import { execFile } from 'node:child_process';
import { copyFile, existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ConnectError } from '../../src/aws/connect-error.ts';
import { MissingPeerError } from '../../src/aws/missing-peer.ts';
import { AwsCallError } from '../../src/aws/refusal.ts';
import { AbortedError, NotFoundError } from '../../src/index.ts';
import { exitCodeOf } from '../../src/program/failure.ts';
import { runProgram } from '../../src/program/program.ts';
import { checkLines, disarmed } from '../../src/program/text.ts';

const env = { SALLYPORT_URL: 'http://127.0.0.1:9', SALLYPORT_API_KEY: 'sp_key' };

async function run(args: string[], more: Record<string, string | undefined> = {}) {
  const said = { out: '', notes: '' };
  const code = await runProgram({
    args,
    env: { ...env, ...more },
    signal: new AbortController().signal,
    out: (text) => (said.out += `${text}\n`),
    note: (text) => (said.notes += `${text}\n`),
    readInput: () => Promise.resolve(''),
  });
  return { code, ...said };
}

test.each([['help'], ['--help'], ['-h']])(
  'when it is asked for %s, it lists commands',
  async (arg) => {
    const { code, out, notes } = await run([arg]);
    expect({ code, notes }).toEqual({ code: 0, notes: '' });
    for (const name of ['connect', 'preflight', 'prove', 'observe', 'disconnect', 'redeem']) {
      expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
  },
);

test.each([
  [['constructor'], 'There is no command "constructor"'],
  [['connect', '--vpc', 'x'], "Unknown option '--vpc'"],
  [['connect'], 'Say the region of the VPC'],
  [['connect', '--region', 'us-east-1', '--port', 'https'], '--port must be a whole number'],
  [['connect', '--region', 'us-east-1', '--dns', 'hosts'], '--dns must be one of'],
  [['connect', '--region', 'us-east-1', '--tag', 'team'], '--tag must be key=value'],
  [['connect', 'us-east-1'], '"us-east-1" is not expected here'],
  [['observe'], 'Name one connection'],
  [['prove', '--region', 'us-east-1'], 'Say which account'],
  [
    ['prove', '--region', 'us-east-1', '--account-id', '222222222222', '--method', 'password'],
    '--method is one of signature, web-identity-token, role',
  ],
  [['redeem'], 'Say where the key goes'],
  [['redeem', '--key-file', '/nowhere/key'], 'Give the invite on standard input'],
])('when it is called with %j, it says what is wrong', async (args, message) => {
  const { code, out, notes } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(notes).toContain(message);
});

test('when the key or the service is not named, it says how to', async () => {
  const args = ['preflight', '--region', 'us-east-1'];
  const keyless = await run(args, { SALLYPORT_API_KEY: undefined });
  expect(keyless).toMatchObject({ code: 2, notes: expect.stringContaining('API_KEY_FILE') });
  const lost = await run(args, { SALLYPORT_URL: undefined });
  expect(lost).toMatchObject({ code: 2, notes: expect.stringContaining('--url') });
});

const call = { method: 'GET', path: '/', attempts: 1 };
const late = { code: 'timed_out', step: 'acceptance', next: null } as const;
const ended = { code: 'endpoint_ended', step: 'acceptance', next: null } as const;
const answer = (code: string) => ({ code, message: 'No.', status: 403, requestId: undefined });

test.each([
  [new ConnectError('Late.', late), 8],
  [new ConnectError('Rejected.', ended), 7],
  [new MissingPeerError('@aws-sdk/client-ec2', undefined), 2],
  [new AwsCallError('ec2:CreateVpcEndpoint', answer('UnauthorizedOperation'), undefined), 4],
  [new AwsCallError('ec2:CreateVpcEndpoint', answer('RequestLimitExceeded'), undefined), 6],
  [new AwsCallError('ec2:CreateVpcEndpoint', answer('InvalidParameter'), undefined), 1],
  [new NotFoundError(call, { status: 404, problem: {} }), 3],
  [new AbortedError('Stopped.', call), 130],
  [new TypeError('A defect.'), 1],
])('when it fails with %s, it ends with %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

test('when a text would steer the terminal, it is disarmed', () => {
  const hostile = 'vpce\u001b[2J\u0007\u202e\u009b31m\r\nok';
  expect(disarmed(hostile)).toBe('vpce\uFFFD[2J\uFFFD\uFFFD\uFFFD31m\uFFFD\nok');
});

test('when checks are shown, what mends them stands below', () => {
  const next = { actor: 'customer', action: 'Turn it on.', command: 'aws ec2 x' };
  const checks = [
    { name: 'vpc', result: 'pass', evidence: 'There.', next: null },
    { name: 'vpc_dns', result: 'fail', evidence: 'Off.', next },
  ];
  expect(checkLines(checks)).toEqual([
    'pass     vpc      There.',
    'fail     vpc_dns  Off.',
    '                  customer: Turn it on.',
    '                  $ aws ec2 x',
  ]);
});

const built = path.resolve(import.meta.dirname, '../../dist/main.js');

test('when the AWS SDK is not installed, it says what to install', async ({ skip }) => {
  if (!existsSync(built)) skip(`not built, run \`pnpm build\`: ${built}`);
  const directory = await mkdtemp(path.join(tmpdir(), 'sdk-alone-'));
  try {
    await promisify(copyFile)(built, path.join(directory, 'main.js'));
    await writeFile(path.join(directory, 'package.json'), '{ "type": "module" }');
    const args = [path.join(directory, 'main.js'), 'preflight', '--region', 'us-east-1'];
    const options = { cwd: directory, env: { ...env, PATH: process.env['PATH'] } };
    const ending = await promisify(execFile)(process.execPath, args, options).catch(
      (error: unknown) => error,
    );
    expect(ending).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Run: npm install @aws-sdk/client-ec2'),
    });
  } finally {
    await rm(directory, { recursive: true });
  }
});
