// The worker: claims targets that are due, runs their reconcilers, and gives them back with a
// report.

import { setTimeout as pause } from 'node:timers/promises';
import { AwsError } from '../aws/errors.ts';
import type { Aws } from '../aws/ports.ts';
import type { NameServers } from '../dns/name-servers.ts';
import type { IdKind } from '../domain/ids.ts';
import { defaultRetentionDays } from '../domain/retention.ts';
import { readable, tellsNew, type TargetKind } from '../domain/target.ts';
import * as effects from '../storage/effects.ts';
import type { Database } from '../storage/postgres/database.ts';
import * as runs from '../storage/runs.ts';
import * as targets from '../storage/targets.ts';
import { reconcileAlarms } from './alarms.ts';
import { reconcileBackends } from './backends.ts';
import { reconcileCleaning } from './cleaning.ts';
import { reconcileConfigurations } from './configurations.ts';
import { reconcileConnections } from './connections.ts';
import { reconcileCustomer } from './customers.ts';
import { reconcileGrant } from './grants.ts';
import { reconcileHints, usualQueueWaitSeconds } from './hints.ts';
import { keepLease, leaseMs, type Timers } from './kept-lease.ts';
import { reconcilePrincipals } from './principals.ts';
import { reconcilePrivateDns } from './private-dns.ts';
import { reconcileProof } from './proofs.ts';
import { followReconciled } from './reconciled.ts';
import { reconcileRetirement } from './retirements.ts';
import { LeaseLost, Outdated, Unmarked, type Outcome, type Reconciler } from './run.ts';
import { isAway, verdictOf, type Verdict } from './verdict.ts';

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
  /** After how many days entries of the audit log are removed; never unless given. */
  auditRetentionDays?: number | null;
  /** After how many days a proof lapses; never unless given. */
  proofLifetimeDays?: number | null;
  /** How long a look at an empty queue waits; `usualQueueWaitSeconds` unless given. */
  queueWaitSeconds?: number;
  /** What is asked besides AWS whether a TXT record is to be seen; nothing unless given. */
  nameServers?: NameServers | null;
  /** Whether load balancers and metrics are read, for diagnoses; not unless given. */
  readsBackends?: boolean;
  /** By which leases are kept; those of the process unless given. */
  timers?: Timers;
  /** Told of each connection that comes up for the first time: after how many seconds. */
  onAvailable?: (seconds: number) => void;
  /** Told of each run that has come to its end. */
  onRun?: (run: RunFacts) => void;
  onError: (message: string, error: unknown, run?: RunFacts) => void;
}

/** What a log tells of a run: the requests are found in it by these ids too. */
export interface RunFacts {
  target: string;
  request_ids: string[];
}

const reconcilers: Record<TargetKind, Reconciler> = {
  configurations: reconcileConfigurations,
  principals: reconcilePrincipals,
  private_dns: reconcilePrivateDns,
  connections: reconcileConnections,
  backends: reconcileBackends,
  hints: reconcileHints,
  grant: reconcileGrant,
  proof: reconcileProof,
  customer: reconcileCustomer,
  retirement: reconcileRetirement,
  alarms: reconcileAlarms,
  cleaning: reconcileCleaning,
};

/** Claims up to `limit` targets that are due; see `Claim` of storage/targets.ts. */
export function claimDueTargets(
  options: WorkerOptions,
  limit: number,
  terms: Pick<targets.Claim, 'kinds' | 'failingMax'> = {},
): Promise<targets.Claimed[]> {
  const now = options.now();
  const leaseUntil = new Date(now.getTime() + leaseMs);
  return targets.claim(options.db, { owner: options.name, now, leaseUntil, limit, ...terms });
}

/** Runs one claimed target and gives it back. Never throws; the signal aborts its calls. */
export async function runTarget(
  options: WorkerOptions,
  lease: targets.Lease,
  stop: AbortSignal,
): Promise<void> {
  const { db, aws, now, makeId, startedAt, retentionDays = defaultRetentionDays } = options;
  const { queueWaitSeconds = usualQueueWaitSeconds, nameServers = null } = options;
  const { readsBackends = false } = options;
  const { proofLifetimeDays = null, auditRetentionDays = null } = options;
  const onAvailable = options.onAvailable ?? (() => {});
  const timers = options.timers && { timers: options.timers };
  const facts = { target: `${lease.kind} ${lease.key}`, request_ids: lease.causedBy };
  const { signal, drop } = keepLease({ db, now, stop, ...timers }, lease);
  try {
    await effects.concludeAbandoned(db, lease, now());
    const marked = new Set<string>();
    const times = { startedAt, retentionDays, auditRetentionDays, proofLifetimeDays };
    const settings = { ...times, queueWaitSeconds, nameServers, readsBackends, onAvailable };
    const run = { db, aws, now, makeId, lease, ...settings, marked, signal };
    const outcome = await aws.followed(() => reconcilers[lease.kind](run));
    await release(options, lease, outcome, { failures: 0, completed: true });
    options.onRun?.(facts);
    await followReconciled(db, now());
  } catch (thrown) {
    const error = causeOf(thrown, signal);
    if (error instanceof LeaseLost) return;
    const verdict = verdictOf(lease, error, stop.aborted);
    if (verdict.hasFailed) options.onError(`${facts.target} failed`, error, facts);
    await insist(stop, () => giveUp(options, lease, verdict)).catch((second: unknown) =>
      options.onError(`${facts.target} was not released`, second, facts),
    );
  } finally {
    drop();
  }
}

/** A call that was aborted failed for what aborted it. */
function causeOf(thrown: unknown, { reason }: AbortSignal): unknown {
  const isAborted = thrown instanceof AwsError && thrown.kind === 'aborted';
  if (isAborted && (reason instanceof LeaseLost || reason instanceof Outdated)) return reason;
  return thrown instanceof Unmarked ? thrown.refusal : thrown;
}

async function release(
  options: WorkerOptions,
  lease: targets.Lease,
  { report, dueInMs }: Outcome,
  end: Pick<targets.Release, 'failures' | 'completed'>,
): Promise<void> {
  const now = options.now();
  const dueAt = dueInMs === null ? null : new Date(now.getTime() + dueInMs);
  const told = { ...report, at: now.toISOString() };
  const given = { report: told, dueAt, now, ...end };
  if (!tellsNew(lease.report, report)) return targets.release(options.db, lease, given);
  const { kind, key } = lease;
  const kept = { id: options.makeId('run'), kind, key, endedAt: now, report: readable(report) };
  return options.db.transaction(async (db) => {
    if (!(await targets.holds(db, lease))) return;
    await runs.insert(db, { ...kept, report: { ...kept.report } });
    await targets.release(db, lease, given);
  });
}

async function giveUp(
  options: WorkerOptions,
  lease: targets.Lease,
  { outcome, failures, hasFailed }: Verdict,
): Promise<void> {
  await release(options, lease, outcome, { failures, completed: false });
  if (hasFailed) await followReconciled(options.db, options.now());
}

/** About as often as fits into a lease, after which the target is anybody's. */
const triesMax = 40;
const tryAgainMs = 250;

/** A database that was away is told once it is back, so that nobody has to wait for a lease. */
async function insist(stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isAway(error) || tries === triesMax || stop.aborted) throw error;
    }
    await pause(tryAgainMs, undefined, { signal: stop }).catch(() => {});
  }
}
