// Runs the programs of docs/prove/ as a customer would, with all that is secret in the environment,
// and remembers what they gave to other programs as arguments, where everybody can read it.
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Ended {
  code: number;
  output: string;
  /** Every argument of every program that it ran. */
  shown: string;
}

const docs = path.resolve(import.meta.dirname, '../../../../docs/prove');
/** What prove.sh runs besides the shell's own. */
const tools = ['curl', 'openssl', 'sed', 'tr', 'od', 'date', 'sleep', 'cat'];
const patience = 60_000;

export function runProver(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Ended> {
  const folder = mkdtempSync(path.join(tmpdir(), 'prover-'));
  const log = path.join(folder, 'arguments');
  writeFileSync(log, '');
  for (const tool of tools) watch(folder, tool, log);
  const surroundings = {
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    NO_PROXY: '127.0.0.1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  };
  const options = { env: surroundings, cwd: docs, timeout: patience };
  return new Promise((resolve) => {
    execFile(command, [...args], options, (error, stdout, stderr) => {
      const code = error ? Number(error.code ?? -1) : 0;
      const shown = `${args.join(' ')}\n${readFileSync(log, 'utf8')}`;
      resolve({ code, output: stdout + stderr, shown });
    });
  });
}

/** The first of the commands with which it works; undefined when none does. */
export function working(commands: readonly string[], args: readonly string[]): string | undefined {
  return commands.find((command) => {
    try {
      execFileSync(command, [...args], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/** A program of the name that writes its arguments down before it does its work. */
function watch(folder: string, tool: string, log: string): void {
  const real = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();
  const file = path.join(folder, tool);
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$*" >>${log}\nexec ${real} "$@"\n`);
  chmodSync(file, 0o755);
}
