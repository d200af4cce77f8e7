// What is measured: each job done once over a crowd, with a clock that stands still but for what
// the job waits for.

import { configurationsTarget, connectionsTarget } from '../../../src/domain/target.ts';
import { nextReadInMs, readEveryMs } from '../../../src/domain/read-tier.ts';
import * as targets from '../../../src/storage/targets.ts';
import { reconcile } from '../../../src/usecases/endpoint-services.ts';
import type { Calls } from './bounds.ts';
import { customerAccount, otherAccount, serviceNow, type Crowd } from './crowd.ts';

/** Long enough for all runs of a job, with the read that confirms the last one. */
const settledMs = 3_500;
const pollMs = 5_000;

/** Everything that there is, read once because somebody asked. */
export function readAll(crowd: Crowd): Promise<Calls> {
  const { stage, services } = crowd;
  return crowd.callsDuring(async () => {
    for (const { id } of services) await stage.change((context) => reconcile(context, id));
    // In as many rounds as it takes, all of them now.
    await stage.pass(0);
  });
}

/** One customer is let in at the first service, by so many roles. */
export async function onboard(crowd: Crowd, roles: number): Promise<Calls> {
  const { stage, services } = crowd;
  const customer = await stage.operator.customer('onboarded');
  await stage.operator.attest(customer, otherAccount);
  await comeToRest(crowd);
  const roleNames = Array.from({ length: roles }, (_, n) => `onboarded-${n}`);
  return crowd.callsDuring(async () => {
    await stage.operator.grant(customer, services[0]!, { roleNames });
    await stage.pass(settledMs);
  });
}

/** So many endpoints of a customer come to each service at the same moment. */
export async function burst(crowd: Crowd, waiting: number): Promise<Calls> {
  const { stage, services } = crowd;
  const customer = await stage.operator.customer('bursting');
  await stage.operator.attest(customer, customerAccount);
  for (const service of services) await stage.operator.grant(customer, service);
  await comeToRest(crowd);
  for (const service of services) await crowd.connect(service, waiting);
  return crowd.callsDuring(() => stage.pass(pollMs + settledMs));
}

/** Nothing happens for so long. */
export async function idle(crowd: Crowd, ms: number): Promise<Calls> {
  const { stage, services } = crowd;
  await stage.pass(settledMs);
  const places = [configurationsTarget(services[0]!), connectionsTarget(services[0]!)];
  await targets.nudge(stage.db, places, stage.clock.now());
  await stage.round();
  return crowd.callsDuring(() => stage.pass(ms));
}

/** The next poll is as far away as it can be, and the regular reads are out of the way. */
async function comeToRest({ stage, services }: Crowd): Promise<void> {
  await stage.pass(settledMs);
  const first = await serviceNow({ stage }, services[0]!);
  const { key } = connectionsTarget(first);
  const listMs = first.reads.principals.maxAgeSeconds * 1_000;
  const regularMs = () => {
    const now = stage.clock.now();
    return [nextReadInMs(key, readEveryMs(1), now), nextReadInMs(first.id, listMs, now)];
  };
  while (Math.min(...regularMs()) < 2 * pollMs) await stage.pass(pollMs);
  await targets.nudge(stage.db, [connectionsTarget(services[0]!)], stage.clock.now());
  await stage.round();
  await stage.db.query(
    `UPDATE targets SET due_at = due_at + interval '1 hour' WHERE kind <> 'connections'`,
  );
}
