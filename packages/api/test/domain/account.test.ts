import { describe, expect, it } from 'vitest';
import { admits, owns, standings } from '../../src/domain/account.ts';

const table = {
  claimed: { admits: false, owns: false },
  proven: { admits: true, owns: true },
  attested: { admits: true, owns: true },
  imported: { admits: true, owns: true },
  disputed: { admits: false, owns: false },
  lapsed: { admits: false, owns: true },
};

describe('standing', () => {
  it('when a standing is added, this table has to say what it means', () => {
    expect(Object.keys(table)).toEqual([...standings]);
  });

  it.each(standings)('when an account is %s, it admits and owns as the table says', (standing) => {
    expect({ admits: admits(standing), owns: owns(standing) }).toEqual(table[standing]);
  });

  it('when a standing admits, it owns too', () => {
    expect(standings.filter((standing) => admits(standing) && !owns(standing))).toEqual([]);
  });
});
