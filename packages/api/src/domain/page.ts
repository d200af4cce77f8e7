// Pages of a list, in the order of ids, which sort by age. The cursor is the last id of a page.

/** One page of a list; `nextCursor` is null on the last page. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface PageRequest {
  limit: number;
  /** The id after which the page starts; null for the first page. */
  after: string | null;
}

export const pageLimits = { default: 50, max: 200 } as const;

/**
 * Makes a page of the rows that were read, which are one more than asked for when there are more.
 */
export function toPage<Item extends { id: string }>(rows: Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}
