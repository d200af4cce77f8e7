// Which error is thrown, what it carries, and that `instanceof` holds over two copies.
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import * as sdk from '../src/index.ts';
import { clientOf, errorOf, problem, startService } from './harness.ts';

test.each([
  [400, sdk.BadRequestError],
  [401, sdk.AuthenticationError],
  [403, sdk.PermissionDeniedError],
  [404, sdk.NotFoundError],
  [405, sdk.ApiError],
  [409, sdk.ConflictError],
  [412, sdk.PreconditionFailedError],
  [418, sdk.ApiError],
  [422, sdk.UnprocessableError],
  [428, sdk.PreconditionFailedError],
  [429, sdk.RateLimitError],
  [500, sdk.ServerError],
  [503, sdk.ServerError],
])('when %i is answered, it throws the class for it', async (status, type) => {
  const service = await startService();
  service.reply(problem(status, 'a_new_code'));
  const error = await errorOf(clientOf(service, { maxRetries: 0 }).customers.get('acme'));
  expect((error as object).constructor).toBe(type);
  expect(error).toBeInstanceOf(type);
  expect(error).toBeInstanceOf(sdk.ApiError);
  expect(error).toBeInstanceOf(sdk.SallyportError);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: type.kind, status, code: 'a_new_code' });
  expect(error instanceof sdk.ConnectionError).toBe(false);
});

test('when a request is refused, the error says why, who is next and what to run', async () => {
  const service = await startService();
  service.reply(
    problem(422, 'invalid_request', {
      errors: [{ pointer: '/name', detail: 'must not be empty' }],
      extra: 'new',
    }),
  );
  const error = await errorOf(clientOf(service).customers.create({ external_id: 'a', name: '' }));
  if (!(error instanceof sdk.ApiError)) throw error;
  expect(error.fields).toEqual([{ pointer: '/name', detail: 'must not be empty' }]);
  expect(error.remediation?.command).toBe('sallyport do it');
  expect(error.requestId).toBe('req_1');
  expect(error.problem).toMatchObject({ extra: 'new' });
  const key = service.seen[0]!.headers['idempotency-key'];
  expect(error.message).toBe(
    '422 invalid_request: It cannot be. /name: must not be empty. ' +
      'Next (vendor): Do something. `sallyport do it` [request req_1] ' +
      `[Idempotency-Key ${String(key)}]`,
  );
  // What a terminal shows is the stack, which is fixed when the error is made.
  expect(inspect(error)).toContain('Next (vendor)');
});

test('when one field is all that is wrong, the error says it once', async () => {
  const service = await startService();
  const errors = [{ pointer: '/name', detail: 'unknown field `nam`' }];
  service.reply(problem(400, 'invalid_request', { detail: 'Unknown field `nam`.', errors }));
  const error = await errorOf(clientOf(service).customers.get('acme'));
  expect((error as Error).message.match(/nam`/g)).toHaveLength(1);
  expect((error as sdk.ApiError).fields).toEqual(errors);
});

test.each([{ Error: { Code: 'X' } }, [], 'text', null])(
  'when JSON that is no problem document is answered (%j), the error says so',
  async (json) => {
    const service = await startService();
    service.reply({ status: 400, json });
    const error = await errorOf(clientOf(service).customers.get('acme'));
    expect((error as Error).message).toContain('is not a problem document');
  },
);

test('when a gateway answers in HTML, the error does not quote the page', async () => {
  const service = await startService();
  const headers = { 'content-type': 'text/html', 'x-request-id': 'req_gw' };
  service.reply({ status: 502, text: '<h1>secret page</h1>', headers });
  const error = await errorOf(clientOf(service, { maxRetries: 0 }).customers.get('acme'));
  expect(error).toMatchObject({ name: 'ServerError', status: 502, requestId: 'req_gw' });
  expect((error as sdk.ApiError).code).toBeUndefined();
  expect(inspect(error)).not.toContain('secret page');
});

test.each([[], 'text', { errors: 'broken' }, { errors: [null, { x: 1 }], detail: 'Odd.' }])(
  'when something else answers in JSON (%j), it is an error like any other',
  async (json) => {
    const service = await startService();
    service.reply({ status: 403, json });
    const error = await errorOf(clientOf(service).customers.get('acme'));
    expect(error).toMatchObject({ name: 'PermissionDeniedError', status: 403, fields: [] });
  },
);

test('when a precondition fails, the error tells the current entity tag', async () => {
  const service = await startService();
  const refused = problem(412, 'version_mismatch');
  service.reply({ ...refused, headers: { ...refused.headers, etag: '"8"' } });
  const call = clientOf(service).customers.update('acme', { name: 'A' }, { ifMatch: '"7"' });
  expect(await errorOf(call)).toMatchObject({ name: 'PreconditionFailedError', etag: '"8"' });
  expect(service.seen[0]!.headers['if-match']).toBe('"7"');
});

test('when the package is loaded twice, instanceof holds between the copies', async () => {
  const other = await import('@sallyport/sdk');
  expect(other.NotFoundError).not.toBe(sdk.NotFoundError);
  const call = { method: 'GET', path: '/', attempts: 1 };
  const error = new other.NotFoundError(call, { status: 404, problem: {} });
  expect(error).toBeInstanceOf(sdk.NotFoundError);
  expect(error).toBeInstanceOf(sdk.ApiError);
  expect(error).toBeInstanceOf(sdk.SallyportError);
  expect(error instanceof sdk.ConflictError).toBe(false);
  expect(new other.AbortedError('x') instanceof sdk.ApiError).toBe(false);
});

test('when something else is asked about, instanceof says no', () => {
  for (const value of [
    null,
    undefined,
    'NotFoundError',
    {},
    new Error('x'),
    { name: 'ApiError' },
  ]) {
    expect((value as unknown) instanceof sdk.ApiError).toBe(false);
  }
});

test('when a program derives its own error, its prototype decides', () => {
  class Mine extends sdk.SallyportError {}
  const mine = new Mine('mine');
  expect(mine).toBeInstanceOf(Mine);
  expect(mine).toBeInstanceOf(sdk.SallyportError);
  expect(new sdk.SallyportError('not mine') instanceof Mine).toBe(false);
});

test('when nothing has changed since an answer, reading it again says so', async () => {
  const service = await startService();
  service.reply({ json: { id: 'cus_1' }, headers: { etag: '"7"' } }, { status: 304 });
  const client = clientOf(service);
  const { response } = await client.customers.get('acme').withResponse();
  const again = client.customers.get('acme', { ifNoneMatch: response.headers.get('etag')! });
  const error = await errorOf(again);
  expect(error).toBeInstanceOf(sdk.NotModifiedError);
  expect(error).toMatchObject({ status: 304 });
  expect((error as Error).message).toContain('It is as it was.');
  expect(service.seen[1]!.headers['if-none-match']).toBe('"7"');
  expect(service.seen).toHaveLength(2);
});
