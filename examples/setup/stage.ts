// A vendor with a service, whose private name is verified, and a customer that may use it: real
// processes over the simulated AWS, for what customers run on their side.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { freePort, startService, startSimulator } from '../demo/processes.ts';
import { createOps, type Items, type Ops } from '../demo/operations.ts';

export const customer = '222222222222';
export const privateName = 'api.vendor.example';

export interface Stage {
  directory: string;
  apiUrl: string;
  awsUrl: string;
  ops: Ops;
  /** AWS's id of the service. */
  serviceId: string;
  /** What a shell of the customer has in its environment. */
  environment: Record<string, string>;
  vpcId: string;
  /** EC2 as the customer. */
  ec2: EC2;
  /** Asks for a setup as the customer, and writes its files into a new folder. */
  setup(wanted: object): Promise<{ folder: string; steps: { command: string | null }[] }>;
  close(): Promise<void>;
}

export interface Ended {
  code: number | null;
  signal: string | null;
  output: string;
}

export async function openStage(): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-setup-'));
  const simulator = await startSimulator(directory);
  const service = await startService(directory, simulator.url, await freePort());
  const operator = (await readFile(join(directory, 'data/operator.key'), 'utf8')).trim();
  const ops = createOps(service.url, () => Promise.resolve(operator), directory);
  const serviceId = await offer(ops, simulator.url);
  const apiKey = await letIn(ops, serviceId);
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    AWS_ENDPOINT_URL: simulator.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: customer,
    AWS_SECRET_ACCESS_KEY: 'simulator',
    AWS_EC2_METADATA_DISABLED: 'true',
    SALLYPORT_API_KEY: apiKey,
  };
  const ec2 = ec2Of(simulator.url);
  const { Vpcs } = await ec2.describeVpcs();
  let setups = 0;
  return {
    directory,
    apiUrl: service.url,
    awsUrl: simulator.url,
    ops,
    serviceId,
    environment,
    vpcId: Vpcs![0]!.VpcId!,
    ec2,
    async setup(wanted) {
      const named = { account_id: customer, endpoint_service_id: serviceId, ...wanted };
      const answer = await fetch(`${service.url}/v1/setup`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(named),
      });
      if (!answer.ok) throw new Error(await answer.text());
      const { files, steps } = (await answer.json()) as Rendered;
      const folder = join(directory, `setup-${++setups}`);
      for (const { name, content } of files) await put(join(folder, name), content);
      return { folder, steps };
    },
    async close() {
      ec2.destroy();
      await service.stop('SIGTERM');
      await simulator.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Rendered {
  files: { name: string; content: string }[];
  steps: { command: string | null }[];
}

/** Runs it in a process group of its own, which is killed as a whole when the signal aborts. */
export async function run(
  command: string[],
  options: { cwd: string; env: Record<string, string>; killed?: AbortSignal },
): Promise<Ended> {
  const { cwd, env, killed } = options;
  const [program, ...args] = command;
  const child: ChildProcess = spawn(program!, args, { cwd, env, detached: true });
  const kill = () => process.kill(-child.pid!, 'SIGKILL');
  killed?.addEventListener('abort', kill, { once: true });
  let output = '';
  child.stdout!.on('data', (chunk) => (output += String(chunk)));
  child.stderr!.on('data', (chunk) => (output += String(chunk)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  killed?.removeEventListener('abort', kill);
  return { code, signal, output };
}

/** @returns AWS's id of a service of the vendor, whose private name is verified */
async function offer(ops: Ops, awsUrl: string): Promise<string> {
  const zone = await hostedZone(awsUrl);
  await ops.send('POST', '/v1/provider-accounts', {
    name: 'production',
    account_id: '111111111111',
    regions: ['us-east-1'],
    hosted_zones: [{ zone_id: zone, role_arn: null }],
  });
  const balancers = await (await fetch(`${awsUrl}/_simulator/load-balancers`)).text();
  const [balancer] = balancers.match(/arn:[^"]*\/api-1\/[^"]*/)!;
  const { id } = await ops.send<{ id: string }>('POST', '/v1/endpoint-services', {
    name: 'Example API',
    provider_account_id: '111111111111',
    region: 'us-east-1',
    network_load_balancer_arns: [balancer],
  });
  type Made = { service_id: string; observed: { state: string } | null };
  const path = `/v1/endpoint-services/${id}`;
  const made = await ops.until<Made>(path, ({ observed }) => observed?.state === 'available');
  await ops.send('PUT', `${path}/private-dns`, { name: privateName });
  const dns = `${path}/private-dns`;
  await ops.until<{ state: string }>(dns, ({ state }) => state === 'verified');
  return made.service_id;
}

/** @returns a key of the customer, which has proven nothing: the vendor vouches for it */
async function letIn(ops: Ops, serviceId: string): Promise<string> {
  await ops.send('POST', '/v1/customers', { external_id: 'acme', name: 'Acme Bank' });
  await ops.send('POST', '/v1/accounts', { customer_id: 'acme', account_id: customer });
  await ops.send('POST', `/v1/accounts/${customer}/attest`, { reason: 'A test' });
  const grant = { customer_id: 'acme', endpoint_service_id: serviceId };
  await ops.send('POST', '/v1/grants', grant);
  const wanted = '/v1/principals?state=allowed';
  await ops.until<Items<object>>(wanted, ({ items }) => items.length > 0);
  const token = await ops.send<{ token: string }>('POST', '/v1/customers/acme/invites');
  const redeem = { token: token.token };
  return (await ops.send<{ secret: string }>('POST', '/v1/invites/redeem', redeem)).secret;
}

async function hostedZone(awsUrl: string): Promise<string> {
  const { Route53 } = await import('@aws-sdk/client-route-53');
  const route53 = new Route53({ ...simulated(awsUrl, '111111111111') });
  const { HostedZones } = await route53.listHostedZones();
  route53.destroy();
  return HostedZones!
    .find(({ Name }) => Name === 'vendor.example.')!
    .Id!.split('/')
    .at(-1)!;
}

function ec2Of(awsUrl: string): EC2 {
  return new EC2(simulated(awsUrl, customer));
}

function simulated(endpoint: string, accessKeyId: string) {
  const credentials = { accessKeyId, secretAccessKey: 'simulator' };
  return { endpoint, region: 'us-east-1', credentials };
}

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
