// Invites: made by an operator, redeemed by the customer for a key that no operator ever sees.

import { formatInviteToken, hashSecret } from '../domain/api-key.ts';
import { refuse } from '../domain/errors.ts';
import { inviteLifetimeMs, inviteState, type Invite, type InviteState } from '../domain/invite.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import * as storage from '../storage/invites.ts';
import * as apiKeys from './api-keys.ts';
import { audit } from './audit.ts';
import type { Context } from './context.ts';
import * as customers from './customers.ts';
import { existing } from './existing.ts';

type InviteStatus = Omit<Invite, 'redeemedAt' | 'revokedAt'> & { state: InviteState };

export async function create(
  context: Context,
  customerKey: string,
): Promise<InviteStatus & { token: string }> {
  const customer = await customers.getActive(context, customerKey);
  const token = formatInviteToken(context.random(32));
  const invite: Invite = {
    id: context.makeId('invite'),
    customerId: customer.id,
    createdAt: context.now,
    expiresAt: new Date(context.now.getTime() + inviteLifetimeMs),
    redeemedAt: null,
    revokedAt: null,
  };
  await storage.insert(context.db, { ...invite, tokenHash: hashSecret(token) });
  await audit(context, {
    action: 'createInvite',
    subjectId: invite.id,
    customerId: customer.id,
    after: invite,
  });
  return { ...status(context, invite), token };
}

export async function list(
  context: Context,
  customerKey: string,
  page: PageRequest,
): Promise<Page<InviteStatus>> {
  const customer = await customers.get(context, customerKey);
  const invites = await storage.list(context.db, customer.id, page);
  return toPage(
    invites.map((invite) => status(context, invite)),
    page.limit,
  );
}

export async function revoke(context: Context, customerKey: string, id: string): Promise<void> {
  const customer = await customers.get(context, customerKey);
  const invite = existing(await storage.find(context.db, id, customer.id), 'invite', id);
  if (!(await storage.revoke(context.db, id, context.now))) {
    const ended = await storage.find(context.db, id, customer.id);
    if (!ended?.redeemedAt) return;
    throw refuse('invalid_state_transition', 'The invite was redeemed; revoke its API key.');
  }
  await audit(context, {
    action: 'revokeInvite',
    subjectId: id,
    customerId: customer.id,
    before: { state: inviteState(invite, context.now) },
    after: { state: 'revoked' },
  });
}

/** The one change that needs no key: the token is the proof. */
export async function redeem(
  context: Context,
  input: { token: string; keyName?: string },
): Promise<apiKeys.NewKey> {
  const invite = await storage.redeem(context.db, hashSecret(input.token), context.now);
  if (!invite) throw refuse('invite_not_usable', 'This invite cannot be redeemed.');
  return apiKeys.issue(context, {
    action: 'redeemInvite',
    name: input.keyName ?? 'From an invite',
    role: 'customer',
    customerId: invite.customerId,
    expiresAt: null,
  });
}

function status(context: Context, invite: Invite): InviteStatus {
  const { redeemedAt: _redeemed, revokedAt: _revoked, ...rest } = invite;
  return { ...rest, state: inviteState(invite, context.now) };
}
