import { describe, expect, it } from 'vitest';
import { connectionStuckSince } from '../../src/domain/deadline.ts';
import {
  connectionStates,
  decisions,
  isSettled,
  type Connection,
} from '../../src/domain/connection.ts';
import { driftOf, type DriftFacts } from '../../src/domain/drift.ts';

const now = new Date('2026-01-02T00:00:00Z');
const nothing: DriftFacts = {
  service: { observed: null, retiringSince: null },
  stateSince: null,
  failingQueues: [],
  acceptanceSince: null,
  privateDnsSince: null,
  privateDns: { name: null, message: '', lostSince: null, stuckSince: null },
  principals: [],
  principalsError: null,
  refused: [],
  connections: [],
  refusals: [],
};

/** With a connection that has been so since yesterday, and that AWS has refused to change. */
function driftWith(decision: Connection['decision'], state: Connection['state']) {
  const stateSince = new Date('2026-01-01T00:00:00Z');
  const connection = {
    ...({ vpcEndpointId: 'vpce-1', customerId: null, decision, state, stateSince } as Connection),
    stuckSince: connectionStuckSince({ state, stateSince }, now),
  };
  const refusal = { vpcEndpointId: 'vpce-1', code: 'Refused', message: 'No.', at: now };
  return driftOf({ ...nothing, connections: [connection], refusals: [refusal] });
}

const cells = decisions.flatMap((decision) =>
  connectionStates.map((state) => ({ decision, state })),
);

describe('the drift of a connection', () => {
  it.each(cells.filter(isSettled))(
    'when it is settled as $decision and $state, there is none, so that nobody has to read it',
    ({ decision, state }) => {
      expect(driftWith(decision, state)).toEqual([]);
    },
  );

  it.each([
    ['undecided', 'pendingAcceptance', 'unknown_owner'],
    ['undecided', 'available', 'connection_accepted_elsewhere'],
    ['accept', 'rejected', 'connection_rejected_elsewhere'],
    ['accept', 'pending', 'stuck_connection'],
    ['accept', 'pendingAcceptance', 'refused_connection'],
    ['reject', 'available', 'refused_connection'],
  ] as const)('when it is decided as %s and is %s, it is told as %s', (decision, state, kind) => {
    expect(isSettled({ decision, state })).toBe(false);
    expect(driftWith(decision, state).map((item) => item.kind)).toContain(kind);
  });
});
