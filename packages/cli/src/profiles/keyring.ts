// The keyring of the operating system, through the programs that come with it: `security` on macOS,
// `secret-tool` of libsecret elsewhere. Secrets go to them on stdin, never on their command line.

import { spawn } from 'node:child_process';
import type { Place } from './places.ts';

export interface Keyring {
  /** For people. */
  name: string;
  /** Undefined when there is none, or the keyring cannot be opened. */
  read(profile: string): Promise<string | undefined>;
  /** Whether it is kept now. */
  write(profile: string, secret: string): Promise<boolean>;
  remove(profile: string): Promise<void>;
}

/** Somebody may have to unlock it first. */
const TIMEOUT_MS = 60_000;

/** Undefined where this platform has none that can be reached so. */
export function openKeyring(place: Place): Keyring | undefined {
  if (place.platform === 'darwin') return macKeyring(place);
  return place.platform === 'win32' ? undefined : secretService(place);
}

function macKeyring(place: Place): Keyring {
  const item = (profile: string) => ['-s', 'sallyport', '-a', profile];
  return {
    name: 'the keychain',
    read: async (profile) => {
      const args = ['find-generic-password', ...item(profile), '-w'];
      return found(await run(place, 'security', args));
    },
    write: async (profile, secret) => {
      // With -i it reads commands from stdin; names and secrets here have no blanks.
      const command = ['add-generic-password', '-U', ...item(profile), '-w', secret].join(' ');
      const { code } = await run(place, 'security', ['-i'], `${command}\n`);
      return code === 0 && (await macKeyring(place).read(profile)) === secret;
    },
    remove: async (profile) => {
      await run(place, 'security', ['delete-generic-password', ...item(profile)]);
    },
  };
}

function secretService(place: Place): Keyring {
  const item = (profile: string) => ['service', 'sallyport', 'profile', profile];
  return {
    name: 'the keyring',
    read: async (profile) => found(await run(place, 'secret-tool', ['lookup', ...item(profile)])),
    write: async (profile, secret) => {
      const args = ['store', `--label=sallyport ${profile}`, ...item(profile)];
      return (await run(place, 'secret-tool', args, secret)).code === 0;
    },
    remove: async (profile) => {
      await run(place, 'secret-tool', ['clear', ...item(profile)]);
    },
  };
}

interface Ran {
  /** Undefined when it could not be run. */
  code: number | undefined;
  stdout: string;
}

function found({ code, stdout }: Ran): string | undefined {
  const text = stdout.trim();
  return code === 0 && text !== '' ? text : undefined;
}

function run({ env }: Place, program: string, args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    // Its own `timeout` would keep this process for as long where the program is not there.
    const child = spawn(program, args, { env, signal: AbortSignal.timeout(TIMEOUT_MS) });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.resume();
    child.on('error', () => resolve({ code: undefined, stdout: '' }));
    child.on('close', (code) => resolve({ code: code ?? undefined, stdout }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
