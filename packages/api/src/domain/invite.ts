// A one-time invitation of a customer, redeemed for an API key that no operator ever sees.

/** Only an `open` one can be redeemed. */
export type InviteState = 'open' | 'redeemed' | 'revoked' | 'expired';

export interface Invite {
  id: string;
  customerId: string;
  createdAt: Date;
  expiresAt: Date;
  redeemedAt: Date | null;
  revokedAt: Date | null;
}

export const inviteLifetimeMs = 7 * 24 * 3_600_000;

export function inviteState(invite: Invite, now: Date): InviteState {
  if (invite.redeemedAt) return 'redeemed';
  if (invite.revokedAt) return 'revoked';
  return invite.expiresAt <= now ? 'expired' : 'open';
}
