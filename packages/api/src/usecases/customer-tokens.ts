// Tokens of minutes for one customer: the vendor's backend asks for one with its own key and hands
// it to a session of its portal, which then is that customer and nobody else.

import { formatCustomerToken, hashSecret } from '../domain/api-key.ts';
import { tokenLifetime, tokenStates, type CustomerToken } from '../domain/customer-token.ts';
import { refuse } from '../domain/errors.ts';
import { kindOfId } from '../domain/ids.ts';
import type { Scope } from '../domain/scope.ts';
import * as storage from '../storage/customer-tokens.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import * as customers from './customers.ts';
import { servicesNamed } from './filters.ts';

export interface TokenRequest {
  subject?: string;
  scopes?: Scope[];
  /** By id or by AWS's names. */
  endpointServiceIds?: string[];
  lifetimeSeconds?: number;
}

export type NewToken = CustomerToken & { token: string };

/** @throws Refusal `customer_not_active` */
export async function create(
  context: Context,
  customerKey: string,
  input: TokenRequest,
): Promise<NewToken> {
  const customer = await customers.get(context, customerKey);
  if (!tokenStates.includes(customer.state)) {
    throw refuse('customer_not_active', `Customer ${customer.id} is ${customer.state}.`, {
      command: `sallyport customers get ${customer.id}`,
    });
  }
  const secret = formatCustomerToken(context.random(32));
  const token: CustomerToken = {
    id: context.makeId('customerToken'),
    customerId: customer.id,
    subject: input.subject ?? null,
    scopes: [...new Set(input.scopes)],
    endpointServiceIds: await servicesNamed(context, input.endpointServiceIds ?? []),
    madeBy: context.caller.id,
    createdAt: context.now,
    expiresAt: endOf(context, input.lifetimeSeconds ?? tokenLifetime.usual),
  };
  await storage.insert(context.db, { ...token, hash: hashSecret(secret) });
  await audit(context, {
    action: 'createCustomerToken',
    subjectId: token.id,
    customerId: customer.id,
    after: token,
  });
  return { ...token, token: secret };
}

/** It ends with the key that makes it, and is told to. */
function endOf({ caller, now }: Context, seconds: number): Date {
  const end = now.getTime() + seconds * 1000;
  const isKey = kindOfId(caller.id) === 'apiKey';
  return new Date(isKey && caller.expiresAt ? Math.min(end, caller.expiresAt.getTime()) : end);
}
