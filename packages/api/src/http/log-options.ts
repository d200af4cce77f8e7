// How logs are written: what is left out of them, and what an error looks like. It makes no logger.

import { pino } from 'pino';
import type { LoggerOptions } from 'pino';

/**
 * Options for `pino`. The service logs neither headers nor bodies; the censoring is a second line
 * for an object that somebody logs whole. It is not pino's `redact`, whose wildcards cost 30 µs a
 * line and have one path for each depth. Levels are words, times are RFC 3339.
 */
export const logOptions = {
  base: null,
  messageKey: 'message',
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: {
    level: (label: string) => ({ level: label }),
    log: (object: Record<string, unknown>) => censor(object, 0) as Record<string, unknown>,
  },
  serializers: { err: describeError },
} satisfies LoggerOptions;

const secretNames = new Set([
  'authorization',
  'cookie',
  'password',
  'secret',
  'secret_access_key',
  'secretaccesskey',
  'session_token',
  'sessiontoken',
  'signature',
  'token',
  'web_identity_token',
  'webidentitytoken',
]);

const depthMax = 6;

/** A copy without the values of secret names, at any depth; the object itself when it is flat. */
function censor(value: unknown, depth: number): unknown {
  if (!isPlain(value)) return value;
  if (depth > depthMax) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => censor(item, depth + 1));
  const entries = Object.entries(value);
  if (entries.every(([name, member]) => !isSecret(name) && !isPlain(member))) return value;
  return Object.fromEntries(
    entries.map(([name, member]) => [
      name,
      isSecret(name) ? '[redacted]' : censor(member, depth + 1),
    ]),
  );
}

function isSecret(name: string): boolean {
  return secretNames.has(name) || secretNames.has(name.toLowerCase());
}

/** Errors and the like have serializers, or a JSON form, of their own. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}

const causesMax = 5;

/**
 * The name, message, code and stack of an error and of its causes. Other members stay out: `detail`
 * of a database error repeats the row that it is about.
 */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message,
    ...(typeof code === 'string' && { code }),
    stack,
    ...(cause !== undefined && depth < causesMax && { cause: describeError(cause, depth + 1) }),
  };
}
