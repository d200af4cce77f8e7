import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, type ExpectStatic, test } from 'vitest';
import { processesOf } from './processes.ts';

// A program as `npx -y pnpm@12 demo` runs it: npx, sh, pnpm, sh (in a process group of its own),
// the program. It has a service, which has a database in a session of its own, and a directory.
// Neither stand-in forwards a signal, as npx and pnpm do not.

let scripts: string;
const started: Played[] = [];

beforeAll(async () => {
  scripts = await fs.mkdtemp(path.join(os.tmpdir(), 'guard-test-'));
  await fs.mkdir(path.join(scripts, 'temporary'));
  await Promise.all(Object.entries(texts()).map(async ([name, text]) => write(name, text)));
});

afterAll(async () => {
  // Only what a failed test has left.
  for (const { pids } of started) for (const pid of Object.values(pids)) killIfThere(pid);
  await fs.rm(scripts, { recursive: true });
});

const targets = ['npx', 'pnpm', 'program'] as const;
const signals = ['SIGTERM', 'SIGINT', 'SIGKILL'] as const;
const cases = targets.flatMap((target) => signals.map((signal) => [signal, target] as const));

for (const [signal, target] of cases) {
  test.concurrent(`when ${signal} hits ${target} alone, nothing is left`, async ({ expect }) => {
    const played = await play('quick');
    process.kill(played.pids[target], signal);
    await nothingLeft(expect, played);
  });
}

test.concurrent('when the program ends by itself, nothing is left', async ({ expect }) => {
  const played = await play('quick');
  process.kill(played.pids.program, 'SIGUSR2');
  await nothingLeft(expect, played);
});

test.concurrent('when the program and its service are killed at once, nothing is left', async ({
  expect,
}) => {
  const played = await play('quick');
  process.kill(played.pids.program, 'SIGKILL');
  process.kill(played.pids.service, 'SIGKILL');
  await nothingLeft(expect, played);
});

test.concurrent('when a service does not end on SIGTERM, it is killed', async ({ expect }) => {
  const played = await play('stubborn');
  process.kill(played.pids.program, 'SIGKILL');
  await nothingLeft(expect, played);
});

test.concurrent('when told a directory that is not temporary, the guard leaves it', async ({
  expect,
}) => {
  const directory = await fs.mkdtemp(path.join(scripts, 'not-temporary-'));
  const played = await play('quick', directory);
  process.kill(played.pids.program, 'SIGKILL');
  await nothingLeft(expect, played);
  await fs.rmdir(directory);
});

type Played = {
  directory: string;
  pids: Record<'npx' | 'pnpm' | 'program' | 'service' | 'database' | 'guard', number>;
};

/** Starts the chain, and answers when all of it runs. */
async function play(service: 'quick' | 'stubborn', also = ''): Promise<Played> {
  const outermost = spawn(process.execPath, [path.join(scripts, 'npx'), service, also], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'], TMPDIR: path.join(scripts, 'temporary') },
  });
  const told: Record<string, number | string> = {};
  let text = '';
  for await (const chunk of outermost.stdout) {
    text += String(chunk);
    for (const line of text.split('\n').slice(0, -1)) Object.assign(told, JSON.parse(line));
    if ('guard' in told) break;
  }
  const { directory, ...pids } = told;
  const played = { directory, pids } as Played;
  started.push(played);
  return played;
}

async function nothingLeft(expect: ExpectStatic, { pids, directory }: Played): Promise<void> {
  const processes = processesOf(process.platform);
  // pnpm may live a little longer than npx; it ends when its script does.
  const left = (): string[] =>
    Object.entries(pids).flatMap(([name, pid]) => (processes.read(pid) ? name : []));
  await expect.poll(left, { timeout: 15_000 }).toEqual([]);
  await expect(fs.stat(directory)).rejects.toThrow('ENOENT');
}

function texts(): Record<string, string> {
  const at = (file: string): string =>
    JSON.stringify(pathToFileURL(path.join(import.meta.dirname, file)).href);
  const script = (name: string): string => JSON.stringify(path.join(scripts, name));
  const node = JSON.stringify(process.execPath);
  return {
    npx: `
      const { spawn } = require('node:child_process');
      console.log(JSON.stringify({ npx: process.pid }));
      const line = ['exec', ${node}, ${script('pnpm')}, '"$@"'].join(' ');
      spawn('sh', ['-c', line, 'sh', ...process.argv.slice(2)], { stdio: 'inherit' });`,
    pnpm: `
      const { spawn } = require('node:child_process');
      console.log(JSON.stringify({ pnpm: process.pid }));
      const line = [${node}, ${script('program.mjs')}, '"$@"; exit $?'].join(' ');
      const options = { stdio: 'inherit', detached: true };
      spawn('sh', ['-c', line, 'sh', ...process.argv.slice(2)], options);`,
    'program.mjs': `
      import { spawn } from 'node:child_process';
      import { once } from 'node:events';
      import fs from 'node:fs';
      import os from 'node:os';
      import path from 'node:path';
      import { startGuard } from ${at('guard.ts')};
      import { onLauncherGone } from ${at('launcher.ts')};
      const stopped = new Promise((resolve) => {
        process.on('SIGTERM', resolve).on('SIGINT', resolve);
        process.on('SIGUSR2', resolve);
        onLauncherGone(resolve);
      });
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'guard-test-data-'));
      const guard = await startGuard({ graceMs: 500 });
      guard.removes(directory);
      const [kind, also] = process.argv.slice(2);
      if (also) guard.removes(also);
      const service = spawn(process.execPath, [${script('service.cjs')}, kind], {
        stdio: ['ignore', 'pipe', 'inherit'],
        cwd: directory,
      });
      guard.ends(service.pid);
      const [line] = await once(service.stdout, 'data');
      process.stdout.write(line);
      await guard.noted();
      const facts = { program: process.pid, service: service.pid, directory, guard: guard.pid };
      console.log(JSON.stringify(facts));
      await stopped;
      await guard.release();
      process.exit(0);`,
    'service.cjs': `
      const { spawn } = require('node:child_process');
      const options = { detached: true, stdio: 'ignore' };
      const code = 'setInterval(() => {}, 1000)';
      const database = spawn(process.execPath, ['-e', code], options);
      const stop = () => (database.kill(), process.exit());
      process.on('SIGTERM', process.argv[2] === 'stubborn' ? () => {} : stop);
      console.log(JSON.stringify({ database: database.pid }));
      setInterval(() => {}, 1000);`,
  };
}

async function write(name: string, text: string): Promise<void> {
  await fs.writeFile(path.join(scripts, name), text);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone, as it should be.
  }
}
