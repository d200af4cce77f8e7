// The seals of the audit log: which entries wait for one, and the chain of those that were made.

import type { AuditEntry } from '../domain/audit.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, insertRow, takenRow } from './statements.ts';

export interface Seal {
  seq: number;
  firstPlace: number;
  lastPlace: number;
  root: string;
  previous: string;
  sealedAt: Date;
  hash: string;
  signature: string | null;
  /** Which columns of its entries were sealed. */
  form: SealForm;
}

/** Entries that were sealed first had less; the last form is that of new seals. */
export type SealForm = keyof typeof columnsOf;
export const sealForm = 2 as const;

export interface SealedEntry {
  place: number;
  hash: string;
  entry: AuditEntry;
}

/** Of this transaction alone, until it ends. @returns false while another one has it */
export async function takeTurn(db: Queryable): Promise<boolean> {
  const row = await takenRow<{ taken: boolean }>(
    db,
    `SELECT pg_try_advisory_xact_lock(hashtextextended('seals of the audit log', 0)) AS taken`,
    [],
  );
  return row?.taken === true;
}

/**
 * What has committed and has no seal. It is written down with each entry and goes with the seal, so
 * that none is missed, in whichever order transactions end.
 */
export function listUnsealed(db: Queryable, limit: number): Promise<AuditEntry[]> {
  return db.query(
    `SELECT ${columnsOf[sealForm]} FROM audit_unsealed u JOIN audit_entries e ON e.id = u.entry_id
     ORDER BY e.id LIMIT $1`,
    [limit],
  );
}

export async function countUnsealed(db: Queryable): Promise<number> {
  const text = 'SELECT count(*) AS waiting FROM audit_unsealed';
  const [row] = await db.query<{ waiting: number }>(text);
  return row?.waiting ?? 0;
}

export function findLast(db: Queryable): Promise<Seal | null> {
  return firstRow(db, 'SELECT * FROM audit_seals ORDER BY seq DESC LIMIT 1', []);
}

export function find(db: Queryable, seq: number): Promise<Seal | null> {
  return firstRow(db, 'SELECT * FROM audit_seals WHERE seq = $1', [seq]);
}

/** @param sealed the entries in the order of their places, from the seal's first on */
export async function insert(
  db: Queryable,
  seal: Seal,
  sealed: readonly { id: string; hash: string }[],
): Promise<void> {
  const ids = sealed.map(({ id }) => id);
  await insertRow(db, 'audit_seals', seal);
  await db.query(
    `INSERT INTO audit_sealed (place, entry_id, hash)
     SELECT $1::bigint + nth - 1, id, hash
     FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS s(id, hash, nth)`,
    [seal.firstPlace, ids, sealed.map(({ hash }) => hash)],
  );
  await db.query('DELETE FROM audit_unsealed WHERE entry_id = ANY ($1)', [ids]);
}

/** What is kept of the entries under a seal, in the order of their places. */
export async function listSealed(
  db: Queryable,
  { firstPlace, lastPlace, form }: Seal,
): Promise<SealedEntry[]> {
  const rows = await db.query<AuditEntry & { place: number; hash: string }>(
    `SELECT s.place, s.hash, ${columnsOf[form]}
     FROM audit_sealed s JOIN audit_entries e ON e.id = s.entry_id
     WHERE s.place BETWEEN $1 AND $2 ORDER BY s.place`,
    [firstPlace, lastPlace],
  );
  return rows.map(({ place, hash, ...entry }) => ({ place, hash, entry }));
}

/** What is sealed, by name: a column that comes later is not in the seals of before. */
const first = `e.id, e.at, e.actor, e.action, e.subject_id, e.customer_id, e.reason, e.change_ref,
  e.before, e.after, e.request_id`;
const columnsOf = {
  1: first,
  2: `${first}, e.trace_id, e.aws_request_ids, e.caused_by AS request_ids`,
} as const;

/** The last seal whose entries may have gone; 0 for none. */
export async function removedThrough(db: Queryable): Promise<number> {
  const [row] = await db.query<{ through: number | null }>(
    `SELECT max(r.through_seal) AS through FROM audit_removals r
     JOIN audit_sealed told ON told.entry_id = r.entry_id`,
  );
  return row?.through ?? 0;
}

/** The last seal made before the cutoff, when no removal has named it or a later one. */
export async function findRemovable(db: Queryable, cutoff: Date): Promise<Seal | null> {
  const [seal] = await db.query<Seal>(
    `SELECT * FROM audit_seals
     WHERE sealed_at < $1 AND seq > (SELECT coalesce(max(through_seal), 0) FROM audit_removals)
     ORDER BY seq DESC LIMIT 1`,
    [cutoff],
  );
  return seal ?? null;
}

/** Names entries that are no longer kept. They stay until the entry that says so is sealed. */
export function announceRemoval(db: Queryable, through: Seal, entryId: string): Promise<void> {
  const { seq: throughSeal, lastPlace: throughPlace } = through;
  return insertRow(db, 'audit_removals', { throughSeal, throughPlace, entryId });
}

/** Deletes up to `limit` entries of those that may go. @returns how many */
export async function deleteRemoved(db: Queryable, limit: number): Promise<number> {
  const gone = await db.query<{ id: string }>(
    `DELETE FROM audit_entries WHERE id = ANY (ARRAY(
       SELECT e.id FROM audit_sealed p JOIN audit_entries e ON e.id = p.entry_id
       WHERE p.place <= (SELECT max(r.through_place) FROM audit_removals r
         JOIN audit_sealed told ON told.entry_id = r.entry_id)
       ORDER BY p.place LIMIT $1))
     RETURNING id`,
    [limit],
  );
  const ids = gone.map(({ id }) => id);
  // The place of an entry that tells of a removal stays, as what is removed is known by it.
  await db.query(
    `DELETE FROM audit_sealed p WHERE entry_id = ANY ($1)
       AND NOT EXISTS (SELECT FROM audit_removals r WHERE r.entry_id = p.entry_id)`,
    [ids],
  );
  return ids.length;
}
