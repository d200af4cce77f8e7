// An allowlist in AWS, its ledger, grants that come and go, and other hands: history after history,
// the plan is carried out. The ledger is kept here as storage/principals.ts keeps it.

import * as fc from 'fast-check';
import {
  agreeingReads,
  planPrincipals,
  principalState,
  type PrincipalFacts,
} from '../../src/domain/principal.ts';

export type Event =
  | { kind: 'grant' | 'revoke' | 'handAdds' | 'handRemoves'; entry: number }
  | { kind: 'run'; read: 'fresh' | 'stale'; change: 'done' | 'refused' | 'lost' | 'lostUndone' };

export interface History {
  restoring: boolean;
  events: Event[];
}

export interface Breach {
  what: string;
  arn: string;
}

const entriesCount = 3;
/** Runs after which an addition that was never shown is not expected any more. */
const lateRuns = 4;
/** Runs after a change during which a read may be from before it. */
const staleRunsMax = 4;
/** Enough to see a change twice, and one that is late. */
const settlingRuns = 16;

const anyEntry = fc.nat(entriesCount - 1);
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('grant' as const, 'revoke', 'handAdds', 'handRemoves'),
    entry: anyEntry,
  }),
  fc.record({
    kind: fc.constant('run' as const),
    read: fc.constantFrom('fresh' as const, 'fresh', 'stale'),
    change: fc.constantFrom('done' as const, 'done', 'refused', 'lost', 'lostUndone'),
  }),
);
export const anyHistory: fc.Arbitrary<History> = fc.record({
  restoring: fc.boolean(),
  events: fc.array(anyEvent, { minLength: 15, maxLength: 40 }),
});

interface Entry extends PrincipalFacts {
  /** It has its row in the ledger. */
  known: boolean;
  inAws: boolean;
  /** As a read shows it that is from before the last change, and for how many runs one may. */
  wasInAws: boolean;
  staleRuns: number;
  /** We have asked for it since it was last taken for gone. */
  asked: boolean;
  /** Another hand has added it, or removed it, at some time. */
  handAdded: boolean;
  handRemoved: boolean;
  runsSinceAdd: number;
}

/** @returns what went against what holds, at any moment and in the end */
export function playPrincipals({ restoring, events }: History): Breach[] {
  const entries = Array.from({ length: entriesCount }, (_, n) => newEntry(n, restoring));
  const breaches: Breach[] = [];
  let wasStale = false;
  for (const event of events) {
    if (event.kind !== 'run') happen(entries[event.entry]!, event.kind);
    else {
      // Two reads in a row that are both from before are more than two that agree can tell.
      const stale: boolean = event.read === 'stale' && !wasStale;
      runOnce(entries, stale, event.change, breaches);
      wasStale = stale;
    }
  }
  for (let run = 0; run < settlingRuns; run++) runOnce(entries, false, 'done', breaches);
  if (runOnce(entries, false, 'done', breaches) > 0) {
    breaches.push({ what: 'it still changes something', arn: '*' });
  }
  return [...breaches, ...entries.flatMap(endingOf)];
}

function newEntry(n: number, restoring: boolean): Entry {
  const never = { wanted: false, owned: false, observed: false, confirmed: false };
  const nobody = { asked: false, handAdded: false, handRemoved: false };
  const rest = { withdrawn: false, missedReads: 0, known: false };
  const nowhere = { inAws: false, wasInAws: false, staleRuns: 0 };
  const arn = `arn:aws:iam::${222_222_222_220 + n}:root`;
  return { arn, restoring, ...never, ...nobody, ...nowhere, ...rest, runsSinceAdd: 0 };
}

function happen(entry: Entry, kind: Exclude<Event['kind'], 'run'>): void {
  if (kind === 'grant') Object.assign(entry, { wanted: true, known: true });
  if (kind === 'revoke') entry.wanted = false;
  if (kind === 'handAdds' && !entry.inAws) {
    setInAws(entry, true);
    entry.handAdded = true;
  }
  if (kind === 'handRemoves' && entry.inAws) {
    setInAws(entry, false);
    entry.handRemoved = true;
  }
}

type ChangeOutcome = (Event & { kind: 'run' })['change'];

/** @returns how many changes were sent */
function runOnce(entries: Entry[], stale: boolean, change: ChangeOutcome, breaches: Breach[]) {
  for (const entry of entries) {
    recordRead(entry, stale ? entry.wasInAws : entry.inAws);
    if (entry.staleRuns-- <= 0) entry.wasInAws = entry.inAws;
    entry.runsSinceAdd += 1;
  }
  const plan = planPrincipals(entries.filter(({ known }) => known));
  for (const entry of entries) {
    const { arn, restoring } = entry;
    if (plan.contested.includes(arn) && !entry.handRemoved) {
      breaches.push({ what: 'contested, and no other hand was there', arn });
    }
    if (plan.add.includes(arn)) {
      if (!entry.wanted) breaches.push({ what: 'added, and nobody wants it', arn });
      const taken = entry.owned && entry.confirmed && !entry.withdrawn;
      if (taken && !restoring) breaches.push({ what: 'put back, and nobody said so', arn });
      add(entry, change);
    }
    if (plan.remove.includes(arn)) {
      if (entry.wanted) breaches.push({ what: 'removed, and somebody wants it', arn });
      if (!entry.asked) breaches.push({ what: 'removed, and never asked for', arn });
      Object.assign(entry, { withdrawn: true, confirmed: false, missedReads: 0 });
      if (change === 'done' || change === 'lost') setInAws(entry, false);
    }
  }
  return plan.add.length + plan.remove.length;
}

/** As `recordRead` and `releaseGone` of storage/principals.ts. */
function recordRead(entry: Entry, shown: boolean): void {
  if (!entry.known && !shown) return;
  entry.known = true;
  entry.observed = shown;
  if (shown) {
    entry.missedReads = 0;
    entry.confirmed ||= entry.owned && !entry.withdrawn;
    return;
  }
  entry.missedReads += 1;
  const settled = entry.confirmed || entry.withdrawn || entry.runsSinceAdd > lateRuns;
  if (entry.wanted || !entry.owned || entry.missedReads < agreeingReads || !settled) return;
  Object.assign(entry, { owned: false, confirmed: false, asked: entry.inAws && entry.asked });
}

/**
 * As `recordOwned` and `recordRefused` of storage/principals.ts. A read from before a removal of
 * ours shows what one of an addition after it does; where that addition came to nothing, the entry
 * would be held as if another hand had removed it. That is told, harms nobody, and is left out.
 */
function add(entry: Entry, change: ChangeOutcome): void {
  const before = { owned: entry.owned, asked: entry.asked };
  const ours = { owned: true, withdrawn: false, confirmed: false, missedReads: 0, asked: true };
  Object.assign(entry, ours, { runsSinceAdd: 0 });
  if (change === 'refused') Object.assign(entry, before);
  if (change === 'refused' || change === 'lostUndone') entry.wasInAws = entry.inAws;
  else setInAws(entry, true);
}

function setInAws(entry: Entry, inAws: boolean): void {
  entry.wasInAws = entry.inAws;
  entry.staleRuns = staleRunsMax;
  entry.inAws = inAws;
}

/** What does not hold once everything has come to rest. */
function endingOf(entry: Entry): Breach[] {
  const { arn, wanted, inAws, handAdded, handRemoved } = entry;
  const held = entry.known && principalState(entry) === 'contested';
  if (wanted && !inAws && !(held && handRemoved)) return [{ what: 'wanted and not there', arn }];
  if (!wanted && inAws && !handAdded) return [{ what: 'of ours, unwanted and still there', arn }];
  return [];
}
