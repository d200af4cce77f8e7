// The wanted private DNS name of a service and what is known of its TXT record.

import type { DnsRecord, PrivateDns } from '../domain/private-dns.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow } from './statements.ts';

export async function find(db: Queryable, endpointServiceId: string): Promise<PrivateDns | null> {
  const row = await firstRow<PrivateDns>(
    db,
    'SELECT * FROM private_dns WHERE endpoint_service_id = $1',
    [endpointServiceId],
  );
  return row && { ...row, record: row.record && withDates(row.record) };
}

/** Keeps others from changing it until the transaction ends. */
export async function lock(db: Queryable, endpointServiceId: string): Promise<void> {
  await db.query('SELECT 1 AS one FROM private_dns WHERE endpoint_service_id = $1 FOR UPDATE', [
    endpointServiceId,
  ]);
}

/** Sets the wanted name; what is ours stays known. Its verification begins anew. */
export async function want(
  db: Queryable,
  endpointServiceId: string,
  name: string | null,
): Promise<void> {
  await db.query(
    `INSERT INTO private_dns (endpoint_service_id, name) VALUES ($1, $2)
     ON CONFLICT (endpoint_service_id) DO UPDATE
     SET name = $2, problem = NULL, verification_started_at = NULL`,
    [endpointServiceId, name],
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

/** Why AWS has refused the step that is due. */
export async function recordProblem(
  db: Queryable,
  endpointServiceId: string,
  problem: string,
): Promise<void> {
  await db.query('UPDATE private_dns SET problem = $2 WHERE endpoint_service_id = $1', [
    endpointServiceId,
    problem,
  ]);
}

type Facts = Omit<PrivateDns, 'endpointServiceId' | 'name'>;

export async function record(
  db: Queryable,
  endpointServiceId: string,
  facts: Facts,
): Promise<void> {
  await db.query(
    `UPDATE private_dns
     SET owned_names = $2, record = $3, verification_started_at = $4, problem = $5, observed_at = $6
     WHERE endpoint_service_id = $1`,
    [
      endpointServiceId,
      facts.ownedNames,
      facts.record && JSON.stringify(facts.record),
      facts.verificationStartedAt,
      facts.problem,
      facts.observedAt,
    ],
  );
}

/** Dates inside jsonb come back as text. */
function withDates(stored: NonNullable<PrivateDns['record']>): PrivateDns['record'] {
  return { ...stored, insyncAt: stored.insyncAt && new Date(stored.insyncAt) };
}
