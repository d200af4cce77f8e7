import { describe, expect, it } from 'vitest';
import type { Observation, ObservationReport } from '../../src/domain/observation.ts';
import { disarmed, isObservable, namesCover, scopeOf } from '../../src/domain/observation.ts';
import { observationLifetimeMs, seenParts } from '../../src/domain/seen-parts.ts';

const now = new Date('2026-03-02T12:00:00Z');
const longUp = { stateSince: new Date('2026-01-01T00:00:00Z') };
const nothing: ObservationReport = {
  vantage: null,
  network: null,
  dns: null,
  tcp: [],
  tls: null,
  certificate: null,
  securityGroups: null,
};

function observation(agoMs: number, report: Partial<ObservationReport>): Observation {
  const at = new Date(now.getTime() - agoMs);
  const moments = { observedAt: at, receivedAt: at };
  const whose = { connectionId: 'con_1', customerId: 'cus_1', source: 'script' } as const;
  return { id: `obs_${agoMs}`, ...whose, ...moments, report: { ...nothing, ...report } };
}

const tcp = (port: number) => [
  { address: '10.0.0.1', port, outcome: 'refused', latencyMs: null } as const,
];

describe('of what was reported', () => {
  it('when a part was reported twice, the newest counts, in whatever order they come', () => {
    const all = [observation(2_000, { tcp: tcp(1) }), observation(1_000, { tcp: tcp(2) })];
    for (const some of [all, all.toReversed()]) {
      expect(seenParts(some, longUp, now).tcp!.part[0]!.port).toBe(2);
    }
  });

  it('when the newest says nothing of a part, an older one does', () => {
    const all = [observation(2_000, { tcp: tcp(1) }), observation(1_000, { vantage: 'x' })];
    expect(seenParts(all, longUp, now).tcp!.observedAt).toEqual(all[0]!.observedAt);
  });

  it.each([
    [observationLifetimeMs, true],
    [observationLifetimeMs + 1, false],
  ])('when it is %i ms old, it counts: %s', (agoMs, counts) => {
    const seen = seenParts([observation(agoMs, { tcp: tcp(1) })], longUp, now);
    expect([seen.tcp !== null, seen.last !== null]).toEqual([counts, true]);
  });

  it('when it is from before the connection came up, it does not count', () => {
    const all = [observation(2_000, { tcp: tcp(1) })];
    const since = (agoMs: number) => ({ stateSince: new Date(now.getTime() - agoMs) });
    expect(seenParts(all, since(1_000), now).tcp).toBeNull();
    expect(seenParts(all, since(2_000), now).tcp).not.toBeNull();
  });
});

describe('addresses', () => {
  it.each([
    [['10.0.0.1', '172.31.9.9', '192.168.1.1', '100.64.0.1', '169.254.0.1'], 'private'],
    [['fd12::1', 'fe80::1', '::1'], 'private'],
    [['172.32.0.1', '100.128.0.1', '11.0.0.1', '2001:db8::1'], 'public'],
    [['10.0.0.1', '203.0.113.9'], 'mixed'],
    [[], 'none'],
  ])('when they are %j, they are %s', (addresses, scope) => {
    expect(scopeOf(addresses)).toBe(scope);
  });
});

describe('names of a certificate', () => {
  it.each([
    [['api.vendor.example'], 'API.vendor.example.', true],
    [['*.vendor.example'], 'api.vendor.example', true],
    [['*.vendor.example'], 'vendor.example', false],
    [['*.vendor.example'], 'a.b.vendor.example', false],
    [['*.example'], 'localhost', false],
    [[], 'api.vendor.example', false],
  ])('when they are %j, they cover %s: %s', (names, wanted, expected) => {
    expect(namesCover(names, wanted)).toBe(expected);
  });
});

it('when text has what steers a terminal, it is replaced, and nothing else is', () => {
  expect(disarmed('a\u001b]0;x\u0007\u200b\u2028\ud800é😀')).toBe(
    'a\ufffd]0;x\ufffd\ufffd\ufffd\ufffdé😀',
  );
});

it.each([
  [0, true],
  [300_000, true],
  [300_001, false],
  [-30 * 86_400_000, true],
  [-30 * 86_400_000 - 1, false],
])('when it is of %i ms from now, it can be observed: %s', (awayMs, expected) => {
  expect(isObservable(new Date(now.getTime() + awayMs), now)).toBe(expected);
});
