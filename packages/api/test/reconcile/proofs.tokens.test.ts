// Proofs by web identity tokens, which the simulated STS issues and whose keys it publishes.

import { STS } from '@aws-sdk/client-sts';
import { expect, it, onTestFinished } from 'vitest';
import * as accountRows from '../../src/storage/accounts.ts';
import * as customers from '../../src/usecases/customers.ts';
import * as operations from '../../src/usecases/operations.ts';
import * as proofs from '../../src/usecases/proofs.ts';
import * as tokenIssuers from '../../src/usecases/token-issuers.ts';
import { acme, globex, rootArn, stagesOfFile, type Claim, claim } from './harness.ts';
import { customerCaller } from './operator.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const open = (stage: Stage, { customer, account }: Claim) =>
  stage.change((it) => proofs.challenge(it, account.id), customerCaller(customer));

/** What `aws sts get-web-identity-token` does. */
async function tokenOf(
  stage: Stage,
  by: string,
  challenge: proofs.OpenChallenge,
  algorithm = 'RS256',
): Promise<string> {
  const credentials = { accessKeyId: by, secretAccessKey: 'simulator' };
  const { endpoint } = stage.simulator;
  const sts = new STS({ region: 'us-east-1', endpoint, credentials });
  onTestFinished(() => sts.destroy());
  const { WebIdentityToken = '' } = await sts.getWebIdentityToken({
    Audience: [challenge.audience],
    SigningAlgorithm: algorithm,
    DurationSeconds: 300,
    Tags: [{ Key: challenge.requestTagKey, Value: challenge.challenge }],
  });
  return WebIdentityToken;
}

const submit = (stage: Stage, { customer, account }: Claim, id: string, token: string) =>
  stage.change(
    (it) =>
      proofs.submit(it, account.id, {
        challengeId: id,
        method: 'web_identity_token',
        webIdentityToken: token,
      }),
    customerCaller(customer),
  );

const follow = (stage: Stage, { id }: { id: string }) =>
  stage.change((context) => operations.get(context, id));
const now = async (stage: Stage, { account }: Claim) =>
  (await accountRows.find(stage.db, account.id, null))!;

it.each(['RS256', 'ES384'])(
  'when a token by %s answers the challenge, the account is proven and the token forgotten',
  async (algorithm) => {
    const stage = await stageOfTest();
    const mine = await claim(stage, 'acme', acme);
    const challenge = await open(stage, mine);
    const token = await tokenOf(stage, acme, challenge, algorithm);
    const operation = await submit(stage, mine, challenge.id, token);
    await stage.pass(1_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded', errorCode: null });
    expect(await now(stage, mine)).toMatchObject({
      standing: 'proven',
      provenBy: rootArn(acme),
      proofMethod: 'web_identity_token',
    });
    expect(await stage.db.query('SELECT id FROM proofs WHERE fields IS NOT NULL')).toEqual([]);
    const pins = await stage.db.query('SELECT account_id FROM token_issuers');
    expect(pins).toEqual([{ accountId: acme }]);
  },
);

it('when another account has asked for the token, it is refused at once', async () => {
  const stage = await stageOfTest();
  const mine = await claim(stage, 'acme', acme);
  const challenge = await open(stage, mine);
  const token = await tokenOf(stage, globex, challenge);
  await expect(submit(stage, mine, challenge.id, token)).rejects.toMatchObject({
    code: 'proof_refused',
    message: expect.stringContaining(`not of the account ${acme}`),
  });
});

it('when the token is handed in for a second challenge, its tag tells', async () => {
  const stage = await stageOfTest();
  const mine = await claim(stage, 'acme', acme);
  const challenge = await open(stage, mine);
  const token = await tokenOf(stage, acme, challenge);
  await submit(stage, mine, challenge.id, token);
  const { id } = await open(stage, mine);
  await expect(submit(stage, mine, id, token)).rejects.toMatchObject({ code: 'proof_refused' });
});

it('when the signature of the token is another, the worker finds out', async () => {
  const stage = await stageOfTest();
  const mine = await claim(stage, 'acme', acme);
  const challenge = await open(stage, mine);
  const token = await tokenOf(stage, acme, challenge);
  const end = token.lastIndexOf('.');
  const forged = `${token.slice(0, end)}.${Buffer.alloc(256, 7).toString('base64url')}`;
  const operation = await submit(stage, mine, challenge.id, forged);
  await stage.pass(1_000);
  expect(await follow(stage, operation)).toMatchObject({
    state: 'failed',
    errorCode: 'proof_refused',
    message: expect.stringContaining('InvalidSignature'),
  });
  expect(await now(stage, mine)).toMatchObject({ standing: 'claimed' });
});

it('when the account had another issuer, no token proves it until that is forgotten', async () => {
  const stage = await stageOfTest();
  await stage.db.query(
    `INSERT INTO token_issuers (issuer, partition, account_id, pinned_at)
     VALUES ('https://before.tokens.sts.global.api.aws', 'aws', $1, $2)`,
    [acme, stage.clock.now()],
  );
  const mine = await claim(stage, 'acme', acme);
  const challenge = await open(stage, mine);
  const token = await tokenOf(stage, acme, challenge);
  const operation = await submit(stage, mine, challenge.id, token);
  await stage.pass(1_000);
  expect(await follow(stage, operation)).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('another issuer'),
  });
  const reason = 'AWS has given it another one';
  await stage.change((it) => tokenIssuers.forget(it, mine.account.id, reason));
  const next = await open(stage, mine);
  await submit(stage, mine, next.id, await tokenOf(stage, acme, next));
  await stage.pass(1_000);
  expect(await now(stage, mine)).toMatchObject({ standing: 'proven' });
});

it('when another customer proves the same account by a token, it is a dispute', async () => {
  const stage = await stageOfTest();
  const mine = await claim(stage, 'acme', acme);
  const first = await open(stage, mine);
  await submit(stage, mine, first.id, await tokenOf(stage, acme, first));
  await stage.pass(1_000);
  const theirs = await claim(stage, 'globex', acme);
  const second = await open(stage, theirs);
  const operation = await submit(stage, theirs, second.id, await tokenOf(stage, acme, second));
  await stage.pass(1_000);
  expect(await follow(stage, operation)).toMatchObject({ errorCode: 'account_disputed' });
  expect(await now(stage, theirs)).toMatchObject({ standing: 'disputed' });
  expect(await now(stage, mine)).toMatchObject({ standing: 'proven' });
});

it('when only a role may prove the account, its root may not', async () => {
  const stage = await stageOfTest();
  const mine = await claim(stage, 'acme', acme);
  await stage.change((it) => customers.update(it, mine.customer.id, { requiredRole: 'Network' }));
  const challenge = await open(stage, mine);
  const operation = await submit(stage, mine, challenge.id, await tokenOf(stage, acme, challenge));
  await stage.pass(1_000);
  expect(await follow(stage, operation)).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('Only the role Network'),
  });
});
