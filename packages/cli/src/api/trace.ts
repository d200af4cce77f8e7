// What `--debug` shows of each request and answer. The key is not in it: the SDK adds it behind its
// middleware. What other values let their holder in are blanked by name and by look, in headers,
// queries and bodies alike.

import type { AttemptRequest, Middleware } from '@sallyport/sdk';
import { REDACTED, withoutSecrets } from '../output/secrets-in-text.ts';

export interface TraceSinks {
  now(): number;
  say(line: string): void;
}

const SENSITIVE = /token|secret|signature|password|credential|authorization|cookie|api[-_]?key/i;
/** Longer bodies are cut: a trace is for reading. */
const BODY_MAX = 4_000;

export function traceMiddleware({ now, say }: TraceSinks): Middleware {
  return async (request, next) => {
    const startedAt = now();
    for (const line of requestLines(request)) say(`> ${line}`);
    try {
      const response = await next(request);
      const ms = now() - startedAt;
      for (const line of await responseLines(response, ms)) say(`< ${line}`);
      return response;
    } catch (error) {
      say(`* ${(error as Error).message} after ${now() - startedAt} ms`);
      throw error;
    }
  };
}

function requestLines({ method, url, headers, body, attempt }: AttemptRequest): string[] {
  const text = typeof body === 'string' ? body : '';
  return [
    `${method} ${redactedUrl(url)} (attempt ${attempt})`,
    ...headerLines(headers),
    ...bodyLines(text),
  ];
}

async function responseLines(response: Response, ms: number): Promise<string[]> {
  const text = await response.clone().text();
  const status = `${response.status} ${response.statusText}`.trim();
  return [`${status} in ${ms} ms`, ...headerLines(response.headers), ...bodyLines(text)];
}

export function redactedUrl(href: string): string {
  const url = new URL(href);
  for (const [name, value] of Array.from(url.searchParams)) {
    const shown = redactedValue(name, value);
    if (shown !== value) url.searchParams.set(name, shown);
  }
  return url.href;
}

/** @param name of a header, a parameter or a member */
export function redactedValue(name: string, value: string): string {
  return SENSITIVE.test(name) ? REDACTED : withoutSecrets(value);
}

function headerLines(headers: Headers): string[] {
  return Array.from(headers, ([name, value]) => `${name}: ${redactedValue(name, value)}`);
}

function bodyLines(text: string): string[] {
  if (text === '') return [];
  const shown = redactedBody(text);
  const rest = shown.length - BODY_MAX;
  return [rest > 0 ? `${shown.slice(0, BODY_MAX)}… (${rest} more characters)` : shown];
}

/** Only JSON can be blanked by name, so nothing else is shown. */
export function redactedBody(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), redactedMember);
  } catch {
    return `(${text.length} characters that are not JSON)`;
  }
}

function redactedMember(name: string, value: unknown): unknown {
  return typeof value === 'string' ? redactedValue(name, value) : value;
}
