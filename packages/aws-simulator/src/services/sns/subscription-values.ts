// The attributes of a subscription that can be set, and what they may be (SNS API reference,
// SetSubscriptionAttributes).

import { invalidParameter, notSimulated } from './errors.ts';

const absent = [
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RedrivePolicy',
  'ReplayPolicy',
  'SubscriptionRoleArn',
];

/** @throws AwsError InvalidParameter, or by name for what is not simulated. */
export function checkSubscriptionAttribute(name: string, value: string): void {
  if (absent.includes(name)) throw notSimulated(`the subscription attribute ${name}`);
  if (name !== 'RawMessageDelivery') throw invalidParameter('AttributeName');
  if (!/^(true|false)$/i.test(value)) {
    throw invalidParameter('Attributes', `RawMessageDelivery: Invalid value [${value}].`);
  }
}
