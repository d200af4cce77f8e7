// Listening beside work: what waits for messages takes no place from what has to be done, and holds
// up no end of the process.

import { expect, it } from 'vitest';
import type { Aws } from '../../src/aws/ports.ts';
import { principalsTarget } from '../../src/domain/target.ts';
import { startLoop } from '../../src/reconcile/loop.ts';
import * as targets from '../../src/storage/targets.ts';
import * as providerAccounts from '../../src/usecases/provider-accounts.ts';
import { acme, letIn, rootArn, serviceOnStage, stagesOfFile } from './harness.ts';
import { awsFailure } from './hooked-aws.ts';
import { vendorAccount } from './other-hands.ts';

const stageOfTest = stagesOfFile();

const regions = ['us-east-1', ...Array.from({ length: 19 }, (_, n) => `eu-west-${n}`)];

/** AWS, but that every look at a queue lasts until it is aborted. */
function endless(aws: Aws, heard: Set<string>): Aws {
  const receive = (queueArn: string, signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      heard.add(queueArn);
      const stop = () => reject(awsFailure('aborted', 'AbortError'));
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  return {
    ...aws,
    queue: (_, queueArn) => ({
      receive: (_seconds, signal) => receive(queueArn, signal),
      remove: async () => [],
    }),
  };
}

it('when twenty queues are listened to, work goes on, and the end comes at once', async () => {
  const stage = await stageOfTest();
  const { account, service } = await serviceOnStage(stage);
  const notificationQueueArns = regions.map((one) => `arn:aws:sqs:${one}:${vendorAccount}:q`);
  await stage.change((context) =>
    providerAccounts.update(context, account.id, { regions, notificationQueueArns }),
  );
  const heard = new Set<string>();
  const loop = startLoop({ ...stage.worker, aws: endless(stage.worker.aws, heard) });
  await expect.poll(() => heard.size, { timeout: 10_000 }).toBe(regions.length);
  await letIn(stage, service, acme);
  const allowed = () => stage.glance.allowlist(service.serviceId);
  await expect.poll(allowed, { timeout: 10_000 }).toEqual([rootArn(acme)]);
  const startedAt = performance.now();
  await loop.stop();
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  const held = await stage.db.query('SELECT key FROM targets WHERE lease_owner IS NOT NULL');
  expect(held).toEqual([]);
  expect(stage.errors).toEqual([]);
  expect(await targets.lastReport(stage.db, principalsTarget(service.id))).not.toBeNull();
});
