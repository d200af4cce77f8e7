// A request and a response as bytes on the wire, before and after any AWS meaning.

export interface WireRequest {
  readonly method: string;
  /** The path as received, still percent-encoded, without the query string. */
  readonly path: string;
  /** The query string as received, without `?`. */
  readonly query: string;
  /** In order of arrival; the name as received, so that repeated headers stay visible. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Aborted when nobody waits for the answer any more: the client left, or the server closes. */
  readonly gone?: AbortSignal;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The value of a header, repeated ones joined with a comma, or undefined. */
export function headerValue(request: WireRequest, name: string): string | undefined {
  const values = request.headers.filter(([key]) => key.toLowerCase() === name).map(([, v]) => v);
  return values.length === 0 ? undefined : values.join(',');
}

/** Name and value pairs of a query string or a form body, decoded, in order of arrival. */
export function formPairs(text: string): [name: string, value: string][] {
  return [...new URLSearchParams(text)];
}
