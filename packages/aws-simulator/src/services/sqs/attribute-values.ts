// The attributes of a queue that can be set, and what they may be (SQS API reference,
// SetQueueAttributes).

import type { Queue } from '../../world/messaging/queue.ts';
import { type NumericAttribute, numericAttributes } from '../../world/messaging/queue-settings.ts';
import type { World } from '../../world/world.ts';
import { policyProblem } from '../resource-policies.ts';
import { invalidAttributeValue, invalidValue, notSimulated, unknownAttribute } from './errors.ts';

export type AttributeInput = Readonly<Partial<Record<string, string>>>;

/** The queue that the attributes are for; at its creation it is not there yet. */
export type Owner = Pick<Queue, 'id' | 'account' | 'region'>;

/**
 * Checks every attribute before any is set. An empty Policy, RedrivePolicy or RedriveAllowPolicy
 * removes it.
 * @throws AwsError InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue.
 */
export function checkAttributes(world: World, owner: Owner, given: AttributeInput): void {
  for (const [name, value = ''] of Object.entries(given)) checkAttribute(world, owner, name, value);
}

/** @param attributes are changed to what is given. */
export function setAttributes(attributes: Map<string, string>, given: AttributeInput): void {
  for (const [name, value = ''] of Object.entries(given)) {
    if (value === '') attributes.delete(name);
    else attributes.set(name, value);
  }
}

function checkAttribute(world: World, owner: Owner, name: string, value: string): void {
  if (Object.hasOwn(numericAttributes, name)) {
    checkNumber(name as NumericAttribute, value);
  } else if (name === 'Policy') {
    const problem = value === '' ? undefined : policyProblem(value);
    if (problem !== undefined) throw invalidAttributeValue('Policy', problem);
  } else if (name === 'RedrivePolicy') {
    if (value !== '') checkRedrive(world, owner, value);
  } else if (name === 'RedriveAllowPolicy') {
    if (value !== '') checkRedriveAllow(value);
  } else if (name === 'SqsManagedSseEnabled') {
    if (value !== 'true' && value !== 'false') throw invalidAttributeValue(name);
  } else if (name.startsWith('Kms') || name === 'FifoQueue') {
    throw notSimulated(`the queue attribute ${name}`);
  } else {
    // ContentBasedDeduplication and its like are unknown to AWS too while a queue is not FIFO.
    throw unknownAttribute(name);
  }
}

function checkNumber(name: NumericAttribute, value: string): void {
  const [, smallest, largest] = numericAttributes[name];
  const sound = /^\d+$/.test(value) && Number(value) >= smallest && Number(value) <= largest;
  if (!sound) throw invalidAttributeValue(name);
}

function checkRedrive(world: World, { id, account, region }: Owner, value: string): void {
  const refuse = (reason: string) => invalidValue('RedrivePolicy', value, reason);
  const policy = objectOf(value);
  if (!policy) throw refuse('Redrive policy is not a valid JSON map.');
  const { deadLetterTargetArn: target, maxReceiveCount: most = 10, ...others } = policy;
  const stranger = Object.keys(others)[0];
  if (stranger !== undefined) throw refuse(`Redrive policy does not have ${stranger}.`);
  if (typeof target !== 'string') throw refuse('Redrive policy needs deadLetterTargetArn.');
  if (!Number.isInteger(Number(most)) || Number(most) < 1 || Number(most) > 1000) {
    throw refuse('Invalid value for maxReceiveCount: it must be from 1 to 1000.');
  }
  const deadLetters = world.queues.get(target);
  if (!deadLetters) throw refuse('Dead letter target does not exist.');
  if (deadLetters.account !== account || deadLetters.region !== region) {
    throw refuse('Dead-letter queue must be in the same account and Region.');
  }
  if (!admits(deadLetters, id)) {
    throw refuse('The dead-letter queue does not allow this source queue.');
  }
}

function admits(deadLetters: Queue, source: string): boolean {
  const text = deadLetters.attributes.get('RedriveAllowPolicy');
  const { redrivePermission: allowed = 'allowAll', sourceQueueArns: arns = [] } =
    (text === undefined ? undefined : objectOf(text)) ?? {};
  if (allowed === 'byQueue') return (arns as string[]).includes(source);
  return allowed === 'allowAll';
}

function checkRedriveAllow(value: string): void {
  const policy = objectOf(value);
  const { redrivePermission: allowed, sourceQueueArns: arns } = policy ?? {};
  const listed = Array.isArray(arns) && arns.length >= 1 && arns.length <= 10;
  const sound =
    allowed === 'byQueue'
      ? listed && arns.every((arn) => typeof arn === 'string')
      : (allowed === 'allowAll' || allowed === 'denyAll') && arns === undefined;
  if (!sound) throw invalidAttributeValue('RedriveAllowPolicy');
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
