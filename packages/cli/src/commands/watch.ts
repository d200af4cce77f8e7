// `sallyport watch …`: what something is now, and each change of it as it comes: a line each. It
// ends by itself where nothing can follow any more.

import { AbortedError, ApiError, type Event, type Sallyport } from '@sallyport/sdk';
import { followEvents } from '../api/event-stream.ts';
import { CommandError, type ExitCode, exitCodes } from '../exit-codes.ts';
import { durationMs } from '../input/duration.ts';
import { identify } from '../lookup/identifier.ts';
import { type Match, searchFor } from '../lookup/search.ts';
import { openEvents } from '../output/event-lines.ts';
import { plainText, valueAt } from '../output/value.ts';
import type { Context } from '../runtime.ts';
import { absence, ambiguity } from './misnamed.ts';

/** How long one read may wait, by the contract. */
const READ_WAITS = '25s';

export async function runWatch(
  context: Context,
  asked: string,
  timeout: string | undefined,
): Promise<ExitCode> {
  const limit = timeout === undefined ? undefined : AbortSignal.timeout(durationMs(timeout));
  const signal = limit ? AbortSignal.any([context.signal, limit]) : context.signal;
  const client = await context.client();
  try {
    const match = await subjectOf(context, client, asked, signal);
    if (match && (await watched(context, match, signal))) return exitCodes.ok;
  } catch (error) {
    // The time may be over while it is looked up, too.
    if (!(error instanceof AbortedError)) throw error;
  }
  const again = `sallyport watch ${asked}`;
  if (context.signal.aborted) {
    throw new CommandError(exitCodes.interrupted, 'Stopped watching.', `Go on with: ${again}`);
  }
  const message = `${asked} was watched for ${timeout}.`;
  throw new CommandError(exitCodes.pending, message, `Go on with: ${again}`);
}

/** Undefined when the time is over before it was seen. */
async function subjectOf(
  context: Context,
  client: Sallyport,
  asked: string,
  signal: AbortSignal,
): Promise<Match | undefined> {
  const wanted = identify(asked);
  const matches = await searchFor(client, wanted, { signal });
  const [match, ...others] = matches;
  if (others.length > 0) {
    throw await ambiguity(context, client, matches, { asked, next: 'Watch one of them.' });
  }
  if (match !== undefined) return match;
  if (wanted.form !== 'endpoint') throw absence(asked, wanted);
  context.say(`${wanted.text} was not seen yet. Waiting for it.`);
  return appeared(client, wanted.text, signal);
}

async function appeared(
  client: Sallyport,
  endpoint: string,
  signal: AbortSignal,
): Promise<Match | undefined> {
  while (!signal.aborted) {
    try {
      // Any state there is ends the wait.
      await client.connections.get(endpoint, { wait: READ_WAITS, signal });
      return (await searchFor(client, { form: 'endpoint', text: endpoint }, { signal }))[0];
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }
  return undefined;
}

/** @returns whether it came to its end before `signal` ended the watch */
async function watched(context: Context, match: Match, signal: AbortSignal): Promise<boolean> {
  const { kind, key, resource } = match;
  const id = plainText(valueAt(resource, 'id'));
  const whole = kind === 'customer';
  const query = whole ? { customer_id: id } : { subject_id: id };
  const stop = new AbortController();
  const writer = openEvents(context, ({ subject }) => (subject.id === id ? key : subject.id));
  if (isLast(match, stateOf(resource))) {
    context.say(`${key}: ${stateOf(resource)}. Nothing follows any more.`);
    return true;
  }
  const onOpen = () => context.say(`${key}: ${stateOf(resource)}. Watching; Ctrl-C ends it.`);
  const both = AbortSignal.any([signal, stop.signal]);
  for await (const event of followEvents(context, { query, signal: both, onOpen: once(onOpen) })) {
    writer.write(event);
    if (isEnd(match, id, event)) {
      stop.abort();
      return true;
    }
  }
  return false;
}

function stateOf(resource: unknown): string {
  const members = ['state', 'standing', 'observed.state'];
  const found = members.map((member) => valueAt(resource, member)).find(Boolean);
  return found === undefined ? 'there' : plainText(found);
}

function isEnd(match: Match, id: string, { type, subject, state }: Event): boolean {
  if (subject.id !== id) return false;
  return type.endsWith('.deleted') || isLast(match, state.after ?? '');
}

/** Nothing of AWS or of people comes back from there. */
const LAST: Partial<Record<Match['kind'], readonly string[]>> = {
  connection: ['deleted'],
  customer: ['offboarded'],
  operation: ['succeeded', 'failed'],
};

function isLast({ kind }: Match, state: string): boolean {
  return LAST[kind]?.includes(state) === true;
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
