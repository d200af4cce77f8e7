// What every answer must be, whatever was asked: a result, or an error of AWS's that the SDK
// understands.

import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from './clients.ts';

export interface Outcome {
  /** The parsed answer, or undefined when it was an error. */
  readonly output?: Record<string, unknown>;
  /** The error's code. */
  readonly code?: string;
  /** What is wrong with the answer. */
  readonly problems: readonly string[];
  /** Whether the SDK would not send the input. */
  readonly unsent?: boolean;
}

interface Metadata {
  readonly requestId?: string;
  readonly httpStatusCode?: number;
}

/** Names that the SDK gives to errors that it could not read, and JavaScript to its own. */
const notFromAws = new Set([
  'Unknown',
  'UnknownError',
  'Error',
  'InternalError',
  'InternalFailure',
]);

/** Longer than any call takes, also on a busy machine. */
const PATIENCE_MS = 20_000;

/** @param answered how many calls the simulator has answered, to tell what never reached it. */
export async function outcomeOf(
  client: Client,
  command: object,
  answered: () => number,
): Promise<Outcome> {
  const before = answered();
  try {
    const output = await inTime(client.send(command));
    const { $metadata } = output as { $metadata?: Metadata };
    const missing = $metadata?.requestId ? [] : ['The answer has no request id'];
    return { output, problems: missing };
  } catch (error) {
    if (answered() === before && !isAnswer(error)) return { problems: [], unsent: true };
    return failureOf(error);
  }
}

function failureOf(error: unknown): Outcome {
  const { name, message, $metadata } = error as Error & { $metadata?: Metadata };
  const problems: string[] = [];
  if (!$metadata) return { code: name, problems: [`The SDK gave up: ${name}: ${message}`] };
  const { requestId, httpStatusCode = 0 } = $metadata;
  if (notFromAws.has(name) || !/^[A-Z][\w.]*$/.test(name)) problems.push(`It is called '${name}'`);
  if (httpStatusCode >= 500) problems.push(`It has the status ${httpStatusCode}`);
  if (!requestId) problems.push('It has no request id');
  if (message.includes('The simulator has a bug')) problems.push('The simulator says so itself');
  return { code: name, problems: problems.map((problem) => `${problem}: ${message}`) };
}

/** Whether an error is about an answer, and not about an input that the SDK would not send. */
function isAnswer(error: unknown): boolean {
  const { $metadata, name } = error as { $metadata?: Metadata; name?: string };
  return $metadata?.httpStatusCode !== undefined || name === 'Late';
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = wait(PATIENCE_MS, undefined, { signal: over.signal }).then(() => {
    throw Object.assign(new Error('There was no answer in time'), { name: 'Late' });
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    over.abort();
  }
}
