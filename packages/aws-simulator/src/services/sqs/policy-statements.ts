// AddPermission and RemovePermission, which write statements into the policy of a queue.

import type { AddPermissionRequest, RemovePermissionRequest } from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import type { Call, Given } from '../call.ts';
import { withGrant, withoutGrant } from '../resource-policies.ts';
import { invalidValue } from './errors.ts';
import { namedQueue } from './queue-urls.ts';

/** What can be granted (SQS API reference, AddPermission), and `*` for all of it. */
const GRANTABLE = [
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
];

const MOST_ACTIONS = 7;

type AddInput = Given<AddPermissionRequest, 'QueueUrl' | 'Label' | 'AWSAccountIds' | 'Actions'>;

export function addPermission(call: Call<AddInput>): object {
  const { Label: label, AWSAccountIds: accounts, Actions: actions } = call.input;
  const queue = namedQueue(call);
  checkLabel(label);
  for (const action of actions) {
    if (action === '*' || GRANTABLE.includes(action)) continue;
    throw invalidValue('ActionName', action, `Must be *, or one of ${GRANTABLE.join(', ')}.`);
  }
  if (actions.length > MOST_ACTIONS) {
    const message = `${actions.length} Actions were found, maximum allowed is ${MOST_ACTIONS}.`;
    throw new AwsError('OverLimit', message, 403);
  }
  const unknown = accounts.find((account) => !call.world.accounts.has(account));
  if (unknown !== undefined) {
    throw invalidValue('PrincipalId', unknown, 'Unable to verify.');
  }
  const grant = {
    label,
    accounts,
    actions: actions.map((action) => `SQS:${action}`),
    resource: queue.id,
  };
  const id = `${queue.id}/SQSDefaultPolicy`;
  const policy = withGrant(queue.attributes.get('Policy'), grant, id);
  if (policy === undefined) throw invalidValue('Label', label, 'Already exists.');
  queue.attributes.set('Policy', policy);
  return {};
}

export function removePermission(
  call: Call<Given<RemovePermissionRequest, 'QueueUrl' | 'Label'>>,
): object {
  const { Label: label } = call.input;
  const queue = namedQueue(call);
  checkLabel(label);
  const policy = withoutGrant(queue.attributes.get('Policy'), label);
  if (policy === undefined) {
    throw invalidValue('Label', label, "can't find label on existing policy.");
  }
  if (policy === '') queue.attributes.delete('Policy');
  else queue.attributes.set('Policy', policy);
  return {};
}

function checkLabel(label: string): void {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(label)) return;
  throw invalidValue('Label', label, 'Can only include alphanumeric characters, hyphens, or _.');
}
