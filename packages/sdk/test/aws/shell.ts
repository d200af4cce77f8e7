// A customer with a VPC, and all that its shell needs: for what customers run on their side, over
// the real service and the simulated AWS.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { vi } from 'vitest';
import type { Stage } from './stage.ts';

export interface Shell {
  directory: string;
  /** What is in the environment of the customer. */
  environment: Record<string, string>;
  vpcId: string;
  ec2: EC2;
  /** Asks for a setup, and writes its files into a new folder. @returns the folder */
  setup(wanted: Wanted): Promise<string>;
  close(): Promise<void>;
}

export interface Wanted {
  format: 'terraform' | 'aws-cli';
  dns?: 'endpoint' | 'hosted-zone';
}

export interface Ended {
  code: number | null;
  signal: string | null;
  output: string;
}

/** Of a new customer, for whose account the vendor vouches. */
export async function openShell(stage: Stage, account: string): Promise<Shell> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-setup-'));
  const { client, apiKey, vpcId, customerId } = await stage.invite(account);
  await client.accounts.create({ account_id: account });
  await stage.operator.accounts.attest(`${customerId}:${account}`, { reason: 'A test' });
  const isAllowed = async () => {
    const { items } = await client.principals.list({ state: 'allowed' });
    return items.length > 0;
  };
  await vi.waitUntil(isAllowed, { timeout: 20_000, interval: 100 });
  const credentials = { accessKeyId: account, secretAccessKey: 'simulator' };
  const ec2 = new EC2({ endpoint: stage.simulator.endpoint, region: 'us-east-1', credentials });
  let setups = 0;
  return {
    directory,
    environment: {
      PATH: process.env['PATH'] ?? '',
      HOME: directory,
      AWS_ENDPOINT_URL: stage.simulator.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'simulator',
      AWS_EC2_METADATA_DISABLED: 'true',
      SALLYPORT_API_KEY: apiKey,
    },
    vpcId,
    ec2,
    async setup(wanted) {
      const endpoint_service_id = stage.service.id;
      const about = { account_id: account, endpoint_service_id, vpc_id: vpcId };
      const { files } = await client.setup.render({ ...about, ...wanted });
      const folder = join(directory, `setup-${++setups}`);
      for (const { name, content } of files) await put(join(folder, name), content);
      return folder;
    },
    async close() {
      ec2.destroy();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Runs it in a process group of its own, which is killed as a whole when the signal aborts. */
export async function run(
  command: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; killed?: AbortSignal },
): Promise<Ended> {
  const { cwd, env, killed } = options;
  const [program, ...args] = command;
  const child = spawn(program!, args, { cwd, env, detached: true });
  const kill = () => process.kill(-child.pid!, 'SIGKILL');
  killed?.addEventListener('abort', kill, { once: true });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  killed?.removeEventListener('abort', kill);
  return { code, signal, output };
}

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
