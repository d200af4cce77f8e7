// Endpoint service configurations: what is there is seen, and what is wanted is made once.

import { expect, it } from 'vitest';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import { principalsTarget } from '../../src/domain/target.ts';
import * as targets from '../../src/storage/targets.ts';
import { reconcile, remove } from '../../src/usecases/endpoint-services.ts';
import { untilSomebodyWaits } from '../storage/lock-wait.ts';
import { surviveDeaths } from './deaths.ts';
import { changesDuring, serviceNow, serviceOnStage, stagesOfFile } from './harness.ts';
import { lostAnswer } from './hooked-aws.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const creation = 'CreateVpcEndpointServiceConfiguration';

async function serviceById({ db }: Stage, id: string): Promise<EndpointService> {
  return (await endpointServices.find(db, id))!;
}

it('when an existing service is registered, it tells what AWS has, no more', async () => {
  const stage = await stageOfTest();
  const serviceId = await stage.hands.makeService();
  const account = await stage.operator.providerAccount();
  const { id } = await stage.operator.register(account, serviceId);
  expect(await changesDuring(stage, () => stage.pass(70_000))).toEqual([]);
  const made = stage.simulator.world.endpointServices.get(serviceId)!;
  expect(await serviceById(stage, id)).toMatchObject({
    serviceId,
    serviceName: made.name,
    modes: { principals: 'observe', acceptance: 'observe', privateDns: 'observe' },
    problem: null,
    observed: {
      state: 'available',
      acceptanceRequired: true,
      availabilityZoneIds: ['use1-az1', 'use1-az2', 'use1-az4'],
      networkLoadBalancerArns: [...made.loadBalancerArns],
      privateDns: null,
    },
  });
  expect(stage.errors).toEqual([]);
});

it('when a service is wanted, it is made once, under our id and our name for it', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  expect(await changesDuring(stage, () => stage.pass(65_000))).toEqual([]);
  expect(stage.glance.serviceIds()).toEqual([service.serviceId]);
  const { world } = stage.simulator;
  const made = world.endpointServices.get(service.serviceId)!;
  expect(made.acceptanceRequired).toBe(true);
  expect(Object.fromEntries(made.tags)).toMatchObject({ Name: service.name });
  const tokens = [...world.clientTokens.keys()];
  expect(tokens).toEqual([`111111111111/us-east-1/${creation}/${service.id}`]);
});

it('when the answer to the creation is lost, the next try finds the same service', async () => {
  const stage = await stageOfTest();
  const account = await stage.operator.providerAccount();
  let lost = 0;
  stage.hooks.after = ({ name }) => {
    if (name === 'createService' && lost++ === 0) throw lostAnswer();
  };
  const { id } = await stage.operator.service(account);
  await stage.round();
  expect(await serviceById(stage, id)).toMatchObject({
    serviceId: null,
    problem: expect.stringContaining('TimeoutError'),
  });
  await stage.pass(3_000);
  expect(stage.glance.serviceIds()).toEqual([(await serviceNow(stage, id)).serviceId]);
  expect((await serviceNow(stage, id)).problem).toBeNull();
  const effects = await stage.db.query(
    `SELECT action, outcome FROM effects ORDER BY intended_at, id`,
  );
  expect(effects).toEqual([
    { action: 'create_service', outcome: 'unknown' },
    { action: 'create_service', outcome: 'done' },
  ]);
});

it('when a worker dies at any moment of a creation, one service is made', async () => {
  const stage = await stageOfTest();
  const account = await stage.operator.providerAccount();
  let id = '';
  const tried = await surviveDeaths(stage, {
    kind: 'configurations',
    worksMs: 0,
    arrange: async () => {
      ({ id } = await stage.operator.service(account));
    },
    check: async () => {
      const { serviceId } = await serviceNow(stage, id);
      expect(stage.glance.serviceIds()).toEqual([serviceId]);
      expect(await openEffects(stage)).toEqual([]);
      await stage.change((context) => remove(context, id));
      const ServiceIds = [serviceId];
      await stage.hands.vendor().ec2.deleteVpcEndpointServiceConfigurations({ ServiceIds });
      stage.clock.advance(1_000);
    },
  });
  expect(tried).toBeGreaterThan(8);
});

it('when a worker has just started, a service that is to be made holds up no other', async () => {
  const stage = await stageOfTest();
  const account = await stage.operator.providerAccount();
  const existing = await stage.operator.service(account);
  await stage.pass(3_000);
  const wanted = await stage.operator.service(account);
  stage.clock.advance(1_000);
  const startedAt = stage.clock.now();
  await stage.pass(3_000, { ...stage.worker, name: 'worker-2', startedAt });
  expect((await serviceById(stage, existing.id)).observedAt! >= startedAt).toBe(true);
  expect((await serviceById(stage, wanted.id)).serviceId).not.toBeNull();
});

