// The wanted private DNS name of a service and what is known of its TXT record.

import { privateDnsEvents } from '../domain/events-told.ts';
import type { DnsRecord, PrivateDns, PrivateDnsPhase } from '../domain/private-dns.ts';
import type { Queryable } from './postgres/database.ts';
import { tellSql } from './events.ts';
import { firstRow } from './statements.ts';

export async function find(db: Queryable, endpointServiceId: string): Promise<PrivateDns | null> {
  const row = await firstRow<PrivateDns>(
    db,
    'SELECT * FROM private_dns WHERE endpoint_service_id = $1',
    [endpointServiceId],
  );
  if (!row) return null;
  const sightings = row.sightings.map((seen) => ({ ...seen, at: new Date(seen.at) }));
  return { ...row, record: row.record && withDates(row.record), sightings };
}

/** Keeps others from changing it until the transaction ends. */
export async function lock(db: Queryable, endpointServiceId: string): Promise<void> {
  await db.query('SELECT 1 AS one FROM private_dns WHERE endpoint_service_id = $1 FOR UPDATE', [
    endpointServiceId,
  ]);
}

/** Sets the wanted name; what is ours stays known. All that is known of its way begins anew. */
export async function want(
  db: Queryable,
  endpointServiceId: string,
  name: string | null,
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO private_dns (endpoint_service_id, name, phase, phase_since)
     VALUES ($1, $2, 'configuring', $3)
     ON CONFLICT (endpoint_service_id) DO UPDATE
     SET name = $2, phase = 'configuring', phase_since = $3, problem = NULL,
       verification_started_at = NULL, verified_since = NULL, lost_since = NULL,
       disagreeing_reads = 0, sightings = '[]'`,
    [endpointServiceId, name, now],
  );
}

/**
 * Has the name published and verified anew, from the first step on: our record counts as not
 * written, so that it is looked for, and written if it is not there.
 */
export async function restart(db: Queryable, endpointServiceId: string, now: Date): Promise<void> {
  await db.query(
    `UPDATE private_dns
     SET problem = NULL, verification_started_at = NULL, phase_since = $2, sightings = '[]',
       record = record || '{"changeId": "", "insyncAt": null, "missedLooks": 0}'
     WHERE endpoint_service_id = $1`,
    [endpointServiceId, now],
  );
}

/** From now on this name, on the service, counts as set by us. */
export async function own(db: Queryable, endpointServiceId: string, name: string): Promise<void> {
  await db.query(
    `UPDATE private_dns SET owned_names = array_append(array_remove(owned_names, $2), $2)
     WHERE endpoint_service_id = $1`,
    [endpointServiceId, name],
  );
}

/** It does not after all, since AWS has refused to set it. */
export async function disown(
  db: Queryable,
  endpointServiceId: string,
  name: string,
): Promise<void> {
  await db.query(
    `UPDATE private_dns SET owned_names = array_remove(owned_names, $2)
     WHERE endpoint_service_id = $1`,
    [endpointServiceId, name],
  );
}

/** The TXT record that we are about to write, so that it can be taken away whatever happens. */
export async function recordIntended(
  db: Queryable,
  endpointServiceId: string,
  record: DnsRecord | null,
): Promise<void> {
  await db.query('UPDATE private_dns SET record = $2 WHERE endpoint_service_id = $1', [
    endpointServiceId,
    record && JSON.stringify(record),
  ]);
}

/** Why AWS has refused the step that is due: it waits for people, who have to mend it. */
export async function recordProblem(
  db: Queryable,
  before: Pick<PrivateDns, 'endpointServiceId' | 'name' | 'phaseSince'>,
  problem: string,
  now: Date,
): Promise<void> {
  await db.query(
    `WITH old AS (${held('$4', '$5')}),
     blocked AS (
       UPDATE private_dns t
       SET problem = $2, phase_since = CASE WHEN t.phase = 'blocked' THEN t.phase_since ELSE $3 END,
         phase = 'blocked'
       FROM old WHERE t.endpoint_service_id = old.endpoint_service_id)
     ${tellPhase('blocked', '$3')}`,
    [before.endpointServiceId, problem, now, before.name, before.phaseSince],
  );
}

/**
 * What a run has found, unless somebody has wanted another name, or a restart, since it began.
 * @param before as it was when the run began
 */
export async function record(
  db: Queryable,
  before: Pick<PrivateDns, 'endpointServiceId' | 'name' | 'phaseSince'>,
  facts: Omit<PrivateDns, 'endpointServiceId' | 'name'>,
): Promise<void> {
  await db.query(
    `WITH old AS (${held('$13', '$14')}),
     recorded AS (
       UPDATE private_dns t
       SET owned_names = $2, record = $3, verification_started_at = $4, problem = $5,
         verified_since = $6, lost_since = $7, disagreeing_reads = $8, phase = $9,
         phase_since = $10, sightings = $11, observed_at = $12
       FROM old WHERE t.endpoint_service_id = old.endpoint_service_id)
     ${tellPhase(facts.phase, '$10')}`,
    [
      before.endpointServiceId,
      facts.ownedNames,
      facts.record && JSON.stringify(facts.record),
      facts.verificationStartedAt,
      facts.problem,
      facts.verifiedSince,
      facts.lostSince,
      facts.disagreeingReads,
      facts.phase,
      facts.phaseSince,
      JSON.stringify(facts.sightings),
      facts.observedAt,
      before.name,
      before.phaseSince,
    ],
  );
}

/** The row, unless somebody has wanted another name or a restart meanwhile; as it was, and kept. */
function held(name: string, phaseSince: string): string {
  return `SELECT endpoint_service_id, phase FROM private_dns
    WHERE endpoint_service_id = $1 AND name IS NOT DISTINCT FROM ${name}
      AND phase_since IS NOT DISTINCT FROM ${phaseSince} FOR UPDATE`;
}

/** The event of a phase that is another than before, for staff. */
function tellPhase(phase: PrivateDnsPhase | null, at: string): string {
  const type = phase && privateDnsEvents[phase];
  return tellSql(
    `SELECT ${at}::timestamptz, '${type}', endpoint_service_id, NULL, phase, '${phase}' FROM old
     WHERE ${type !== null} AND phase IS DISTINCT FROM '${phase}'`,
  );
}

/** Dates inside jsonb come back as text; one that was written long ago has less to tell. */
function withDates(stored: Partial<DnsRecord> & Omit<DnsRecord, 'missedLooks'>): DnsRecord {
  const { missedLooks = 0, insyncAt } = stored;
  return { ...stored, missedLooks, insyncAt: insyncAt && new Date(insyncAt) };
}
