// The `aws` CLI as a function: a command, run as an account's root against a simulator.

import { type Outcome, run } from './installed.ts';

/** What a command printed; its shape is the command's own. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Cli {
  /** What it printed, as JSON; the words of the command are split at spaces. */
  (who: Who, command: string, ...more: string[]): Promise<Json>;
  /** How it ended and what it printed, whatever that is. */
  outcome(who: Who, command: string, ...more: string[]): Promise<Outcome>;
}

/** An account id stands for its root. */
export type Who = string | { readonly id: string; readonly secret: string; readonly token: string };

export function cliFor(endpoint: string): Cli {
  // AWS_ENDPOINT_URL is not read by the CLI of Debian 12, and --endpoint-url is by all.
  const place = ['--endpoint-url', endpoint, '--region', 'us-east-1', '--output', 'json'];
  const outcome: Cli['outcome'] = (who, command, ...more) =>
    run('aws', [...place, ...command.split(' '), ...more], credentialsOf(who));
  const answer = async (who: Who, command: string, ...more: string[]): Promise<Json> => {
    const { code, stdout, stderr } = await outcome(who, command, ...more);
    if (code !== 0) throw new Error(`aws ${command} ended with ${code}: ${stderr.trim()}`);
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  };
  return Object.assign(answer, { outcome });
}

function credentialsOf(who: Who): Record<string, string> {
  if (typeof who === 'string') {
    return { AWS_ACCESS_KEY_ID: who, AWS_SECRET_ACCESS_KEY: 'simulator' };
  }
  return {
    AWS_ACCESS_KEY_ID: who.id,
    AWS_SECRET_ACCESS_KEY: who.secret,
    AWS_SESSION_TOKEN: who.token,
  };
}
