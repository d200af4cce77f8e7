// The queue with PrivateLink's notifications about a region. A message makes a worker look at the
// connections at once, whatever it says; then it is removed. What is done follows from that look.

import { AwsError } from '../aws/errors.ts';
import type { QueueMessage, QueuePort } from '../aws/ports.ts';
import {
  isForeign,
  parseQueueArn,
  type QueueProblem,
  type QueueReport,
} from '../domain/notification-queue.ts';
import { connectionsTarget, parseRegionKey } from '../domain/target.ts';
import * as deployments from '../storage/deployments.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import * as notificationQueues from '../storage/notification-queues.ts';
import * as providerAccounts from '../storage/provider-accounts.ts';
import * as targets from '../storage/targets.ts';
import { accessOf } from './place.ts';
import { nothingLeft, type Outcome, type Run } from './run.ts';

/** Less than what one attempt may hear nothing from AWS. */
export const usualQueueWaitSeconds = 10;

/** A burst of messages is one look each time, and no more than four a second. */
const pauseMs = 250;
/** Nobody mends a missing queue or policy within seconds. */
const failedMs = 60_000;
/** After a first look that found no way. */
const firstAgainMs = 2_000;
/** Of ten messages at most; what is left is for the next run. */
const receivesMax = 20;

export async function reconcileHints(run: Run): Promise<Outcome> {
  const queue = await queueOf(run);
  if (!queue) return nothingLeft;
  const before = notificationQueues.reportOf(run.lease.report, queue.queueArn);
  const report = { ...(before ?? unheard(queue.queueArn)), polledAt: run.now() };
  try {
    return await heardAt(run, queue, { before, report });
  } catch (error) {
    // Kept of the first look too, so that it gets old when what is in its way does not pass.
    if (before === null && isPassing(error)) return { report, dueInMs: firstAgainMs };
    throw error;
  }
}

async function heardAt(
  run: Run,
  queue: Queue,
  { before, report }: { before: QueueReport | null; report: QueueReport },
): Promise<Outcome> {
  const problem = (await standsStill(run)) ?? (await listen(run, queue, report));
  const since = problem ? null : (report.listeningSince ?? run.now());
  const problemSince = problem ? (before?.problemSince ?? run.now()) : null;
  const told: QueueReport = { ...report, listeningSince: since, problem, problemSince };
  return { report: told, dueInMs: problem ? failedMs : pauseMs };
}

interface Queue {
  queueArn: string;
  port: QueuePort;
  place: { providerAccountId: string; region: string };
}

async function queueOf(run: Run): Promise<Queue | null> {
  const place = parseRegionKey(run.lease.key);
  const account = await providerAccounts.find(run.db, place.providerAccountId);
  const queueArn = account?.notificationQueueArns.find(
    (arn) => parseQueueArn(arn)?.region === place.region,
  );
  if (!account || queueArn === undefined) return null;
  return { queueArn, port: run.aws.queue(accessOf(account), queueArn), place };
}

function unheard(queueArn: string): Omit<QueueReport, 'polledAt'> {
  const never = { listeningSince: null, lastMessageAt: null, problem: null };
  return { queueArn, messages: 0, foreignMessages: 0, ...never };
}

/** A copy of the database would take the original's messages away from it. */
async function standsStill(run: Run): Promise<QueueProblem | null> {
  const deployment = await deployments.find(run.db);
  if (!deployment?.quarantine) return null;
  const message = `Sallyport stands still (${deployment.quarantine}).`;
  return { kind: 'stands_still', message };
}

/** Waits for messages and heeds them. @returns what is wrong with the queue, if anything is */
async function listen(run: Run, queue: Queue, report: QueueReport): Promise<QueueProblem | null> {
  try {
    for (let count = 0; count < receivesMax; count++) {
      const waitSeconds = count === 0 ? run.queueWaitSeconds : 0;
      const messages = await queue.port.receive(waitSeconds, run.signal);
      if (messages.length === 0) return null;
      const problem = await heed(run, queue, messages, report);
      if (problem) return problem;
    }
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

/** A message is removed only when the look that it asks for can no longer get lost. */
async function heed(
  run: Run,
  { place, port }: Queue,
  messages: QueueMessage[],
  report: QueueReport,
): Promise<QueueProblem | null> {
  const { providerAccountId, region } = place;
  await targets.hint(run.db, connectionsTarget(place), run.now());
  const services = await endpointServices.listInRegion(run.db, providerAccountId, region);
  const ours = new Set(services.flatMap(({ serviceId }) => serviceId ?? []));
  report.messages += messages.length;
  report.foreignMessages += messages.filter(({ body }) => isForeign(body, ours)).length;
  report.lastMessageAt = run.now();
  const failures = await removeAll(port, messages, run.signal);
  // From another reason, such as a receipt that is too old, nothing follows: it comes again.
  const denied = failures.find(({ kind }) => kind === 'denied');
  return denied ? { kind: 'undeletable', message: `${denied.code}: ${denied.message}` } : null;
}

async function removeAll(port: QueuePort, messages: QueueMessage[], signal: AbortSignal) {
  try {
    return await port.remove(messages, signal);
  } catch (error) {
    if (error instanceof AwsError && error.kind === 'denied') return [error];
    throw error;
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof AwsError && ['throttled', 'unavailable'].includes(error.kind);
}

/** The end of a process or lease is no problem of the queue; what time mends is tried again. */
function problemOf(error: unknown): QueueProblem | null {
  if (!(error instanceof AwsError)) throw error;
  const { kind, code, message } = error;
  if (kind === 'aborted') return null;
  if (isPassing(error)) throw error;
  const told = `${code}: ${message}`;
  if (kind === 'not_found') return { kind: 'missing', message: told };
  return { kind: kind === 'denied' ? 'denied' : 'other', message: told };
}
