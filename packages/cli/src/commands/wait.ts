// `sallyport wait …`: follows one resource until it is as wanted, and tells "it cannot happen any
// more" (exit code 7) from "not in this time" (exit code 8).

import {
  AbortedError,
  type Sallyport,
  WaiterFailedError,
  WaiterTimeoutError,
  type WaitOptions,
} from '@sallyport/sdk';
import { CommandError, exitCodes, usageError } from '../exit-codes.ts';
import { durationMs } from '../input/duration.ts';
import { writeOne } from '../output/answer.ts';
import { openProgressLine, type ProgressLine } from '../output/progress-line.ts';
import { durationText } from '../output/time.ts';
import { plainText, valueAt } from '../output/value.ts';
import type { Context } from '../runtime.ts';
import type { Waitable } from './waitables.ts';

export interface Wait {
  client: Sallyport;
  kind: Waitable;
  id: string;
  /** As it was typed; undefined for as long as the contract says. */
  timeout: string | undefined;
  /** From one look to the next, as it was typed; the service may ask for longer. */
  interval?: string | undefined;
  /** Whether this command changed something before it waited. */
  isChanged: boolean;
}

/** Each look waits for a change by itself: to look more often shows nothing sooner. */
const INTERVAL_MIN_MS = 1_000;

export async function runWait(
  context: Context,
  wait: Omit<Wait, 'client' | 'isChanged'>,
): Promise<void> {
  if (wait.timeout !== undefined) durationMs(wait.timeout);
  if (wait.interval !== undefined && durationMs(wait.interval) < INTERVAL_MIN_MS) {
    throw usageError(`--interval ${wait.interval} is too short.`, 'Give 1s or more.');
  }
  const client = await context.client();
  await awaited(context, { ...wait, client, isChanged: false });
}

/**
 * Waits, and writes the resource as it is then.
 * @throws CommandError with the code that says how the wait ended
 */
export async function awaited(context: Context, wait: Wait): Promise<void> {
  writeOne(context, await waitedFor(context, wait));
}

/** The same, for those who write something else. */
export async function waitedFor(context: Context, wait: Wait): Promise<unknown> {
  const { client, kind, id, timeout, interval } = wait;
  const startedAt = context.now();
  const line = openProgressLine(context, `${kind} ${id}`);
  const options: WaitOptions<unknown> = {
    timeoutMs: timeout === undefined ? undefined : durationMs(timeout),
    intervalMs: interval === undefined ? undefined : durationMs(interval),
    signal: context.signal,
    onProgress: ({ resource, state, elapsedMs }) =>
      line.show({ state: stateText(resource, state), detail: detailOf(resource), elapsedMs }),
  };
  try {
    const resource = await waiters[kind](client, id, options);
    line.end(`ready after ${durationText(context.now() - startedAt)}`);
    return resource;
  } catch (error) {
    throw endOf(error, { context, line, wait, startedAt });
  }
}

const waiters: Record<
  Waitable,
  (client: Sallyport, id: string, options: WaitOptions<unknown>) => Promise<unknown>
> = {
  connection: (client, id, options) => client.connections.waitUntilAvailable(id, options),
  account: (client, id, options) => client.accounts.waitUntilProven(id, options),
  'private-dns': (client, id, options) => client.privateDns.waitUntilVerified(id, options),
  operation: (client, id, options) => client.operations.wait(id, options),
};

function stateText(resource: unknown, state: unknown): string {
  return resource === undefined ? 'not seen yet' : plainText(state);
}

/** Each resource says in a member of its own what it waits for. */
function detailOf(resource: unknown): string | undefined {
  const members = ['message', 'hold_reason', 'decision_reason', 'error_code'];
  const texts = members.map((member) => valueAt(resource, member));
  return texts.find((text): text is string => typeof text === 'string' && text !== '');
}

interface Ending {
  context: Context;
  line: ProgressLine;
  wait: Wait;
  startedAt: number;
}

/** The error to leave with, after the status line has been put away. */
function endOf(error: unknown, { context, line, wait, startedAt }: Ending): unknown {
  const { kind, id, isChanged } = wait;
  const waited = durationText(context.now() - startedAt);
  const again = `sallyport wait ${kind} ${id}`;
  line.end();
  if (error instanceof WaiterFailedError) {
    const detail = detailOf(error.lastResource);
    const reason = detail === undefined ? '' : `: ${detail.replace(/\.$/, '')}`;
    const state = `${kind} ${id} is ${plainText(error.state)}${reason}`;
    const hope = canBeMended[kind] ? 'by itself' : 'any more';
    const message = `${state}. It will not get there ${hope}.`;
    return new CommandError(exitCodes.dead, message, inspection[kind](id));
  }
  if (error instanceof WaiterTimeoutError) {
    const state = stateText(error.lastResource, error.state);
    const message = `${kind} ${id} is still ${state} after ${waited}.`;
    return new CommandError(exitCodes.pending, message, `Waiting again is safe: ${again}`);
  }
  if (error instanceof AbortedError) {
    const rest = isChanged ? 'the change goes on without it' : 'nothing was changed';
    const message = `Stopped waiting after ${waited}; ${rest}.`;
    return new CommandError(exitCodes.interrupted, message, `Go on with: ${again}`);
  }
  return error;
}

/** Whether somebody can still make it happen where it failed; other things are begun anew. */
const canBeMended: Record<Waitable, boolean> = {
  connection: false,
  account: true,
  'private-dns': true,
  operation: false,
};

/** Where the reason is to be found. */
const inspection: Record<Waitable, (id: string) => string> = {
  connection: (id) => `sallyport diagnose ${id}`,
  account: (id) => `sallyport accounts get ${id}`,
  'private-dns': (id) => `sallyport services private-dns get ${id}`,
  operation: (id) => `sallyport operations get ${id}`,
};
