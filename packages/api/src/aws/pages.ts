// Long lists, to and from AWS: all pages of an answer, and the batches of a request.

import { unexpectedAnswer } from './errors.ts';
import { requireItems } from './required.ts';

export interface Page<Item> {
  items: Item[] | undefined;
  /** EC2 ends a list with an empty token as well as with none. */
  next: string | undefined;
}

/** The most items that EC2 gives in one page of PrivateLink (EC2 API reference). */
export const pageSize = 1000;

/**
 * EC2 documents no limit to the principals or endpoints of one call. A hundred keeps what one bad
 * item can spoil small, and a thousand within ten calls.
 */
export const batchSize = 100;

/** Reads to the last page: a page may be empty and still be followed by another. */
export async function readPages<Item>(
  action: string,
  read: (token: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await read(token);
    items.push(...(page.items ?? []));
    token = page.next || undefined;
    if (token !== undefined && seen.has(token)) {
      throw unexpectedAnswer(action, 'repeats a page token');
    }
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return items;
}

/**
 * The list in batches.
 * @throws TypeError when it is empty, which EC2 could take for "all"
 */
export function batches<Item>(what: string, items: Item[]): Item[][] {
  requireItems(what, items);
  const count = Math.ceil(items.length / batchSize);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * batchSize, (index + 1) * batchSize),
  );
}
