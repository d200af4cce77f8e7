// Proofs of accounts, signed by customers and checked with the simulated STS.

import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/domain/operation.ts';
import * as accountRows from '../../src/storage/accounts.ts';
import * as operations from '../../src/usecases/operations.ts';
import * as proofs from '../../src/usecases/proofs.ts';
import { signProof } from '../aws/simulated-aws.ts';
import { surviveDeaths } from './deaths.ts';
import {
  acme,
  globex,
  rootArn,
  serviceOnStage,
  stagesOfFile,
  type Claim,
  claim,
} from './harness.ts';
import { customerCaller } from './operator.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

interface Signed {
  /** The account that really signs. */
  by: string;
  secret?: string;
}

/** What the customer's tools do: take a challenge, sign it, hand it in. */
async function prove(stage: Stage, { customer, account }: Claim, { by, secret }: Signed) {
  const caller = customerCaller(customer);
  const challenge = await stage.change((it) => proofs.challenge(it, account.id), caller);
  const input = proofFor(stage, challenge, by, secret);
  return stage.change((it) => proofs.submit(it, account.id, input), caller);
}

function proofFor(
  stage: Stage,
  challenge: { id: string; challenge: string; audience: string },
  accessKeyId: string,
  secretAccessKey = 'simulator',
) {
  const credentials = { accessKeyId, secretAccessKey };
  const { sessionToken: _none, ...signed } = signProof(challenge, credentials, stage.clock.now());
  return { challengeId: challenge.id, ...signed };
}

const follow = (stage: Stage, { id }: Operation) =>
  stage.change((context) => operations.get(context, id));
const now = async (stage: Stage, { account }: Claim) =>
  (await accountRows.find(stage.db, account.id, null))!;
const signatures = ({ db }: Stage) =>
  db.query('SELECT id FROM proofs WHERE fields IS NOT NULL OR judged_at IS NULL');
const asked = ({ simulator }: Stage) =>
  simulator.calls().filter(({ action }) => action === 'GetCallerIdentity').length;

describe('a proof that is genuine', () => {
  it('when STS confirms it, the account is proven and the signature forgotten', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const mine = await claim(stage, 'acme', acme);
    await stage.operator.grant(mine.customer, service);
    const operation = await prove(stage, mine, { by: acme });
    expect(await now(stage, mine)).toMatchObject({ standing: 'claimed' });
    expect(await signatures(stage)).toHaveLength(1);
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded', errorCode: null });
    expect(await now(stage, mine)).toMatchObject({ standing: 'proven', provenBy: rootArn(acme) });
    expect(await signatures(stage)).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
    expect(asked(stage)).toBe(1);
  });

  it('when it is judged, no trace of the signature is anywhere in the database', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, 'acme', acme);
    const caller = customerCaller(mine.customer);
    const challenge = await stage.change((it) => proofs.challenge(it, mine.account.id), caller);
    const input = proofFor(stage, challenge, acme);
    await stage.change((it) => proofs.submit(it, mine.account.id, input), caller);
    expect(await dump(stage)).toContain(input.signature);
    await stage.pass(1_000);
    expect(await now(stage, mine)).toMatchObject({ standing: 'proven' });
    expect(await dump(stage)).not.toContain(input.signature);
  });
});

