// Pages of a list while its rows come, change and go between two pages.

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { addOperation, createWorld, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

/** One kind of rows that belong to a customer. */
interface Rows {
  path: string;
  table: string;
  add: () => Promise<string>;
}

const kinds: Record<string, Rows> = {
  'oldest first': {
    path: '/v1/accounts?customer_id=acme',
    table: 'accounts',
    add: async () => (await world.scene.account(api.acme, 'claimed')).id,
  },
  'newest first': {
    path: '/v1/operations?customer_id=acme',
    table: 'operations',
    add: () => addOperation(api, api.acme.id),
  },
};

/** What happens between two pages, by the places of rows in the list of those that are there. */
const happening = fc.oneof(
  fc.record({ what: fc.constant('add' as const) }),
  fc.record({ what: fc.constantFrom('change' as const, 'delete' as const), place: fc.nat(20) }),
);
const history = fc.record({
  before: fc.integer({ min: 0, max: 6 }),
  limit: fc.integer({ min: 1, max: 3 }),
  between: fc.array(fc.array(happening, { maxLength: 3 }), { maxLength: 5 }),
});

describe.each(Object.entries(kinds))('a list with the %s', (_, { path, table, add }) => {
  it('when rows come, change and go meanwhile, it loses and doubles nothing', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ before, limit, between }) => {
        await api.db.query(`DELETE FROM ${table} WHERE customer_id = $1`, [api.acme.id]);
        const there: string[] = [];
        for (let made = 0; made < before; made++) there.push(await add());
        const throughout = new Set(there);
        const shown: string[] = [];
        let next: string | null = `${path}&limit=${limit}`;
        for (let page = 0; next !== null; page++) {
          const { body, headers } = await api.request('operator').get(next).expect(200);
          shown.push(...(body.items as { id: string }[]).map(({ id }) => id));
          next = nextOf(headers['link']);
          expect(next === null).toBe(body.next_cursor === null);
          for (const event of between[page] ?? []) {
            if (event.what === 'add') there.push(await add());
            else if (there.length > 0) {
              const id = there[event.place % there.length]!;
              await touch(table, event.what, id);
              if (event.what === 'change') continue;
              there.splice(there.indexOf(id), 1);
              throughout.delete(id);
            }
          }
        }
        expect(new Set(shown).size).toBe(shown.length);
        expect([...throughout].filter((id) => !shown.includes(id))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

async function touch(table: string, what: 'change' | 'delete', id: string): Promise<void> {
  const text =
    what === 'change'
      ? `UPDATE ${table} SET updated_at = updated_at + interval '1 day' WHERE id = $1`
      : `DELETE FROM ${table} WHERE id = $1`;
  await api.db.query(text, [id]);
}

function nextOf(link: unknown): string | null {
  return typeof link === 'string' ? /^<([^>]+)>; rel="next"$/.exec(link)![1]! : null;
}

describe('a list', () => {
  const get = (path: string) => api.request('operator').get(path);

  it('when its cursor comes with other filters, or to another list, it is refused', async () => {
    await kinds['oldest first']!.add();
    await kinds['oldest first']!.add();
    const { body } = await get('/v1/accounts?customer_id=acme&limit=1').expect(200);
    const cursor = String(body.next_cursor);
    for (const path of [`/v1/accounts?limit=1`, `/v1/customers?limit=1`]) {
      const answer = await get(`${path}&cursor=${cursor}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_cursor']);
    }
  });

  it('when it is limited to what has changed since, the rest is left out', async () => {
    const old = await world.scene.customer();
    api.clock.advance(1000);
    const since = api.clock.now().toISOString();
    const { externalId } = await world.scene.customer();
    const path = `/v1/customers?updated_since=${since}`;
    const named = async () =>
      (await get(path).expect(200)).body.items.map(
        (item: { external_id: string }) => item.external_id,
      );
    expect(await named()).toEqual([externalId]);
    await api.request('operator').patch(`/v1/customers/${old.id}`).send({ name: 'x' }).expect(200);
    expect(await named()).toEqual([old.externalId, externalId]);
    await get('/v1/customers?updated_since=yesterday').expect(400);
    await get('/v1/customers?updated_since=2016-12-31T23:59:60Z').expect(400);
    for (const zoneless of ['2026-11-24T00:00:00', '2026-11-24', '1']) {
      await get(`/v1/customers?updated_since=${zoneless}`).expect(400);
    }
  });

  it.each(['/v1/provider-accounts', '/v1/endpoint-services'])(
    'when %s are limited to what has changed since, the rest is left out',
    async (path) => {
      const old = await world.scene.service();
      api.clock.advance(1000);
      const since = api.clock.now().toISOString();
      const fresh = await world.scene.service();
      const idOf = (service: typeof old) =>
        path.endsWith('accounts') ? service.providerAccountId : service.id;
      const ids = async () =>
        (await get(`${path}?updated_since=${since}`).expect(200)).body.items.map(
          (item: { id: string }) => item.id,
        );
      expect(await ids()).toEqual([idOf(fresh)]);
      const changed = `${path}/${idOf(old)}`;
      await api.request('operator').patch(changed).send({ name: 'x' }).expect(200);
      expect((await ids()).toSorted()).toEqual([idOf(old), idOf(fresh)].toSorted());
      const { body } = await get(`${path}?updated_since=yesterday`).expect(400);
      expect(body.errors).toMatchObject([{ parameter: 'updated_since' }]);
    },
  );

  it('when it is limited to an account, only what is of it is there', async () => {
    const { accountId } = await world.scene.account(api.globex, 'proven');
    const { id } = await world.scene.showConnection(world.service, { ownerAccountId: accountId });
    const ids = async (path: string) =>
      (await get(`${path}?account_id=${accountId}`).expect(200)).body.items.map(
        (item: { id: string }) => item.id,
      );
    expect(await ids('/v1/connections')).toEqual([id]);
    expect(await ids('/v1/accounts')).toHaveLength(1);
    await world.scene.grant(api.globex, await world.scene.service(), { accountIds: [accountId] });
    const entries = await ids('/v1/principals');
    expect(entries).toHaveLength(1);
    const { body } = await get(`/v1/principals/${entries[0]}`).expect(200);
    expect(body.arn).toBe(`arn:aws:iam::${accountId}:root`);
    const own = await api.request('customer').get(`/v1/principals?account_id=${accountId}`);
    expect(own.body.items).toEqual([]);
    await get('/v1/principals?account_id=1').expect(400);
  });

  it('when a customer asks for operations of another one, there are none', async () => {
    await addOperation(api, api.globex.id);
    const { body } = await api.request('customer').get('/v1/operations?customer_id=globex');
    expect(body.items).toEqual([]);
  });
});
