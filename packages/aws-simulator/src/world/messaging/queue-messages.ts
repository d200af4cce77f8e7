// The life of messages in a queue: put in, received, hidden, shown again, moved to the dead-letter
// queue, forgotten. Who may do what is decided by the operations.

import type { Message, MessageContent, Queue } from './queue.ts';
import { numberSet, redrivePolicyOf } from './queue-settings.ts';
import type { World } from '../world.ts';

const SECOND = 1000;

/** Puts a message into a queue, where it is ready after the delay. */
export function enqueue(
  world: World,
  queue: Queue,
  content: MessageContent,
  delaySeconds = numberSet(queue, 'DelaySeconds'),
): Message {
  const message: Message = {
    ...content,
    id: world.ids.uuid(),
    order: world.nextOrder(),
    sentAt: world.schedule.now(),
    state: 'delayed',
    receiveCount: 0,
    firstReceivedAt: undefined,
    receipt: undefined,
    visibilities: 0,
  };
  put(queue, message);
  queue.delayed += 1;
  showAfter(world, queue, message, delaySeconds);
  return message;
}

/** Receives up to `most` messages: they are in flight until the visibility timeout is over. */
export function receive(
  world: World,
  queue: Queue,
  most: number,
  visibilitySeconds: number,
): Message[] {
  forgetOld(world, queue);
  const now = world.schedule.now();
  const redrive = redrivePolicyOf(queue);
  const received: Message[] = [];
  for (const message of queue.ready) {
    if (received.length === most) break;
    if (redrive && message.receiveCount >= redrive.maxReceiveCount) {
      if (moveToDeadLetters(world, queue, message, redrive.deadLetterTargetArn)) continue;
    }
    leaveState(queue, message);
    message.state = 'inFlight';
    queue.inFlight += 1;
    message.receiveCount += 1;
    message.firstReceivedAt ??= now;
    message.receipt = receiptHandle(world, queue, message);
    received.push(message);
  }
  // Afterwards, because with a timeout of 0 they are ready again at once.
  for (const message of received) showAfter(world, queue, message, visibilitySeconds);
  return received;
}

/** Hides a message that is in flight for this long from now; 0 shows it at once. */
export function hideFor(world: World, queue: Queue, message: Message, seconds: number): void {
  showAfter(world, queue, message, seconds);
}

export function removeMessage(queue: Queue, message: Message): void {
  if (!queue.messages.delete(message.id)) return;
  leaveState(queue, message);
  queue.byAge.remove(message);
  message.visibilities += 1;
}

/** Removes what is older than the queue's retention period. */
export function forgetOld(world: World, queue: Queue): void {
  const kept = numberSet(queue, 'MessageRetentionPeriod') * SECOND;
  const oldest = world.schedule.now() - kept;
  for (const message of queue.byAge) {
    if (message.sentAt > oldest) return;
    removeMessage(queue, message);
  }
}

/**
 * The message that a receipt handle was given for.
 * @returns `malformed` for what is no handle of this queue, undefined when the message is gone or
 * was received again since.
 */
export function messageOf(queue: Queue, handle: string): Message | 'malformed' | undefined {
  if (!/^[A-Za-z0-9+/]+=*$/.test(handle)) return 'malformed';
  const [arn, id] = Buffer.from(handle, 'base64').toString('utf8').split(' ');
  if (arn !== queue.id || id === undefined) return 'malformed';
  const message = queue.messages.get(id);
  return message?.receipt === handle ? message : undefined;
}

function put(queue: Queue, message: Message): void {
  queue.messages.set(message.id, message);
  queue.byAge.add(message);
}

function leaveState(queue: Queue, message: Message): void {
  if (message.state === 'ready') queue.ready.remove(message);
  else if (message.state === 'delayed') queue.delayed -= 1;
  else queue.inFlight -= 1;
}

function showAfter(world: World, queue: Queue, message: Message, seconds: number): void {
  message.visibilities += 1;
  const planned = message.visibilities;
  const show = () => {
    if (message.visibilities !== planned || message.state === 'ready') return;
    leaveState(queue, message);
    message.state = 'ready';
    queue.ready.add(message);
    world.waits.wake(queue.id, world.schedule.now());
  };
  if (seconds <= 0) show();
  else world.schedule.at(world.schedule.now() + seconds * SECOND, show);
}

/** It keeps its id and its age (SQS developer guide, dead-letter queues and retention). */
function moveToDeadLetters(world: World, queue: Queue, message: Message, target: string): boolean {
  const deadLetters = world.queues.get(target);
  if (!deadLetters) return false;
  removeMessage(queue, message);
  const moved: Message = { ...message, state: 'delayed', deadLetterSource: queue.id };
  put(deadLetters, moved);
  deadLetters.delayed += 1;
  showAfter(world, deadLetters, moved, 0);
  return true;
}

function receiptHandle(world: World, queue: Queue, message: Message): string {
  const secret = world.ids.uuid();
  return Buffer.from(`${queue.id} ${message.id} ${secret}`).toString('base64');
}
