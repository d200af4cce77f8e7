// Who made what changed, and of an event that says only that something did, what: by the audit log,
// which has an entry of the same moment for each event that somebody caused.

import type { AuditEntry, CallOptions, Event, Sallyport } from '@sallyport/sdk';
import { unlessHidden } from './search.ts';

export interface Cause {
  /** By name where it has one; undefined for workers, which only follow, and for nobody known. */
  by: string | undefined;
  members: { name: string; before: unknown; after: unknown }[];
}

/** By the ids of events. */
export type Causes = Readonly<Record<string, Cause>>;

type Call = Pick<CallOptions, 'signal'>;

/** One page of each: of older entries nobody asks here. */
const ENTRIES_MAX = 200;

/** None where the key may not read the log. @param queries which parts of the log they are in */
export async function causesOf(
  client: Sallyport,
  events: readonly Event[],
  queries: readonly { customer_id?: string; subject_id?: string }[],
  call: Call,
): Promise<Causes> {
  if (events.length === 0) return {};
  const pages = queries.map((query) => {
    const list = client.auditEntries.list({ ...call, ...query, limit: ENTRIES_MAX });
    return unlessHidden(list.page());
  });
  const entries = (await Promise.all(pages)).flatMap((page) => page?.items ?? []);
  const byMoment = new Map(entries.map((entry) => [`${entry.subject_id} ${entry.at}`, entry]));
  const found = events.flatMap(({ id, subject, at }) => {
    const entry = byMoment.get(`${subject.id} ${at}`);
    return entry === undefined ? [] : [[id, entry] as const];
  });
  const names = await namesOf(client, new Set(found.map(([, { actor }]) => actor)), call);
  const causes = found.map(([id, entry]) => {
    return [id, { by: names.get(entry.actor), members: membersOf(entry) }] as const;
  });
  return Object.fromEntries(causes);
}

async function namesOf(
  client: Sallyport,
  actors: ReadonlySet<string>,
  call: Call,
): Promise<Map<string, string>> {
  // Who redeems an invite is nobody yet.
  const people = Array.from(actors).filter((actor) => !/^(worker:.*|anyone)$/.test(actor));
  const named = people.map(async (actor) => [actor, await nameOf(client, actor, call)] as const);
  return new Map(await Promise.all(named));
}

/** Of an API key, what people call it; others are names already. */
export async function nameOf(client: Sallyport, actor: string, call: Call): Promise<string> {
  if (!actor.startsWith('key_')) return actor;
  return (await unlessHidden(client.apiKeys.get(actor, call)))?.name ?? actor;
}

/** What follows from other members, or only marks that there was a change. */
const FOLLOWING = new Set([
  'updated_at',
  'conditions',
  'status',
  'observed',
  'service',
  'customer',
]);

function membersOf({ before, after }: AuditEntry): Cause['members'] {
  if (before === null || after === null) return [];
  const names = Object.keys(after).filter((name) => name in before && !FOLLOWING.has(name));
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }));
}
