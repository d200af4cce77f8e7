// When waiting becomes being stuck: how long what AWS does by itself may take. Nothing is given up
// at that time; it is told, so that people look, and it is no longer watched every second.

import { isTransitional, type Connection } from './connection.ts';

/**
 * Milliseconds. AWS promises none of these times. A connection is usually through within a minute
 * or two; a verification may take its time, and is asked for anew every two minutes.
 */
export const deadlinesMs = {
  /** In a state that should pass, such as `pending` after an accept. */
  connection: 600_000,
  /** From the TXT record on all of Route 53's servers to `verified`. */
  verification: 1_800_000,
} as const;

/** Since when a connection has been longer than it should in a state that passes by itself. */
export function connectionStuckSince(
  { state, stateSince }: Pick<Connection, 'state' | 'stateSince'>,
  now: Date,
): Date | null {
  return isTransitional(state) ? over(stateSince, deadlinesMs.connection, now) : null;
}

/** Since when AWS should have verified a name whose record is in place. */
export function verificationStuckSince(insyncAt: Date | null, now: Date): Date | null {
  return insyncAt && over(insyncAt, deadlinesMs.verification, now);
}

function over(since: Date, deadlineMs: number, now: Date): Date | null {
  const deadline = new Date(since.getTime() + deadlineMs);
  return deadline <= now ? deadline : null;
}
