// What a call gives back: a promise of the data, which also has the response behind it.

export interface Answer<T> {
  data: T;
  /** Its body has been read. */
  response: Response;
  requestId: string | undefined;
  /** The key that was sent with a POST. */
  idempotencyKey: string | undefined;
  attempts: number;
}

/** A promise of the data. */
export class ApiPromise<T> implements Promise<T> {
  readonly [Symbol.toStringTag]: string = 'ApiPromise';
  readonly #answer: () => Promise<Answer<T>>;

  /** @param answer the same one each time */
  constructor(answer: () => Promise<Answer<T>>) {
    this.#answer = answer;
  }

  /** The data together with the response, the request id and the idempotency key. */
  withResponse(): Promise<Answer<T>> {
    return this.#answer();
  }

  // No promise of the data is kept: without a listener its rejection would go unhandled, and end
  // the process, although the caller listens to `withResponse()`.
  // oxlint-disable-next-line unicorn/no-thenable -- it is a promise, on purpose
  then<A = T, B = never>(
    onData?: ((data: T) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#data().then(onData, onError);
  }

  catch<B = never>(onError?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#data().catch(onError);
  }

  finally(onSettled?: (() => void) | null): Promise<T> {
    return this.#data().finally(onSettled);
  }

  #data(): Promise<T> {
    return this.#answer().then(({ data }) => data);
  }
}
