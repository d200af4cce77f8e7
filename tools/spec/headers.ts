// The headers of requests and answers, which all operations of a kind have in common: declared
// here once, read and set by the binder.

import type { Operation, Spec } from './document.ts';

const text = { type: 'string' };

const idempotencyKey = parameter(
  'Idempotency-Key',
  'A random key that makes it safe to send the same request again.',
  { ...text, minLength: 1, maxLength: 255 },
);
const ifMatch = parameter(
  'If-Match',
  'Change it only if it is still as in the answer with this ETag; `*` for any.',
);
const ifNoneMatch = parameter(
  'If-None-Match',
  'An ETag of an earlier answer: if it would be the same, the answer is 304 without a body.',
);

const ifNothing = parameter('If-None-Match', '`*`: make it, or fail when it is there already.');

const headers = {
  traceresponse: header('Our part in the trace that the `traceparent` of the request names.'),
  'X-Request-Id': header('Under which the request is found again; the one that was sent, if any.'),
  ETag: header('Of what the answer shows. It changes with every byte of it.'),
  Location: header('Where to read what was made, or how the long-running change goes.'),
  Link: header('Where the next page is: `<…>; rel="next"`.'),
  'Retry-After': header('After how many seconds to ask again.', { type: 'integer' }),
  'Idempotent-Replayed': header('`true` for an answer that the Idempotency-Key had before.'),
  'Sallyport-Plan': header(
    'With `validate_only`, for staff: what would be changed in AWS, by what was last observed. ' +
      'JSON: `{"changes":[{"action","endpoint_service_id","request","held_up_by"}],"more"}`.',
  ),
  RateLimit: header('How much is left of each limit, by the draft of the IETF.'),
  'RateLimit-Policy': header('The limits themselves.'),
  'WWW-Authenticate': header('How to authenticate.'),
  Allow: header('The methods that the path takes.'),
  Deprecation: header('Since when nobody should begin to use it (RFC 9745).'),
  Sunset: header('From when on it may be gone (RFC 8594).'),
};
export type HeaderName = keyof typeof headers;

/** To be called once all operations of the document are there. */
export function declareHeaders(spec: Spec): void {
  const read = new Set<string>();
  for (const [path, item] of Object.entries(spec.paths)) {
    if (item.get && !item.get['x-pagination']) read.add(path);
  }
  for (const [path, item] of Object.entries(spec.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const isReadable = read.has(path) || read.has(path.replace(/\/[\w-]+$/, ''));
      if (isStream(operation)) continue;
      if (operation['x-upsert']) operation.responses[201] = madeBy(operation);
      operation.parameters.unshift(...requestHeaders(method, operation, isReadable));
      declareAnswerHeaders(method, operation);
      if (operation['x-deprecation']) declareEnd(operation);
    }
  }
}

/** Those that are declared somewhere, for the document's components. */
export function headersOf(spec: Spec): Record<string, object> {
  const text = JSON.stringify([spec.paths, problemHeaders]);
  const used = Object.entries(headers).filter(([name]) =>
    text.includes(`"#/components/headers/${name}"`),
  );
  return Object.fromEntries(used);
}

/** Those that every answer has. */
const always = ['X-Request-Id', 'traceresponse', 'RateLimit', 'RateLimit-Policy'] as const;

/** Of every problem, whatever made it. */
export const problemHeaders = named([
  ...always,
  'Retry-After',
  'WWW-Authenticate',
  'Allow',
  'ETag',
]);

/** A stream is sent before it is known to its end, so it has no ETag. */
function isStream({ responses }: Operation): boolean {
  const success = responses[200] as { content?: object; headers?: object } | undefined;
  if (!success?.content || 'application/json' in success.content) return false;
  success.headers = named(['X-Request-Id', 'traceresponse']);
  return true;
}

/** A PUT that has made what was not there. */
function madeBy({ responses }: Operation): object {
  return { ...structuredClone(responses[200] as object), description: 'Created' };
}

function requestHeaders(method: string, operation: Operation, isReadable: boolean): object[] {
  if (operation['x-question']) return [];
  if (method === 'get') return [ifNoneMatch];
  // What is gone stays gone, so a DELETE takes no key.
  if (method === 'delete') return isReadable ? [ifMatch] : [];
  if (method === 'post' || !isReadable) return [idempotencyKey];
  return operation['x-upsert'] ? [idempotencyKey, ifMatch, ifNothing] : [idempotencyKey, ifMatch];
}

function declareAnswerHeaders(method: string, operation: Operation): void {
  const responses = operation.responses as Record<string, { headers?: object } | undefined>;
  if (operation['x-question']) {
    responses[200]!.headers = named(always);
    return;
  }
  if (method === 'get') {
    responses[200]!.headers = named([...always, 'ETag', ...moreOfRead(operation)]);
    const description = 'It is as in the answer with this ETag.';
    responses[304] = { description, headers: responses[200]!.headers } as object;
    return;
  }
  const ofChange = [...always, 'Sallyport-Plan', ...replayedOf(method)] as const;
  for (const [status, more] of Object.entries(moreByStatus)) {
    const response = responses[status];
    if (response) response.headers = named([...ofChange, ...more]);
  }
}

/** What goes one day says so with every answer. */
function declareEnd({ responses }: Operation): void {
  for (const response of Object.values(responses) as { headers?: object }[]) {
    response.headers = { ...response.headers, ...named(['Deprecation', 'Sunset', 'Link']) };
  }
}

/** A DELETE takes no key, so there is no first answer to give again. */
function replayedOf(method: string): HeaderName[] {
  return method === 'delete' ? [] : ['Idempotent-Replayed'];
}

/** A page has the next one, and an operation that has not ended says when to look again. */
function moreOfRead(operation: Operation): HeaderName[] {
  if (operation['x-pagination']) return ['Link'];
  const answer = JSON.stringify((operation.responses as Record<string, object>)[200]);
  return answer.includes('"$ref":"#/components/schemas/Operation"') ? ['Retry-After'] : [];
}

const moreByStatus: Record<string, readonly HeaderName[]> = {
  200: ['ETag'],
  201: ['ETag', 'Location'],
  202: ['ETag', 'Location', 'Retry-After'],
  204: [],
};

function named(names: readonly HeaderName[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function header(description: string, schema: object = text): object {
  return { description, schema };
}

function parameter(
  name: string,
  description: string,
  schema: object = { ...text, maxLength: 2000 },
) {
  return { name, in: 'header', required: false, description, schema };
}
