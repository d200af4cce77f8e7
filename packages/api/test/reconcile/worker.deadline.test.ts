// No call of a run outlives its lease, however late the run began.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { principalsTarget } from '../../src/domain/target.ts';
import { claimDueTargets, runTarget } from '../../src/reconcile/worker.ts';
import { awsError } from './imagined-aws.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

it('when the claim has used up most of the lease, calls end with the rest of it', async () => {
  const { aws, db, clock, makeId } = world;
  const service = await world.scene.service();
  const real = aws.endpointServices;
  aws.endpointServices = (...args) => ({
    ...real(...args),
    listPrincipals: (_, signal) => untilAborted(signal),
  });
  await world.nudge(principalsTarget(service.id));
  const onError = () => {};
  const began = { startedAt: clock.now(), name: 'late' };
  const options = { db, aws, now: clock.now, makeId, ...began, onError };
  const [lease] = await claimDueTargets(options, 1);
  clock.advance(lease!.leaseUntil.getTime() - clock.now().getTime() - 3_100);
  const startedAt = performance.now();
  await runTarget(options, lease!, new AbortController().signal);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  const [target] = await db.query<{ failures: number; dueAt: Date; leaseOwner: string | null }>(
    `SELECT failures, due_at, lease_owner FROM targets WHERE kind = 'principals'`,
  );
  // Nothing is wrong with the target: it comes again at once.
  expect(target).toEqual({ failures: 0, dueAt: clock.now(), leaseOwner: null });
});

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(awsError('aborted', 'AbortError'));
    signal.addEventListener('abort', abort, { once: true });
  });
}
