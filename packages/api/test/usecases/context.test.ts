import { describe, expect, it } from 'vitest';
import { tenant, type Caller, type Context } from '../../src/usecases/context.ts';

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
