// Lists: a promise of the first page that is also an iterator over all items of all pages.
import { type Answer, ApiPromise } from './answer.ts';
import { SallyportError } from './errors.ts';
import type { CallOptions } from './options.ts';
import type { Transport } from './transport.ts';

/** One page, as the API answers it, with the way to the next. */
export interface Page<T> {
  items: T[];
  /** Null on the last page. */
  next_cursor: string | null;
  /** Fetches the page behind this one; undefined when this is the last. */
  nextPage(): Promise<Page<T> | undefined>;
}

interface WirePage<T> {
  items: T[];
  next_cursor: string | null;
}

/** Nothing is asked for before it is awaited or iterated. */
export class PageList<T> extends ApiPromise<Page<T>> implements AsyncIterable<T> {
  override readonly [Symbol.toStringTag] = 'PageList';
  readonly #fetch: (cursor?: string) => Promise<Answer<WirePage<T>>>;

  constructor(
    transport: Pick<Transport, 'send'>,
    path: string,
    params: readonly string[],
    options: CallOptions & object = {},
  ) {
    let first: Promise<Answer<Page<T>>> | undefined;
    super(() => {
      first ??= this.#fetch().then((answer) => ({ ...answer, data: this.#page(answer.data) }));
      return first;
    });
    this.#fetch = (cursor) => {
      const page = cursor === undefined ? options : { ...options, cursor };
      const plan = { method: 'GET', path, params, options: page };
      return transport.send<WirePage<T>>(plan).withResponse();
    };
  }

  /** The first page. */
  page(): Promise<Page<T>> {
    return this.then((page) => page);
  }

  /**
   * The first `limit` items in one array. It must be given: a list may be longer than memory.
   * @throws SallyportError without a limit
   */
  async toArray({ limit }: { limit: number }): Promise<T[]> {
    if (!(limit > 0)) throw new SallyportError('toArray needs { limit }, a number above 0.');
    const items: T[] = [];
    for await (const item of this) {
      items.push(item);
      if (items.length >= limit) break;
    }
    return items;
  }

  /** Starts at the first page each time, and asks for a page when its first item is wanted. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    let page: Page<T> | undefined = this.#page((await this.#fetch()).data);
    for (; page; page = await page.nextPage()) yield* page.items;
  }

  #page(wire: WirePage<T>, askedWith?: string): Page<T> {
    const { next_cursor: cursor } = wire;
    if (cursor !== null && cursor === askedWith) {
      throw new SallyportError(
        'The list does not advance: the service gave the same cursor twice.',
      );
    }
    return {
      ...wire,
      nextPage: async () =>
        cursor ? this.#page((await this.#fetch(cursor)).data, cursor) : undefined,
    };
  }
}