it('when AWS refuses the creation, the service says so in the words of AWS', async () => {
  const stage = await stageOfTest();
  const account = await stage.operator.providerAccount();
  const serviceId = await stage.hands.makeService();
  const [taken] = stage.simulator.world.endpointServices.get(serviceId)!.loadBalancerArns;
  const { id } = await stage.operator.service(account);
  await stage.db.query(
    'UPDATE endpoint_services SET network_load_balancer_arns = $2 WHERE id = $1',
    [id, [taken]],
  );
  await stage.pass(2_000);
  expect((await serviceById(stage, id)).problem).toContain('LBs are already associated');
  expect(stage.glance.serviceIds()).toEqual([serviceId]);
});

it('when a service is deleted by hand, it is missing, and not made again', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await stage.hands.vendor().ec2.deleteVpcEndpointServiceConfigurations({
    ServiceIds: [service.serviceId],
  });
  expect(await changesDuring(stage, () => stage.pass(65_000))).toEqual([]);
  expect(stage.glance.serviceIds()).toEqual([]);
  expect(await serviceById(stage, service.id)).toMatchObject({
    serviceId: service.serviceId,
    observed: { state: 'missing' },
    problem: expect.stringContaining(service.serviceId),
  });
});

it('when one read does not show a service, nothing is said yet', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  let reads = 0;
  stage.hooks.after = ({ name }, result) => {
    if (name === 'listServices' && reads++ === 0) (result as unknown[]).length = 0;
  };
  const available = { observed: { state: 'available' }, problem: null };
  await stage.change((context) => reconcile(context, service.id));
  await stage.round();
  expect(reads).toBe(1);
  expect(await serviceById(stage, service.id)).toMatchObject(available);
  await stage.pass(2_000);
  expect(reads).toBe(2);
  expect(await serviceById(stage, service.id)).toMatchObject(available);
});

it('when one is registered that AWS never had, it is told', async () => {
  const stage = await stageOfTest();
  const account = await stage.operator.providerAccount();
  const { id } = await stage.operator.register(account, 'vpce-svc-0123456789abcdef0');
  await stage.pass(10_000);
  expect((await serviceById(stage, id)).problem).toContain('vpce-svc-0123456789abcdef0');
});

it('when assuming the role is denied, each service of the region says so', async () => {
  const stage = await stageOfTest();
  const account = await stage.operator.providerAccount({ externalId: 'guessed' });
  const serviceId = await stage.hands.makeService();
  const { id } = await stage.operator.register(account, serviceId);
  await stage.pass(5_000);
  expect(await serviceById(stage, id)).toMatchObject({
    observed: null,
    problem: expect.stringContaining('AccessDenied'),
  });
  expect(stage.errors).not.toEqual([]);
});

it('when a region has services that nobody registered, they are left alone', async () => {
  const stage = await stageOfTest();
  const foreign = await stage.hands.makeService(['arn:aws:iam::222222222222:root']);
  await serviceOnStage(stage);
  await stage.hands.connect('222222222222', foreign);
  await stage.pass(70_000);
  const { services } = { services: await stage.db.query('SELECT id FROM endpoint_services') };
  expect(services).toHaveLength(1);
  expect(await stage.db.query('SELECT id FROM connections')).toEqual([]);
  expect(stage.glance.allowlist(foreign)).toEqual(['arn:aws:iam::222222222222:root']);
});

function openEffects({ db }: Stage) {
  return db.query('SELECT action FROM effects WHERE finished_at IS NULL');
}

it('when it is made while a request grants it, neither waits for the other for ever', async () => {
  const stage = await stageOfTest();
  const { id } = await stage.operator.service(await stage.operator.providerAccount());
  const { id: customerId } = await stage.operator.customer('acme');
  const granting = Promise.withResolvers<void>();
  stage.hooks.after = ({ name }) => (name === 'createService' ? granting.promise : undefined);
  const passed = stage.pass(100);
  await stage.db.transaction(async (tx) => {
    await targets.nudge(tx, [principalsTarget(id)], stage.clock.now());
    granting.resolve();
    await untilSomebodyWaits(stage.db);
    await tx.query(
      `INSERT INTO grants (id, customer_id, endpoint_service_id, acceptance, created_at, updated_at)
       VALUES ('grt_1', $1, $2, 'automatic', $3, $3)`,
      [customerId, id, stage.clock.now()],
    );
  });
  await passed;
  expect(stage.errors).toEqual([]);
  expect(await serviceById(stage, id)).toMatchObject({ observed: { state: 'available' } });
});
