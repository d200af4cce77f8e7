// The places in AWS that workers look after, shared out by leases.

import { targetKinds, type TargetKind, type TargetName } from '../domain/target.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow, takenRow } from './statements.ts';

/** A target that this worker holds until the lease ends. */
export interface Lease extends TargetName {
  /** Grows with each claim: a result under an older fence is not recorded. */
  fence: number;
  wanted: number;
  done: number;
  failures: number;
  /** Hints that came for it, and those that a run has heeded. */
  hints: number;
  hintsDone: number;
  leaseUntil: Date;
  /** The requests that it was claimed for. */
  causedBy: string[];
  /** What the run before reported; null before the first. */
  report: Record<string, unknown> | null;
}

/**
 * Makes the targets due now, and asks for one more run even of one that is running. A new target's
 * fences begin at the time, so that one that went and came back does not repeat those of its past.
 */
export async function nudge(db: Queryable, targets: TargetName[], now: Date): Promise<void> {
  const sorted = targets.toSorted((a, b) => (a.kind + a.key < b.kind + b.key ? -1 : 1));
  await db.query(
    `INSERT INTO targets (kind, key, due_at, fence, caused_by)
     SELECT DISTINCT kind, key, $3::timestamptz,
       floor(extract(epoch FROM $3::timestamptz) * 1000)::bigint, ${causes}
     FROM unnest($1::text[], $2::text[]) AS t(kind, key)
     ORDER BY kind, key
     ON CONFLICT (kind, key) DO UPDATE
     SET due_at = least(targets.due_at, excluded.due_at), wanted = targets.wanted + 1,
       failures = 0,
       caused_by = (ARRAY(SELECT DISTINCT c FROM
         unnest(excluded.caused_by || targets.caused_by) AS c))[1:${causesMax}]`,
    [sorted.map(({ kind }) => kind), sorted.map(({ key }) => key), now],
  );
}

/** Requests that a target remembers: what is nudged more often than it comes to rest has no end. */
const causesMax = 50;

/** On whose behalf the transaction acts, as `actFor` or `holds` has told it. */
const causes = `coalesce(string_to_array(nullif(current_setting('sallyport.cause', true), ''), ' '),
  '{}')`;

/** Has the nudges of this transaction, and so what follows of them, known by a request. */
export async function actFor(db: Queryable, requestId: string): Promise<void> {
  const text = `SELECT set_config('sallyport.cause', $1, true) AS cause`;
  await db.query(text, [requestId], { prepare: true, unheard: true });
}

/** The targets that the request has nudged, and that have not come to rest since. */
export function causedBy(db: Queryable, requestId: string): Promise<TargetName[]> {
  return db.query(
    'SELECT kind, key FROM targets WHERE caused_by @> ARRAY[$1::text] ORDER BY kind, key',
    [requestId],
  );
}

/**
 * Makes the target due now because something may have changed in AWS. Unlike a nudge it asks for no
 * full read, and leaves a target that fails its pauses: what it follows comes from outside.
 */
export async function hint(db: Queryable, { kind, key }: TargetName, now: Date): Promise<void> {
  await db.query(
    `UPDATE targets SET hints = hints + 1,
       due_at = CASE WHEN failures = 0 THEN least(due_at, $3) ELSE due_at END
     WHERE kind = $1 AND key = $2`,
    [kind, key, now],
  );
}

/** Has the target looked after from `dueAt` on; one that is there already stays as it is. */
export async function add(db: Queryable, { kind, key }: TargetName, dueAt: Date): Promise<void> {
  await db.query(
    `INSERT INTO targets (kind, key, due_at, fence)
     VALUES ($1, $2, $3::timestamptz, floor(extract(epoch FROM $3::timestamptz) * 1000))
     ON CONFLICT (kind, key) DO NOTHING`,
    [kind, key, dueAt],
  );
}

export interface Claimed extends Lease {
  /** Its last run has failed, or its region cannot be read. */
  isFailing: boolean;
}

export interface Claim {
  owner: string;
  now: Date;
  leaseUntil: Date;
  limit: number;
  /** Of these, how many at most that are failing; as many as are due unless given. */
  failingMax?: number;
  /** Every kind unless given. */
  kinds?: readonly TargetKind[];
}

/**
 * Targets whose region cannot be read, by its last run of the connections, which is the most
 * frequent one: nobody has to wait for each of its services to fail by itself.
 */
const ofFailingPlaces = `
  WITH failing_places AS (
    SELECT key FROM targets WHERE kind = 'connections' AND failures > 0),
   unreachable AS (
    SELECT key FROM failing_places
    UNION ALL
    SELECT s.id FROM endpoint_services s
    JOIN failing_places p ON p.key = s.provider_account_id || '/' || s.region)`;

