// What a reconciler gets, and what it gives back. It is told where to look, never what changed.

import type { AuditAction } from '../domain/events-told.ts';
import type { AwsError } from '../aws/errors.ts';
import type { Aws } from '../aws/ports.ts';
import type { NameServers } from '../dns/name-servers.ts';
import type { IdKind } from '../domain/ids.ts';
import type { Database, Queryable } from '../storage/postgres/database.ts';
import * as auditEntries from '../storage/audit-entries.ts';
import * as targets from '../storage/targets.ts';

export interface Run {
  db: Database;
  aws: Aws;
  now: () => Date;
  makeId: (kind: IdKind) => string;
  lease: targets.Lease;
  /** When this process began to work: what was read before counts for nothing. */
  startedAt: Date;
  /** How many days history is kept. */
  retentionDays: number;
  /** After how many days entries of the audit log are removed; null for never. */
  auditRetentionDays: number | null;
  /** After how many days a proof of an account lapses; null for never. */
  proofLifetimeDays: number | null;
  /** How long a look at an empty queue waits for a message. */
  queueWaitSeconds: number;
  /** The name servers of the public DNS; null where they are not asked. */
  nameServers: NameServers | null;
  /** Whether what is behind services is read. */
  readsBackends: boolean;
  /** Told of each connection that comes up for the first time: after how many seconds. */
  onAvailable: (seconds: number) => void;
  /** Services whose mark this run has written, so that it writes each but once. */
  marked: Set<string>;
  /** Aborted before the lease ends, so that no call outlives it. */
  signal: AbortSignal;
}

export interface Outcome {
  /** What was seen and done, kept as the target's last report. */
  report: object;
  /** When to look again; null when there is nothing left to look after. */
  dueInMs: number | null;
}

/** Observe, decide, apply, record: idempotent and bounded. */
export type Reconciler = (run: Run) => Promise<Outcome>;

/** Another worker has claimed the target since: nothing of this run may be recorded. */
export class LeaseLost extends Error {}

/** What was decided holds no longer: nothing was sent, and the next run decides anew. */
export class Outdated extends Error {}

/** Nothing may be changed yet, and nothing was sent: the run comes again. */
export class NotYet extends Error {
  readonly dueInMs: number;

  constructor(reason: string, dueInMs: number) {
    super(reason);
    this.dueInMs = dueInMs;
  }
}

/** AWS refuses the mark of a service, so nothing of the service was changed. */
export class Unmarked extends Error {
  readonly refusal: AwsError;

  constructor(refusal: AwsError) {
    super(refusal.message, { cause: refusal });
    this.refusal = refusal;
  }
}

/** One transaction of a run, which holds only while the lease does. @throws LeaseLost */
export function record<Result>(run: Run, work: (db: Queryable) => Promise<Result>) {
  return run.db.transaction(async (db) => {
    if (!(await targets.holds(db, run.lease))) throw new LeaseLost(run.lease.key);
    return work(db);
  });
}

export interface WorkerChange {
  action: AuditAction;
  subjectId: string;
  customerId?: string | null;
  reason?: string | null;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** Where it came about by other calls of AWS than those of this run. */
  awsRequestIds?: string[];
}

/** The audit entry of a change that a worker makes by itself. */
export function audit(run: Run, db: Queryable, change: WorkerChange): Promise<void> {
  return auditEntries.insert(db, {
    id: run.makeId('auditEntry'),
    at: run.now(),
    actor: `worker:${run.lease.kind}`,
    action: change.action,
    subjectId: change.subjectId,
    customerId: change.customerId ?? null,
    reason: change.reason ?? null,
    changeRef: null,
    before: change.before ?? null,
    after: change.after ?? null,
    requestId: null,
    awsRequestIds: change.awsRequestIds ?? run.aws.requestIds(),
    causedBy: run.lease.causedBy,
  });
}

/** Nothing is left to look after: the target goes. */
export const nothingLeft: Outcome = { report: {}, dueInMs: null };
