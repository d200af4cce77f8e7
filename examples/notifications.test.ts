// docs/notifications.md, typed as it stands, over a simulated AWS.

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
const why = reasonToSkip();
if (why) process.stderr.write(`Skipping docs/notifications.md: ${why}.\n`);

let directory: string;
let simulator: Simulator;
let service: Service;

beforeAll(async () => {
  if (why) return;
  directory = await mkdtemp(join(tmpdir(), 'sallyport-notifications-'));
  simulator = await startSimulator(directory);
  service = await startService(directory, simulator.url, await freePort());
}, 60_000);

afterAll(async () => {
  if (why) return;
  await service?.stop('SIGTERM');
  await simulator?.stop();
  await rm(directory, { recursive: true, force: true });
});

it.skipIf(why)(
  'when it is typed as it stands, a connection makes a message come',
  async () => {
    const page = await readFile(join(root, 'docs/notifications.md'), 'utf8');
    const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, commands]) => commands!);
    expect(blocks.length).toBe(3);
    const { code, output } = await type([...before, ...blocks, ...after].join('\n'));
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('AFTER') });
    expect(output).toContain('"state": "listening"');
    expect(output).toMatch(/AFTER[^]*"messages": [1-9]/);
    expect(output).toMatch(/AFTER[^]*"foreign_messages": 0/);
  },
  120_000,
);

/** The aws CLI as the page has it; version 1 takes another address for SQS as an option only. */
const before = [
  'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }',
  'sallyport() { node packages/cli/dist/sallyport.cjs "$@"; }',
  'sallyport provider-accounts create --name production --account-id 111111111111' +
    ' --regions us-east-1',
  `lb=$(curl -sS "$AWS_ENDPOINT_URL/_simulator/load-balancers" | grep -o 'arn:[^"]*/api-1/[^"]*')`,
  'sallyport services create --name api --provider-account-id 111111111111 --region us-east-1' +
    ' --network-load-balancer-arns "$lb"',
  'until sallyport services list | grep available; do sleep 1; done',
  `service=$(sallyport services list | grep -o 'vpce-svc-[0-9a-f]*')`,
];

/** A customer that the vendor has let in by hand connects. */
const after = [
  'aws ec2 modify-vpc-endpoint-service-permissions --service-id "$service"' +
    ' --add-allowed-principals arn:aws:iam::222222222222:root',
  'export AWS_ACCESS_KEY_ID=222222222222',
  'vpc=$(aws ec2 describe-vpcs --query "Vpcs[0].VpcId" --output text)',
  'subnet=$(aws ec2 describe-subnets --query "Subnets[0].SubnetId" --output text)',
  'aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id "$vpc"' +
    ' --subnet-ids "$subnet" --service-name "com.amazonaws.vpce.us-east-1.$service"',
  `for i in 1 2 3 4 5 6; do sleep 1; sallyport provider-accounts get 111111111111 -o json` +
    ` | grep -q '"messages": [1-9]' && break; done`,
  'echo AFTER; sallyport provider-accounts get 111111111111 -o json',
];

function type(script: string): Promise<{ code: number; output: string }> {
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    SALLYPORT_URL: service.url,
    SALLYPORT_DATA_DIR: join(directory, 'data'),
    AWS_ENDPOINT_URL: simulator.url,
    AWS_ACCESS_KEY_ID: '111111111111',
    AWS_SECRET_ACCESS_KEY: 'simulator',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_PAGER: '',
  };
  const options = { cwd: root, env, timeout: 110_000 };
  return new Promise((resolve) => {
    execFile('bash', ['-euo', 'pipefail', '-c', script], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}

/** A command of the aws CLI takes a second of processor time, and the page has eight. */
function reasonToSkip(): string | null {
  if (!process.env['SALLYPORT_TEST_LONG']) return 'it is for `pnpm test:long`';
  if (spawnSync('aws', ['--version']).status !== 0) return 'there is no `aws` on the PATH';
  return spawnSync('jq', ['--version']).status === 0 ? null : 'there is no `jq` on the PATH';
}
