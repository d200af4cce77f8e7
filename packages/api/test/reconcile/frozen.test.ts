// A frozen service: read and reported on, and nothing of it changed.

import { describe, expect, it } from 'vitest';
import * as connections from '../../src/storage/connections.ts';
import { decide } from '../../src/usecases/connections.ts';
import { freeze, unfreeze } from '../../src/usecases/endpoint-services.ts';
import { offboard } from '../../src/usecases/offboardings.ts';
import * as operations from '../../src/usecases/operations.ts';
import { put } from '../../src/usecases/private-dns.ts';
import { Refusal } from '../../src/domain/errors.ts';
import {
  acme,
  changesDuring,
  globex,
  letIn,
  readAgain,
  rootArn,
  serviceNow,
  serviceOnStage,
  stagesOfFile,
} from './harness.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();
const frozen = (stage: Stage, id: string) =>
  stage.change((context) => freeze(context, id, { reason: 'Load balancers are being moved.' }));

describe('a frozen service', () => {
  it('when much is wanted of it, nothing is changed until it is unfrozen', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    await readAgain(stage, service);
    const asking = await stage.hands.connect(acme, service.serviceId);
    await frozen(stage, service.id);
    await letIn(stage, service, globex);
    await stage.change((context) => put(context, service.id, 'api.vendor.example'));
    expect(await changesDuring(stage, () => stage.pass(120_000))).toEqual([]);
    expect(stage.glance.state(asking)).toBe('pendingAcceptance');

    await stage.change((context) => unfreeze(context, service.id));
    await stage.pass(20_000);
    expect(stage.glance.allowlist(service.serviceId)).toContain(rootArn(globex));
    expect(stage.glance.state(asking)).toBe('available');
    expect(stage.glance.privateDns(service.serviceId)).toMatchObject({ state: 'verified' });
    expect(stage.errors).toEqual([]);
  });

  it('when a run is about to change it and another, only that one is marked', async () => {
    const stage = await stageOfTest();
    const { service, account } = await serviceOnStage(stage);
    const { id } = await stage.operator.service(account);
    await stage.pass(3_000);
    const { customer } = await letIn(stage, service, acme);
    const held = await serviceNow(stage, id);
    await stage.operator.grant(customer, held);
    await stage.pass(3_000);
    const [one, other] = [
      await stage.hands.connect(acme, service.serviceId),
      await stage.hands.connect(acme, held.serviceId),
    ];
    await stage.pass(20_000);
    const tagsOf = (serviceId: string) =>
      JSON.stringify([...stage.simulator.world.endpointServices.get(serviceId)!.tags]);
    const [before, beforeHeld] = [tagsOf(service.serviceId), tagsOf(held.serviceId)];
    for (const endpoint of [one, other]) {
      await stage.change((context) => decide(context, endpoint, 'reject', 'No longer.'));
    }
    let isFrozen = false;
    stage.hooks.after = async ({ name }) => {
      if (name !== 'listConnections' || isFrozen) return;
      isFrozen = true;
      await frozen(stage, held.id);
    };
    await stage.pass(20_000);
    expect([stage.glance.state(one), stage.glance.state(other)]).toEqual(['rejected', 'available']);
    expect(tagsOf(service.serviceId)).not.toBe(before);
    expect(tagsOf(held.serviceId)).toBe(beforeHeld);
  });

  it('when somebody decides by hand, it says that nothing would come of it', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    await readAgain(stage, service);
    await frozen(stage, service.id);
    const endpoint = await stage.hands.connect(acme, service.serviceId);
    await stage.pass(8_000);
    const { id } = (await connections.find(stage.db, endpoint, null))!;
    const accept = stage.change((context) => decide(context, id, 'accept', null));
    await expect(accept).rejects.toThrow(Refusal);
    await expect(accept).rejects.toMatchObject({ code: 'service_stands_still' });
  });

  it('when a customer leaves meanwhile, it waits and says for what', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { customer } = await letIn(stage, service, acme);
    await readAgain(stage, service);
    await frozen(stage, service.id);
    const { id } = await stage.change((context) => offboard(context, customer.id));
    expect(await changesDuring(stage, () => stage.pass(30_000))).toEqual([]);
    const follow = () => stage.change((context) => operations.get(context, id));
    expect(await follow()).toMatchObject({
      message: expect.stringMatching(/stand still/),
      heldUpBy: [{ by: 'frozen', command: `sallyport services unfreeze ${service.id}` }],
    });

    await stage.change((context) => unfreeze(context, service.id));
    await stage.pass(20_000);
    expect(await follow()).toMatchObject({
      message: expect.stringMatching(/No principal and no live connection is left/),
      heldUpBy: [],
    });
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  });
});
