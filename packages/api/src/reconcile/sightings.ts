// Looks for the value of a TXT record: in its zone, and at the name servers that the public is sent
// to, where these are asked. What is seen is kept for people; a look holds nothing up.

import { AwsError } from '../aws/errors.ts';
import { textOf } from '../aws/txt-records.ts';
import type { DnsRecord, PrivateDns } from '../domain/private-dns.ts';
import type { ProviderAccount } from '../domain/provider-account.ts';
import { sightingOf, type Answer } from '../domain/sighting.ts';
import type { Run } from './run.ts';
import { accessToZone } from './txt-record.ts';

export interface SoughtRecord {
  name: string;
  value: string;
}

/** What was seen, and how often in a row our own record was not. */
export async function lookForRecord(
  run: Run,
  account: ProviderAccount,
  sought: SoughtRecord,
  record: DnsRecord | null,
): Promise<Pick<PrivateDns, 'sightings' | 'record'>> {
  const at = run.now();
  const ours = record?.recordName === sought.name && record.value === sought.value;
  const [zone, servers] = await Promise.all([
    ours ? askZone(run, account, record) : [],
    run.nameServers?.ask(sought.name, run.signal) ?? [],
  ]);
  const sightings = [...zone, ...servers].map((answer) => sightingOf(answer, sought.value, at));
  const inZone = zone.length > 0 ? sightings[0]!.outcome : 'unknown';
  const missedLooks = { found: 0, missing: (record?.missedLooks ?? 0) + 1 };
  if (!record || inZone === 'unknown') return { sightings, record };
  return { sightings, record: { ...record, missedLooks: missedLooks[inZone] } };
}

/** A role that may write a record need not be allowed to read it: that is unknown, and no error. */
async function askZone(run: Run, account: ProviderAccount, record: DnsRecord): Promise<Answer[]> {
  const { zoneId, recordName } = record;
  const where = `zone ${zoneId}`;
  try {
    const zones = run.aws.hostedZones(accessToZone(account, zoneId));
    const found = await zones.readTxt(zoneId, recordName, run.signal);
    return [{ where, values: found?.values.map(textOf) ?? [], problem: null }];
  } catch (error) {
    if (!(error instanceof AwsError) || error.kind === 'aborted') throw error;
    return [{ where, values: null, problem: `${error.code}: ${error.message}` }];
  }
}
