// Lists: a promise of the first page that is also an iterator over all items of all pages.
import type { Answer } from './answer.ts';
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
export class PageList<T> implements Promise<Page<T>>, AsyncIterable<T> {
  readonly [Symbol.toStringTag] = 'PageList';
  readonly #fetch: (cursor?: string) => Promise<Answer<WirePage<T>>>;
  #first: Promise<Answer<Page<T>>> | undefined;

  constructor(
    transport: Pick<Transport, 'send'>,
    path: string,
    params: readonly string[],
    options: CallOptions & object = {},
  ) {
    this.#fetch = (cursor) => {
      const page = cursor === undefined ? options : { ...options, cursor };
      const plan = { method: 'GET', path, params, options: page };
      return transport.send<WirePage<T>>(plan).withResponse();
    };
  }

  /** The first page. */
  page(): Promise<Page<T>> {
    return this.withResponse().then(({ data }) => data);
  }

  /** The first page together with the response behind it. */
  withResponse(): Promise<Answer<Page<T>>> {
    this.#first ??= this.#fetch().then((answer) => ({ ...answer, data: this.#page(answer.data) }));
    return this.#first;
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

  // oxlint-disable-next-line unicorn/no-thenable -- it is a promise, on purpose
  then<A = Page<T>, B = never>(
    onPage?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.page().then(onPage, onError);
  }

  catch<B = never>(
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<Page<T> | B> {
    return this.page().catch(onError);
  }

  finally(onSettled?: (() => void) | null): Promise<Page<T>> {
    return this.page().finally(onSettled);
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
