import { describe, expect, it } from 'vitest';
import { tenant, type Caller, type Context } from '../../src/usecases/context.ts';
import { oneOf } from '../../src/usecases/filters.ts';

const by = (caller: Partial<Caller>) => ({ caller: { id: 'key_1', ...caller } }) as Context;

describe('tenant', () => {
  it.each(['operator', 'support'] as const)('when the role is %s, there is no limit', (role) => {
    expect(tenant(by({ role, customerId: null }))).toBeNull();
  });

  it('when the role is customer, the limit is its own', () => {
    expect(tenant(by({ role: 'customer', customerId: 'cus_1' }))).toBe('cus_1');
  });

  it.each(['customer', 'anyone'] as const)(
    'when a %s is of no customer, it sees nothing',
    (role) => {
      const limit = () => tenant(by({ role, customerId: null }));
      expect(limit).toThrow(expect.objectContaining({ code: 'not_found' }));
    },
  );
});

describe('oneOf', () => {
  const states = ['running', 'failed'] as const;

  it('when nothing is asked for, there is no limit', () => {
    expect(oneOf(states, undefined, 'state')).toBeUndefined();
    expect(oneOf(states, 'failed', 'state')).toBe('failed');
  });

  it.each(['', 'Failed', 'toString'])(
    'when %j is asked for, it is told which there are',
    (given) => {
      const fields = [{ parameter: 'state', detail: '`state` must be one of running, failed.' }];
      const refusal = expect.objectContaining({ code: 'invalid_request', fields });
      expect(() => oneOf(states, given, 'state')).toThrow(refusal);
    },
  );
});
