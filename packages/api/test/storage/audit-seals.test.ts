// The log in the database: nothing changes it, and no entry is left without a seal.

import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createVerifier } from '../../src/domain/audit-verifier.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { toWire } from '../../src/http/wire/names.ts';
import * as auditEntries from '../../src/storage/audit-entries.ts';
import * as auditSeals from '../../src/storage/audit-seals.ts';
import type { Queryable } from '../../src/storage/postgres/database.ts';
import { texts } from '../../src/usecases/audit-export.ts';
import { entriesMax, sealSome } from '../../src/usecases/audit-sealing.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';

const { clock, makeId } = createAmbience();
const opened: TemporaryDatabase[] = [];
let db: TemporaryDatabase;
beforeEach(async () => {
  db = await temporaryDatabase();
  opened.push(db);
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

const seal = () => sealSome({ db, now: clock.now, documentOf: toWire });

async function write(to: Queryable, subjectId: string): Promise<void> {
  await auditEntries.insert(to, {
    id: makeId('auditEntry'),
    at: clock.now(),
    actor: 'key_1',
    action: 'updateCustomer',
    subjectId,
    customerId: null,
    reason: 'Weil "ja" \u2028 über',
    changeRef: null,
    before: { updatedAt: clock.now(), limit: 1e21, metadata: { b_c: 1, aB: null, '7': 0.1 } },
    after: { nested: [{ someName: true }] },
    requestId: null,
  } satisfies AuditEntry);
}

/** What is sealed, in the order of its places. */
async function sealed(): Promise<string[]> {
  const rows = await db.query<{ subjectId: string }>(
    `SELECT e.subject_id FROM audit_sealed s JOIN audit_entries e ON e.id = s.entry_id
     ORDER BY s.place`,
  );
  return rows.map(({ subjectId }) => subjectId);
}

async function verified() {
  const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  const verifier = createVerifier({ sha256 });
  for await (const text of texts({ db }, toWire)) verifier.read(text.slice(0, -1));
  return verifier.end();
}

describe('sealing', () => {
  it('when transactions end in another order than they began, none is left out', async () => {
    const slow = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const transaction = db.transaction(async (tx) => {
      await write(tx, 'slow');
      written.resolve();
      await slow.promise;
    });
    await written.promise;
    await write(db, 'quick');
    expect(await seal()).toBe(1);
    slow.resolve();
    await transaction;
    expect(await seal()).toBe(1);
    expect(await sealed()).toEqual(['quick', 'slow']);
    expect(await verified()).toMatchObject({ intact: true, entries: 2, seals: 2, unsealed: 0 });
  });

  it('when several workers seal at once, no entry has two places and none has none', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `s${index}`);
    const writing = Promise.all(names.map((name) => write(db, name)));
    await Promise.all(Array.from({ length: 8 }, seal));
    await writing;
    await seal();
    expect((await sealed()).toSorted()).toEqual(names.toSorted());
    expect(await verified()).toMatchObject({ intact: true, entries: 40 });
  });

  it('when there are more entries than fit, the next seal has the rest', async () => {
    await db.query(
      `INSERT INTO audit_entries (id, at, actor, action, subject_id)
       SELECT 'aud_' || lpad(n::text, 5, '0'), now(), 'key_1', 'x', 's'
       FROM generate_series(1, $1) n`,
      [entriesMax + 1],
    );
    expect([await seal(), await seal(), await seal()]).toEqual([entriesMax, 1, 0]);
    expect(await verified()).toMatchObject({ intact: true, seals: 2 });
  });

  it('when a transaction is rolled back, nothing waits for a seal', async () => {
    const undone = db.transaction(async (tx) => {
      await write(tx, 'undone');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await auditSeals.countUnsealed(db)).toBe(0);
  });
});

describe('the role of the service', () => {
  it.each([
    `UPDATE audit_entries SET actor = 'key_other'`,
    'DELETE FROM audit_entries',
    'TRUNCATE audit_entries',
    `UPDATE audit_sealed SET hash = ''`,
    'DELETE FROM audit_sealed',
    `UPDATE audit_seals SET hash = ''`,
    'DELETE FROM audit_seals',
    'TRUNCATE audit_seals CASCADE',
    `INSERT INTO audit_unsealed VALUES ('aud_1'); DELETE FROM audit_unsealed`,
    'TRUNCATE audit_unsealed',
  ])('when it says %s, it is refused', async (statement) => {
    await write(db, 'kept');
    await seal();
    await expect(db.query(statement)).rejects.toMatchObject({ code: '42501' });
    expect(await verified()).toMatchObject({ intact: true, entries: 1 });
  });

  it.each([
    `reason = 'Another'`,
    `trace_id = repeat('a', 32)`,
    `aws_request_ids = '{forged}'`,
    `caused_by = '{forged}'`,
  ])('when its triggers are taken away and an entry gets %s, the export shows it', async (set) => {
    await write(db, 'changed');
    await seal();
    await db.query(`DROP TRIGGER audit_entries_stay ON audit_entries`);
    await db.query(`UPDATE audit_entries SET ${set}`);
    expect((await verified()).findings[0]).toMatchObject({ kind: 'changed' });
  });

  it('when an entry was sealed before its causes were part of it, it is as it was', async () => {
    await write(db, 'earlier');
    const later = new Set(['traceId', 'awsRequestIds', 'requestIds']);
    const documentOf = (entry: AuditEntry) =>
      toWire(Object.fromEntries(Object.entries(entry).filter(([name]) => !later.has(name))));
    await sealSome({ db, now: clock.now, documentOf });
    await db.query('DROP TRIGGER audit_seals_stay ON audit_seals');
    await db.query('UPDATE audit_seals SET form = 1');
    await write(db, 'later');
    await seal();
    expect(await verified()).toMatchObject({ intact: true, entries: 2, seals: 2 });
  });

  it('when its triggers are taken away and an entry is changed, the export shows it', async () => {
    await write(db, 'kept');
    await write(db, 'changed');
    await seal();
    await db.query(`DROP TRIGGER audit_entries_stay ON audit_entries`);
    await db.query(`UPDATE audit_entries SET actor = 'key_other' WHERE subject_id = 'changed'`);
    const { findings } = await verified();
    expect(findings[0]).toMatchObject({ kind: 'changed', message: expect.stringContaining('2') });
    await db.query(`DELETE FROM audit_entries WHERE subject_id = 'kept'`);
    expect((await verified()).findings[0]).toMatchObject({ kind: 'missing' });
  });
});
