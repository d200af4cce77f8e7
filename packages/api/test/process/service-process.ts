// The built program as a process of its own, which a test may kill for real. It ends with the test
// that started it, however that ends: the program heeds the end of its channel.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ProcessRole } from '../../src/config.ts';

export interface ServiceProcess {
  pid: number;
  /** Where it listens: `http://127.0.0.1:40123`. */
  address: string;
  /** Resolves when it has ended, however. */
  ended: Promise<Ending>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ending>;
  /** What it wrote to its log so far. */
  log(): string;
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

const startMaxMs = 90_000;

/**
 * @param settings all of its environment but PATH: nothing of whoever runs the tests
 * @throws Error with what the program wrote when it ends before it listens
 */
export async function startService(
  role: ProcessRole,
  settings: Record<string, string>,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main, 'start', '--role', role], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...ofRunner(), PORT: '0', SALLYPORT_LOG_LEVEL: 'silent', ...settings },
  });
  let log = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk) => (log += String(chunk)));
  }
  const ended = once(child, 'close').then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
  }));
  const tooEarly = ended.then(() => {
    throw new Error(`The ${role} ended before it listened: ${log}`);
  });
  tooEarly.catch(() => {});
  const waiting = new AbortController();
  const tooLate = pause(startMaxMs, undefined, { signal: waiting.signal }).then(() => {
    child.kill('SIGKILL');
    throw new Error(`The ${role} did not listen within ${startMaxMs} ms: ${log}`);
  });
  tooLate.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), tooEarly, tooLate]);
  waiting.abort();
  return {
    pid: child.pid!,
    address: (message as { address: string }).address,
    ended,
    log: () => log,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Makes a key by the built program's own command. @returns the secret */
export async function makeOperatorKey(settings: Record<string, string>): Promise<string> {
  const env = { ...ofRunner(), ...settings };
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'create-operator-key'], {
    env,
  });
  return stdout.trim();
}

/** What it has of whoever runs the tests: where programs are, and what Node has compiled before. */
function ofRunner(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
}
