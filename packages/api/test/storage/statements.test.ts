import { describe, expect, it } from 'vitest';
import { firstRow, insertRow, listRows, updateRow } from '../../src/storage/statements.ts';
import type { Queryable } from '../../src/storage/postgres/database.ts';

/** Keeps what it is asked, and answers with these rows. */
function recorder(rows: object[] = []) {
  const asked: { text: string; values: readonly unknown[] }[] = [];
  const db: Queryable = {
    query: async <Row>(text: string, values: readonly unknown[] = []) => {
      asked.push({ text: text.replaceAll(/\s+/g, ' ').trim(), values });
      return rows as Row[];
    },
  };
  return { db, asked };
}

describe('insertRow', () => {
  it('when a member is of a jsonb column, it goes as text, and null as null', async () => {
    const { db, asked } = recorder();
    await insertRow(db, 'things', { hostedZones: [{ zoneId: 'Z1' }], record: null, tags: ['a'] });
    expect(asked).toEqual([
      {
        text: 'INSERT INTO things (hosted_zones, record, tags) VALUES ($1, $2, $3)',
        values: ['[{"zoneId":"Z1"}]', null, ['a']],
      },
    ]);
  });
});

describe('updateRow', () => {
  it('when some members change, the others are not named', async () => {
    const { db, asked } = recorder();
    await updateRow(db, 'things', 'thg_1', { name: 'x', updatedAt: null });
    expect(asked).toEqual([
      {
        text: 'UPDATE things SET name = $2, updated_at = $3 WHERE id = $1',
        values: ['thg_1', 'x', null],
      },
    ]);
  });

  it('when nothing changes, nothing is asked', async () => {
    const { db, asked } = recorder();
    await updateRow(db, 'things', 'thg_1', {});
    expect(asked).toEqual([]);
  });
});

describe('listRows', () => {
  const select = 'SELECT t.* FROM things t';

  it('when a condition has no value, it is left out, and one row more is read', async () => {
    const { db, asked } = recorder();
    const where: [string, unknown][] = [
      ['t.a = ?', undefined],
      ['t.b = ?', null],
      ['t.c = ?', false],
    ];
    await listRows(db, { select, where, page: { limit: 2, after: 'thg_1' } });
    expect(asked).toEqual([
      {
        text: `${select} WHERE t.c = $1 AND t.id > $2 ORDER BY t.id ASC LIMIT 3`,
        values: [false, 'thg_1'],
      },
    ]);
  });

  it('when the newest come first, the cursor goes the other way', async () => {
    const { db, asked } = recorder();
    const page = { limit: 2, after: 'thg_1' };
    await listRows(db, { select, where: [], page, newestFirst: true });
    expect(asked[0]?.text).toBe(`${select} WHERE t.id < $1 ORDER BY t.id DESC LIMIT 3`);
  });
});

describe('firstRow', () => {
  it('when there is a row it comes, and otherwise null', async () => {
    expect(await firstRow(recorder([{ a: 1 }, { a: 2 }]).db, '', [])).toEqual({ a: 1 });
    expect(await firstRow(recorder().db, '', [])).toBeNull();
  });
});
