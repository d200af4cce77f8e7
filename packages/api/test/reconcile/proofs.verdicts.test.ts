// Proofs whose customer, account or answer is not there when the verdict is due.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { Operation } from '../../src/domain/operation.ts';
import { remove } from '../../src/usecases/accounts.ts';
import * as accounts from '../../src/storage/accounts.ts';
import { offboard } from '../../src/usecases/offboardings.ts';
import * as operations from '../../src/usecases/operations.ts';
import * as proofs from '../../src/usecases/proofs.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
let customer: Customer;
let account: Account;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

beforeEach(async () => {
  await world.db.query('DELETE FROM targets');
  world.aws.calls.length = 0;
  world.aws.before = () => undefined;
  customer = await world.scene.customer();
  account = await world.scene.account(customer, 'claimed');
});

/** Hands in a proof; what it is worth is for STS to say. */
async function submit(): Promise<Operation> {
  const { id: challengeId } = await world.change((it) => proofs.challenge(it, account.id));
  return world.change((context) =>
    proofs.submit(context, account.id, {
      challengeId,
      region: 'us-east-1',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      amzDate: context.now.toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      signature: 'a'.repeat(64),
    }),
  );
}

function confirmed() {
  const arn = `arn:aws:iam::${account.accountId}:user/alice`;
  return { kind: 'identity', identity: { accountId: account.accountId, arn } } as const;
}

const follow = ({ id }: Operation) => world.change((context) => operations.get(context, id));
const standing = async () => (await accounts.find(world.db, account.id, null))?.standing;
const signatures = () => world.db.query('SELECT id FROM proofs WHERE fields IS NOT NULL');

describe('a proof of a customer that leaves', () => {
  it('when STS confirms it all the same, it proves nothing', async () => {
    const operation = await submit();
    world.aws.identity = confirmed();
    await world.change((context) => offboard(context, customer.id));
    await world.pass(5_000);
    expect(await follow(operation)).toMatchObject({
      state: 'failed',
      errorCode: 'customer_not_active',
    });
    expect(await standing()).toBe('claimed');
  });

  it('when the leaving ends while STS is asked, the account stays free for others', async () => {
    await submit();
    world.aws.identity = confirmed();
    let left: Promise<unknown> | undefined;
    world.aws.before = async (call) => {
      if (call !== 'confirm') return;
      const done = `UPDATE customers SET state = 'offboarded' WHERE id = $1`;
      left ??= world.db.query(done, [customer.id]);
      await left;
    };
    await world.round();
    expect(await standing()).toBe('claimed');
  });
});

describe('a proof of an account that is given up', () => {
  it('when nobody has judged it yet, its operation ends and STS is not asked', async () => {
    const operation = await submit();
    await world.change((context) => remove(context, account.id));
    expect(await follow(operation)).toMatchObject({ state: 'failed', errorCode: 'not_found' });
    await world.round();
    expect(world.aws.calls).toEqual([]);
    expect(await signatures()).toEqual([]);
  });
});

describe('two proofs of one account', () => {
  it('when one is refused and the next confirmed, each is told its own verdict', async () => {
    const [first, second] = [await submit(), await submit()];
    world.aws.before = () => {
      const refused = { kind: 'refused', code: 'SignatureDoesNotMatch', message: 'No.' } as const;
      world.aws.identity = world.aws.calls.length === 1 ? refused : confirmed();
    };
    await world.round();
    const states = [(await follow(first)).state, (await follow(second)).state];
    expect(states.sort()).toEqual(['failed', 'succeeded']);
    expect(await standing()).toBe('proven');
  });
});

describe('a proof that STS cannot be asked about', () => {
  it('when five minutes have passed, it is given up and the signature forgotten', async () => {
    const operation = await submit();
    world.aws.before = () => {
      throw new Error('a defect of ours');
    };
    await world.round();
    expect(await follow(operation)).toMatchObject({ state: 'running' });
    world.clock.advance(301_000);
    await world.round();
    expect(await follow(operation)).toMatchObject({ state: 'failed', errorCode: 'proof_refused' });
    expect(await signatures()).toEqual([]);
  });
});
