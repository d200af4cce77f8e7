import { describe, expect, it } from 'vitest';
import { inviteState, type Invite } from '../../src/domain/invite.ts';

const now = new Date('2026-03-01T12:00:00Z');
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);
const invite: Invite = {
  id: 'inv_1',
  customerId: 'cus_1',
  createdAt: before,
  expiresAt: after,
  redeemedAt: null,
  revokedAt: null,
};

describe('inviteState', () => {
  it.each([
    ['nothing has happened', {}, 'open'],
    ['its time is just up', { expiresAt: now }, 'expired'],
    ['its time is over', { expiresAt: before }, 'expired'],
    ['it was redeemed', { redeemedAt: before }, 'redeemed'],
    [
      'it was redeemed before its time was over',
      { redeemedAt: before, expiresAt: now },
      'redeemed',
    ],
    ['it was revoked', { revokedAt: before }, 'revoked'],
    ['it was revoked and its time is over', { revokedAt: before, expiresAt: before }, 'revoked'],
  ])('when %s, it says so', (_, facts, state) => {
    expect(inviteState({ ...invite, ...facts }, now)).toBe(state);
  });
});
