import { expect, test } from 'vitest';
import { startFakeApi } from './fake-api.ts';
import { folderWith, sallyport } from './harness.ts';
import { resources } from './resources.ts';

test('when fields go with a GET, they are in the query', async () => {
  const api = await startFakeApi();
  const args = ['api', 'get', '/v1/customers', '-f', 'limit=5', '-f', 'cursor=a&b=c'];
  const { code, stdout } = await sallyport(args, { api });
  expect(code).toBe(0);
  expect(api.asked[0]?.query).toEqual({ limit: '5', cursor: 'a&b=c' });
  expect(JSON.parse(stdout)).toEqual({ items: [resources.Customer], next_cursor: null });
});

test('when fields go with a PATCH, they are in the body, as text or as JSON', async () => {
  const api = await startFakeApi();
  const args = ['api', 'PATCH', '/v1/grants/grt_1', '-f', 'acceptance=manual'];
  const { code } = await sallyport([...args, '-F', 'connections_max=4'], { api });
  expect({ code, body: api.asked[0]?.body }).toEqual({
    code: 0,
    body: { acceptance: 'manual', connections_max: 4 },
  });
});

test('when a body is given, fields go into the query beside it', async () => {
  const api = await startFakeApi();
  const cwd = await folderWith({ 'body.json': '{"reason":"Known"}' });
  const path = '/v1/accounts/acct_1/attest';
  const args = ['api', 'POST', path, '--input', 'body.json', '-f', 'change_ref=OPS-1'];
  expect((await sallyport(args, { api, cwd })).code).toBe(0);
  expect(api.asked[0]).toMatchObject({ body: { reason: 'Known' }, query: { change_ref: 'OPS-1' } });
});

test('when nothing comes back, nothing is printed', async () => {
  const api = await startFakeApi();
  const outcome = await sallyport(['api', 'DELETE', '/v1/grants/grt_1'], { api });
  expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('when there is no such path, it says so and exits with 1', async () => {
  const api = await startFakeApi();
  const { code, stderr } = await sallyport(['api', 'GET', '/v2/customers'], { api });
  expect(code).toBe(1);
  expect(stderr).toContain('(route_not_found)');
});
