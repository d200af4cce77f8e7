// How often what AWS has is read when nothing is under way, and so how old it gets at most. Reads
// take no more than a share of AWS's request rate, so that whatever hurries finds the rest of it.

import { callLimit } from './call-limit.ts';

/** One of the three things that are read of a service. */
export interface ReadTier {
  /** When it was last read to the end; null before the first time. */
  readAt: Date | null;
  /** How old it gets at most while workers run and AWS answers. */
  maxAgeSeconds: number;
}

export type Reads = Record<'configuration' | 'principals' | 'connections', ReadTier>;

/** What decides it, of a service and of all services that share its account and region. */
export interface ReadFacts extends ReadPages {
  configurationReadAt: Date | null;
  principalsReadAt: Date | null;
  connectionsReadAt: Date | null;
}

export interface ReadPages {
  /** Pages of all the allowlists; one that is empty takes a page as well. */
  allowlistPages: number;
  /** Pages of the one list of all connections. */
  connectionPages: number;
}

/** The poll for connections that wait for acceptance: one call for a whole region. */
export const pendingPollMs = 5_000;

/** The most items that EC2 gives in one page of PrivateLink (EC2 API reference). */
export const itemsOfPage = 1_000;

/** Of the rate of an action, account and region, what regular reads may take. */
const share = 0.1;
const shortestMs = 60_000;

/** Milliseconds from one regular read of these pages to the next. */
export function readEveryMs(pages: number): number {
  const { perSecond } = callLimit('ec2', 'DescribeVpcEndpointServicePermissions')!;
  return Math.max(shortestMs, Math.ceil(pages / (share * perSecond)) * 1_000);
}

export function pagesOf(items: number): number {
  return Math.max(1, Math.ceil(items / itemsOfPage));
}

export function readsOf(facts: ReadFacts): Reads {
  const tier = (readAt: Date | null, kind: ReadKind) => ({
    readAt,
    maxAgeSeconds: maxAgeSeconds(kind, facts),
  });
  return {
    configuration: tier(facts.configurationReadAt, 'configurations'),
    principals: tier(facts.principalsReadAt, 'principals'),
    connections: tier(facts.connectionsReadAt, 'connections'),
  };
}

/** Targets that read AWS again and again. */
const readKinds = ['configurations', 'principals', 'private_dns', 'connections'] as const;
type ReadKind = (typeof readKinds)[number];

/** How old what a target of this kind reads gets at most; null for one that has an end. */
export function maxAgeOfTarget(kind: string, pages: ReadPages): number | null {
  const reads = readKinds.find((known) => known === kind);
  return reads === undefined ? null : maxAgeSeconds(reads, pages);
}

function maxAgeSeconds(kind: ReadKind, { allowlistPages, connectionPages }: ReadPages): number {
  const everyMs: Record<ReadKind, number> = {
    configurations: readEveryMs(1),
    principals: readEveryMs(allowlistPages),
    // One call for each service, of the same rate as those for its allowlist.
    private_dns: readEveryMs(allowlistPages),
    // A full read takes the place of a poll, and so comes with the first one after it is due.
    connections: readEveryMs(connectionPages) + pendingPollMs,
  };
  return everyMs[kind] / 1_000;
}

/** Of a service that was never read. */
export const unread: Reads = readsOf({
  configurationReadAt: null,
  principalsReadAt: null,
  connectionsReadAt: null,
  allowlistPages: 1,
  connectionPages: 1,
});

/**
 * Milliseconds until the next regular read after `from`. The times of each key are apart from those
 * of the others by its hash, so that what was read at one moment, as after a start, is not read at
 * one moment ever after; and they are never further apart than `everyMs`.
 */
export function nextReadInMs(key: string, everyMs: number, from: Date): number {
  const phaseMs = Math.floor(fractionOf(key) * everyMs);
  const toMs = (phaseMs - from.getTime()) % everyMs;
  return toMs > 0 ? toMs : toMs + everyMs;
}

/** Whether a regular read has come due since the last one. */
export function isReadDue(key: string, everyMs: number, last: Date, now: Date): boolean {
  return now.getTime() - last.getTime() >= nextReadInMs(key, everyMs, last);
}

/** The same number in [0, 1) for the same key: FNV-1a, and a mix, as ids differ in the end only. */
function fractionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
