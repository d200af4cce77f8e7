// What workers have met at the queues of provider accounts: the reports of their targets.

import { parseQueueArn, type QueueFacts, type QueueReport } from '../domain/notification-queue.ts';
import type { ProviderAccount } from '../domain/provider-account.ts';
import { hintsTarget } from '../domain/target.ts';
import type { Queryable } from './postgres/database.ts';
import { firstRow } from './statements.ts';
import * as targets from './targets.ts';

/** The facts about each queue of the account. */
export async function facts(
  db: Queryable,
  { id, notificationQueueArns }: Pick<ProviderAccount, 'id' | 'notificationQueueArns'>,
): Promise<QueueFacts[]> {
  const all: QueueFacts[] = [];
  for (const queueArn of notificationQueueArns) {
    const place = { providerAccountId: id, region: parseQueueArn(queueArn)!.region };
    const report = await targets.lastReport(db, hintsTarget(place));
    const newestConnectionAt = await newestConnection(db, place);
    all.push({ queueArn, report: reportOf(report, queueArn), newestConnectionAt });
  }
  return all;
}

/** The report as it was given to the target, or null when it is of another queue. */
export function reportOf(
  report: Record<string, unknown> | null,
  queueArn: string,
): QueueReport | null {
  if (report?.queueArn !== queueArn) return null;
  const { listeningSince, polledAt, lastMessageAt, problemSince, ...rest } = report;
  return {
    ...(rest as Omit<
      QueueReport,
      'listeningSince' | 'polledAt' | 'lastMessageAt' | 'problemSince'
    >),
    listeningSince: dateOf(listeningSince),
    polledAt: dateOf(polledAt)!,
    lastMessageAt: dateOf(lastMessageAt),
    problemSince: dateOf(problemSince),
  };
}

function dateOf(text: unknown): Date | null {
  return typeof text === 'string' ? new Date(text) : null;
}

/** Ids tell the time, so that the newest row is found by the key. */
async function newestConnection(
  db: Queryable,
  { providerAccountId, region }: { providerAccountId: string; region: string },
): Promise<Date | null> {
  const row = await firstRow<{ firstSeenAt: Date }>(
    db,
    `SELECT n.first_seen_at FROM connections n
     JOIN endpoint_services s ON s.id = n.endpoint_service_id
     WHERE s.provider_account_id = $1 AND s.region = $2 ORDER BY n.id DESC LIMIT 1`,
    [providerAccountId, region],
  );
  return row?.firstSeenAt ?? null;
}
