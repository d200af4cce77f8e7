// Lists: pages, items and limits.
import { expect, test } from 'vitest';
import { AbortedError, SallyportError } from '../src/index.ts';
import { clientOf, errorOf, problem, startService } from './harness.ts';

/** Five customers in pages of two. */
async function startPagedService() {
  const service = await startService();
  service.replyWith(({ query }) => {
    const from = Number(query.get('cursor') ?? 0);
    const items = ['a', 'b', 'c', 'd', 'e'].slice(from, from + 2).map((id) => ({ id }));
    return { json: { items, next_cursor: from + 2 < 5 ? String(from + 2) : null } };
  });
  return service;
}

test('when a list is iterated, it gives all items of all pages, with the same filter', async () => {
  const service = await startPagedService();
  const ids: string[] = [];
  const list = clientOf(service).customers.list({ state: 'active', limit: 2 });
  for await (const { id } of list) ids.push(id);
  expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(service.seen.map(({ query }) => `${query}`)).toEqual([
    'state=active&limit=2',
    'state=active&limit=2&cursor=2',
    'state=active&limit=2&cursor=4',
  ]);
});

test('when the iteration stops, no further page is asked for', async () => {
  const service = await startPagedService();
  for await (const { id } of clientOf(service).customers.list()) if (id === 'b') break;
  expect(service.seen).toHaveLength(1);
});

test('when a list is awaited, it gives the first page and the way to the next', async () => {
  const service = await startPagedService();
  const list = clientOf(service).customers.list();
  expect(service.seen).toHaveLength(0);
  const first = await list;
  expect(first.items.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(first.next_cursor).toBe('2');
  const second = await first.nextPage();
  const third = await second!.nextPage();
  expect(third!.items.map(({ id }) => id)).toEqual(['e']);
  expect(await third!.nextPage()).toBeUndefined();
  await list.page();
  expect((await list.withResponse()).response.status).toBe(200);
  expect(service.seen).toHaveLength(3);
});

test('when a list is made an array, it takes no more than the limit', async () => {
  const service = await startPagedService();
  const list = clientOf(service).customers.list();
  expect((await list.toArray({ limit: 3 })).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(service.seen).toHaveLength(2);
  expect(await list.toArray({ limit: 99 })).toHaveLength(5);
  for (const limit of [0, Number.NaN, undefined as unknown as number]) {
    expect(await errorOf(list.toArray({ limit }))).toBeInstanceOf(SallyportError);
  }
});

test('when a page fails, the iteration throws after the items before it', async () => {
  const service = await startService();
  service.reply(
    { json: { items: [{ id: 'a' }], next_cursor: '1' } },
    problem(400, 'invalid_cursor'),
  );
  const ids: string[] = [];
  const iterate = async () => {
    for await (const { id } of clientOf(service).customers.list()) ids.push(id);
  };
  expect(await errorOf(iterate())).toMatchObject({ code: 'invalid_cursor' });
  expect(ids).toEqual(['a']);
});

test('when the service gives the same cursor again, it stops instead of going round', async () => {
  const service = await startService();
  service.reply({ json: { items: [{ id: 'a' }], next_cursor: 'same' } });
  const error = await errorOf(clientOf(service).customers.list().toArray({ limit: 100 }));
  expect((error as Error).message).toMatch(/does not advance/);
  expect(service.seen).toHaveLength(2);
});

test('when the signal aborts between pages, the iteration ends', async () => {
  const service = await startPagedService();
  const { signal, abort } = abortable();
  const iterate = async () => {
    for await (const { id } of clientOf(service).customers.list({ signal }))
      if (id === 'b') abort();
  };
  expect(await errorOf(iterate())).toBeInstanceOf(AbortedError);
  expect(service.seen).toHaveLength(1);
});

test('when a list only fails in catch or finally, these are told', async () => {
  const service = await startService();
  service.reply(problem(403, 'forbidden'));
  const list = clientOf(service).customers.list();
  expect(await list.catch((error: unknown) => (error as { code: string }).code)).toBe('forbidden');
  let settled = false;
  await errorOf(list.finally(() => (settled = true)));
  expect(settled).toBe(true);
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
