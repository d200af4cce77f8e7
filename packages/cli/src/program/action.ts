// What happens around every command: its context is made, and whatever it throws is told to the
// person and turned into an exit code. The SDK is loaded here at the earliest, never for `--help`.

import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Attempted } from '../failure.ts';
import { disarm } from '../output/disarm.ts';
import type { Context, GlobalOptions, Runtime } from '../runtime.ts';

export type Handler = (context: Context) => Promise<ExitCode | void>;

export async function runAction(
  runtime: Runtime,
  options: GlobalOptions,
  attempted: Attempted,
  handler: Handler,
): Promise<ExitCode> {
  let keySource: string | undefined;
  const context = contextFrom(runtime, options, (source) => {
    keySource = source;
  });
  try {
    return (await handler(context)) ?? exitCodes.ok;
  } catch (error) {
    const { failureOf } = await import('../failure.ts');
    const { exitCode, lines } = failureOf(error, { ...attempted, url: options.url, keySource });
    for (const line of lines) context.say(line);
    // Other codes are answers to what was asked; this one may be a defect.
    if (options.debug && exitCode === exitCodes.failure) stackLines(error).forEach(context.say);
    return exitCode;
  }
}

function contextFrom(
  runtime: Runtime,
  options: GlobalOptions,
  onKey: (source: string) => void,
): Context {
  const say = (line: string) => runtime.err.write(`${disarm(line)}\n`);
  return {
    ...runtime,
    options,
    say,
    async client({ anonymous = false, middleware } = {}) {
      const { openClient } = await import('../api/client.ts');
      const { url, debug } = options;
      return openClient(runtime, { url, debug, anonymous, middleware, say, onKey });
    },
  };
}

function stackLines(error: unknown): string[] {
  return error instanceof Error ? (error.stack ?? '').split('\n') : [];
}
