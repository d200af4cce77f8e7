// How long the CLI takes to say something, beside Node doing nothing and beside the command lines
// of other vendors, in one run.

import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startGuard } from '../guard.ts';
import { median, milliseconds, type Figure } from './figure.ts';

const cli = fileURLToPath(new URL('../../packages/cli/dist/sallyport.cjs', import.meta.url));
const rounds = 15;
/** Of which one may install them at any time and get the same. */
const others = { neonctl: '5.0.1', wrangler: '4.164.0' };
const installMs = 180_000;

export async function commandLineFigures(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-command-line-'));
  const guard = await startGuard();
  guard.removes(directory);
  try {
    const installed = await installOthers(directory);
    return [...startFigures(installed.programs), ...installed.skipped, await firstByteFigure()];
  } finally {
    await rm(directory, { recursive: true, force: true });
    await guard.release();
  }
}

/** Takes turns with bare Node, so that a machine that slows down slows all. */
function startFigures(programs: Record<string, string>): Figure[] {
  const commands: Record<string, string[]> = {
    bare: ['-e', '0'],
    'CLI --help': [cli, '--help'],
    'CLI --version': [cli, '--version'],
    'CLI completion': [cli, '__complete', 'connections', 'list', '--st'],
  };
  for (const [name, file] of Object.entries(programs))
    commands[`${name} --help`] = [file, '--help'];
  const samples = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, args] of Object.entries(commands)) samples.get(name)!.push(time(args));
  }
  const bare = median(samples.get('bare')!);
  return [...samples].slice(1).map(([name, taken]) => {
    const took = median(taken);
    const goal = name.startsWith('CLI') ? '; goal ≤ 1.6 ×' : '';
    const ratio = (took / bare).toFixed(2);
    return {
      name,
      value: milliseconds(took),
      beside: `${ratio} × \`node -e 0\` (${milliseconds(bare)})${goal}`,
    };
  });
}

function time(args: string[]): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: quiet() });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}

/** From the start of the process to the first byte of its answer; the service itself is idle. */
async function firstByteFigure(): Promise<Figure> {
  const page = '{"items":[],"next_cursor":null}';
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(page);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { ...quiet(), SALLYPORT_URL: url, SALLYPORT_API_KEY: 'key-of-the-bench' };
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    const args = [cli, 'customers', 'list', '-o', 'json'];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    samples.push(performance.now() - startedAt);
    await once(child, 'close');
  }
  server.closeAllConnections();
  server.close();
  return {
    name: 'CLI, first byte of a list',
    value: milliseconds(median(samples)),
    beside: 'goal ≤ 150 ms, the request to a service on this machine included',
  };
}

interface Installed {
  programs: Record<string, string>;
  skipped: Figure[];
}

/** Without their install scripts, which their help does not need. */
async function installOthers(directory: string): Promise<Installed> {
  const wanted = Object.entries(others).map(([name, version]) => `${name}@${version}`);
  await writeFile(join(directory, 'package.json'), '{"private":true}');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted];
  const options = { cwd: directory, timeout: installMs };
  const failure = await promisify(execFile)('npm', args, options).then(
    () => undefined,
    (error: unknown) => (error as Error).message.split('\n').at(-2) ?? 'npm failed',
  );
  const programs: Record<string, string> = {};
  for (const name of Object.keys(others)) {
    const file = await programOf(join(directory, 'node_modules', name), name);
    if (file !== undefined) programs[name] = file;
  }
  const missing = Object.keys(others).filter((name) => programs[name] === undefined);
  const skipped = missing.map((name) => {
    return { name: `${name} --help`, value: 'skipped', beside: failure ?? 'it has no program' };
  });
  return { programs, skipped };
}

async function programOf(folder: string, name: string): Promise<string | undefined> {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: Record<string, string> };
  return bin[name] === undefined ? undefined : join(folder, bin[name]);
}

/** Nothing of the person's own, and no telemetry of the others. */
function quiet(): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, HOME: tmpdir(), CI: '1', WRANGLER_SEND_METRICS: 'false', NO_UPDATE_NOTIFIER: '1' };
}