describe('a proof that is not', () => {
  it('when another account signed it, it is refused and nothing is proven', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, 'acme', acme);
    const operation = await prove(stage, mine, { by: globex });
    await stage.pass(1_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'failed',
      errorCode: 'proof_refused',
      message: expect.stringContaining(acme),
    });
    expect(await now(stage, mine)).toMatchObject({ standing: 'claimed', provenBy: null });
    expect(await signatures(stage)).toEqual([]);
  });

  it.each([
    ['with a wrong secret', { by: acme, secret: 'guessed' }, 'SignatureDoesNotMatch'],
    ['by a key that is not there', { by: 'AKIANOBODY0000000000' }, 'InvalidClientTokenId'],
  ])('when it was signed %s, it is refused in the words of STS', async (_, signed, code) => {
    const stage = await stageOfTest();
    const mine = await claim(stage, 'acme', acme);
    const operation = await prove(stage, mine, signed);
    await stage.pass(1_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'failed',
      errorCode: 'proof_refused',
      message: expect.stringContaining(code),
    });
    expect(await now(stage, mine)).toMatchObject({ standing: 'claimed' });
    expect(await signatures(stage)).toEqual([]);
  });

  it('when it answers a challenge that is spent, it is refused before STS is asked', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, 'acme', acme);
    const caller = customerCaller(mine.customer);
    const challenge = await stage.change((it) => proofs.challenge(it, mine.account.id), caller);
    const input = proofFor(stage, challenge, acme, 'guessed');
    await stage.change((it) => proofs.submit(it, mine.account.id, input), caller);
    await stage.pass(1_000);
    const again = proofFor(stage, challenge, acme);
    await expect(
      stage.change((it) => proofs.submit(it, mine.account.id, again), caller),
    ).rejects.toMatchObject({ code: 'challenge_not_usable' });
    await stage.pass(1_000);
    expect(asked(stage)).toBe(1);
    expect(await now(stage, mine)).toMatchObject({ standing: 'claimed' });
  });

  it('when it answers the challenge of another customer, it is refused', async () => {
    const stage = await stageOfTest();
    const [mine, theirs] = [await claim(stage, 'acme', acme), await claim(stage, 'globex', acme)];
    const caller = customerCaller(theirs.customer);
    const challenge = await stage.change(
      (it) => proofs.challenge(it, mine.account.id),
      customerCaller(mine.customer),
    );
    const input = proofFor(stage, challenge, acme);
    await expect(
      stage.change((it) => proofs.submit(it, theirs.account.id, input), caller),
    ).rejects.toMatchObject({ code: 'challenge_not_usable' });
  });

  it('when another customer owns the account, it is disputed, and never taken over', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const owner = await claim(stage, 'acme', acme);
    await stage.operator.grant(owner.customer, service);
    await prove(stage, owner, { by: acme });
    await stage.pass(3_000);
    const later = await claim(stage, 'newcomer', acme);
    const operation = await prove(stage, later, { by: acme });
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'failed',
      errorCode: 'account_disputed',
    });
    expect(await now(stage, later)).toMatchObject({ standing: 'disputed' });
    expect(await now(stage, owner)).toMatchObject({ standing: 'proven' });
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  });

  it('when two customers prove one account at once, one gets it', async () => {
    const stage = await stageOfTest();
    const claims = [await claim(stage, 'acme', acme), await claim(stage, 'newcomer', acme)];
    for (const each of claims) await prove(stage, each, { by: acme });
    await stage.pass(3_000);
    const standings = await Promise.all(claims.map((each) => now(stage, each)));
    expect(standings.map(({ standing }) => standing).sort()).toEqual(['disputed', 'proven']);
    expect(stage.errors).toEqual([]);
  });
});

describe('an STS that cannot be asked', () => {
  function silence(stage: Stage, onTry: () => unknown = () => undefined): void {
    stage.hooks.after = ({ name }, result) => {
      if (name !== 'confirm') return;
      onTry();
      Object.assign(result as object, { kind: 'unavailable', message: 'STS is silent.' });
    };
  }

  it('when it answers in time after all, the account is proven', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, 'acme', acme);
    silence(stage);
    const operation = await prove(stage, mine, { by: acme });
    await stage.pass(10_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'running',
      message: expect.stringContaining('STS is silent'),
    });
    stage.hooks.after = () => undefined;
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when it stays silent, it is asked ever less often', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, 'acme', acme);
    let tries = 0;
    silence(stage, () => (tries += 1));
    await prove(stage, mine, { by: acme });
    await stage.pass(310_000);
    expect(tries).toBeGreaterThan(10);
    expect(tries).toBeLessThan(30);
  });

  it('when it stays silent, the proof is given up and the signature forgotten', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, 'acme', acme);
    silence(stage);
    const operation = await prove(stage, mine, { by: acme });
    await stage.pass(5_000);
    stage.clock.advance(295_000);
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'failed',
      errorCode: 'proof_refused',
      message: expect.stringContaining('sign again'),
    });
    expect(await now(stage, mine)).toMatchObject({ standing: 'claimed' });
    expect(await signatures(stage)).toEqual([]);
    expect(await stage.db.query(`SELECT key FROM targets WHERE kind = 'proof'`)).toEqual([]);
  });
});

describe('a worker that dies', () => {
  it('when it dies at any moment of a verdict, there is one verdict', async () => {
    const stage = await stageOfTest();
    let mine: Claim;
    let operation: Operation;
    let count = 0;
    const tried = await surviveDeaths(stage, {
      kind: 'proof',
      worksMs: 0,
      arrange: async () => {
        const accountId = String(900_000_000_000 + ++count);
        stage.simulator.addAccount({ id: accountId });
        mine = await claim(stage, `customer-${count}`, accountId);
        operation = await prove(stage, mine, { by: accountId });
      },
      check: async () => {
        expect(await now(stage, mine)).toMatchObject({ standing: 'proven' });
        expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
        expect(await signatures(stage)).toEqual([]);
        const verdicts = await stage.db.query(
          `SELECT id FROM audit_entries WHERE action = 'judgeProof' AND subject_id = $1`,
          [mine.account.id],
        );
        expect(verdicts).toHaveLength(1);
      },
    });
    expect(tried).toBeGreaterThan(5);
  });
});

/** Every row of every table, as text. */
async function dump({ db }: Stage): Promise<string> {
  const tables = await db.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const texts = tables.map(({ name }) =>
    db.query<{ text: string }>(`SELECT row_to_json(t)::text AS text FROM ${name} t`),
  );
  return (await Promise.all(texts)).flatMap((rows) => rows.map(({ text }) => text)).join('\n');
}
