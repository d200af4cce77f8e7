// Which Sallyport, with which database, manages a service in AWS. A mark on the service says it:
// the id of the deployment, and an epoch that grows with every run that changes anything.
//
// The epoch is durable in the database, together with the intent of the change, before the mark is
// written, and the mark before the change is sent. So a database that AWS shows a higher epoch than
// its own has not seen a change that was made in its name: it was put back from before.
//
// EC2 may answer from before a write ("Eventual consistency" in its developer guide). Such a read
// shows less than there is: no mark, a lower epoch of ours, or a mark that an operator has
// accepted. All of these agree, so it puts nothing into quarantine; and no read ever ends one, so
// it does not do that either. What it can do is to show an old mark to an old database for seconds.

import type { Quarantine } from './endpoint-service.ts';

export interface Deployment {
  id: string;
  /** The place of the database, when somebody last confirmed it. */
  home: string;
  /** The place where the database is now. */
  here: string;
  /** The highest epoch that was taken for a change. */
  epoch: number;
  /** Why nothing of any service is changed, found at one of them. */
  quarantine: DatabaseQuarantine | null;
  quarantinedSince: Date | null;
}

/** What is wrong with the whole database, and not with one service only. */
export type DatabaseQuarantine = Exclude<Quarantine, 'another_deployment'>;

export interface Mark {
  deploymentId: string;
  epoch: number;
}

/** Marks of other deployments that an operator has accepted: up to which epoch of each. */
export type AcceptedMarks = Readonly<Record<string, number>>;

export function markText({ deploymentId, epoch }: Mark): string {
  return `${deploymentId}/${epoch}`;
}

/** What is not of our form was written by another hand, and is a stranger's as a whole. */
export function readMark(text: string): Mark {
  const match = /^(dep_[0-9a-z]{26})\/(\d{1,15})$/.exec(text);
  if (!match) return { deploymentId: text, epoch: 0 };
  return { deploymentId: match[1]!, epoch: Number(match[2]) };
}

/** Why the mark says that this database does not manage the service, or null when they agree. */
export function judgeMark(
  text: string | null,
  own: Pick<Deployment, 'id' | 'epoch'>,
  accepted: AcceptedMarks,
): 'another_deployment' | 'older_database' | null {
  if (text === null) return null;
  const { deploymentId, epoch } = readMark(text);
  if (deploymentId === own.id) return epoch <= own.epoch ? null : 'older_database';
  return epoch <= (accepted[deploymentId] ?? -1) ? null : 'another_deployment';
}

/** What is wrong with the database itself, whatever its services show. */
export function databaseQuarantine({
  home,
  here,
  quarantine,
}: Pick<Deployment, 'home' | 'here' | 'quarantine'>): DatabaseQuarantine | null {
  return quarantine ?? (home === here ? null : 'moved_database');
}

/** The one to remember of two strange marks: the later one, or of one deployment the higher one. */
export function strangerMark(before: string | null, seen: string): string {
  if (before === null) return seen;
  const [old, young] = [readMark(before), readMark(seen)];
  return old.deploymentId === young.deploymentId && old.epoch > young.epoch ? before : seen;
}

/** The accepted marks with one more: what was accepted before stays so. */
export function acceptMark(accepted: AcceptedMarks, { deploymentId, epoch }: Mark): AcceptedMarks {
  const before = accepted[deploymentId] ?? 0;
  return { ...accepted, [deploymentId]: Math.max(before, epoch) };
}

/** How old a read of the mark may be when something is changed; usually it is a minute at most. */
const readAgeMaxMs = 300_000;

/**
 * The time since when a service must have been read before it is changed. What was read before the
 * process started may have been read by another database, of which this one is a copy.
 */
export function mustBeReadSince(startedAt: Date, now: Date): Date {
  return new Date(Math.max(startedAt.getTime(), now.getTime() - readAgeMaxMs));
}
