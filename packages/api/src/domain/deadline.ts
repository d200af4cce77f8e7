// When waiting becomes being stuck: how long what AWS and people do may take. Nothing is given up
// at that time; it is told, so that people look, and it is no longer watched every second.

import { isTransitional, type Connection } from './connection.ts';
import type { PrivateDns, PrivateDnsPhase } from './private-dns.ts';

/**
 * Milliseconds. AWS promises none of these times. A connection is usually through within a minute
 * or two; a verification may take its time, and is asked for anew every two minutes.
 */
export const deadlinesMs = {
  /** In a state that should pass, such as `pending` after an accept. */
  connection: 600_000,
  /** From a change of the allowlist being due to AWS showing it. */
  principal: 600_000,
} as const;

/**
 * A private DNS name, in each phase that should pass: the name on the service, the TXT record on
 * all of Route 53's servers (usually within a minute), AWS's verdict (Terraform's provider waits
 * half an hour), and what only people can mend.
 */
export const phaseDeadlinesMs: Partial<Record<PrivateDnsPhase, number>> = {
  configuring: 600_000,
  publishing: 900_000,
  verifying: 1_800_000,
  blocked: 3_600_000,
};

/** Since when a connection has been longer than it should in a state that passes by itself. */
export function connectionStuckSince(
  { state, stateSince }: Pick<Connection, 'state' | 'stateSince'>,
  now: Date,
): Date | null {
  return isTransitional(state) ? over(stateSince, deadlinesMs.connection, now) : null;
}

/** Since when a name has been longer than it should in the phase that it is in. */
export function phaseStuckSince(
  { phase, phaseSince }: Pick<PrivateDns, 'phase' | 'phaseSince'>,
  now: Date,
): Date | null {
  const deadlineMs = phase && phaseDeadlinesMs[phase];
  return deadlineMs && phaseSince ? over(phaseSince, deadlineMs, now) : null;
}

/** Since when AWS should have shown a change of the allowlist that has been due since then. */
export function principalStuckSince(unsettledSince: Date | null, now: Date): Date | null {
  return unsettledSince && over(unsettledSince, deadlinesMs.principal, now);
}

function over(since: Date, deadlineMs: number, now: Date): Date | null {
  const deadline = new Date(since.getTime() + deadlineMs);
  return deadline <= now ? deadline : null;
}
