// The TXT record that verifies a private DNS name: where it goes, its value there, and its end.
// What Route 53 does not let us write is for people to place.

import { AwsError } from '../aws/errors.ts';
import type { AwsAccess } from '../aws/ports.ts';
import {
  isVerificationDue,
  verifiableDomains,
  type DnsRecord,
  type PrivateDns,
} from '../domain/private-dns.ts';
import type { ProviderAccount } from '../domain/provider-account.ts';
import * as privateDns from '../storage/private-dns.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import { perform } from './effect.ts';
import { accessOf, zoneAccess, type ServicePlace } from './place.ts';
import type { Run } from './run.ts';

export interface NamedService extends ServicePlace {
  serviceId: string;
  wanted: PrivateDns;
  /** Whether this is still what is wanted, and ours to bring about. */
  isStillWanted: (db: Queryable) => Promise<boolean>;
}

export interface Verification {
  label: string;
  value: string;
  start: () => Promise<Partial<PrivateDns>>;
}

/** Publishes the value, or says that somebody has to, and has AWS look all the same. */
export async function publish(
  run: Run,
  named: NamedService,
  { label, value, start }: Verification,
): Promise<Partial<PrivateDns>> {
  const [domain] = verifiableDomains(named.wanted.name!);
  const recordName = `${label}.${domain}`;
  const { zone, hindrances } = await findZone(run, named.account, named.wanted.name!);
  const reasons = [...hindrances];
  if (zone) {
    try {
      return { record: await write(run, named, zone, { recordName, value }) };
    } catch (error) {
      reasons.push(hindranceOf(error));
    }
  }
  const why = reasons.length > 0 ? reasons.join(' ') : `No hosted zone of ours holds ${domain}.`;
  const problem = `${why} Publish TXT ${recordName} "${value}".`;
  // Only AWS can see whether somebody has published it meanwhile, so AWS is asked to look.
  const isAsked = named.wanted.verifiedSince === null && isVerificationDue(named.wanted, run.now());
  if (!isAsked) return { problem };
  return { problem, ...(await start()) };
}

/** How far Route 53 is with the change that we made. */
export async function followChange(
  run: Run,
  account: ProviderAccount,
  written: DnsRecord,
): Promise<DnsRecord> {
  const zones = run.aws.hostedZones(accessToZone(account, written.zoneId));
  const status = await unlessGone(zones.changeStatus(written.changeId, run.signal), 'insync');
  return status === 'insync' ? { ...written, insyncAt: run.now() } : written;
}

/** Takes our value away, and no other. */
export function removeRecord(run: Run, named: NamedService, written: DnsRecord) {
  const { zoneId, recordName, value } = written;
  const zones = run.aws.hostedZones(accessToZone(named.account, zoneId));
  return perform(run, {
    action: 'remove_txt_value',
    request: { zoneId, recordName, value },
    service: named,
    holds: named.isStillWanted,
    call: (signal) => {
      const removal = zones.removeTxtValue(zoneId, recordName, value, signal);
      return unlessGone(removal, { changeId: null });
    },
  });
}

export function accessToZone(account: ProviderAccount, zoneId: string): AwsAccess {
  const zone = account.hostedZones.find((candidate) => candidate.zoneId === zoneId);
  return zone ? zoneAccess(account, zone) : accessOf(account);
}

interface FoundZone {
  zoneId: string;
  access: AwsAccess;
}

async function write(
  run: Run,
  named: NamedService,
  { zoneId, access }: FoundZone,
  { recordName, value }: Pick<DnsRecord, 'recordName' | 'value'>,
): Promise<DnsRecord> {
  const { id } = named.service;
  const unsure = { changeId: '', insyncAt: null, missedLooks: 0 };
  const intended: DnsRecord = { zoneId, recordName, value, ...unsure };
  const { changeId } = await perform(run, {
    action: 'add_txt_value',
    request: { zoneId, recordName, value },
    service: named,
    holds: named.isStillWanted,
    before: (db) => privateDns.recordIntended(db, id, intended),
    undo: (db) => privateDns.recordIntended(db, id, named.wanted.record),
    call: (signal) => run.aws.hostedZones(access).addTxtValue(zoneId, recordName, value, signal),
  });
  const insyncAt = changeId === null ? run.now() : null;
  return { ...intended, changeId: changeId ?? '', insyncAt };
}

/**
 * The zone nearest to the name, among those that the provider account lists. One that cannot be
 * asked, or is there twice, keeps nobody from looking at the others.
 */
async function findZone(
  run: Run,
  account: ProviderAccount,
  name: string,
): Promise<{ zone: FoundZone | null; hindrances: string[] }> {
  const hindrances: string[] = [];
  let open = accesses(account);
  for (const domain of verifiableDomains(name)) {
    for (const candidate of open) {
      const { access, zoneIds } = candidate;
      try {
        const zoneId = await run.aws.hostedZones(access).findZone(domain, run.signal, zoneIds);
        if (zoneId) return { zone: { zoneId, access }, hindrances };
      } catch (error) {
        hindrances.push(hindranceOf(error));
        open = open.filter((other) => other !== candidate);
      }
    }
  }
  return { zone: null, hindrances };
}

/** Why people have to place the record. @throws what time or a retry may mend */
function hindranceOf(error: unknown): string {
  const forPeople = error instanceof AwsError && ['denied', 'conflict'].includes(error.kind);
  if (!forPeople) throw error;
  return `AWS refused ${error.action}: ${error.code}: ${error.message.replace(/\.$/, '')}.`;
}

/** The zones grouped by the way to them, so that zones behind one role are looked up together. */
function accesses(account: ProviderAccount): { access: AwsAccess; zoneIds: string[] }[] {
  const byRole = Map.groupBy(account.hostedZones, ({ roleArn }) => roleArn);
  return [...byRole.values()].map((zones) => ({
    access: zoneAccess(account, zones[0]!),
    zoneIds: zones.map(({ zoneId }) => zoneId),
  }));
}

/** Route 53 forgets changes that are long done, and a zone that was deleted holds no record. */
async function unlessGone<Answer>(call: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && error.kind === 'not_found') return otherwise;
    throw error;
  }
}
