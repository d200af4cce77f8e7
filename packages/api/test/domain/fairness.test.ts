import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairly } from '../../src/domain/fairness.ts';

interface Item {
  customer: string;
  number: number;
}

const items = fc
  .array(fc.constantFrom('acme', 'globex', 'initech', 'hooli'), { maxLength: 60 })
  .map((customers) => customers.map((customer, number): Item => ({ customer, number })));
const turns = (given: Item[]) => fairly(given, ({ customer }) => customer);

describe('turns', () => {
  it('when there are many items, nothing is lost and nothing is doubled', () => {
    fc.assert(
      fc.property(items, (given) => {
        const numbers = turns(given).map(({ number }) => number);
        expect(numbers.toSorted((a, b) => a - b)).toEqual(given.map(({ number }) => number));
      }),
    );
  });

  it("when somebody's nth item comes, everybody's items before their nth have come", () => {
    fc.assert(
      fc.property(items, (given) => {
        const taken = new Map<string, number>();
        const rounds = turns(given).map(({ customer }) => {
          taken.set(customer, (taken.get(customer) ?? 0) + 1);
          return taken.get(customer)!;
        });
        expect(rounds).toEqual(rounds.toSorted((a, b) => a - b));
      }),
    );
  });

  it("when a customer's items have an order, they keep it", () => {
    fc.assert(
      fc.property(items, (given) => {
        for (const [customer, own] of Map.groupBy(turns(given), (item) => item.customer)) {
          expect(own).toEqual(given.filter((item) => item.customer === customer));
        }
      }),
    );
  });

  it('when one has thousands and another one, the other one is second', () => {
    const many = Array.from({ length: 5_000 }, (_, number) => ({ customer: 'acme', number }));
    const [first, second] = turns([...many, { customer: 'globex', number: 5_000 }]);
    expect([first!.number, second!.number]).toEqual([0, 5_000]);
  });
});
