// Makes the API client of a command: the URL checked, the key found, the trace switched on.

import { type Middleware, Sallyport } from '@sallyport/sdk';
import { usageError } from '../exit-codes.ts';
import type { Settings } from '../profiles/settings.ts';
import type { Runtime } from '../runtime.ts';
import { VERSION } from '../version.ts';
import { findKey } from './key.ts';
import { curlMiddleware } from './curl.ts';
import { traceMiddleware } from './trace.ts';

export interface ClientChoices {
  settings: Settings;
  debug: boolean | 'curl';
  /** Send no key: for what anyone may call. */
  anonymous: boolean;
  /** Send this one, and look for no other. */
  apiKey: string | undefined;
  /** What takes part in each request, nearest to the network. */
  middleware?: Middleware | undefined;
  say(line: string): void;
  /** Told where the key came from, for people. */
  onKey(source: string): void;
}

/** @throws CommandError when the URL is wrong or there is no key */
export async function openClient(runtime: Runtime, choices: ClientChoices): Promise<Sallyport> {
  const { settings, debug, anonymous, apiKey, middleware, say, onKey } = choices;
  const { value: url, origin } = settings.url;
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw usageError(`"${url}" is not an http(s) URL.`, `It is from ${origin}: correct it there.`);
  }
  const withoutKey = anonymous || apiKey !== undefined;
  const found = withoutKey ? undefined : await findKey({ ...runtime, settings });
  if (found) onKey(found.source);
  return new Sallyport({
    baseUrl: url,
    apiKey: apiKey ?? found?.key,
    appInfo: { name: 'sallyport-cli', version: VERSION },
    middleware: [
      ...(debug === true ? [traceMiddleware({ now: runtime.now, say })] : []),
      ...(debug === 'curl' ? [curlMiddleware(say, !anonymous)] : []),
      ...(middleware ? [middleware] : []),
    ],
    logger: debug ? { warn: (_, { pauseMs, reason }) => say(retryLine(pauseMs, reason)) } : {},
  });
}

function retryLine(pauseMs: unknown, reason: unknown): string {
  return `* trying again in ${Math.round(Number(pauseMs))} ms: ${String(reason)}`;
}
