import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manageAll, observeAll } from '../../src/domain/endpoint-service.ts';
import { nextRetirementStep, type Leftovers } from '../../src/domain/retirement.ts';

const service = { id: 'svc_1', modes: manageAll, frozenSince: null, quarantine: null };
const none: Leftovers = { principals: [], connections: [], privateDns: false };
const connection = { id: 'con_1', vpcEndpointId: 'vpce-1', decision: 'undecided' };

const anyLeftovers: fc.Arbitrary<Leftovers> = fc.record({
  principals: fc.array(fc.constantFrom('arn:1', 'arn:2'), { maxLength: 2 }),
  connections: fc.array(
    fc.record({
      id: fc.constantFrom('con_1', 'con_2'),
      vpcEndpointId: fc.constantFrom('vpce-1', 'vpce-2'),
      decision: fc.constantFrom('undecided', 'accept', 'reject'),
    }),
    { maxLength: 3 },
  ),
  privateDns: fc.boolean(),
});

describe('nextRetirementStep', () => {
  it.each<[string, Partial<typeof service> | object, string]>([
    ['it is frozen', { frozenSince: new Date(0) }, 'frozen'],
    ['another deployment has it', { quarantine: 'another_deployment' }, 'another_deployment'],
    ['it is observed', { modes: observeAll }, 'principals, acceptance, privateDns'],
  ])('when %s, nothing is done', (_, changes, words) => {
    const step = nextRetirementStep({ ...service, ...changes }, none);
    expect(step).toEqual({ step: 'wait', waitingFor: expect.stringContaining(words) });
  });

  it('when principals of ours are there, connections are not rejected yet', () => {
    const left = { ...none, principals: ['arn:1'], connections: [connection] };
    expect(nextRetirementStep(service, left)).toEqual({
      step: 'wait',
      waitingFor: 'arn:1 to leave the allowlist',
    });
  });

  it('when connections live, those that are not rejected yet are', () => {
    const rejected = { ...connection, id: 'con_2', vpcEndpointId: 'vpce-2', decision: 'reject' };
    const left = { ...none, connections: [connection, rejected] };
    expect(nextRetirementStep(service, left)).toEqual({ step: 'reject', connectionIds: ['con_1'] });
    expect(nextRetirementStep(service, { ...none, connections: [rejected] })).toEqual({
      step: 'wait',
      waitingFor: 'vpce-2 to end',
    });
  });

  it('when anything is left, it is never deleted', () => {
    fc.assert(
      fc.property(anyLeftovers, (left) => {
        const empty =
          left.principals.length === 0 && left.connections.length === 0 && !left.privateDns;
        expect(nextRetirementStep(service, left).step === 'delete').toBe(empty);
      }),
    );
  });
});
