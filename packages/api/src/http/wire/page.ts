// The shape of every list.

/** One page of a list. Follow `next_cursor` until it is null. */
export interface Page<Item> {
  items: Item[];
  /** Pass it as `cursor` for the next page; null on the last one. */
  next_cursor: string | null;
}
