// Two provider accounts in two regions each: what goes wrong in one place is told there, and holds
// up none of the others.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { connectionsTarget, principalsTarget, serviceTargets } from '../../src/domain/target.ts';
import { createCallBudget } from '../../src/reconcile/call-budget.ts';
import { startLoop } from '../../src/reconcile/loop.ts';
import * as connections from '../../src/storage/connections.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import * as targets from '../../src/storage/targets.ts';
import { awsError, imagineAws, type ImaginedAws } from './imagined-aws.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

const regions = ['us-east-1', 'eu-west-1'];
const customerAccount = '222222222222';

interface Place {
  accountId: string;
  region: string;
  aws: ImaginedAws;
  service: EndpointService;
}

let world: WorkerScene;
let places: Place[];
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

/** In each place a service, a grant on it, and an endpoint that asks to be let in. */
beforeEach(async () => {
  await world.db.query('DELETE FROM targets');
  world.errors.length = 0;
  places = [];
  const customer = await world.scene.customer();
  await world.db.query(`UPDATE accounts SET standing = 'claimed'`);
  await world.scene.account(customer, 'proven', { accountId: customerAccount });
  for (const accountId of [world.scene.accountNumber(), world.scene.accountNumber()]) {
    const { id: providerAccountId } = await world.scene.providerAccount({ accountId, regions });
    for (const region of regions) {
      const service = await world.scene.service({ providerAccountId, region });
      await world.scene.grant(customer, service);
      places.push({ accountId, region, aws: imagineAws(), service });
    }
  }
  for (const { aws, service, region } of places) {
    await world.wake(service);
    aws.services.set(service.serviceId!, world.aws.services.get(service.serviceId!)!);
    aws.connections.push({
      serviceId: service.serviceId!,
      vpcEndpointId: service.serviceId!.replace('-svc-', '-'),
      ownerAccountId: customerAccount,
      endpointRegion: region,
      awsState: 'pendingAcceptance',
      createdAt: world.clock.now(),
    });
  }
  world.aws.endpointServices = (access, region) => {
    const place = places.find((it) => it.accountId === access.accountId && it.region === region)!;
    return place.aws.endpointServices(access, region);
  };
});

/** What AWS has in a place now. */
const stateOf = ({ aws, service }: Place) => ({
  connections: aws.connections.map(({ awsState }) => awsState),
  allowlist: aws.allowlists.get(service.serviceId!) ?? [],
});
const letIn = {
  connections: ['pending'],
  allowlist: [`arn:aws:iam::${customerAccount}:root`],
};
const asAtFirst = { connections: ['pendingAcceptance'], allowlist: [] };
const problemOf = async ({ service }: Place) =>
  (await endpointServices.find(world.db, service.id))!.problem;
const deny = ({ aws }: Place) => {
  aws.before = () => {
    throw awsError('denied', 'AccessDenied', 'AssumeRole');
  };
};
/** Longer than a process looks around for what it has not read yet. */
const longAgo = () => world.clock.advance(120_000);

describe('an account that denies us', () => {
  it('when all is well, each place gets what is its own', async () => {
    await world.leap(5_000);
    expect(places.map(stateOf)).toEqual(places.map(() => letIn));
    for (const { aws, service } of places) {
      const seen = await connections.listPresent(world.db, [service.id]);
      expect(seen.map(({ vpcEndpointId }) => vpcEndpointId)).toEqual(
        aws.connections.map(({ vpcEndpointId }) => vpcEndpointId),
      );
    }
    expect(world.errors).toEqual([]);
  });

  it('when it does so in both regions, the other account goes on within seconds', async () => {
    longAgo();
    const [here, there, ...others] = places as [Place, Place, ...Place[]];
    [here, there].forEach(deny);
    await world.leap(12_000);
    expect(others.map(stateOf)).toEqual(others.map(() => letIn));
    expect([here, there].map(stateOf)).toEqual([asAtFirst, asAtFirst]);
    for (const place of [here, there]) expect(await problemOf(place)).toContain('AccessDenied');
    for (const place of others) expect(await problemOf(place)).toBeNull();
  });

  it('when one region does so, its other region goes on', async () => {
    longAgo();
    const [here, ...others] = places as [Place, ...Place[]];
    deny(here);
    await world.leap(12_000);
    expect(others.map(stateOf)).toEqual(others.map(() => letIn));
    expect(stateOf(here)).toEqual(asAtFirst);
  });
});

describe('the request rate', () => {
  it('when one place has used its own up, no other place waits', async () => {
    const budget = createCallBudget({ db: world.db, now: world.clock.now, patienceMs: 0 });
    const accept = { service: 'ec2', action: 'AcceptVpcEndpointConnections' } as const;
    const callOf = ({ accountId, region }: Place) => ({ ...accept, accountId, region });
    const [here, ...others] = places as [Place, ...Place[]];
    for (let call = 0; call < 10; call++) await budget.enter(callOf(here));
    await expect(budget.enter(callOf(here))).rejects.toMatchObject({ code: 'BudgetSpent' });
    for (const other of others) await expect(budget.enter(callOf(other))).resolves.toBeUndefined();
  });
});

const connectionsFailed = `UPDATE targets SET failures = 1, due_at = due_at + interval '60 s'
  WHERE kind = 'connections'`;

describe('an account that does not answer', () => {
  it.each([
    ['each of them has failed', 'UPDATE targets SET failures = 1'],
    ['its connections could not be read', connectionsFailed],
  ])('when many of its targets are due and %s, the other one is read', async (_, failed) => {
    const [silent, , other] = places as [Place, Place, Place];
    let giveUp = () => {};
    const patience = new Promise<void>((resolve) => {
      giveUp = resolve;
    });
    const asked: string[] = [];
    silent.aws.before = async (call) => {
      asked.push(call);
      await patience;
      throw awsError('unavailable', 'ETIMEDOUT');
    };
    const many = await Promise.all(
      Array.from({ length: 12 }, () => {
        const { providerAccountId, region } = silent.service;
        return world.scene.service({ providerAccountId, region });
      }),
    );
    await world.db.query('DELETE FROM targets');
    await world.nudge(connectionsTarget(silent.service));
    await world.nudge(...many.map(({ id }) => principalsTarget(id)));
    // What cannot be reached has waited longest.
    await world.db.query(failed);
    world.clock.advance(1);
    await world.nudge(...serviceTargets(other.service));
    const loop = startLoop(world.worker);
    const read = () => targets.lastReport(world.db, principalsTarget(other.service.id));
    await expect.poll(read, { timeout: 5_000 }).not.toBeNull();
    expect(asked).toHaveLength(4);
    giveUp();
    await loop.stop();
  });
});
