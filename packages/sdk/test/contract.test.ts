// Every operation of the contract is a method that asks for exactly that operation.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operationIds, type PageList, Sallyport } from '../src/index.ts';

interface WireOperation {
  operationId: string;
  parameters?: { in: string; name: string }[];
  requestBody?: object;
  'x-sdk'?: string;
  'x-pagination'?: boolean;
  'x-waiter'?: { name: string; field: string; success: unknown[] };
}

const contract = JSON.parse(
  readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'),
) as { paths: Record<string, Record<string, WireOperation>> };

const everything = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => {
    return { ...operation, id: operation.operationId, method: method.toUpperCase(), path };
  }),
);

/** The SDK reads answers whole: a stream is for who writes it to a file, as the CLI does. */
const streams = ['exportAuditEntries'];
const operations = everything.filter(({ id }) => !streams.includes(id));

type Method = (...args: unknown[]) => Promise<unknown> & { withResponse(): Promise<unknown> };

/** Calls `customers.invites.create` of a client whose service answers `json`; gives the request. */
async function call(dotted: string, args: unknown[], json: unknown): Promise<Request[]> {
  const requests: Request[] = [];
  const fetch = (url: string | URL | Request, init?: RequestInit) => {
    requests.push(new Request(url, init));
    return Promise.resolve(Response.json(json));
  };
  const client = new Sallyport({ baseUrl: 'https://vendor.example/base', fetch });
  const words = dotted.split('.');
  const name = words.pop()!;
  const resource = words.reduce<unknown>(
    (at, word) => (at as Record<string, unknown>)[word],
    client,
  );
  await (resource as Record<string, Method>)[name]!(...args);
  return requests;
}

const ids = (path: string) => (path.match(/\{[^}]+\}/g) ?? []).map((_, index) => `id:${index}`);

const filled = (path: string) => {
  const values = ids(path).values();
  return `/base${path.replaceAll(/\{[^}]+\}/g, () => encodeURIComponent(values.next().value!))}`;
};

test('when the contract is read, it has operations, and the SDK names them all', () => {
  expect(operations.length).toBeGreaterThan(30);
  expect(operations.filter((operation) => !operation['x-sdk'])).toEqual([]);
  expect([...operationIds]).toEqual(operations.map(({ id }) => id).toSorted());
});

test.each(operations)('when $x-sdk is called, it asks for $method $path', async (operation) => {
  const { path, method, parameters = [], requestBody } = operation;
  const names = parameters.filter(({ in: where }) => where === 'query').map(({ name }) => name);
  const options = Object.fromEntries(names.map((name) => [name, `${name}!`]));
  const args = [
    ...ids(path),
    ...(requestBody ? [{ sent: true }] : []),
    { ...options, timeoutMs: 9 },
  ];
  const page = { items: [], next_cursor: null };
  const [request] = await call(operation['x-sdk']!, args, operation['x-pagination'] ? page : {});
  const url = new URL(request!.url);
  expect(request!.method).toBe(method);
  expect(url.pathname).toBe(filled(path));
  expect(Object.fromEntries(url.searchParams)).toEqual(options);
  expect(await request!.text()).toBe(requestBody ? '{"sent":true}' : '');
});

const waiting = operations.filter((operation) => operation['x-waiter']);

test.each(waiting)('when the waiter of $id is called, it looks there', async (operation) => {
  const { name, field, success } = operation['x-waiter']!;
  const dotted = operation['x-sdk']!.replace(/\w+$/, name);
  const [request] = await call(dotted, ids(operation.path), { [field]: success[0] });
  expect(request!.method).toBe('GET');
  expect(new URL(request!.url).pathname).toBe(filled(operation.path));
});

test('when a list is called, it is one that can be iterated', () => {
  const client = new Sallyport({ baseUrl: 'https://vendor.example' });
  const list: PageList<{ id: string }> = client.connections.list();
  expect(list[Symbol.asyncIterator]).toBeTypeOf('function');
});
