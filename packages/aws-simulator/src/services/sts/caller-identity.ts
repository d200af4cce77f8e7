// GetCallerIdentity. It needs no permission and cannot be denied (STS API reference).

import type { GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import type { Call } from '../call.ts';

export function getCallerIdentity({ caller }: Call<object>): GetCallerIdentityResponse {
  return { UserId: caller.userId, Account: caller.account, Arn: caller.arn };
}
