// Endpoint services that are deleted in the simulated AWS: the order, what holds it up, the end.

import { describe, expect, it } from 'vitest';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import * as useServices from '../../src/usecases/endpoint-services.ts';
import { freeze, setModes, unfreeze } from '../../src/usecases/endpoint-services.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import type { Operation } from '../../src/domain/operation.ts';
import * as operations from '../../src/usecases/operations.ts';
import { put } from '../../src/usecases/private-dns.ts';
import { retire } from '../../src/usecases/retirements.ts';
import { aroundCalls, surviveDeaths } from './deaths.ts';
import {
  acme,
  globex,
  letIn,
  rootArn,
  serviceNow,
  serviceOnStage,
  stagesOfFile,
  type PresentService,
} from './harness.ts';
import type { PortCall } from './hooked-aws.ts';
import { domain } from './other-hands.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const end = (stage: Stage, { id }: EndpointService, forceRegistered = false): Promise<Operation> =>
  stage.change((context) => retire(context, id, { reason: 'Replaced', forceRegistered }));
const follow = (stage: Stage, { id }: Operation) =>
  stage.change((context) => operations.get(context, id));
const find = ({ db }: Stage, { id }: EndpointService) => endpointServices.find(db, id);

async function connected(stage: Stage) {
  const { account, service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  await stage.pass(3_000);
  const endpoint = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(endpoint)).toBe('available');
  return { account, service, endpoint };
}

describe('a service that retires', () => {
  it('when it goes well, all of ours goes in order, and AWS shows it no more', async () => {
    const stage = await stageOfTest();
    const { service, endpoint } = await connected(stage);
    await stage.change((context) => put(context, service.id, `api.${domain}`));
    await stage.pass(20_000);
    expect(Object.keys(stage.glance.txt())).toHaveLength(1);
    const steps: string[] = [];
    stage.hooks.before = ({ name, mutating }: PortCall) => {
      if (mutating && name !== 'mark') steps.push(name);
    };
    const operation = await end(stage, service);
    await stage.pass(60_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
    expect(steps.at(-1)).toBe('deleteService');
    expect([...steps].sort()).toEqual(
      ['changePrincipals', 'deleteService', 'reject', 'removeTxtValue', 'setPrivateDnsName'].sort(),
    );
    expect(steps.indexOf('changePrincipals')).toBeLessThan(steps.indexOf('reject'));
    expect(stage.glance.serviceIds()).not.toContain(service.serviceId);
    expect(stage.glance.txt()).toEqual({});
    expect(stage.glance.state(endpoint)).toBe('rejected');
    const retired = await find(stage, service);
    expect(retired).toMatchObject({ retiredAt: expect.any(Date), observed: { state: 'missing' } });
    await expect(end(stage, service)).rejects.toMatchObject({ code: 'invalid_state_transition' });
  });

  it('when others had let an endpoint in, the operation names it, and it is rejected', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.hands.allow(service.serviceId, [rootArn(globex)]);
    const endpoint = await stage.hands.connect(globex, service.serviceId);
    await stage.hands.vendor().ec2.acceptVpcEndpointConnections({
      ServiceId: service.serviceId,
      VpcEndpointIds: [endpoint],
    });
    await stage.pass(65_000);
    const operation = await end(stage, service);
    await stage.round();
    expect(await follow(stage, operation)).toMatchObject({
      message: expect.stringContaining(`not let in by us: ${endpoint}`),
    });
    await stage.pass(30_000);
    expect(stage.glance.state(endpoint)).toBe('rejected');
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when an endpoint comes meanwhile, nobody lets it in', async () => {
    const stage = await stageOfTest();
    const { service, endpoint } = await connected(stage);
    const operation = await end(stage, service);
    const late = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(40_000);
    expect([endpoint, late].map(stage.glance.state)).toEqual(['rejected', 'rejected']);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when it is frozen on its way, it waits and says so, and goes on later', async () => {
    const stage = await stageOfTest();
    const { service, endpoint } = await connected(stage);
    const operation = await end(stage, service);
    await stage.change((context) => freeze(context, service.id, { reason: 'Wait.' }));
    await stage.pass(10_000);
    expect(await follow(stage, operation)).toMatchObject({
      state: 'running',
      message: expect.stringContaining('frozen'),
      heldUpBy: [{ by: 'frozen', command: `sallyport services unfreeze ${service.id}` }],
    });
    expect(stage.glance.state(endpoint)).toBe('available');
    await stage.change((context) => unfreeze(context, service.id));
    await stage.pass(40_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when AWS knows of a connection that we have not seen, it is found and rejected', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.hands.allow(service.serviceId, [rootArn(globex)]);
    let late: string | undefined;
    stage.hooks.before = async ({ name }: PortCall) => {
      if (name === 'deleteService') late ??= await stage.hands.connect(globex, service.serviceId);
    };
    const operation = await end(stage, service);
    await stage.pass(40_000);
    expect(stage.glance.state(late!)).toBe('rejected');
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when other hands have deleted it, that is the end too', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.hands.vendor().ec2.deleteVpcEndpointServiceConfigurations({
      ServiceIds: [service.serviceId],
    });
    await stage.pass(10_000);
    const operation = await end(stage, service);
    await stage.pass(30_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
  });

  it('when it is not of ours, it has to be said, and every aspect has to be managed', async () => {
    const stage = await stageOfTest();
    const account = await stage.operator.providerAccount();
    const serviceId = await stage.hands.makeService();
    const service = await stage.operator.register(account, serviceId);
    await expect(end(stage, service)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(end(stage, service, true)).rejects.toMatchObject({
      code: 'invalid_state_transition',
      message: expect.stringContaining('to be switched to `manage`'),
    });
    await stage.change((context) =>
      setModes(context, service.id, {
        principals: 'manage',
        acceptance: 'manage',
        privateDns: 'manage',
      }),
    );
    const operation = await end(stage, service, true);
    await stage.pass(30_000);
    expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
    await stage.change((context) => useServices.remove(context, service.id));
    expect(await find(stage, service)).toBeNull();
  });
});

describe('a worker that dies while it retires a service', () => {
  it('when it dies around any change, the service goes, and nothing is done twice', async () => {
    const stage = await stageOfTest();
    const account = await stage.operator.providerAccount();
    let service: PresentService;
    let operation: Operation;
    let before = 0;
    const tried = await surviveDeaths(stage, {
      worksMs: 8_000,
      settlingMs: 20_000,
      moments: aroundCalls('deleteService'),
      arrange: async () => {
        const { id } = await stage.operator.service(account);
        await stage.pass(4_000);
        service = await serviceNow(stage, id);
        before = stage.simulator.calls().at(-1)!.number;
        operation = await end(stage, service);
      },
      check: async () => {
        expect(stage.glance.ourChanges(before)).toEqual([
          'DeleteVpcEndpointServiceConfigurations ok',
        ]);
        expect(stage.glance.serviceIds()).not.toContain(service.serviceId);
        expect(await follow(stage, operation)).toMatchObject({ state: 'succeeded' });
      },
    });
    expect(tried).toBe(2);
  });
});
