// What is said of each resource besides its state.

import { describe, expect, it } from 'vitest';
import { standings } from '../../src/domain/account.ts';
import { accountConditions } from '../../src/domain/conditions/account.ts';
import type { Condition } from '../../src/domain/conditions/condition.ts';
import { connectionConditions } from '../../src/domain/conditions/connection.ts';
import { serviceConditions } from '../../src/domain/conditions/endpoint-service.ts';
import { grantConditions } from '../../src/domain/conditions/grant.ts';
import { principalConditions } from '../../src/domain/conditions/principal.ts';
import { privateDnsConditions } from '../../src/domain/conditions/private-dns.ts';
import { connectionStates, decisions, type ConnectionState } from '../../src/domain/connection.ts';
import { manageAll, type ServiceState } from '../../src/domain/endpoint-service.ts';
import { principalStates } from '../../src/domain/principal.ts';
import { privateDnsStates, type PrivateDnsState } from '../../src/domain/private-dns-status.ts';

const since = new Date('2026-03-01T12:00:00Z');
const later = new Date('2026-03-01T12:10:00Z');

/** Type, status and reason of each. */
const inShort = (all: Condition[]) =>
  all.map(({ type, status, reason }) => `${type} ${status} ${reason}`);

const asking = {
  state: 'pendingAcceptance',
  awsState: 'pendingAcceptance',
  stateSince: since,
  decision: 'undecided',
  decidedBy: null,
  decisionReason: null,
  holdReason: null,
} as const;

describe('a connection', () => {
  it.each([
    ['undecided', { holdReason: null }, 'undecided', 'unknown undecided'],
    ['held', { holdReason: 'no_grant' }, 'no_grant', 'unknown no_grant'],
    ['to be accepted', { decision: 'accept', decidedBy: 'policy' }, 'accept_due', 'true accepted'],
    ['to be rejected', { decision: 'reject', decidedBy: 'key_1' }, 'reject_due', 'false rejected'],
  ] as const)(
    'when it waits and is %s, it is not ready, and says why',
    (_, facts, why, decided) => {
      const all = connectionConditions({ ...asking, ...facts }, null);
      expect(inShort(all)).toEqual([
        `ready false ${why}`,
        `decided ${decided}`,
        'on_time true on_time',
      ]);
      expect(all[0]).toMatchObject({
        since,
        message: expect.stringContaining('pendingAcceptance'),
      });
    },
  );

  it('when policy holds it, it says whose turn it is', () => {
    const [ready] = connectionConditions({ ...asking, holdReason: 'unknown_owner' }, null);
    expect(ready!.next).toMatchObject({ actor: 'customer', command: null });
  });

  it.each<[ConnectionState, string]>([
    ['available', 'true available'],
    ['pending', 'unknown pending'],
    ['partial', 'unknown partial'],
    ['unknown', 'unknown unknown'],
    ['deleting', 'false deleting'],
    ['deleted', 'false deleted'],
    ['rejected', 'false rejected'],
    ['failed', 'false failed'],
    ['expired', 'false expired'],
  ])('when AWS shows it as %s, it is ready: %s', (state, expected) => {
    const [ready] = connectionConditions({ ...asking, state, awsState: state }, null);
    expect(inShort([ready!])).toEqual([`ready ${expected}`]);
  });

  it('when other hands have let it in, or out, that is said', () => {
    const decided = (state: ConnectionState) =>
      inShort(connectionConditions({ ...asking, state }, null))[1];
    expect([decided('available'), decided('rejected'), decided('deleted')]).toEqual([
      'decided true accepted_elsewhere',
      'decided false rejected_elsewhere',
      'decided unknown undecided',
    ]);
  });

  it('when it is stuck, it says since when', () => {
    const all = connectionConditions({ ...asking, state: 'pending' }, later);
    expect(all[2]).toMatchObject({ status: 'false', reason: 'stuck', since: later });
  });
});

it.each([
  ['claimed', 'false', 'customer'],
  ['proven', 'true', null],
  ['attested', 'true', null],
  ['imported', 'true', null],
  ['disputed', 'false', 'vendor'],
  ['lapsed', 'false', 'customer'],
] as const)('when an account is %s, that it is ready is %s', (standing, status, turn) => {
  const facts = { accountId: '222222222222', standing, standingSince: since, lapsesAt: null };
  const [ready] = accountConditions(facts);
  expect(ready).toMatchObject({ type: 'ready', status, reason: standing, since });
  expect(ready!.next?.actor ?? null).toBe(turn);
});

it('when an entry is on the allowlist, it is ready, whoever added it', () => {
  const statusOf = Object.fromEntries(
    principalStates.map((state) => {
      return [state, principalConditions({ state, since, released: false }, null)[0]!.status];
    }),
  );
  expect(statusOf).toEqual({
    pending: 'unknown',
    allowed: 'true',
    removing: 'false',
    unmanaged: 'true',
    contested: 'false',
    gone: 'false',
  });
  const [released] = principalConditions({ state: 'gone', since, released: true }, null);
  expect(released!.reason).toBe('released');
});

