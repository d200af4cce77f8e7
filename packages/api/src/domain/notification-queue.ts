// A queue to which PrivateLink's notifications come by way of a topic. A message is a reason to
// look at AWS, and nothing else: AWS does not document what it says, and whoever may write to the
// queue can make it say anything.

/** Where a queue is, by its ARN. */
export interface QueuePlace {
  partition: string;
  region: string;
  accountId: string;
  name: string;
}

/** What a worker has met at a queue, kept as the report of its target. */
export interface QueueReport {
  queueArn: string;
  /** Since when it is listened to without a problem; null before a look has come to its end. */
  listeningSince: Date | null;
  polledAt: Date;
  /** Messages so far, and those of them that name services, but none of ours in this Region. */
  messages: number;
  foreignMessages: number;
  lastMessageAt: Date | null;
  /** Why nothing can be received, or removed once received. */
  problem: QueueProblem | null;
  /** Since when there is a problem without a break; null while there is none. */
  problemSince?: Date | null;
}

export interface QueueProblem {
  kind: 'missing' | 'denied' | 'undeletable' | 'stands_still' | 'unattended' | 'other';
  /** What AWS said. */
  message: string;
}

export const queueStates = ['new', 'listening', 'silent', 'failing'] as const;

/**
 * `new`: no look has come to its end yet · `listening` · `silent`: connections have come since, and
 * no message · `failing`: nothing can be received. In each, connections are found by the regular
 * poll.
 */
export type QueueState = (typeof queueStates)[number];

/** A queue as it is shown. */
export interface NotificationQueue {
  queueArn: string;
  region: string;
  state: QueueState;
  /** What is wrong; null when nothing is. */
  problem: string | null;
  /** What to do about it. */
  action: string | null;
  /** Since when it fails; null while it does not. */
  failingSince: Date | null;
  polledAt: Date | null;
  lastMessageAt: Date | null;
  messages: number;
  foreignMessages: number;
}

export interface QueueFacts {
  queueArn: string;
  /** Null before the first poll of this queue. */
  report: QueueReport | null;
  /** When the newest connection of the account and Region was first seen. */
  newestConnectionAt: Date | null;
}

/** The place of a standard queue, or null for what is not its ARN. SNS has no others beside it. */
export function parseQueueArn(arn: string): QueuePlace | null {
  const form = /^arn:(aws|aws-cn|aws-us-gov):sqs:([a-z0-9-]{1,40}):([0-9]{12}):([\w-]{1,80})$/;
  const match = form.exec(arn);
  if (!match) return null;
  const [, partition, region, accountId, name] = match;
  return { partition: partition!, region: region!, accountId: accountId!, name: name! };
}

/**
 * Why these cannot be the queues of a provider account, or null. One for each of its Regions: a
 * topic is of the Region of its services, and a queue of another account would need a policy of its
 * own to be read.
 */
export function queueMistake(
  arns: readonly string[],
  { accountId, regions }: { accountId: string; regions: readonly string[] },
): { index: number; detail: string } | null {
  const taken = new Set<string>();
  for (const [index, arn] of arns.entries()) {
    const place = parseQueueArn(arn);
    const detail = mistakeOf(arn, place, { accountId, regions, taken });
    if (detail) return { index, detail };
    taken.add(place!.region);
  }
  return null;
}

/** How much of a message is looked at. */
const lookedAtMax = 16_384;

/**
 * Whether a message names endpoint services, but none of these. One that names none, say because
 * AWS writes it otherwise, is not foreign.
 */
export function isForeign(body: string, serviceIds: ReadonlySet<string>): boolean {
  const named = body.slice(0, lookedAtMax).match(/vpce-svc-[0-9a-f]{8,17}/g) ?? [];
  return named.length > 0 && !named.some((id) => serviceIds.has(id));
}

