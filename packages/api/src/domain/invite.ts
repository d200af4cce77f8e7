// A one-time invitation of a customer, redeemed for an API key that no operator ever sees.

export interface Invite {
  id: string;
  customerId: string;
  createdAt: Date;
  expiresAt: Date;
  redeemedAt: Date | null;
  revokedAt: Date | null;
}

export const inviteLifetimeMs = 7 * 24 * 3_600_000;

export function inviteState(
  invite: Invite,
  now: Date,
): 'open' | 'redeemed' | 'revoked' | 'expired' {
  if (invite.redeemedAt) return 'redeemed';
  if (invite.revokedAt) return 'revoked';
  return invite.expiresAt <= now ? 'expired' : 'open';
}
