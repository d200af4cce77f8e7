// The operations of the Security Token Service that are simulated. The others, among them
// GetSessionToken, GetFederationToken and DecodeAuthorizationMessage, are refused by name before.

import type { Operations } from '../call.ts';
import { getAccessKeyInfo } from './access-key-info.ts';
import { assumeRole } from './assume-role.ts';
import { getCallerIdentity } from './caller-identity.ts';
import { getWebIdentityToken } from './web-identity-token.ts';

export const stsOperations: Operations = {
  AssumeRole: assumeRole,
  GetAccessKeyInfo: getAccessKeyInfo,
  GetCallerIdentity: getCallerIdentity,
  GetWebIdentityToken: getWebIdentityToken,
};
