import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOffboardingStep, type Remains } from '../../src/domain/customer.ts';

const none: Remains = { principals: [], connections: [], readSince: true };
const principal = {
  arn: 'arn:aws:iam::222222222222:root',
  endpointServiceId: 'svc_1',
  owned: true,
  managed: true,
};
const connection = {
  id: 'con_1',
  endpointServiceId: 'svc_1',
  live: true,
  decision: 'undecided' as const,
  managed: true,
};

const anyRemains: fc.Arbitrary<Remains> = fc.record({
  principals: fc.array(
    fc.record({
      arn: fc.constantFrom('arn:aws:iam::222222222222:root', 'arn:aws:iam::222222222222:role/a'),
      endpointServiceId: fc.constantFrom('svc_1', 'svc_2'),
      owned: fc.boolean(),
      managed: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  connections: fc.array(
    fc.record({
      id: fc.constantFrom('con_1', 'con_2', 'con_3'),
      endpointServiceId: fc.constantFrom('svc_1', 'svc_2'),
      live: fc.boolean(),
      decision: fc.constantFrom('undecided', 'accept', 'reject'),
      managed: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  readSince: fc.boolean(),
});

describe('nextOffboardingStep', () => {
  it.each([
    ['one of ours', {}, `${principal.arn} to leave the allowlist`],
    ['in observe mode', { managed: false }, 'principals are in observe mode'],
    ['of other hands', { owned: false }, 'added by other hands, remove or adopt it'],
  ])('when a principal is left that is %s, it waits and says why', (_, facts, words) => {
    const remains = {
      ...none,
      principals: [{ ...principal, ...facts }],
      connections: [connection],
    };
    const step = nextOffboardingStep(remains);
    expect(step.step).toBe('wait');
    expect(step).toHaveProperty('waitingFor', expect.stringContaining(words));
  });

  it('when the principals are gone, live connections are rejected all at once', () => {
    const connections = [connection, { ...connection, id: 'con_2', decision: 'accept' as const }];
    const gone = { ...connection, id: 'con_3', live: false };
    const step = nextOffboardingStep({ ...none, connections: [...connections, gone] });
    expect(step).toEqual({ step: 'reject', connectionIds: ['con_1', 'con_2'] });
  });

  it('when one service cannot be left yet, the connections of another one are rejected', () => {
    const elsewhere = { ...connection, id: 'con_2', endpointServiceId: 'svc_2' };
    const observed = { ...elsewhere, id: 'con_3', managed: false };
    const connections = [connection, elsewhere, observed];
    const step = nextOffboardingStep({ ...none, principals: [principal], connections });
    expect(step).toEqual({ step: 'reject', connectionIds: ['con_2'] });
  });

  it('when a live connection may not be rejected, it waits and names it', () => {
    const rejected = { ...connection, decision: 'reject' as const };
    const connections = [rejected, { ...connection, id: 'con_2', managed: false }];
    const step = nextOffboardingStep({ ...none, connections });
    expect(step).toEqual({
      step: 'wait',
      waitingFor: 'acceptance, which is in observe mode or stands still (con_2)',
    });
  });

  it('when all are rejected and some still live, it waits for them to end', () => {
    const connections = [{ ...connection, decision: 'reject' as const }];
    const step = nextOffboardingStep({ ...none, connections });
    expect(step).toEqual({ step: 'wait', waitingFor: '1 connections to end' });
  });

  it('when nothing is left but the reads are older than the leaving, it waits for a read', () => {
    const step = nextOffboardingStep({ ...none, readSince: false });
    expect(step).toEqual({ step: 'wait', waitingFor: 'a fresh full read of AWS' });
  });

  it('when nothing is left on fresh reads, it is done', () => {
    expect(nextOffboardingStep(none)).toEqual({ step: 'done' });
  });

  it('when anything is left, it is never done', () => {
    fc.assert(
      fc.property(anyRemains, (remains) => {
        const left =
          remains.principals.length > 0 ||
          remains.connections.some(({ live }) => live) ||
          !remains.readSince;
        expect(nextOffboardingStep(remains).step === 'done').toBe(!left);
      }),
    );
  });

  it('when it rejects, no principal is left on the service, which leaves rejecting to us', () => {
    fc.assert(
      fc.property(anyRemains, (remains) => {
        const step = nextOffboardingStep(remains);
        fc.pre(step.step === 'reject');
        const open = remains.principals.map(({ endpointServiceId }) => endpointServiceId);
        for (const id of step.connectionIds) {
          const mayBe = remains.connections.filter((item) => {
            return item.live && item.managed && !open.includes(item.endpointServiceId);
          });
          expect(mayBe.map((item) => item.id)).toContain(id);
        }
        expect(step.connectionIds.length).toBeGreaterThan(0);
      }),
    );
  });
});
