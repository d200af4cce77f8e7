// Pages of a list while others write: nothing that stays is lost, and nothing comes twice.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as auditEntries from '../../src/storage/audit-entries.ts';
import * as customers from '../../src/storage/customers.ts';
import { createAmbience, type Ambience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience: Ambience = createAmbience();
const { clock, makeId } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, ambience);
});
afterAll(() => db.close());

const limit = 4;

async function addCustomers(count: number): Promise<string[]> {
  const added: string[] = [];
  for (let n = 0; n < count; n++) added.push((await scene.customer()).id);
  return added;
}

/** Follows the pages to the end, with something happening between them. */
async function follow<Item extends { id: string }>(
  read: (after: string | null) => Promise<Item[]>,
  between: (page: number) => Promise<unknown> = async () => {},
): Promise<string[]> {
  const seen: string[] = [];
  for (let page = 0, after: string | null = null; page < 100; page++) {
    const rows: Item[] = await read(after);
    seen.push(...rows.slice(0, limit).map(({ id }) => id));
    if (rows.length <= limit) return seen;
    after = seen.at(-1)!;
    await between(page);
  }
  throw new Error('The list has no end.');
}

const readCustomers = (after: string | null) => customers.list(db, {}, { limit, after });

describe('a list from the oldest on', () => {
  it('when nothing happens, each item comes once and in the order of making', async () => {
    const all = await addCustomers(11);
    expect((await follow(readCustomers)).filter((id) => all.includes(id))).toEqual(all);
  });

  it('when items are added between the pages, none is lost and none comes twice', async () => {
    const there = await addCustomers(9);
    const added: string[] = [];
    const seen = await follow(readCustomers, async (page) => {
      if (page < 3) added.push(...(await addCustomers(3)));
    });
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen.filter((id) => there.includes(id))).toEqual(there);
    expect(seen.filter((id) => added.includes(id))).toEqual(added);
  });

  it('when items go between the pages, the others all come once', async () => {
    const there = await addCustomers(12);
    const gone = there.filter((_, n) => n % 3 === 0);
    const seen = await follow(readCustomers, () =>
      db.query('DELETE FROM customers WHERE id = ANY ($1)', [gone]),
    );
    const stayed = there.filter((id) => !gone.includes(id));
    expect(seen.filter((id) => stayed.includes(id))).toEqual(stayed);
    expect(seen).toEqual([...new Set(seen)]);
  });

  it('when the item of the cursor has gone, the next page begins after it', async () => {
    const [first, second] = await addCustomers(2);
    await db.query('DELETE FROM customers WHERE id = $1', [first]);
    const [next] = await customers.list(db, {}, { limit, after: first! });
    expect(next?.id).toBe(second);
  });

  it('when a page holds as many as there are, one row more is not read', async () => {
    const all = await customers.list(db, {}, { limit: 200, after: null });
    const rows = await customers.list(db, {}, { limit: all.length - 1, after: null });
    expect(rows).toHaveLength(all.length);
  });
});

describe('a list from the newest on', () => {
  const add = (subjectId: string) => {
    const nothing = { reason: null, changeRef: null, before: null, after: null, requestId: null };
    const id = makeId('auditEntry');
    const entry = {
      id,
      at: clock.now(),
      actor: 'key_1',
      action: 'updateGrant',
      customerId: null,
    } as const;
    return auditEntries.insert(db, { ...entry, ...nothing, subjectId });
  };

  it('when entries are added between the pages, the older ones come once', async () => {
    for (let n = 0; n < 10; n++) await add('svc_1');
    const read = (after: string | null) =>
      auditEntries.list(db, { subjectId: 'svc_1' }, { limit, after });
    const there = await follow(read);
    const seen = await follow(read, () => add('svc_1'));
    expect(there).toEqual(there.toSorted().toReversed());
    expect(there).toHaveLength(10);
    expect(seen).toEqual(there);
  });

  it('when it is filtered, entries of others are left out', async () => {
    await add('svc_2');
    const entries = await auditEntries.list(db, { subjectId: 'svc_2' }, { limit, after: null });
    expect(entries.map(({ subjectId }) => subjectId)).toEqual(['svc_2']);
  });
});
