// `pnpm start`: the service as it is configured or, when nothing is, in local mode beside a
// simulated AWS. The service alone is `node packages/api/dist/main.js start`, run here as a child.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { readFlags } from './flags.ts';
import { startGuard } from './guard.ts';
import { onLauncherGone } from './launcher.ts';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));
const simulatorPort = 4566;

/** Any of these means that the user has something real in mind. */
const realSettings = [
  'DATABASE_URL',
  'AWS_ACCESS_KEY_ID',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_ENDPOINT_URL',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
];

const usage = `Usage: pnpm start [--role all|front|worker]

Without DATABASE_URL and AWS settings it is in local mode: an embedded database in .sallyport, and
a simulated AWS. Settings: docs/settings.md.`;
const dataDirectory = process.env.SALLYPORT_DATA_DIR || '.sallyport';

const children: ChildProcess[] = [];
let stopping = false;

async function main(): Promise<number> {
  readFlags({ usage, options: { role: { type: 'string' } } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  onLauncherGone(stop);
  const guard = await startGuard();
  const local = realSettings.every((name) => !process.env[name]);
  const environment = local ? await simulate(guard.ends) : {};
  if (stopping) return 130;
  const service = spawn(
    process.execPath,
    [`${packages}api/dist/main.js`, 'start', ...process.argv.slice(2)],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...environment },
    },
  );
  children.push(service);
  guard.ends(service.pid!);
  service.once('message', (message) => announce((message as { address: string }).address, local));
  const [code] = (await once(service, 'exit')) as [number | null];
  stop();
  await Promise.all(children.map((child) => ended(child)));
  await guard.release();
  return code ?? 1;
}

/** Starts the simulator and tells which settings lead the service to it. */
async function simulate(ends: (pid: number) => void): Promise<Record<string, string>> {
  const port = (await isFree(simulatorPort)) ? simulatorPort : 0;
  const main = `${packages}aws-simulator/dist/main.js`;
  const child = spawn(process.execPath, [main, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  children.push(child);
  ends(child.pid!);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  const { endpoint } = JSON.parse(String(line)) as { endpoint: string };
  process.stderr.write(simulatedNotice(endpoint));
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: '111111111111',
    AWS_SECRET_ACCESS_KEY: 'simulator',
  };
}

function simulatedNotice(endpoint: string): string {
  return `
  ** LOCAL MODE: AWS IS SIMULATED, at ${endpoint} **
  It forgets everything when it stops. The vendor is account 111111111111, customers are
  222222222222 and 333333333333; the key id is the account number, the secret "simulator".
  For real: set DATABASE_URL and AWS settings (docs/settings.md).
${existsSync(`${dataDirectory}/postgres`) ? leftoverNotice : ''}
`;
}

/** Sallyport remembers services that the AWS of this run never had, and would tell them missing. */
const leftoverNotice = `
  ${dataDirectory} is of an earlier run. If that AWS was simulated too, it is gone, and its services
  are missing now. To begin anew, stop this and delete ${dataDirectory}.
`;

function announce(address: string, local: boolean): void {
  const lines = [`Sallyport ${address}   reference ${address}/docs`];
  if (!process.env.DATABASE_URL) lines.push(keyNotice());
  if (local) lines.push('To play the story by hand: docs/by-hand.md');
  process.stderr.write(`\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
}

/** The service writes the file with its first key only: a key is stored as a hash. */
function keyNotice(): string {
  const file = `${dataDirectory}/operator.key`;
  if (existsSync(file)) return `The operator key is in ${file}`;
  const command = 'npx -y pnpm@12 exec node packages/api/dist/main.js create-operator-key';
  return `${file} is gone. For another key, stop this and run: ${command}`;
}

function stop(): void {
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

process.exitCode = await main();
