// Runs one program to its end and keeps what it printed. It does not stream and does not retry.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

export type Command = {
  /** The program, then its arguments. */
  argv: readonly [string, ...string[]];
  cwd: string;
  /** Text for the program's standard input; without it, the input is empty. */
  input?: string;
  /** Beside the environment of this process. */
  env?: Readonly<Record<string, string>>;
};

export type CommandResult = {
  /** The exit code; 1 when a signal ended the program. */
  code: number;
  /** Standard output and standard error, in the order in which they arrived. */
  output: string;
};

/** Runs the program. A program that cannot be started is a result with code 127, not a throw. */
export async function runCommand({ argv, cwd, input, env }: Command): Promise<CommandResult> {
  const [program, ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => resolve({ code: 127, output: `${program}: ${error.message}\n` }));
    child.on('close', (code, signal) => {
      const ending = signal === null ? '' : `${program} was ended by ${signal}\n`;
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') + ending });
    });
    child.stdin.end(input);
  });
}

/**
 * The argv prefix that runs the command `name` of an installed package with this very Node.
 * It goes by the package's `bin`, because `node_modules/.bin` shims pick whatever Node is on PATH.
 */
export function installedCommand(
  from: string,
  packageName: string,
  name: string,
): [string, string] {
  const require = createRequire(path.join(from, 'package.json'));
  const manifestPath = packageManifest(require, packageName);
  const manifest = require(manifestPath) as { bin: string | Record<string, string> };
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name];
  if (file === undefined) throw new Error(`${packageName} has no command ${name}`);
  return [process.execPath, path.join(path.dirname(manifestPath), file)];
}

function packageManifest(require: NodeJS.Require, packageName: string): string {
  for (const directory of require.resolve.paths(packageName) ?? []) {
    try {
      return require.resolve(path.join(directory, packageName, 'package.json'));
    } catch {
      // Not in this node_modules: the next one up is tried, as Node does.
    }
  }
  throw new Error(`${packageName} is not installed. Run: npx -y pnpm@12 install`);
}
