// docs/support.md as it stands: its commands, typed in a machine without anything on it, and what
// they print beside what the page shows.

import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { StuckConnection } from './demo/stuck-connection.ts';

export interface Typed {
  command: string;
  code: number;
  /** What the page shows that was not printed, in its place; null when all of it was. */
  missing: string | null;
  printed: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const ENDPOINT = 'vpce-0a1b2c3d4e5f60718';

/** Types each command of the page, and gives what came of it, in order. */
export async function typePage(world: StuckConnection): Promise<Typed[]> {
  const page = await readFile(join(root, 'docs/support.md'), 'utf8');
  const home = await mkdtemp(join(tmpdir(), 'sallyport-support-'));
  try {
    await pack(home);
    await writeFile(join(home, 'support.key'), world.supportKey, { mode: 0o600 });
    await copyFile(world.operatorKeyFile, join(home, 'ops.key'));
    await chmod(join(home, 'ops.key'), 0o600);
    const typed: Typed[] = [];
    for (const { command, shown } of stepsOf(page)) {
      const own = command
        .replaceAll(ENDPOINT, world.endpoint)
        .replaceAll('https://connect.vendor.example', world.url);
      const { code, printed } = await run(own, home);
      typed.push({ command, code, printed, missing: missingOf(shown, printed) });
    }
    return typed;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function pack(to: string): Promise<void> {
  const options = { cwd: join(root, 'packages/cli'), env: environment(to) };
  await promisify(execFile)('npm', ['pack', '--pack-destination', to], options);
}

interface Step {
  command: string;
  /** What the page shows of it, line by line. */
  shown: string[];
}

function stepsOf(page: string): Step[] {
  const blocks = Array.from(page.matchAll(/```console\n(.*?)```/gs), ([, text]) => text!);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [command = '', ...shown] = text.trimEnd().split('\n');
        return { command, shown };
      }),
  );
}

function run(command: string, home: string): Promise<{ code: number; printed: string }> {
  const options = { cwd: home, env: environment(home), timeout: 60_000 };
  return new Promise((resolve) => {
    execFile('bash', ['-c', `${command} 2>&1`], options, (error, printed) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, printed });
    });
  });
}

/** Of a machine that has Node and npm, and nothing of ours. */
function environment(home: string): NodeJS.ProcessEnv {
  return {
    HOME: home,
    PATH: [join(home, 'npm/bin'), dirname(process.execPath), process.env['PATH']].join(':'),
    npm_config_prefix: join(home, 'npm'),
    npm_config_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_cache: join(home, 'npm-cache'),
  };
}

/** The lines of the page in their order; one with three dots stands for any number of lines. */
function missingOf(shown: readonly string[], printed: string): string | null {
  const lines = printed.trimEnd().split('\n').map(withoutNames);
  let at = 0;
  let anywhere = shown.length === 0;
  for (const line of shown.map(withoutNames)) {
    if (line === '…') {
      anywhere = true;
      continue;
    }
    const found = anywhere ? lines.indexOf(line, at) : lines[at] === line ? at : -1;
    if (found < 0) return line;
    at = found + 1;
    anywhere = false;
  }
  return anywhere || at === lines.length ? null : `nothing behind "${lines[at - 1] ?? ''}"`;
}

/** Ids and times are others each time. */
function withoutNames(line: string): string {
  return (
    line
      .replaceAll(/\bvpce-(svc-)?[0-9a-f]{17}\b/g, 'vpce-$1ID')
      .replaceAll(/\b([a-z]+)_[0-9a-hjkmnp-tv-z]{26}\b/g, '$1_ID')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      // Columns are as wide as what else is in them.
      .replaceAll(/(?<=\S) {2,}/g, '  ')
      .trimEnd()
  );
}