/** Claims due targets, those that have waited longest first. */
export function claim(db: Queryable, options: Claim): Promise<Claimed[]> {
  const { owner, now, leaseUntil, limit, failingMax = limit, kinds = targetKinds } = options;
  const due = (which: string, fails: boolean, max: string) => `
    SELECT kind, key, due_at, ${fails} AS is_failing FROM targets
    WHERE kind = ANY ($5) AND due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
      AND ${which}
    ORDER BY due_at, kind, key LIMIT ${max} FOR UPDATE SKIP LOCKED`;
  const sound = 'failures = 0 AND key NOT IN (SELECT key FROM unreachable)';
  const failing = '(failures > 0 OR key IN (SELECT key FROM unreachable))';
  return db.query(
    `${ofFailingPlaces},
     sound AS (${due(sound, false, '$4')}),
     failing AS (${due(failing, true, '$6')}),
     chosen AS (
       SELECT * FROM (SELECT * FROM sound UNION ALL SELECT * FROM failing) d
       ORDER BY due_at, kind, key LIMIT $4),
     claimed AS (
       UPDATE targets t SET lease_owner = $1, lease_until = $3, fence = fence + 1
       FROM chosen c WHERE t.kind = c.kind AND t.key = c.key
       RETURNING t.due_at, t.kind, t.key, fence, wanted, done, failures, hints, hints_done,
         lease_until, caused_by, report, c.is_failing)
     SELECT kind, key, fence, wanted, done, failures, hints, hints_done, lease_until, caused_by,
       report, is_failing
     FROM claimed ORDER BY due_at, kind, key`,
    [owner, now, leaseUntil, limit, kinds, failingMax],
  );
}

/**
 * True while nobody else has claimed the target since; keeps it locked for this transaction, which
 * acts for those who nudged the target.
 */
export async function holds(db: Queryable, lease: Lease): Promise<boolean> {
  const row = await takenRow<{ fence: number }>(
    db,
    `SELECT fence, set_config('sallyport.cause', array_to_string(caused_by, ' '), true) AS cause
     FROM targets WHERE kind = $1 AND key = $2 FOR UPDATE`,
    [lease.kind, lease.key],
  );
  return row?.fence === lease.fence;
}

/** Whether somebody wants something of the target since it was claimed. */
export async function isNudged(db: Queryable, { kind, key, wanted }: Lease): Promise<boolean> {
  const text = 'SELECT 1 AS one FROM targets WHERE kind = $1 AND key = $2 AND wanted > $3';
  return (await firstRow(db, text, [kind, key, wanted])) !== null;
}

/** What its last run has reported; null before the first. */
export async function lastReport(
  db: Queryable,
  { kind, key }: TargetName,
): Promise<Record<string, unknown> | null> {
  const row = await firstRow<{ report: Record<string, unknown> | null }>(
    db,
    'SELECT report FROM targets WHERE kind = $1 AND key = $2',
    [kind, key],
  );
  return row?.report ?? null;
}

/** Makes the lease last longer. @returns false when another worker has claimed the target since */
export async function renew(db: Queryable, lease: Lease, until: Date): Promise<boolean> {
  const rows = await db.query(
    `UPDATE targets SET lease_until = greatest(lease_until, $4)
     WHERE kind = $1 AND key = $2 AND fence = $3 AND lease_owner IS NOT NULL
     RETURNING 1`,
    [lease.kind, lease.key, lease.fence, until],
  );
  return rows.length > 0;
}

/** Takes every target from whoever had it. */
export async function releaseAll(db: Queryable): Promise<void> {
  await db.query(
    `UPDATE targets SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL`,
  );
}

export interface Release {
  report: object;
  /** When to run next; null when there is nothing left to look after. */
  dueAt: Date | null;
  failures: number;
  /** Whether the run came to its end, so that what was wanted when it began is done. */
  completed: boolean;
  now: Date;
}

/**
 * Gives the target back with its report. A nudge or hint that came during the run keeps it due. For
 * whom it acted is forgotten once a run had nothing to do, or has nothing to do soon.
 */
export async function release(db: Queryable, lease: Lease, release: Release): Promise<void> {
  const { report, dueAt, failures, completed, now } = release;
  if (dueAt === null) {
    await db.query(
      'DELETE FROM targets WHERE kind = $1 AND key = $2 AND fence = $3 AND wanted = $4',
      [lease.kind, lease.key, lease.fence, lease.wanted],
    );
  }
  await db.query(
    `UPDATE targets SET lease_owner = NULL, lease_until = NULL, report = $4, failures = $5,
       done = CASE WHEN $9 THEN greatest(done, $6) ELSE done END,
       caused_by = CASE
         WHEN $9 AND wanted <= $6
           AND (changed_under IS DISTINCT FROM fence
             OR $7::timestamptz > $8::timestamptz + interval '10 seconds')
         THEN '{}' ELSE caused_by END,
       hints_done = CASE WHEN $9 THEN greatest(hints_done, $10) ELSE hints_done END,
       due_at = CASE WHEN wanted > $6 OR (hints > $10 AND $5 = 0) THEN $8
         ELSE coalesce($7, due_at) END
     WHERE kind = $1 AND key = $2 AND fence = $3`,
    [
      lease.kind,
      lease.key,
      lease.fence,
      JSON.stringify(report),
      failures,
      lease.wanted,
      dueAt,
      now,
      completed,
      lease.hints,
    ],
  );
}