/** A look takes ten seconds, and comes a minute after one that AWS refused. */
const unattendedMs = 120_000;
/** How much later than the poll, or earlier, the message about a connection may be. */
const apartMs = 120_000;

export function notificationQueue(facts: QueueFacts, now: Date): NotificationQueue {
  const { queueArn, report } = facts;
  const state = stateOf(facts, now);
  const problem = report?.problem ?? (report && unattended(report, now));
  return {
    queueArn,
    region: parseQueueArn(queueArn)?.region ?? '',
    state,
    problem: problem?.message ?? (state === 'silent' ? silence(facts) : null),
    action: actionOf(problem, state),
    failingSince: state === 'failing' ? failingSince(report!) : null,
    polledAt: report?.polledAt ?? null,
    lastMessageAt: report?.lastMessageAt ?? null,
    messages: report?.messages ?? 0,
    foreignMessages: report?.foreignMessages ?? 0,
  };
}

function stateOf({ report, newestConnectionAt }: QueueFacts, now: Date): QueueState {
  if (!report) return 'new';
  if (report.problem || unattended(report, now)) return 'failing';
  if (!report.listeningSince) return 'new';
  if (!newestConnectionAt || newestConnectionAt <= report.listeningSince) return 'listening';
  const due = now.getTime() - newestConnectionAt.getTime() > apartMs;
  const heard = report.lastMessageAt?.getTime() ?? 0;
  return due && heard < newestConnectionAt.getTime() - apartMs ? 'silent' : 'listening';
}

/** Whether it has failed for longer than it takes to try again. */
export function failsForLong({ failingSince: since }: NotificationQueue, now: Date): boolean {
  return since !== null && now.getTime() - since.getTime() >= unattendedMs;
}

/** One that nobody could ask has failed since it was last asked. */
function failingSince({ problemSince, polledAt, problem }: QueueReport): Date {
  return problem ? (problemSince ?? polledAt) : polledAt;
}

/** What time mends, such as a network that is away, is no report: the last good one gets old. */
function unattended({ polledAt }: QueueReport, now: Date): QueueProblem | null {
  if (now.getTime() - polledAt.getTime() <= unattendedMs) return null;
  const message = `Nothing could be received since ${polledAt.toISOString()}.`;
  return { kind: 'unattended', message };
}

function silence({ newestConnectionAt }: QueueFacts): string {
  const since = newestConnectionAt!.toISOString();
  return `A connection was first seen at ${since}, and no message came.`;
}

const actions: Record<QueueProblem['kind'], string> = {
  missing: 'Create the queue, or change notification_queue_arns.',
  denied: 'Let the role of this provider account call sqs:ReceiveMessage on the queue.',
  undeletable: 'Let the role of this provider account call sqs:DeleteMessage on the queue.',
  stands_still:
    'See `sallyport deployment get`: this database may be a copy, and takes no messages.',
  unattended: 'See `sallyport targets list --kind hints` for the error, or start a worker.',
  other: 'Look at the queue in AWS.',
};

function actionOf(problem: QueueProblem | null, state: QueueState): string | null {
  if (problem) return actions[problem.kind];
  if (state !== 'silent') return null;
  return (
    'Check that each service has a connection notification with the event Connect, that the ' +
    'policy of its topic lets vpce.amazonaws.com publish, and that the policy of the queue lets ' +
    'the topic send.'
  );
}

function mistakeOf(
  arn: string,
  place: QueuePlace | null,
  {
    accountId,
    regions,
    taken,
  }: { accountId: string; regions: readonly string[]; taken: ReadonlySet<string> },
): string | null {
  if (!place) return `"${arn}" is not the ARN of a standard queue.`;
  if (place.accountId !== accountId) return `The queue ${arn} is not in account ${accountId}.`;
  if (!regions.includes(place.region)) {
    return `${place.region} is not one of the Regions of the account: ${regions.join(', ')}.`;
  }
  return taken.has(place.region) ? `There is another queue in ${place.region}.` : null;
}
