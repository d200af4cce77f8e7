import { describe, expect, it } from 'vitest';
import { connectionStates, isTransitional } from '../../src/domain/connection.ts';
import {
  connectionStuckSince,
  deadlinesMs,
  verificationStuckSince,
} from '../../src/domain/deadline.ts';

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

describe('a verification', () => {
  it('when the record is not in place yet, it is not stuck', () => {
    expect(verificationStuckSince(null, since)).toBeNull();
  });

  it('when the record is in place for long, it is', () => {
    expect(verificationStuckSince(since, after(deadlinesMs.verification - 1))).toBeNull();
    const stuck = after(deadlinesMs.verification);
    expect(verificationStuckSince(since, after(86_400_000))).toEqual(stuck);
  });
});
