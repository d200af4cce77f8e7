// The worker: claims targets that are due, runs their reconcilers, and gives them back with a
// report.

import { AwsError } from '../aws/errors.ts';
import type { Aws } from '../aws/ports.ts';
import type { NameServers } from '../dns/name-servers.ts';
import type { IdKind } from '../domain/ids.ts';
import { defaultRetentionDays } from '../domain/retention.ts';
import { targetKinds, type TargetKind } from '../domain/target.ts';
import * as effects from '../storage/effects.ts';
import type { Database } from '../storage/postgres/database.ts';
import * as targets from '../storage/targets.ts';
import { reconcileCleaning } from './cleaning.ts';
import { reconcileConfigurations } from './configurations.ts';
import { reconcileConnections } from './connections.ts';
import { reconcileCustomer } from './customers.ts';
import { reconcileHints, usualQueueWaitSeconds } from './hints.ts';
import { keepLease, leaseMs } from './kept-lease.ts';
import { reconcilePrincipals } from './principals.ts';
import { reconcilePrivateDns } from './private-dns.ts';
import { reconcileProof } from './proofs.ts';
import { followReconciled } from './reconciled.ts';
import { reconcileRetirement } from './retirements.ts';
import { LeaseLost, NotYet, Outdated, Unmarked, type Outcome, type Reconciler } from './run.ts';

export interface WorkerOptions {
  db: Database;
  aws: Aws;
  now: () => Date;
  makeId: (kind: IdKind) => string;
  /** Tells this worker's leases from others'. */
  name: string;
  /** When its process began to work; `arrive` of arrival.ts has run since. */
  startedAt: Date;
  /** How many days history is kept; `defaultRetentionDays` of the domain unless given. */
  retentionDays?: number;
  /** How long a look at an empty queue waits; `usualQueueWaitSeconds` unless given. */
  queueWaitSeconds?: number;
  /** What is asked besides AWS whether a TXT record is to be seen; nothing unless given. */
  nameServers?: NameServers | null;
  onError: (message: string, error: unknown) => void;
}

const reconcilers: Record<TargetKind, Reconciler> = {
  configurations: reconcileConfigurations,
  principals: reconcilePrincipals,
  private_dns: reconcilePrivateDns,
  connections: reconcileConnections,
  hints: reconcileHints,
  proof: reconcileProof,
  customer: reconcileCustomer,
  retirement: reconcileRetirement,
  cleaning: reconcileCleaning,
};

/** Claims up to `limit` targets that are due, of these kinds. */
export function claimDueTargets(
  options: WorkerOptions,
  limit: number,
  kinds: readonly TargetKind[] = targetKinds,
): Promise<targets.Lease[]> {
  const now = options.now();
  const leaseUntil = new Date(now.getTime() + leaseMs);
  return targets.claim(options.db, { owner: options.name, now, leaseUntil, limit, kinds });
}

/** Runs one claimed target and gives it back. Never throws; the signal aborts its calls. */
export async function runTarget(
  options: WorkerOptions,
  lease: targets.Lease,
  stop: AbortSignal,
): Promise<void> {
  const { db, aws, now, makeId, startedAt, retentionDays = defaultRetentionDays } = options;
  const { queueWaitSeconds = usualQueueWaitSeconds, nameServers = null } = options;
  const { signal, drop } = keepLease({ db, now, stop }, lease);
  try {
    await effects.concludeAbandoned(db, lease, now());
    const marked = new Set<string>();
    const settings = { startedAt, retentionDays, queueWaitSeconds, nameServers };
    const run = { db, aws, now, makeId, lease, ...settings, marked, signal };
    const outcome = await reconcilers[lease.kind](run);
    await release(options, lease, outcome, { failures: 0, completed: true });
    await followReconciled(db, now());
  } catch (thrown) {
    if (thrown instanceof LeaseLost) return;
    const error = thrown instanceof Unmarked ? thrown.refusal : thrown;
    const later = comesAgain(lease, error);
    const outcome = later ?? failed(lease, error);
    if (!later && !stop.aborted) options.onError(`${lease.kind} ${lease.key} failed`, error);
    await giveUp(options, lease, outcome, later ? 0 : lease.failures + 1).catch((second: unknown) =>
      options.onError(`${lease.kind} ${lease.key} was not released`, second),
    );
  } finally {
    drop();
  }
}

function release(
  options: WorkerOptions,
  lease: targets.Lease,
  { report, dueInMs }: Outcome,
  end: Pick<targets.Release, 'failures' | 'completed'>,
): Promise<void> {
  const now = options.now();
  const dueAt = dueInMs === null ? null : new Date(now.getTime() + dueInMs);
  const told = { ...report, at: now.toISOString() };
  return targets.release(options.db, lease, { report: told, dueAt, now, ...end });
}

async function giveUp(
  options: WorkerOptions,
  lease: targets.Lease,
  outcome: Outcome,
  failures: number,
): Promise<void> {
  await release(options, lease, outcome, { failures, completed: false });
  if (failures > 0) await followReconciled(options.db, options.now());
}

/**
 * For a run that nothing is wrong with: one that found itself outdated decides anew at once, one
 * that kept to AWS's request rate goes on when it is its turn. Null for a run that failed.
 */
function comesAgain(lease: targets.Lease, error: unknown): Outcome | null {
  const report = { ...lease.report };
  if (error instanceof Outdated) return { report, dueInMs: 0 };
  if (error instanceof NotYet) return { report, dueInMs: error.dueInMs };
  const dueInMs = error instanceof AwsError ? error.retryAfterMs : null;
  return dueInMs === null ? null : { report, dueInMs };
}

/**
 * What a run that failed reports, and how long to wait: longer each time, longest when throttled.
 */
function failed(lease: targets.Lease, error: unknown): Outcome {
  const throttled = error instanceof AwsError && error.kind === 'throttled';
  const pause = Math.min(60_000, (throttled ? 5_000 : 1_000) * 2 ** Math.min(lease.failures, 6));
  const code = error instanceof AwsError ? error.code : 'internal_error';
  return { report: { ...lease.report, error: code }, dueInMs: pause };
}
