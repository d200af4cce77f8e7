import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountOfPrincipal,
  agreeingReads,
  checkRoleNames,
  planPrincipals,
  principalArns,
  principalState,
  principalStates,
  type PrincipalFacts,
} from '../../src/domain/principal.ts';

const facts: PrincipalFacts = {
  arn: 'arn:aws:iam::222222222222:root',
  wanted: true,
  owned: true,
  observed: true,
  confirmed: true,
  withdrawn: false,
  missedReads: 0,
  restoring: false,
};
const missing = { observed: false, missedReads: agreeingReads };

const anyFacts: fc.Arbitrary<PrincipalFacts[]> = fc
  .array(
    fc.record({
      wanted: fc.boolean(),
      owned: fc.boolean(),
      observed: fc.boolean(),
      confirmed: fc.boolean(),
      withdrawn: fc.boolean(),
      missedReads: fc.nat(4),
      restoring: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.map((item, n) => ({ ...item, arn: `arn:aws:iam::${100000000000 + n}:root` })),
  );

describe('principalState', () => {
  it.each([
    ['it is wanted and there', {}, 'allowed'],
    ['other hands made what is wanted', { owned: false }, 'allowed'],
    ['it was never there', { observed: false, confirmed: false, owned: false }, 'pending'],
    ['it was added and not seen yet', { ...missing, confirmed: false }, 'pending'],
    ['one read missed it', { observed: false, missedReads: 1 }, 'pending'],
    ['two reads agree that it has gone', missing, 'contested'],
    ['it is there and no longer wanted', { wanted: false }, 'removing'],
    ['other hands made it', { wanted: false, owned: false }, 'unmanaged'],
    ['it is neither wanted nor there', { wanted: false, observed: false }, 'gone'],
    ['it has gone and is not wanted', { ...missing, wanted: false }, 'gone'],
  ])('when %s, it is so', (_, change, state) => {
    expect(principalState({ ...facts, ...change })).toBe(state);
  });

  it('when facts are any, they have one of the states', () => {
    fc.assert(
      fc.property(anyFacts, (list) => {
        for (const fact of list) expect(principalStates).toContain(principalState(fact));
      }),
    );
  });
});

describe('planPrincipals', () => {
  const plan = (change: Partial<PrincipalFacts>) => planPrincipals([{ ...facts, ...change }]);
  const nothing = { add: [], remove: [], contested: [], unmanaged: [] };

  it('when all is as wanted, nothing changes', () => {
    expect(plan({})).toEqual(nothing);
  });

  it('when it is wanted and not there, it is added', () => {
    const change = { owned: false, observed: false, confirmed: false };
    expect(plan(change)).toEqual({ ...nothing, add: [facts.arn] });
  });

  it('when an add was not seen yet, it waits for reads that agree', () => {
    const change = { observed: false, confirmed: false, missedReads: agreeingReads - 1 };
    expect(plan(change)).toEqual(nothing);
  });

  it.each([true, false])(
    'when we took it away and it is wanted again (still shown: %s), it is added',
    (observed) => {
      const change = { observed, confirmed: false, withdrawn: true };
      expect(plan(change)).toEqual({ ...nothing, add: [facts.arn] });
    },
  );

  it('when an add was lost, it is added again', () => {
    const change = { observed: false, confirmed: false, missedReads: 3 };
    expect(plan(change)).toEqual({ ...nothing, add: [facts.arn] });
  });

  it('when a single read misses what was seen before, it waits for another one', () => {
    expect(plan({ observed: false, missedReads: 1 })).toEqual(nothing);
  });

  it('when another hand removed it, it is reported and not put back', () => {
    expect(plan(missing)).toEqual({ ...nothing, contested: [facts.arn] });
  });

  it('when other hands made it, it is reported and not removed', () => {
    const change = { wanted: false, owned: false };
    expect(plan(change)).toEqual({ ...nothing, unmanaged: [facts.arn] });
  });

  it('when facts are any, nothing is removed that is not ours, or that is wanted', () => {
    fc.assert(
      fc.property(anyFacts, (list) => {
        const { remove } = planPrincipals(list);
        for (const fact of list.filter(({ arn }) => remove.includes(arn))) {
          expect(fact).toMatchObject({ owned: true, wanted: false, observed: true });
        }
      }),
    );
  });

  it('when facts are any, nothing is added that is unwanted, or there but for our removal', () => {
    fc.assert(
      fc.property(anyFacts, (list) => {
        const { add } = planPrincipals(list);
        for (const fact of list.filter(({ arn }) => add.includes(arn))) {
          expect(fact.wanted).toBe(true);
          expect(fact.observed && !(fact.owned && fact.withdrawn)).toBe(false);
        }
      }),
    );
  });

  it('when facts are any, nothing is added that another hand has removed', () => {
    fc.assert(
      fc.property(anyFacts, (list) => {
        const { add, contested } = planPrincipals(list);
        expect(add.filter((arn) => contested.includes(arn))).toEqual([]);
      }),
    );
  });

  it('when a plan has been carried out and seen, the next one changes nothing', () => {
    fc.assert(
      fc.property(anyFacts, (list) => {
        const { add, remove } = planPrincipals(list);
        const after = list.map((fact) => {
          if (add.includes(fact.arn)) {
            return { ...fact, owned: true, confirmed: true, withdrawn: false, observed: true };
          }
          return remove.includes(fact.arn) ? { ...fact, observed: false } : fact;
        });
        expect(planPrincipals(after)).toMatchObject({ add: [], remove: [] });
      }),
    );
  });
});

describe('principalArns', () => {
  const account = { partition: 'aws-cn', accountId: '222222222222' };

  it('when no role is named, it is the whole account', () => {
    expect(principalArns(account, [])).toEqual(['arn:aws-cn:iam::222222222222:root']);
  });

  it('when roles are named, it is each of them and not the account', () => {
    expect(principalArns(account, ['a', 'b'])).toEqual([
      'arn:aws-cn:iam::222222222222:role/a',
      'arn:aws-cn:iam::222222222222:role/b',
    ]);
  });

  it('when an ARN was made for an account, the account is read from it', () => {
    for (const arn of principalArns(account, ['a'])) {
      expect(accountOfPrincipal(arn)).toEqual(account);
    }
  });
});

describe('accountOfPrincipal', () => {
  it.each(['*', '222222222222', 'arn:aws:iam::*:root', 'arn:aws:s3:::bucket', 'arn:x:iam::1:root'])(
    'when the principal is %s, it is of no account',
    (arn) => expect(accountOfPrincipal(arn)).toBeNull(),
  );
});

describe('checkRoleNames', () => {
  it.each(['reader', 'a+b=c,d.e@f-g_h', 'x'.repeat(64)])('when a role is %s, it passes', (name) => {
    expect(() => checkRoleNames(['fine', name])).not.toThrow();
  });

  it('when a role has a path, the message has the name without it', () => {
    expect(() => checkRoleNames(['team/deep/reader'])).toThrow(/as "reader"/);
  });

  it.each(['', '*', 'a b', 'a:b', 'a*', 'é', 'a\n', 'x'.repeat(65)])(
    'when a role is %j, it is refused',
    (name) => {
      expect(() => checkRoleNames([name])).toThrow(
        expect.objectContaining({ code: 'invalid_principal' }),
      );
    },
  );
});
