// What each client does, read in its source at the version of clients.ts, in November 2026. To
// change a version there means to read again.

/** In the order of the columns: ours, stripe, openai, octokit, neon, AWS. */
export const features: Record<string, [string, string, string, string, string, string]> = {
  'calls by resource': ['yes', 'yes', 'yes', '`rest.x.y`', 'flat methods', 'commands'],
  'retries by itself': ['2', '1', '2', '3, without jitter', 'no', '3 attempts'],
  'heeds `Retry-After`': [
    'yes, both forms',
    'no, a header of its own',
    'yes, up to 60 s',
    'by a plugin',
    'no',
    'yes',
  ],
  'idempotency key of a POST': [
    'always, kept across retries',
    'always',
    'in the code, switched off',
    'no',
    'no',
    'where modelled',
  ],
  'timeout of all attempts together': ['yes', 'each', 'each', 'by fetch', 'by axios', 'each'],
  '`AbortSignal` for each call': ['yes, waits too', 'no', 'yes', 'yes', 'by axios', 'yes'],
  'pages by `for await`': ['yes', 'yes', 'yes', 'yes', 'no', 'yes'],
  'pages with a limit': [
    '`toArray({ limit })`',
    '`autoPagingToArray({ limit })`',
    'no',
    'no',
    'no',
    'no',
  ],
  'errors by class': ['status', 'kind', 'status', 'one class', 'AxiosError', 'one of EC2'],
  'errors by code, as a union': ['yes', 'some', 'no', 'no', 'no', 'no'],
  'error says whose turn it is, and what to run': ['yes', 'no', 'no', 'no', 'no', 'no'],
  '`instanceof` across copies': ['yes', 'no', 'no', 'no', 'no', 'yes'],
  'request id': ['errors and answers', 'both', 'both', 'headers', 'headers', 'both'],
  'the raw response': ['yes', 'yes', 'yes', 'yes', 'yes', 'yes'],
  'own `fetch`': ['yes', 'an HTTP client', 'yes', 'yes', 'axios', 'a handler'],
  middleware: ['yes', 'no', 'no', 'hooks', 'interceptors', 'a stack'],
  'logger that hides secrets': ['yes', 'events', 'yes', 'no', 'no', 'some'],
  waiters: ['yes', 'no', 'few', 'no', 'no', 'none for PrivateLink'],
  'webhooks: verify, and sign for tests': ['both', 'both', 'verify', 'another package', 'no', '–'],
  'values that are newer than the client': ['open', 'open', 'partly', 'closed', 'closed', 'open'],
  'ES modules and CommonJS': ['both', 'both', 'both', 'ES modules', 'CommonJS', 'both'],
  'a part of it by itself': ['by resource', 'no', 'no', 'plugins', 'no', 'by command'],
};
