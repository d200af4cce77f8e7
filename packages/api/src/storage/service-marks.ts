// What the database knows of the mark of each service: its epoch, and strange ones.

import { mustBeReadSince, type AcceptedMarks } from '../domain/deployment.ts';
import type { Quarantine } from '../domain/endpoint-service.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow } from './statements.ts';

export interface ServiceMark {
  id: string;
  quarantine: Quarantine | null;
  strangeMark: string | null;
  acceptedMarks: AcceptedMarks;
}

const columns = 'id, quarantine, strange_mark, accepted_marks';

export function list(db: Queryable, ids: string[]): Promise<ServiceMark[]> {
  return db.query(`SELECT ${columns} FROM endpoint_services WHERE id = ANY ($1) ORDER BY id`, [
    ids,
  ]);
}

/** Those of every service, which nobody else changes until the transaction ends. */
export function lockAll(db: Queryable): Promise<ServiceMark[]> {
  return db.query(`SELECT ${columns} FROM endpoint_services ORDER BY id FOR NO KEY UPDATE`);
}

/** Nobody else changes these until the transaction ends. */
export async function lock(db: Queryable, ids: string[]): Promise<void> {
  await db.query(
    `SELECT 1 AS one FROM endpoint_services WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
}

/** AWS shows a mark that is not ours, or not ours yet. */
export async function recordStrange(
  db: Queryable,
  id: string,
  mark: string,
  quarantine: Quarantine,
): Promise<void> {
  await db.query(
    `UPDATE endpoint_services
     SET strange_mark = $2, quarantine = coalesce(quarantine, $3) WHERE id = $1`,
    [id, mark, quarantine],
  );
}

/** Ends every quarantine, with the strange marks that are accepted from now on. */
export async function accept(
  db: Queryable,
  services: Pick<ServiceMark, 'id' | 'acceptedMarks'>[],
): Promise<void> {
  await db.query(
    `UPDATE endpoint_services t
     SET accepted_marks = a.marks, quarantine = NULL, strange_mark = NULL
     FROM unnest($1::text[], $2::text[]::jsonb[]) AS a(id, marks) WHERE t.id = a.id`,
    [
      services.map(({ id }) => id),
      services.map(({ acceptedMarks }) => JSON.stringify(acceptedMarks)),
    ],
  );
}

/** How many services are in each quarantine. */
export function counts(db: Queryable): Promise<{ quarantine: Quarantine; count: number }[]> {
  return db.query(
    `SELECT quarantine, count(*) AS count FROM endpoint_services
     WHERE quarantine IS NOT NULL GROUP BY quarantine`,
  );
}

/** The epoch was taken for changes of these services, which are locked in the order of all. */
export async function recordEpoch(db: Queryable, ids: string[], epoch: number): Promise<void> {
  await lock(db, ids);
  await db.query('UPDATE endpoint_services SET epoch = $2 WHERE id = ANY ($1)', [ids, epoch]);
}

/** The mark that the service has to have: of the last epoch that was taken for it. */
export function wanted(
  db: Queryable,
  id: string,
): Promise<{ deploymentId: string; epoch: number } | null> {
  return firstRow(
    db,
    `SELECT d.id AS deployment_id, s.epoch FROM endpoint_services s, deployment d
     WHERE s.id = $1`,
    [id],
  );
}

/** AWS has refused our mark; null once it has taken it. */
export async function recordProblem(
  db: Queryable,
  id: string,
  problem: string | null,
): Promise<void> {
  await db.query(
    `UPDATE endpoint_services SET mark_problem = $2
     WHERE id = $1 AND mark_problem IS DISTINCT FROM $2`,
    [id, problem],
  );
}

/** Those that were read as lately as a change demands, and that do not stand still. */
export async function markable(
  db: Queryable,
  ids: string[],
  { startedAt, now }: { startedAt: Date; now: Date },
): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM endpoint_services
     WHERE id = ANY ($1) AND observed_at >= $2
       AND quarantine IS NULL AND frozen_since IS NULL`,
    [ids, mustBeReadSince(startedAt, now)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether every service that the database had before has been read since. */
export async function areAllRead(db: Queryable, since: Date): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 AS one FROM endpoint_services
     WHERE service_id IS NOT NULL AND created_at < $1
       AND (observed_at IS NULL OR observed_at < $1) LIMIT 1`,
    [since],
  );
  return rows.length === 0;
}

/** Whether one of them was not read since, though no worker has tried and failed to. */
export async function isAnyUntried(db: Queryable, since: Date): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 AS one FROM endpoint_services s
     JOIN targets t ON t.kind = 'configurations'
       AND t.key = s.provider_account_id || '/' || s.region
     WHERE s.service_id IS NOT NULL AND s.created_at < $1
       AND (s.observed_at IS NULL OR s.observed_at < $1)
       AND t.wanted > t.done AND t.failures = 0 LIMIT 1`,
    [since],
  );
  return rows.length > 0;
}

/** Where every service is, for the targets that look after it. */
export function places(
  db: Queryable,
): Promise<{ id: string; providerAccountId: string; region: string }[]> {
  return db.query('SELECT id, provider_account_id, region FROM endpoint_services ORDER BY id');
}
