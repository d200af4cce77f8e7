// GetAccessKeyInfo: which account an access key id belongs to. AWS reads that from the id itself;
// here ids are looked up, and only those of this world have an account.

import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse } from '@aws-sdk/client-sts';
import type { Call, Given } from '../call.ts';
import { checkText, validationError } from './errors.ts';

/** @throws AwsError ValidationError for what is no key of this world. */
export function getAccessKeyInfo({
  world,
  input,
}: Call<Given<GetAccessKeyInfoRequest, 'AccessKeyId'>>): GetAccessKeyInfoResponse {
  const { AccessKeyId: id } = input;
  // The ids of roots have 12 digits in this world, and 20 characters at AWS.
  if (!/^\d{12}$/.test(id)) checkText('accessKeyId', id, { min: 16, max: 128, pattern: /^\w*$/ });
  const key = world.accessKeys.find(id);
  if (!key) throw validationError(`The access key id '${id}' is not one of this world.`);
  return { Account: key.caller.account };
}
