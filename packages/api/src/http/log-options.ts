// How logs are written: what is left out of them, and what an error looks like. It makes no logger.

import { pino } from 'pino';
import type { LoggerOptions } from 'pino';

const secretNames = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'secret_access_key',
  'session_token',
  'sessionToken',
  'signature',
  'token',
];

/**
 * Options for `pino`. The service logs neither headers nor bodies; the redaction is a second line
 * for an object that somebody logs whole. Levels are words, times are RFC 3339.
 */
export const logOptions = {
  base: null,
  messageKey: 'message',
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label: string) => ({ level: label }) },
  redact: {
    paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
    censor: '[redacted]',
  },
  serializers: { err: describeError },
} satisfies LoggerOptions;

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
