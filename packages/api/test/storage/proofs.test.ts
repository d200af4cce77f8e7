import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import type { ProofForm } from '../../src/domain/proof-form.ts';
import { challengeProblem, type Challenge } from '../../src/domain/proof.ts';
import * as proofs from '../../src/storage/proofs.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
const { clock, makeId } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
let account: Account;
beforeAll(async () => {
  db = await temporaryDatabase({ poolSize: 20 });
  scene = createScene(db, ambience);
  account = await scene.account(await scene.customer(), 'claimed');
});
afterAll(() => db.close());

async function challenge(): Promise<Challenge> {
  const id = makeId('challenge');
  const made: Challenge = {
    id,
    accountId: account.id,
    challenge: `challenge of ${id}`,
    audience: 'https://sallyport.test',
    expiresAt: new Date(clock.now().getTime() + 300_000),
    spentAt: null,
  };
  await proofs.insertChallenge(db, made);
  return made;
}

/** As a proof spends it: held, looked at, and spent in one transaction. */
const spend = ({ id }: Challenge, accountId = account.id) =>
  db.transaction(async (tx) => {
    const held = await proofs.holdChallenge(tx, id);
    if (challengeProblem(held, accountId, clock.now()) !== null) return false;
    await proofs.spendChallenge(tx, id, clock.now());
    return true;
  });

describe('spendChallenge', () => {
  it('when twenty spend one challenge at once, one of them does', async () => {
    const made = await challenge();
    const spent = await Promise.all(Array.from({ length: 20 }, () => spend(made)));
    expect(spent.filter(Boolean)).toHaveLength(1);
    expect((await proofs.findChallenge(db, made.id))?.spentAt).toEqual(clock.now());
  });

  it('when it is of another account, it stays unspent', async () => {
    const made = await challenge();
    const other = await scene.account(await scene.customer(), 'claimed');
    expect(await spend(made, other.id)).toBe(false);
    expect(await spend(made)).toBe(true);
  });

  it('when its time is up, it cannot be spent', async () => {
    const made = await challenge();
    clock.advance(300_000);
    expect(await spend(made)).toBe(false);
  });

  it('when it does not exist, it cannot be spent', async () => {
    expect(await spend({ ...(await challenge()), id: 'chl_none' })).toBe(false);
  });
});

describe('a proof', () => {
  it('when it is judged, the signature is forgotten', async () => {
    const { id: challengeId } = await challenge();
    const fields: ProofForm = {
      method: 'signature',
      region: 'us-east-1',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      amzDate: '20260301T120000Z',
      sessionToken: 'dG9rZW4=',
      signature: 'a'.repeat(64),
    };
    const proof = {
      id: makeId('proof'),
      accountId: account.id,
      challengeId,
      operationId: makeId('operation'),
      fields,
      submittedAt: clock.now(),
      judgedAt: null,
    };
    await proofs.insertProof(db, proof);
    expect(await proofs.findProof(db, proof.id)).toEqual(proof);
    await proofs.markJudged(db, proof.id, clock.now());
    const judged = { ...proof, fields: null, judgedAt: clock.now() };
    expect(await proofs.findProof(db, proof.id)).toEqual(judged);
  });
});
