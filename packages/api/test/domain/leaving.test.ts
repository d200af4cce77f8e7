import { describe, expect, it } from 'vitest';
import {
  endingOf,
  leavingSince,
  nextOffboardingStep,
  type Customer,
  type Remains,
  type Terms,
} from '../../src/domain/customer.ts';
import { manageAll, observeAll, type EndpointService } from '../../src/domain/endpoint-service.ts';
import { planLeaving } from '../../src/domain/leaving.ts';

const now = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-02-01T00:00:00Z');

const service = {
  id: 'svc_1',
  serviceId: 'vpce-svc-1',
  modes: manageAll,
  frozenSince: null,
  quarantine: null,
  onExternalRemoval: 'hold',
} satisfies Partial<EndpointService>;
const principal = { arn: 'arn:1', endpointServiceId: 'svc_1', owned: true, managed: true };
const connection: Remains['connections'][number] = {
  id: 'con_1',
  endpointServiceId: 'svc_1',
  live: true,
  decision: 'accept',
  managed: true,
};
const both: Remains = { principals: [principal], connections: [connection], readSince: false };

describe('endingOf', () => {
  const terms: Terms = {
    state: 'offboarding',
    suspensionPolicy: null,
    offboardingPolicy: null,
    drainUntil: null,
  };

  it.each<[string, Partial<Terms>, string]>([
    ['leaves on no terms', {}, 'reject'],
    ['leaves with `reject`', { offboardingPolicy: 'reject' }, 'reject'],
    ['leaves with `keep`', { offboardingPolicy: 'keep' }, 'leave'],
    ['drains', { offboardingPolicy: 'drain', drainUntil: later }, 'wait'],
    ['has drained until now', { offboardingPolicy: 'drain', drainUntil: now }, 'reject'],
    ['drains without a deadline', { offboardingPolicy: 'drain' }, 'reject'],
    ['is suspended on no terms', { state: 'suspended' }, 'leave'],
    ['is suspended with `keep`', { state: 'suspended', suspensionPolicy: 'keep' }, 'leave'],
    ['is suspended with `block`', { state: 'suspended', suspensionPolicy: 'block' }, 'leave'],
    ['is suspended with `reject`', { state: 'suspended', suspensionPolicy: 'reject' }, 'reject'],
  ])('when a customer %s, %s makes it %s', (_, changes, ending) => {
    expect(endingOf({ ...terms, ...changes }, now)).toBe(ending);
  });
});

describe('leavingSince', () => {
  it('when it leaves after a suspension, reads from before the leaving prove nothing', () => {
    const dates = { createdAt: new Date(0), suspendedSince: now, offboardingSince: later };
    const customer = dates as Customer;
    expect(leavingSince(customer)).toBe(later);
    expect(leavingSince({ ...customer, offboardingSince: null })).toBe(now);
  });
});

describe('nextOffboardingStep', () => {
  const gone: Remains = { ...both, principals: [] };

  it('when connections drain, none is rejected and it waits for the customer', () => {
    const step = nextOffboardingStep(gone, 'wait');
    const waitingFor = expect.stringContaining('the customer to delete its connections');
    expect(step).toEqual({ step: 'wait', waitingFor });
  });

  it('when connections are left, only the principals and the reads are waited for', () => {
    expect(nextOffboardingStep(both, 'leave')).toMatchObject({ step: 'wait' });
    expect(nextOffboardingStep(gone, 'leave')).toMatchObject({
      waitingFor: 'a fresh full read of AWS',
    });
    expect(nextOffboardingStep({ ...gone, readSince: true }, 'leave')).toEqual({ step: 'done' });
  });
});

describe('planLeaving', () => {
  it('when nothing is left on a service, it is not shown', () => {
    const { services } = planLeaving(
      { ...both, principals: [], connections: [] },
      [service],
      'reject',
    );
    expect(services).toEqual([]);
  });

  it('when a connection is dead, nothing is to be done about it', () => {
    const connections = [{ ...connection, live: false }];
    const { services } = planLeaving({ ...both, connections }, [service], 'reject');
    expect(services).toMatchObject([{ steps: ['remove_principals', 'read_again'] }]);
  });

  it.each<[string, Partial<typeof service> | object, string[]]>([
    ['all is managed', {}, []],
    ['it is frozen', { frozenSince: now }, ['frozen']],
    ['another deployment has it', { quarantine: 'another_deployment' }, ['another_deployment']],
    ['all is observed', { modes: observeAll }, ['principals_observed', 'acceptance_observed']],
    [
      'it is frozen and observed',
      { frozenSince: now, modes: observeAll },
      ['frozen', 'principals_observed', 'acceptance_observed'],
    ],
  ])('when %s, %s is held up by %s', (_, changes, expected) => {
    const { services } = planLeaving(both, [{ ...service, ...changes }], 'reject');
    expect(services[0]!.heldUpBy.map(({ by }) => by)).toEqual(expected);
  });

  it('when connections are left alone, an observed acceptance holds up nothing', () => {
    const observed = { ...service, modes: { ...manageAll, acceptance: 'observe' } as const };
    const { services } = planLeaving(both, [observed], 'leave');
    expect(services[0]!.heldUpBy).toEqual([]);
  });

  it('when an entry is of other hands, it is named, and nothing of ours is to be removed', () => {
    const principals = [{ ...principal, owned: false }];
    const { services } = planLeaving({ ...both, principals }, [service], 'wait');
    expect(services).toMatchObject([
      {
        steps: ['wait_for_customer', 'read_again'],
        heldUpBy: [{ by: 'unmanaged_principal', action: expect.stringContaining('arn:1') }],
      },
    ]);
  });
});
