// The shape of every list.

/** One page of a list. Follow `next_cursor` until it is null. */
export interface Page<Item> {
  /** In an order that stays; as many as `limit` at most. */
  items: Item[];
  /**
   * Pass it as `cursor` for the next page; null on the last one.
   * @pattern ^[A-Za-z0-9_-]+$
   * @maxLength 500
   */
  next_cursor: string | null;
}
