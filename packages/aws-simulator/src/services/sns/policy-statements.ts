// AddPermission and RemovePermission, which write statements into the policy of a topic.

import type { AddPermissionInput, RemovePermissionInput } from '@aws-sdk/client-sns';
import type { Call, Given } from '../call.ts';
import { withGrant, withoutGrant } from '../resource-policies.ts';
import { invalidParameter } from './errors.ts';
import { topicNamed } from './found.ts';

/** What can be granted (SNS developer guide, access policy language). */
const GRANTABLE = [
  'AddPermission',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PutDataProtectionPolicy',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
];

type AddInput = Given<AddPermissionInput, 'TopicArn' | 'Label' | 'AWSAccountId' | 'ActionName'>;

export function addPermission(call: Call<AddInput>): object {
  const { Label: label, AWSAccountId: accounts, ActionName: actions } = call.input;
  const topic = topicNamed(call, call.input.TopicArn);
  if (actions.length === 0 || !actions.every((action) => GRANTABLE.includes(action))) {
    const text = 'Policy statement action out of service scope!';
    throw invalidParameter('ActionName', text);
  }
  if (accounts.length === 0 || !accounts.every((account) => call.world.accounts.has(account))) {
    throw invalidParameter('AWSAccountId', 'must be accounts that exist');
  }
  const granted = actions.map((action) => `SNS:${action}`);
  const grant = { label, accounts, actions: granted, resource: topic.id };
  const policy = withGrant(topic.attributes.get('Policy'), grant, '__default_policy_ID');
  if (policy === undefined) throw invalidParameter('Label', 'Statement already exists');
  topic.attributes.set('Policy', policy);
  return {};
}

/** Removing a statement that is not there succeeds (from memory). */
export function removePermission(
  call: Call<Given<RemovePermissionInput, 'TopicArn' | 'Label'>>,
): object {
  const topic = topicNamed(call, call.input.TopicArn);
  const policy = withoutGrant(topic.attributes.get('Policy'), call.input.Label);
  if (policy !== undefined) topic.attributes.set('Policy', policy);
  return {};
}
