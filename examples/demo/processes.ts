// The processes of the demo: the simulator and the service, on free ports, in one temporary
// directory.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { region, vendor } from './cast.ts';
import type { CliResult, Stage } from './story.ts';

export interface Service {
  url: string;
  pid: number;
  /** `SIGTERM` to let it end what is under way, `SIGKILL` to crash it. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface Simulator {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));

/** Starts the simulator; its log goes to `simulator.log` in the directory. */
export async function startSimulator(directory: string): Promise<Simulator> {
  const log = openSync(join(directory, 'simulator.log'), 'a');
  const main = join(packages, 'aws-simulator/dist/main.js');
  const child = spawn(process.execPath, [main, '--port', '0'], {
    stdio: ['ignore', 'pipe', log, 'ipc'],
    env: plainEnvironment(),
  });
  closeSync(log);
  const line = await Promise.race([once(child.stdout!, 'data'), ended(child, 'The simulator')]);
  const { endpoint: url } = JSON.parse(String(line)) as { endpoint: string };
  return { url, pid: child.pid!, stop: () => stop(child, 'SIGTERM') };
}

/** Starts the service; its log goes to `service.log`, its data to `data` in the directory. */
export async function startService(
  directory: string,
  awsUrl: string,
  port: number,
  settings: Record<string, string> = {},
): Promise<Service> {
  const log = openSync(join(directory, 'service.log'), 'a');
  const child = spawn(process.execPath, [join(packages, 'api/dist/main.js'), 'start'], {
    stdio: ['ignore', log, log, 'ipc'],
    env: {
      ...plainEnvironment(),
      PORT: String(port),
      SALLYPORT_DATA_DIR: join(directory, 'data'),
      AWS_ENDPOINT_URL: awsUrl,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: vendor.account,
      AWS_SECRET_ACCESS_KEY: 'simulator',
      ...settings,
    },
  });
  closeSync(log);
  const messages = await Promise.race([once(child, 'message'), ended(child, 'The service')]);
  const { address: url } = messages[0] as { address: string };
  return { url, pid: child.pid!, stop: (signal) => stop(child, signal) };
}

/** What the story needs to know of the processes. */
export function stageOf(directory: string, awsUrl: string, apiUrl: string, run: string): Stage {
  const keyFile = join(directory, 'data/operator.key');
  return {
    apiUrl,
    awsUrl,
    run,
    operatorKey: async () => (await readFile(keyFile, 'utf8')).trim(),
    cli: (args) => runCli(args, apiUrl, keyFile),
  };
}

/** A port that is free now, for a service that shall have the same one after a restart. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function runCli(args: string[], url: string, keyFile: string): Promise<CliResult> {
  const cli = join(packages, 'cli/dist/sallyport.cjs');
  const env = { ...plainEnvironment(), SALLYPORT_URL: url, SALLYPORT_API_KEY_FILE: keyFile };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}

/** The user's own AWS and Sallyport settings must not lead the demo to anything real. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(AWS_|SALLYPORT_|DATABASE_URL$|PORT$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

async function ended(child: ChildProcess, who: string): Promise<never> {
  await once(child, 'exit');
  const how = child.signalCode ?? `exit code ${child.exitCode}`;
  throw new Error(`${who} ended before it was ready (${how}).`);
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
