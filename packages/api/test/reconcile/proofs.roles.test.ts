// Proofs by a role in the customer's account that trusts the vendor, and how they renew.

import { describe, expect, it } from 'vitest';
import type { AccountSpec } from '@sallyport/aws-simulator';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import * as accountRows from '../../src/storage/accounts.ts';
import * as accounts from '../../src/usecases/accounts.ts';
import * as operations from '../../src/usecases/operations.ts';
import * as proofRoles from '../../src/usecases/proof-roles.ts';
import * as proofs from '../../src/usecases/proofs.ts';
import { stagesOfFile } from './harness.ts';
import { customerCaller } from './operator.ts';
import { vendorAccount } from './other-hands.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();
const accountId = '909090909090';
const vendorRole = `arn:aws:iam::${vendorAccount}:role/sallyport`;
const dayMs = 86_400_000;

interface Claim {
  customer: Customer;
  account: Account;
}

type RoleSpec = NonNullable<AccountSpec['roles']>[number];

/** A customer with an account in which there is such a role, as AWS has it. */
async function claim(stage: Stage, role: (externalId: string) => Partial<RoleSpec> | null) {
  await stage.operator.providerAccount();
  const customer = await stage.operator.customer('acme');
  const account = await stage.change(
    (context) => accounts.create(context, { accountId }),
    customerCaller(customer),
  );
  const { externalId } = await stage.change((it) => proofRoles.get(it, account.id));
  const made = role(externalId);
  if (made) addAccount(stage, made);
  return { customer, account };
}

function addAccount(stage: Stage, role: Partial<RoleSpec>): void {
  const usual = { name: 'sallyport-proof', trusts: [vendorRole], externalIdRequired: true };
  stage.simulator.addAccount({ id: accountId, roles: [{ ...usual, ...role }] });
}

async function prove(stage: Stage, { customer, account }: Claim, roleName?: string) {
  const caller = customerCaller(customer);
  const { id } = await stage.change((it) => proofs.challenge(it, account.id), caller);
  const named = roleName === undefined ? {} : { roleName };
  const input = { challengeId: id, method: 'role', ...named } as const;
  return stage.change((it) => proofs.submit(it, account.id, input), caller);
}

const follow = (stage: Stage, { id }: { id: string }) =>
  stage.change((context) => operations.get(context, id));
const now = async (stage: Stage, { account }: Claim) =>
  (await accountRows.find(stage.db, account.id, null))!;

describe('a proof by a role', () => {
  it('when it trusts the vendor with the external id, the account is proven', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, (externalId) => ({ externalId }));
    const operation = await prove(stage, mine);
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
    expect(await now(stage, mine)).toMatchObject({
      standing: 'proven',
      provenBy: `arn:aws:sts::${accountId}:assumed-role/sallyport-proof/sallyport-proof`,
      proofMethod: 'role',
      proofRole: 'sallyport-proof',
    });
  });

  it('when it has a path, it is found by that', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, (externalId) => ({ externalId, path: '/net/' }));
    const operation = await prove(stage, mine, 'net/sallyport-proof');
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it.each([
    ['lets us in with any external id', () => ({}), 'ExternalIdNotRequired'],
    [
      'takes an external id only if there is one',
      (externalId: string) => ({ externalId, externalIdRequired: false }),
      'ExternalIdNotRequired',
    ],
    ['wants another external id', () => ({ externalId: 'sallyport-cus_other' }), 'AccessDenied'],
    [
      'trusts somebody else',
      (externalId: string) => ({ externalId, trusts: ['arn:aws:iam::333333333333:root'] }),
      'AccessDenied',
    ],
    ['is not there', () => null, 'AccessDenied'],
  ])('when the role %s, it proves nothing, and the customer has to act', async (_, role, code) => {
    const stage = await stageOfTest();
    const mine = await claim(stage, role);
    const operation = await prove(stage, mine);
    await stage.pass(3_000);
    stage.clock.advance(30_000);
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'failed',
      errorCode: 'proof_refused',
      message: expect.stringContaining(code),
    });
    expect(await now(stage, mine)).toMatchObject({ standing: 'claimed', provenBy: null });
  });

  it('when the role is only just made, it is tried for half a minute', async () => {
    const stage = await stageOfTest();
    let externalId = '';
    const mine = await claim(stage, (id) => {
      externalId = id;
      return null;
    });
    const operation = await prove(stage, mine);
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'running' });
    addAccount(stage, { externalId });
    await stage.pass(5_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when another role was named, that one has to trust the vendor', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, (externalId) => ({ externalId }));
    const operation = await prove(stage, mine, 'another');
    stage.clock.advance(30_000);
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'failed' });
  });
});

