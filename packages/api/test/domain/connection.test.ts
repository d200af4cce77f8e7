import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  connectionState,
  connectionStates,
  connectionSteps,
  decisions,
  isLive,
  isEarlier,
  isTransitional,
  planConnections,
  type Connection,
  type ConnectionState,
  type ConnectionStep,
  type Decision,
} from '../../src/domain/connection.ts';

const ended = ['deleted', 'rejected', 'failed', 'expired'] as const;
const moving = ['deleting', 'partial', 'unknown'] as const;
const cells = decisions.flatMap((decision) =>
  connectionStates.map((state) => ({ decision, state })),
);

/** Written from what AWS documents of the states, and not from the table. */
function expectedStep(decision: Decision, state: ConnectionState): ConnectionStep {
  if ((ended as readonly string[]).includes(state)) return 'none';
  if ((moving as readonly string[]).includes(state)) return 'wait';
  if (decision === 'reject') return 'reject';
  if (state === 'pending') return 'wait';
  return decision === 'accept' && state === 'pendingAcceptance' ? 'accept' : 'none';
}

describe('connectionSteps', () => {
  it.each(cells)('when it is $decision and $state, the step is as expected', (cell) => {
    const { decision, state } = cell;
    expect(connectionSteps[decision][state]).toBe(expectedStep(decision, state));
  });

  it('when nobody has decided, nothing is ever sent', () => {
    expect(Object.values(connectionSteps.undecided)).not.toContain('accept');
    expect(Object.values(connectionSteps.undecided)).not.toContain('reject');
  });

  it('when a connection is rejected, every state that AWS can reject is rejected', () => {
    const rejectable = connectionStates.filter((s) => connectionSteps.reject[s] === 'reject');
    expect(rejectable).toEqual(['pendingAcceptance', 'pending', 'available']);
  });
});

describe('the classes of states', () => {
  it('when a state has ended, it is neither live nor transitional', () => {
    for (const state of ended) {
      expect([state, isLive(state), isTransitional(state)]).toEqual([state, false, false]);
    }
  });

  it.each(connectionStates)('when %s is worth waiting for, it is transitional', (state) => {
    const waits = decisions.some((decision) => connectionSteps[decision][state] === 'wait');
    expect(isTransitional(state)).toBe(waits);
  });

  it('when it is being deleted, it is not live any more', () => {
    expect(isLive('deleting')).toBe(false);
    expect(connectionStates.filter(isLive)).toHaveLength(5);
  });
});

describe('isEarlier', () => {
  it.each([
    ['pendingAcceptance', 'available'],
    ['available', 'rejected'],
    ['pending', 'deleting'],
    ['rejected', 'deleted'],
  ] as const)('when %s is shown after %s, it would have gone back', (state, last) => {
    expect(isEarlier(state, last)).toBe(true);
    expect(isEarlier(last, state)).toBe(false);
  });

  it.each([
    ['pending', 'available'],
    ['rejected', 'deleting'],
    ['unknown', 'available'],
    ['available', 'partial'],
  ] as const)('when %s is shown after %s, or before it, that may be so', (state, last) => {
    expect(isEarlier(state, last)).toBe(false);
    expect(isEarlier(last, state)).toBe(false);
  });
});

describe('connectionState', () => {
  it.each(connectionStates)('when AWS says %s in either spelling, it is read', (state) => {
    const pascal = state.charAt(0).toUpperCase() + state.slice(1);
    expect([connectionState(state), connectionState(pascal)]).toEqual([state, state]);
  });

  it('when AWS says anything else, it is unknown and so transitional', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const known = connectionStates.some((state) => state.toLowerCase() === text.toLowerCase());
        fc.pre(!known);
        expect(isTransitional(connectionState(text))).toBe(true);
      }),
    );
    expect(connectionState('')).toBe('unknown');
    expect(connectionState('toString')).toBe('unknown');
  });
});

describe('planConnections', () => {
  const connection = (decision: Decision, state: ConnectionState) =>
    ({ id: `${decision}/${state}`, decision, state }) as Connection;

  it('when connections are in every cell, only those whose step is due are planned', () => {
    const all = cells.map(({ decision, state }) => connection(decision, state));
    const { accept, reject } = planConnections(all);
    expect(accept.map(({ id }) => id)).toEqual(['accept/pendingAcceptance']);
    expect(reject.map(({ id }) => id)).toEqual([
      'reject/pendingAcceptance',
      'reject/pending',
      'reject/available',
    ]);
  });
});
