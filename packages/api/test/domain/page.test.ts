import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPage, type Page } from '../../src/domain/page.ts';

const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `id_${1000 + n}` }));

/** Reads a list as storage does: in the order of ids, one row more than the page holds. */
function read(all: { id: string }[], limit: number, after: string | null): Page<{ id: string }> {
  const rest = all.filter(({ id }) => after === null || id > after);
  return toPage(rest.slice(0, limit + 1), limit);
}

describe('toPage', () => {
  it('when there is one row more than asked for, it is kept for the next page', () => {
    expect(toPage(rows(3), 2)).toEqual({ items: rows(2), nextCursor: 'id_1001' });
  });

  it.each([0, 1, 2])('when there are %i rows and a page holds 2, it is the last page', (count) => {
    expect(toPage(rows(count), 2)).toEqual({ items: rows(count), nextCursor: null });
  });

  it('when pages are followed to the end, every row comes once and in order', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 10 }), (count, limit) => {
        const all = rows(count);
        let page = read(all, limit, null);
        const seen = [...page.items];
        while (page.nextCursor !== null) {
          page = read(all, limit, page.nextCursor);
          seen.push(...page.items);
        }
        expect(seen).toEqual(all);
      }),
    );
  });
});
