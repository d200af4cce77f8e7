import { describe, expect, it } from 'vitest';
import { connectionStates, isTransitional } from '../../src/domain/connection.ts';
import {
  connectionStuckSince,
  deadlinesMs,
  phaseDeadlinesMs,
  phaseStuckSince,
  principalStuckSince,
} from '../../src/domain/deadline.ts';
import type { PrivateDnsPhase } from '../../src/domain/private-dns.ts';

const since = new Date('2026-03-01T12:00:00Z');
const after = (ms: number) => new Date(since.getTime() + ms);

describe('a connection', () => {
  it.each(connectionStates)('when it is %s for ever, it is stuck if that should pass', (state) => {
    const stuck = connectionStuckSince({ state, stateSince: since }, after(86_400_000));
    expect(stuck).toEqual(isTransitional(state) ? after(deadlinesMs.connection) : null);
  });

  it('when its time is not over, it is not stuck', () => {
    const pending = { state: 'pending', stateSince: since } as const;
    expect(connectionStuckSince(pending, after(deadlinesMs.connection - 1))).toBeNull();
    expect(connectionStuckSince(pending, after(deadlinesMs.connection))).not.toBeNull();
  });
});

describe('a private DNS name', () => {
  const phases: PrivateDnsPhase[] = [
    'absent',
    'configuring',
    'publishing',
    'verifying',
    'verified',
    'blocked',
  ];

  it.each(phases)('when it is %s for ever, it is stuck unless that is where it ends', (phase) => {
    const stuck = phaseStuckSince({ phase, phaseSince: since }, after(86_400_000));
    const ends = phase === 'absent' || phase === 'verified';
    expect(stuck).toEqual(ends ? null : after(phaseDeadlinesMs[phase]!));
  });

  it('when its time is not over, or nobody knows since when, it is not stuck', () => {
    const early = after(phaseDeadlinesMs.verifying! - 1);
    expect(phaseStuckSince({ phase: 'verifying', phaseSince: since }, early)).toBeNull();
    expect(phaseStuckSince({ phase: 'verifying', phaseSince: null }, early)).toBeNull();
  });
});

describe('a change of the allowlist', () => {
  it('when AWS does not show it for long, it is stuck, and not before', () => {
    const deadline = after(deadlinesMs.principal);
    expect(principalStuckSince(null, deadline)).toBeNull();
    expect(principalStuckSince(since, after(deadlinesMs.principal - 1))).toBeNull();
    expect(principalStuckSince(since, deadline)).toEqual(deadline);
  });
});
