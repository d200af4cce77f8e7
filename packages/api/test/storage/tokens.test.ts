import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as tokens from '../../src/storage/tokens.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());

const at = new Date('2026-03-01T12:00:00Z');
const issuer = (name: string) => `https://${name}.tokens.sts.global.api.aws`;
const account = (accountId: string) => ({ partition: 'aws', accountId }) as const;

describe('a token', () => {
  it('when it is handed in twenty times at once, one of them is the first', async () => {
    const token = { issuer: issuer('a'), tokenId: 'the-one-token', expiresAt: 1_772_366_400 };
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens.spend(db, token)));
    expect(all.filter((wasSpent) => !wasSpent)).toHaveLength(1);
  });

  it('when another issuer has one of the same id, it is another token', async () => {
    const token = { issuer: issuer('b'), tokenId: 'an-id-of-both', expiresAt: 1_772_366_400 };
    expect(await tokens.spend(db, token)).toBe(false);
    expect(await tokens.spend(db, { ...token, issuer: issuer('c') })).toBe(false);
  });
});

describe('the issuer of an account', () => {
  it('when nobody was seen yet, nobody is known', async () => {
    const pins = await tokens.pins(db, account('100000000001'), issuer('new'));
    expect(pins).toEqual({ issuer: issuer('new'), issuerOfAccount: null, accountOfIssuer: null });
  });

  it('when it was seen, either tells of the other', async () => {
    await tokens.pin(db, account('100000000002'), issuer('two'), at);
    expect(await tokens.pins(db, account('100000000002'), issuer('other'))).toMatchObject({
      issuerOfAccount: issuer('two'),
      accountOfIssuer: null,
    });
    expect(await tokens.pins(db, account('100000000003'), issuer('two'))).toMatchObject({
      issuerOfAccount: null,
      accountOfIssuer: '100000000002',
    });
  });

  it('when a second one is to be kept, of either, the database refuses', async () => {
    await tokens.pin(db, account('100000000004'), issuer('four'), at);
    await expect(tokens.pin(db, account('100000000004'), issuer('five'), at)).rejects.toThrow();
    await expect(tokens.pin(db, account('100000000005'), issuer('four'), at)).rejects.toThrow();
  });
});
