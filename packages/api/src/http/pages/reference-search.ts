// The search of the reference, which runs in the browser: a plugin of Swagger UI, whose own filter
// looks only at the names of groups. It is sent as its text, so it may use nothing from outside.

/** What of Swagger UI's system it uses. */
interface System {
  React: { createElement(kind: string, properties: object, ...children: unknown[]): unknown };
}

interface FilterBox {
  layoutSelectors: { currentFilter(): unknown };
  layoutActions: { updateFilter(text: string): void };
}

/** A map of Immutable.js. */
interface Fields {
  get(name: string): unknown;
  set(name: string, value: unknown): Fields;
}

interface List<Item> {
  map(change: (item: Item) => Item): List<Item>;
  filter(test: (item: Item) => boolean): List<Item>;
  size: number;
}

/** Shows the operations of which path, method, id or words have each word that is typed. */
export function operationSearch({ React }: System) {
  const label = 'Search operations';
  const FilterContainer = ({ layoutSelectors, layoutActions }: FilterBox) => {
    const current = layoutSelectors.currentFilter();
    const onChange = ({ target }: { target: { value: string } }) =>
      layoutActions.updateFilter(target.value);
    const value = typeof current === 'string' && current !== 'true' ? current : '';
    const field = { className: 'operation-filter-input', type: 'search', value, onChange };
    const input = React.createElement('input', {
      ...field,
      placeholder: label,
      'aria-label': label,
    });
    return React.createElement('div', { className: 'filter wrapper' }, input);
  };
  const opsFilter = (groups: List<Fields>, typed: string) => {
    const words = typed.toLowerCase().split(/\s+/);
    const fits = (item: Fields) => {
      const operation = item.get('operation') as Fields;
      const texts = ['operationId', 'summary', 'description'].map((name) => operation.get(name));
      const text = [item.get('method'), item.get('path'), ...texts].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    };
    const operations = (group: Fields) => group.get('operations') as List<Fields>;
    return groups
      .map((group) => group.set('operations', operations(group).filter(fits)))
      .filter((group) => operations(group).size > 0);
  };
  return { components: { FilterContainer }, fn: { opsFilter } };
}
