// What comes while a call is on its way to AWS, or its answer back.

import { connectionsTarget } from '../../../packages/api/src/domain/target.ts';
import * as targets from '../../../packages/api/src/storage/targets.ts';
import * as offboardings from '../../../packages/api/src/usecases/offboardings.ts';
import * as suspensions from '../../../packages/api/src/usecases/suspensions.ts';
import type { Replica } from '../replica.ts';
import type { Scene, Tenant } from '../scene.ts';
import { connectTenant } from './customers.ts';

/** Steps in which an accept should be on its way to AWS; otherwise nothing comes of it. */
const stepsMax = 150;

/** A customer loses what its accept rests on, while the accept is on its way. */
export async function overtake(scene: Scene): Promise<string | null> {
  const { stage, choice } = scene;
  const connected = await connectTenant(scene);
  if (!connected) return null;
  const { tenant, endpoint } = connected;
  const replica = await whoAccepts(scene);
  if (!replica) return `${tenant.accountId} connects by ${endpoint}, and is not accepted`;
  const deed = replica.deed();
  const frozen = choice.chance(0.4);
  replica.stall(stage.clock.now().getTime() + choice.of([6_000, 20_000, 40_000]), frozen);
  const how = await lose(scene, tenant);
  return `${tenant.accountId} is ${how} while ${replica.name} waits before ${deed} ${endpoint}`;
}

/** PrivateLink tells that something has happened: what is true, old, told twice or forged. */
export async function notify({ stage, services }: Scene): Promise<string> {
  await targets.hint(stage.db, connectionsTarget(services[0]!), stage.clock.now());
  return 'a notification comes';
}

async function whoAccepts({ crew }: Scene): Promise<Replica | undefined> {
  crew.wake();
  for (let steps = 0; steps < stepsMax; steps++) {
    const found = crew.replicas().find((one) => {
      return one.stalledUntil() === null && /^(answer of )?accept$/.test(one.deed() ?? '');
    });
    if (found) return found;
    await crew.pass(1_000, 1);
  }
  return undefined;
}

async function lose({ stage, choice }: Scene, { customer }: Tenant): Promise<string> {
  if (choice.chance(0.7)) {
    const policy = choice.of(['keep', 'block', 'block', 'reject'] as const);
    const terms = { reason: 'unpaid', policy };
    await stage.change((context) => suspensions.suspend(context, customer.id, terms));
    return `suspended (${terms.policy})`;
  }
  const terms = { policy: 'reject' } as const;
  await stage.change((context) => offboardings.offboard(context, customer.id, terms));
  return 'offboarded';
}
