import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { operationSearch } from '../../../src/http/pages/reference-search.ts';

const React = { createElement: (kind: string, properties: object) => ({ kind, ...properties }) };

/** As it arrives in the browser: as text, with nothing around it. */
const arrived = runInNewContext(`(${operationSearch.toString()})`) as typeof operationSearch;
const { fn, components } = arrived({ React });

/** Enough of a map of Immutable.js. */
class Fields {
  readonly members: Record<string, unknown>;
  constructor(members: Record<string, unknown>) {
    this.members = members;
  }
  get(name: string) {
    return this.members[name];
  }
  set(name: string, value: unknown) {
    return new Fields({ ...this.members, [name]: value });
  }
}

const list = <Item>(items: Item[]) => ({
  items,
  size: items.length,
  map: (change: (item: Item) => Item) => list(items.map(change)),
  filter: (test: (item: Item) => boolean) => list(items.filter(test)),
});
const entry = (method: string, path: string, summary: string) =>
  new Fields({ method, path, operation: new Fields({ operationId: path, summary }) });
const groups = list([
  new Fields({
    operations: list([
      entry('post', '/v1/connections/{id}/accept', 'Let a connection in'),
      entry('get', '/v1/connections', 'List connections'),
    ]),
  }),
  new Fields({ operations: list([entry('get', '/v1/customers', 'List customers')]) }),
]);

function found(typed: string): string[][] {
  const left = fn.opsFilter(groups, typed) as unknown as { items: Fields[] };
  return left.items.map((group) => {
    const { items } = group.get('operations') as typeof left;
    return items.map((item) => String(item.get('path')));
  });
}

describe('the search of the reference', () => {
  it.each([
    ['accept', [['/v1/connections/{id}/accept']]],
    ['LIST', [['/v1/connections'], ['/v1/customers']]],
    ['get connections', [['/v1/connections']]],
    ['post', [['/v1/connections/{id}/accept']]],
    ['nothing like it', []],
  ])('when "%s" is typed, it shows what has each word', (typed, expected) => {
    expect(found(typed)).toEqual(expected);
  });

  it('when nothing was typed yet, the box is empty, and it says what it is for', () => {
    const layoutActions = { updateFilter: () => undefined };
    const box = (current: unknown) => {
      const made: { kind: string }[] = [];
      const createElement = (kind: string, properties: object) => {
        made.push({ kind, ...properties });
        return null;
      };
      const { FilterContainer } = arrived({ React: { createElement } }).components;
      FilterContainer({ layoutSelectors: { currentFilter: () => current }, layoutActions });
      return made.find(({ kind }) => kind === 'input');
    };
    expect(box(true)).toMatchObject({ value: '', 'aria-label': 'Search operations' });
    expect(box('accept')).toMatchObject({ value: 'accept' });
    expect(components).toHaveProperty('FilterContainer');
  });
});
