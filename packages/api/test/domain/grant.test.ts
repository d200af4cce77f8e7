import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standings } from '../../src/domain/account.ts';
import { customerStates } from '../../src/domain/customer.ts';
import {
  admitInOrder,
  holdReason,
  holdReasons,
  holdRemedy,
  type Candidate,
} from '../../src/domain/grant.ts';

const now = new Date('2026-01-01T00:00:00Z');
const grant = {
  id: 'grt_1',
  acceptance: 'automatic',
  connectionsMax: null,
  endpointRegions: [] as string[],
  expiresAt: null,
} as const;
const candidate = {
  connectionId: 'con_1',
  vpcEndpointId: 'vpce-1',
  customerId: 'cus_1',
  endpointRegion: 'us-east-1',
  customerState: 'active',
  standing: 'proven',
  grant,
  liveConnections: 0,
} satisfies Candidate as Candidate;

describe('holdReason', () => {
  it.each([
    ['nobody knows the owner', { customerState: null, standing: null }, 'unknown_owner'],
    ['the customer is suspended', { customerState: 'suspended' }, 'customer_not_active'],
    ['the customer leaves', { customerState: 'offboarding' }, 'customer_not_active'],
    ['the proof has lapsed', { standing: 'lapsed' }, 'account_without_standing'],
    ['the account is only claimed', { standing: 'claimed' }, 'account_without_standing'],
    ['no grant covers it', { grant: null }, 'no_grant'],
    ['a person decides', { grant: { ...grant, acceptance: 'manual' } }, 'manual_acceptance'],
    ['the limit is zero', { grant: { ...grant, connectionsMax: 0 } }, 'connection_limit'],
    [
      'the limit is reached',
      { grant: { ...grant, connectionsMax: 2 }, liveConnections: 2 },
      'connection_limit',
    ],
    ['it has ended just now', { grant: { ...grant, expiresAt: now } }, 'grant_expired'],
    ['it ends later', { grant: { ...grant, expiresAt: new Date(now.getTime() + 1) } }, null],
    [
      'it is for other Regions',
      { grant: { ...grant, endpointRegions: ['x'] } },
      'region_not_allowed',
    ],
    ['it is for this Region', { grant: { ...grant, endpointRegions: ['x', 'us-east-1'] } }, null],
    ['there is room', { grant: { ...grant, connectionsMax: 2 }, liveConnections: 1 }, null],
    ['an operator vouched for it', { standing: 'attested' }, null],
    ['it was imported', { standing: 'imported' }, null],
  ] as [string, Partial<Candidate>, string | null][])('when %s, it says so', (_, facts, reason) => {
    expect(holdReason({ ...candidate, ...facts }, 0, now)).toBe(reason);
  });

  it('when more is wrong than one thing, the first on the way from owner to limit is told', () => {
    const wrong = {
      standing: 'lapsed',
      grant: { ...grant, connectionsMax: 0 },
    } as Partial<Candidate>;
    expect(holdReason({ ...candidate, ...wrong }, 0, now)).toBe('account_without_standing');
  });
});

/** Three grants, each with a limit and a number of live connections of its own. */
const anyCandidates = fc
  .record({
    limits: fc.array(fc.option(fc.nat(4)), { minLength: 3, maxLength: 3 }),
    live: fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
    requests: fc.array(
      fc.record({
        of: fc.option(fc.nat(2)),
        customerState: fc.option(fc.constantFrom(...customerStates)),
        standing: fc.option(fc.constantFrom(...standings)),
        acceptance: fc.constantFrom('automatic', 'automatic', 'manual'),
        endpointRegion: fc.constantFrom('us-east-1', 'eu-west-1'),
        endpointRegions: fc.subarray(['us-east-1', 'eu-west-1']),
        expiresAt: fc.option(fc.integer({ min: -2, max: 2 }).map((ms) => new Date(+now + ms))),
      }),
      { maxLength: 20 },
    ),
  })
  .map(({ limits, live, requests }) =>
    requests.map(({ of, acceptance, endpointRegions, expiresAt, ...facts }, index) => ({
      ...candidate,
      ...facts,
      connectionId: `con_${index}`,
      grant:
        of === null
          ? null
          : {
              id: `grt_${of}`,
              acceptance,
              connectionsMax: limits[of]!,
              endpointRegions,
              expiresAt,
            },
      liveConnections: live[of ?? 0]!,
    })),
  ) as fc.Arbitrary<Candidate[]>;

describe('admitInOrder', () => {
  it('when there is room for one of two, the older one gets in', () => {
    const limited = { ...candidate, grant: { ...grant, connectionsMax: 1 } };
    const { admitted, held } = admitInOrder([limited, { ...limited, connectionId: 'con_2' }], now);
    expect(admitted.map(({ connectionId }) => connectionId)).toEqual(['con_1']);
    expect(held).toMatchObject([{ connectionId: 'con_2', reason: 'connection_limit' }]);
  });

  it('when any number asks, no grant gets more than its limit', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const { admitted } = admitInOrder(candidates, now);
        for (const [, group] of Map.groupBy(admitted, (item) => item.grant!.id)) {
          const { connectionsMax } = group[0]!.grant!;
          const max = connectionsMax ?? Infinity;
          expect(group[0]!.liveConnections + group.length).toBeLessThanOrEqual(max);
        }
      }),
    );
  });

  it('when any number asks, whoever is admitted has an owner with standing and a grant', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        for (const admitted of admitInOrder(candidates, now).admitted) {
          const { customerState, standing, grant, endpointRegion } = admitted;
          expect(customerState).toBe('active');
          expect(['proven', 'attested', 'imported']).toContain(standing);
          expect(grant?.acceptance).toBe('automatic');
          expect(grant!.expiresAt === null || grant!.expiresAt > now).toBe(true);
          const { endpointRegions } = grant!;
          expect(endpointRegions.length === 0 || endpointRegions.includes(endpointRegion)).toBe(
            true,
          );
        }
      }),
    );
  });

  it('when any number asks, each is admitted or held, once and in order', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const { admitted, held } = admitInOrder(candidates, now);
        const order = (list: Candidate[]) =>
          list.map((item) =>
            candidates.findIndex(({ connectionId }) => connectionId === item.connectionId),
          );
        expect([...order(admitted), ...order(held)].sort((a, b) => a - b)).toEqual(
          candidates.map((_, index) => index),
        );
        expect(order(admitted)).toEqual(order(admitted).toSorted((a, b) => a - b));
      }),
    );
  });

  it('when one is held for the limit, the limit is really used up', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const { admitted, held } = admitInOrder(candidates, now);
        for (const { grant, liveConnections, reason } of held) {
          if (reason !== 'connection_limit') continue;
          const mates = admitted.filter((item) => item.grant!.id === grant!.id);
          expect(liveConnections + mates.length).toBeGreaterThanOrEqual(grant!.connectionsMax!);
        }
      }),
    );
  });
});

describe('holdRemedy', () => {
  it.each(holdReasons)('when it is held for %s, somebody is told what to do', (reason) => {
    expect(holdRemedy(reason)).toEqual({
      turn: expect.stringMatching(/^(vendor|customer)$/),
      action: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });

  it.each([null, 'something else', 'constructor'])(
    'when it is held for %s, it is nobody',
    (reason) => {
      expect(holdRemedy(reason)).toBeNull();
    },
  );
});
