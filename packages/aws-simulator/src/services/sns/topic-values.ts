// The attributes of a topic that can be set, and what they may be (SNS API reference,
// SetTopicAttributes).

import { policyProblem } from '../resource-policies.ts';
import { invalidParameter, notSimulated } from './errors.ts';

const known = ['DisplayName', 'Policy', 'SignatureVersion'];

/** They need something that is not there: keys, HTTP endpoints, FIFO topics, traces. */
const absent = [
  'ArchivePolicy',
  'ContentBasedDeduplication',
  'DeliveryPolicy',
  'FifoThroughputScope',
  'FifoTopic',
  'KmsMasterKeyId',
  'TracingConfig',
];

/** How deliveries are logged. */
const feedback = /^(Application|Firehose|HTTP|Lambda|SQS)(Success|Failure)Feedback/;

/** @throws AwsError InvalidParameter for what AWS does not have, or a value that it refuses. */
export function checkTopicAttribute(name: string, value: string): void {
  if (absent.includes(name) || feedback.test(name))
    throw notSimulated(`the topic attribute ${name}`);
  if (!known.includes(name)) throw invalidParameter('AttributeName');
  if (name === 'Policy') {
    const problem = policyProblem(value);
    if (problem !== undefined) throw invalidParameter('Policy Error', problem);
  }
  if (name === 'SignatureVersion' && value !== '1' && value !== '2') {
    throw invalidParameter('Attributes', 'SignatureVersion: must be 1 or 2');
  }
  if (name === 'DisplayName' && value.length > 100) {
    throw invalidParameter('DisplayName', 'must be 100 characters or less');
  }
}

/**
 * What every topic begins with: its owner may do all of this, by the key AWS:SourceOwner (seen in
 * the field).
 */
export function defaultPolicy(arn: string, account: string): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
}
