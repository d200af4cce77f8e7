// The issuer of web identity tokens that an account was first seen with: no other one proves it.

import type { Account } from '../domain/account.ts';
import * as tokens from '../storage/tokens.ts';
import * as accounts from './accounts.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';

/**
 * The audited way out when AWS has given an account another issuer: the next token that proves it
 * says which one. It holds for the number, whoever claims it, and takes no standing away.
 */
export async function forget(context: Context, key: string, reason: string): Promise<Account> {
  const account = await accounts.getOnly(context, key);
  const before = await tokens.unpin(context.db, account);
  if (before === null) return account;
  await audit(context, {
    action: 'forgetTokenIssuer',
    subjectId: account.id,
    customerId: account.customerId,
    reason,
    before: { ...before },
    after: { issuer: null },
  });
  return account;
}