describe('a vendor that may not assume the role', () => {
  it('when its own policy lacks that, the operation says that it is its turn', async () => {
    const stage = await stageOfTest();
    const mine = await claim(stage, (externalId) => ({ externalId }));
    stage.simulator.setFault({
      name: 'no permission',
      match: { service: 'sts', action: 'AssumeRole' },
      answer: {
        code: 'AccessDenied',
        status: 403,
        message: 'because no identity-based policy allows the sts:AssumeRole action',
      },
    });
    const operation = await prove(stage, mine);
    stage.clock.advance(31_000);
    await stage.pass(3_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'failed',
      errorCode: 'proof_refused',
      heldUpBy: [{ by: 'role_denied' }],
    });
  });
});

describe('the renewal of a proof by a role', () => {
  async function proven(stage: Stage): Promise<Claim> {
    stage.worker.proofLifetimeDays = 30;
    const mine = await claim(stage, (externalId) => ({ externalId }));
    await prove(stage, mine);
    await stage.pass(3_000);
    return mine;
  }
  /** What the cleaning does, which comes by every hour. */
  async function clean(stage: Stage): Promise<void> {
    await stage.db.query(
      `INSERT INTO targets (kind, key, due_at) VALUES ('cleaning', 'cleaning', $1)
       ON CONFLICT (kind, key) DO UPDATE SET due_at = $1`,
      [stage.clock.now()],
    );
    await stage.pass(5_000);
  }
  const later = (days: number) => (account: Account) =>
    new Date(account.standingSince.getTime() + days * dayMs);

  it('when its last third begins, it is proven again, and lapses later', async () => {
    const stage = await stageOfTest();
    const mine = await proven(stage);
    const before = await now(stage, mine);
    expect(before.renewAt).toEqual(later(20)(before));
    await stage.db.query('UPDATE accounts SET renew_at = $1', [stage.clock.now()]);
    await clean(stage);
    const after = await now(stage, mine);
    expect(after).toMatchObject({ standing: 'proven', renewalProblem: null });
    expect(after.lapsesAt!.getTime()).toBeGreaterThan(before.lapsesAt!.getTime());
    expect(after.renewAt).toEqual(later(20)(after));
  });

  it('when it has lapsed and the role still trusts us, it is proven again', async () => {
    const stage = await stageOfTest();
    const mine = await proven(stage);
    await stage.db.query(
      `UPDATE accounts SET standing = 'lapsed', lapses_at = NULL, renew_at = $1`,
      [stage.clock.now()],
    );
    await clean(stage);
    expect(await now(stage, mine)).toMatchObject({ standing: 'proven', proofMethod: 'role' });
  });

  it('when the role is gone, standing stays, and the account says why and whose turn', async () => {
    const stage = await stageOfTest();
    const mine = await proven(stage);
    stage.simulator.world.accounts.get(accountId)!.roles.delete('sallyport-proof');
    await stage.db.query('UPDATE accounts SET renew_at = $1', [stage.clock.now()]);
    await clean(stage);
    stage.clock.advance(31_000);
    await stage.pass(3_000);
    const after = await now(stage, mine);
    expect(after).toMatchObject({ standing: 'proven', renewalActor: 'customer' });
    const { conditions } = accounts.show(after);
    expect(conditions[1]).toMatchObject({
      type: 'renewing',
      status: 'false',
      reason: 'role_not_assumed',
      next: { actor: 'customer' },
    });
    expect(after.renewAt!.getTime()).toBeGreaterThan(stage.clock.now().getTime());
  });
});
