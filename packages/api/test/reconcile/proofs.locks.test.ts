// A verdict and an account that is given up at the same moment.

import { afterAll, beforeAll, expect, it } from 'vitest';
import * as accountRows from '../../src/storage/accounts.ts';
import * as customerRows from '../../src/storage/customers.ts';
import * as proofs from '../../src/usecases/proofs.ts';
import { untilSomebodyWaits } from '../storage/lock-wait.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

it('when the verdict comes while the account goes, neither waits for the other', async () => {
  const customer = await world.scene.customer();
  const account = await world.scene.account(customer, 'claimed');
  const { id: challengeId } = await world.change((it) => proofs.challenge(it, account.id));
  await world.change((context) =>
    proofs.submit(context, account.id, {
      challengeId,
      region: 'us-east-1',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      amzDate: context.now.toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      signature: 'a'.repeat(64),
    }),
  );
  world.aws.identity = { kind: 'refused', code: 'SignatureDoesNotMatch', message: 'No.' };
  let verdict: Promise<unknown> | undefined;
  await world.db.transaction(async (tx) => {
    await customerRows.lock(tx, customer.id);
    verdict = world.round();
    await untilSomebodyWaits(world.db);
    await accountRows.remove(tx, account.id);
  });
  await verdict;
  expect(world.errors).toEqual([]);
  expect(await world.db.query('SELECT id FROM proofs')).toEqual([]);
});
