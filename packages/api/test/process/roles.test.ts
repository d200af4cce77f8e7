// The built program in its roles: a front without AWS credentials and a worker, on one database.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Simulator, startSimulator } from '@sallyport/aws-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSilentProxy } from '../storage/postgres/silent-proxy.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let database: TemporaryDatabase;
let simulator: Simulator;
let front: Process;
let worker: Process;
let key: string;
/** What came of a front that was started before the database was migrated. */
let early: unknown;

beforeAll(async () => {
  database = await temporaryDatabase({ schema: 'empty' });
  simulator = await startSimulator();
  early = await start('front', {}).catch((error: unknown) => error);
  await run(process.execPath, [main, 'migrate'], { env: settings() });
  const made = await run(process.execPath, [main, 'create-operator-key'], { env: settings() });
  key = made.stdout.trim();
  front = await start('front', {});
  worker = await start('worker', {
    AWS_ENDPOINT_URL: simulator.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: '111111111111',
    AWS_SECRET_ACCESS_KEY: 'simulator',
  });
});

afterAll(async () => {
  front?.child.kill();
  worker?.child.kill();
  await simulator?.close();
  await database?.close();
});

it('when the database lacks migrations, a front does not start and says what to run', () => {
  expect(early).toBeInstanceOf(Error);
  expect((early as Error).message).toContain('Run `sallyport-api migrate`');
});

it('when customers have a listener of their own, staff have none of it', async () => {
  const other = await start('front', { SALLYPORT_PUBLIC_PORT: '0' });
  try {
    const { address, open } = other;
    const headers = { authorization: `Bearer ${key}` };
    const statusOf = async (address: string) => (await fetch(address, { headers })).status;
    expect(await statusOf(`${address}/v1/customers`)).toBe(200);
    expect(await statusOf(`${open}/v1/customers`)).toBe(404);
    expect(await statusOf(`${open}/v1/accounts`)).toBe(403);
    expect(await statusOf(`${open}/readyz`)).toBe(200);
  } finally {
    other.child.kill();
    await once(other.child, 'exit');
  }
});

it.each(['front', 'worker'])(
  'when a %s is told to stop and its database is mute, it ends',
  async (role) => {
    const proxy = await startSilentProxy(database.connectionString);
    const { child } = await start(role, { DATABASE_URL: proxy.connectionString });
    proxy.silence();
    child.kill('SIGTERM');
    await Promise.race([once(child, 'exit'), pause(25_000)]);
    const { exitCode } = child;
    child.kill('SIGKILL');
    await proxy.close();
    expect(exitCode).toBe(0);
  },
);

// The last one ends them.
describe('a front and a worker', { shuffle: false }, () => {
  it('when the front records what is wanted, the worker makes it so', async () => {
    const account = await post('/v1/provider-accounts', {
      name: 'production',
      account_id: '111111111111',
      regions: ['us-east-1'],
    });
    const [loadBalancer] = [...simulator.world.loadBalancers.values()];
    const service = await post('/v1/endpoint-services', {
      name: 'API',
      provider_account_id: account.id,
      region: 'us-east-1',
      network_load_balancer_arns: [loadBalancer!.id],
    });
    await expect
      .poll(() => get(`/v1/endpoint-services/${service.id}`), { timeout: 15_000 })
      .toMatchObject({ observed: { state: 'available' }, problem: null });
  });

  it('when a worker is asked for the API, it has none, but it tells its health', async () => {
    expect((await fetch(`${worker.address}/readyz`)).status).toBe(200);
    expect((await fetch(`${worker.address}/v1/customers`)).status).toBe(404);
  });

  it('when they are told to stop, they end with exit code 0', async () => {
    for (const { child } of [front, worker]) {
      child.kill('SIGTERM');
      await once(child, 'exit');
      expect(child.exitCode).toBe(0);
    }
  });
});

interface Process {
  child: ChildProcess;
  address: string;
  open: string | null;
}

/** @throws Error with what the program wrote when it ends before it listens */
async function start(role: string, more: Record<string, string>): Promise<Process> {
  const child = spawn(process.execPath, [main, 'start', '--role', role], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...settings(), ...more },
  });
  let errors = '';
  child.stderr!.on('data', (chunk) => (errors += String(chunk)));
  const ended = once(child, 'close').then(() => {
    throw new Error(errors);
  });
  const [addresses] = (await Promise.race([once(child, 'message'), ended])) as [
    Omit<Process, 'child'>,
  ];
  return { child, ...addresses };
}

/** Nothing of the environment but PATH: no AWS settings of whoever runs the tests. */
function settings(): Record<string, string> {
  return {
    PATH: process.env.PATH!,
    PORT: '0',
    DATABASE_URL: database.connectionString,
    SALLYPORT_LOG_LEVEL: 'silent',
  };
}

async function get(path: string): Promise<unknown> {
  return (await call('GET', path)).json();
}

async function post(path: string, body: object): Promise<{ id: string }> {
  const response = await call('POST', path, body);
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string };
}

function call(method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${front.address}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
}
