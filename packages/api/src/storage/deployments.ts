// The one deployment that this database is of: its id, its place and its epoch.

import type { DatabaseQuarantine, Deployment } from '../domain/deployment.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, takenRow } from './statements.ts';

/**
 * Where the database is: the server's own number, made by initdb and kept by its replicas, and the
 * database's number in it. A restored dump differs in at least one; a server that was copied file
 * by file differs in none. Any role may ask (PostgreSQL documentation, "Control Data Functions").
 */
const here = `(SELECT system_identifier::text FROM pg_control_system()) || '/' ||
  (SELECT oid::text FROM pg_database WHERE datname = current_database())`;

const columns = `id, home, ${here} AS here, epoch, quarantine, quarantined_since`;

/** Null before a worker has ever started on this database. */
export function find(db: Queryable): Promise<Deployment | null> {
  return firstRow(db, `SELECT ${columns} FROM deployment`, []);
}

const readyMaxMs = 2_000;

/**
 * @throws DatabaseUnavailableError, or an error of the server, unless it answers soon, has our
 * tables, and takes changes: a server that others have taken over from refuses this read already
 */
export async function assertUsable(db: Queryable): Promise<void> {
  const text = 'SELECT FROM deployment WHERE false FOR UPDATE';
  await db.query(text, [], { timeoutMs: readyMaxMs });
}

/** Its id stays until the transaction ends; epochs may still be taken. */
export function hold(db: Queryable): Promise<Deployment | null> {
  return takenRow(db, `SELECT ${columns} FROM deployment FOR KEY SHARE`, []);
}

/** Nobody else writes it, holds it or takes an epoch until the transaction ends. */
export function lock(db: Queryable): Promise<Deployment | null> {
  return takenRow(db, `SELECT ${columns} FROM deployment FOR UPDATE`, []);
}

/** Makes this place its home when it has none: the database is new. */
export async function settle(db: Queryable, id: string): Promise<void> {
  await db.query(
    `INSERT INTO deployment (id, home) VALUES ($1, ${here}) ON CONFLICT (single) DO NOTHING`,
    [id],
  );
}

/** Takes the next epoch. It is nobody else's, once the transaction has ended. */
export function takeEpoch(db: Queryable): Promise<Deployment | null> {
  return takenRow(db, `UPDATE deployment SET epoch = epoch + 1 RETURNING ${columns}`, []);
}

/** Puts the database, with every service that is not in one yet, into quarantine. */
export async function quarantine(
  db: Queryable,
  reason: DatabaseQuarantine,
  at: Date,
): Promise<void> {
  await db.query(
    `UPDATE deployment SET quarantine = $1, quarantined_since = $2 WHERE quarantine IS NULL`,
    [reason, at],
  );
  // In the order in which every transaction locks several services.
  await db.query(
    `UPDATE endpoint_services SET quarantine = $1 WHERE id IN (
       SELECT id FROM endpoint_services WHERE quarantine IS NULL
       ORDER BY id FOR NO KEY UPDATE)`,
    [reason],
  );
}

/** This place becomes its home, under a new id: marks then tell it from what it was copied of. */
export async function rename(
  db: Queryable,
  { id, epoch }: Pick<Deployment, 'id' | 'epoch'>,
): Promise<void> {
  await db.query(
    `UPDATE deployment
     SET id = $1, epoch = $2, home = ${here}, quarantine = NULL, quarantined_since = NULL`,
    [id, epoch],
  );
}