describe('a private DNS name', () => {
  const facts = { message: 'm', next: null, since, stuckSince: null, sightings: [], record: null };

  it.each<[PrivateDnsState, string]>([
    ['verified', 'true'],
    ['verifying', 'unknown'],
    ['publishing', 'unknown'],
    ['configuring', 'unknown'],
    ['blocked', 'false'],
    ['failed', 'false'],
    ['absent', 'false'],
  ])('when it is %s, that it is ready is %s', (state, status) => {
    expect(inShort(privateDnsConditions({ ...facts, state }))).toEqual([
      `ready ${status} ${state}`,
      'on_time true on_time',
    ]);
  });

  it.each([
    [['found', 'missing'], 'true found'],
    [['missing', 'unknown'], 'false missing'],
    [['unknown'], 'unknown not_looked'],
    [[], 'unknown not_looked'],
  ] as const)('when its record was looked for and %j, it says so', (outcomes, expected) => {
    const sightings = outcomes.map((outcome, index) => {
      const at = new Date(since.getTime() + index * 1_000);
      return { where: `ns${index}`, outcome, otherValues: [], problem: null, at };
    });
    const record = { name: 'a', type: 'TXT', value: 'b', zoneId: null } as const;
    const all = privateDnsConditions({ ...facts, state: 'verifying', sightings, record });
    expect(inShort(all)[2]).toBe(`record_seen ${expected}`);
    expect(all[2]!.since).toEqual(sightings.at(-1)?.at ?? null);
  });
});

describe('an endpoint service', () => {
  const facts = {
    id: 'svc_1',
    observed: null,
    observedAt: null,
    stateSince: null,
    modes: manageAll,
    frozenSince: null,
    frozenReason: null,
    quarantine: null,
    problem: null,
    retiredAt: null,
  };
  const shown = (state: ServiceState) => ({
    ...facts,
    stateSince: since,
    observed: {
      state,
      acceptanceRequired: true,
      availabilityZoneIds: [],
      networkLoadBalancerArns: [],
      privateDns: null,
    },
  });

  it.each<[ServiceState, string]>([
    ['available', 'true'],
    ['pending', 'unknown'],
    ['unknown', 'unknown'],
    ['failed', 'false'],
    ['deleting', 'false'],
    ['deleted', 'false'],
    ['missing', 'false'],
  ])('when AWS shows it as %s, that it is ready is %s', (state, status) => {
    const all = serviceConditions(shown(state));
    expect(inShort(all)).toEqual([`ready ${status} ${state}`, 'free_to_move true free']);
    expect(all[0]!.since).toEqual(since);
  });

  it('when AWS was not asked, or not to be asked, nothing is known', () => {
    expect(inShort(serviceConditions(facts))[0]).toBe('ready unknown not_read');
    const [ready] = serviceConditions({ ...facts, problem: 'Denied.' });
    expect(ready).toMatchObject({ status: 'unknown', reason: 'problem', message: 'Denied.' });
  });

  it('when it is frozen, in quarantine or retired, it says so and what to do', () => {
    const frozen = serviceConditions({ ...facts, frozenSince: later, frozenReason: 'OPS-1' });
    expect(frozen[1]).toMatchObject({
      status: 'false',
      reason: 'frozen',
      since: later,
      next: { command: 'sallyport services unfreeze svc_1' },
    });
    const moved = serviceConditions({ ...facts, quarantine: 'moved_database' });
    expect(inShort(moved)[1]).toBe('free_to_move false moved_database');
    const retired = serviceConditions({ ...shown('missing'), retiredAt: later });
    expect(retired[0]).toMatchObject({ status: 'false', reason: 'retired', since: later });
  });
});

describe('a grant', () => {
  const grant = { createdAt: since, expiresAt: later };

  it('when it is in force and all is in its place, it says so', () => {
    expect(inShort(grantConditions(grant, [], since))).toEqual([
      'ready true in_force',
      'in_place true in_place',
    ]);
  });

  it('when it has ended, and other hands have removed entries, it says each', () => {
    const lost = ['a', 'b'].map((arn) => ({ id: `prn_${arn}`, arn, since }));
    const all = grantConditions(grant, lost, later);
    expect(inShort(all)).toEqual([
      'ready false expired',
      'in_place false contested_principal',
      'in_place false contested_principal',
    ]);
    expect(all.map(({ subject }) => subject)).toEqual([null, 'a', 'b']);
    expect(all[0]!.since).toEqual(later);
  });
});

it('when a state is told, whatever it is, there is one first condition with words for it', () => {
  const all = [
    ...connectionStates.flatMap((state) =>
      decisions.map((decision) => connectionConditions({ ...asking, state, decision }, null)),
    ),
    ...standings.map((standing) =>
      accountConditions({ accountId: '1', standing, standingSince: since, lapsesAt: null }),
    ),
    ...privateDnsStates.map((state) =>
      privateDnsConditions({
        state,
        message: 'm',
        next: null,
        since,
        stuckSince: null,
        sightings: [],
        record: null,
      }),
    ),
  ];
  for (const [first, ...others] of all) {
    expect(first!.type).toBe('ready');
    expect(others.map(({ type }) => type)).not.toContain('ready');
    for (const { reason, message } of [first!, ...others]) {
      expect(reason).toMatch(/^[a-z_]+$/);
      expect(message).not.toBe('');
    }
  }
});
