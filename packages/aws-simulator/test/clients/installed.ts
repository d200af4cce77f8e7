// Clients by other people that this machine has, the environment they run in, and what to do when
// one is missing: tests of it are skipped with a reason, or fail where it is required.

import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Client {
  /** For example `aws` or `python3`, found on the PATH. */
  readonly command: string;
  /** What it says of itself, for a person to read; undefined when it is not there. */
  readonly version: string | undefined;
  /** Whether its tests run: it is there, or it has to be. */
  readonly runs: boolean;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The `aws` CLI, version 1 or 2. */
export function awsCli(): Client {
  return client(['aws'], ['--version'], 'the `aws` CLI');
}

/** Python 3 with boto3: the one on the PATH, or else the one that Debian's python3-boto3 is for. */
export function boto3(): Client {
  const version =
    'import boto3, botocore;' +
    'print(f"boto3 {boto3.__version__}, botocore {botocore.__version__}")';
  return client(['python3', '/usr/bin/python3'], ['-c', version], '`python3` with boto3');
}

/** @throws Error when a client is missing that has to be there. */
export function checkInstalled({ command, version }: Client): void {
  if (version !== undefined) return;
  throw new Error(
    `SALLYPORT_REQUIRE_AWS_CLIENTS is 1, and ${command} is missing or does not work. ` +
      'Install awscli and python3-boto3 (Debian) or take the variable away.',
  );
}

/** Runs a client by itself: no settings, credentials or caches of whoever runs the tests. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  timeoutMs = 100_000,
): Promise<Outcome> {
  const options = {
    cwd: fileURLToPath(new URL('python/', import.meta.url)),
    env: { ...plainEnvironment, ...env },
    timeout: timeoutMs,
    maxBuffer: 16 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    execFile(command, [...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr });
    });
  });
}

const plainEnvironment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  NO_PROXY: '127.0.0.1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
  PYTHONDONTWRITEBYTECODE: '1',
  // A traceback tells more than the summary of it.
  PYTHONUNBUFFERED: '1',
};

/** The first of the commands that works. */
function client(commands: readonly [string, ...string[]], args: string[], what: string): Client {
  const required = process.env.SALLYPORT_REQUIRE_AWS_CLIENTS === '1';
  for (const command of commands) {
    const version = answer(command, args);
    if (version !== undefined) return { command, version, runs: true };
  }
  if (!required) process.stderr.write(`skipped: ${what} is not on the PATH, or does not work\n`);
  return { command: commands[0], version: undefined, runs: required };
}

function answer(command: string, args: string[]): string | undefined {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    return execFileSync(command, args, { encoding: 'utf8', stdio: [...stdio] }).trim();
  } catch {
    return undefined;
  }
}
