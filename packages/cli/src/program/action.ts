// What happens around every command: its context is made, and whatever it throws is told to the
// person and turned into an exit code. The SDK is loaded here at the earliest, never for `--help`.

import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Attempted } from '../failure.ts';
import { disarm } from '../output/disarm.ts';
import type { Settings } from '../profiles/settings.ts';
import type { Context, GlobalOptions, Runtime } from '../runtime.ts';

export type Handler = (context: Context) => Promise<ExitCode | void>;

export async function runAction(
  runtime: Runtime,
  options: GlobalOptions,
  attempted: Attempted,
  handler: Handler,
): Promise<ExitCode> {
  const known: Known = { keySource: undefined, url: undefined };
  const context = contextFrom(runtime, options, known);
  try {
    const exitCode = (await handler(context)) ?? exitCodes.ok;
    if (exitCode === exitCodes.notFound) await sayNearIds(context, attempted);
    return exitCode;
  } catch (error) {
    const { failureOf } = await import('../failure.ts');
    const { exitCode, lines } = failureOf(error, { ...attempted, ...known });
    for (const line of lines) context.say(line);
    if (exitCode === exitCodes.notFound) await sayNearIds(context, attempted);
    // A variable that is not read leaves the wrong service, or no key.
    if (exitCode === exitCodes.auth || exitCode === exitCodes.unavailable) {
      const { mistypedVariables } = await import('../profiles/mistyped.ts');
      for (const line of mistypedVariables(runtime)) context.say(`note: ${line}`);
    }
    // Other codes are answers to what was asked; this one may be a defect.
    if (options.debug && exitCode === exitCodes.failure) stackLines(error).forEach(context.say);
    return exitCode;
  }
}

/** Asks the service once more, so only for a person who sits there. */
async function sayNearIds(context: Context, { kinds = [], args = [] }: Attempted): Promise<void> {
  if (!context.err.isTerminal) return;
  const { liveValues } = await import('../completion/live-values.ts');
  const { didYouMean } = await import('../input/nearest.ts');
  for (const [index, kind] of kinds.entries()) {
    const values = await liveValues(context, kind);
    const hint = didYouMean(
      args[index] ?? '',
      values.map(({ value }) => value),
    );
    if (hint !== undefined) context.say(`note: ${hint}`);
  }
}

/** What helps to say where a failure is from. */
interface Known {
  keySource: string | undefined;
  url: string | undefined;
}

function contextFrom(runtime: Runtime, options: GlobalOptions, known: Known): Context {
  const say = (line: string) => runtime.err.write(`${disarm(line)}\n`);
  let settings: Promise<Settings> | undefined;
  const { url, profile, debug } = options;
  const context: Context = {
    ...runtime,
    options,
    say,
    settings({ isNew = false } = {}) {
      const load = async () => (await import('../profiles/settings.ts')).settingsFor;
      settings ??= load().then((settingsFor) => settingsFor(runtime, { url, profile, isNew }));
      return settings;
    },
    async client({ anonymous = false, apiKey, keySource, middleware } = {}) {
      const { openClient } = await import('../api/client.ts');
      const found = await context.settings();
      known.url = found.url.value;
      known.keySource = keySource;
      const onKey = (source: string) => {
        known.keySource = source;
      };
      const choices = { settings: found, debug, anonymous, apiKey, middleware, say, onKey };
      return openClient(runtime, choices);
    },
  };
  return context;
}

function stackLines(error: unknown): string[] {
  return error instanceof Error ? (error.stack ?? '').split('\n') : [];
}
