// Reads of one service by different targets, of which the slower one ends last.

import { expect, it } from 'vitest';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import { reconcile } from '../../src/usecases/endpoint-services.ts';
import * as privateDns from '../../src/usecases/private-dns.ts';
import { serviceNow, serviceOnStage, stagesOfFile } from './harness.ts';
import { domain } from './other-hands.ts';

const stageOfTest = stagesOfFile();

it('when a read is recorded after a later one, what the later one saw stays', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await stage.change((context) => privateDns.put(context, service.id, `api.${domain}`));
  let overtaken = false;
  stage.hooks.after = async ({ name }) => {
    if (name !== 'getService' || overtaken) return;
    overtaken = true;
    const { ec2 } = stage.hands.vendor();
    const ServiceId = service.serviceId;
    await ec2.modifyVpcEndpointServiceConfiguration({ ServiceId, AcceptanceRequired: false });
    stage.clock.advance(2_000);
    await stage.change((context) => reconcile(context, service.id));
    await stage.round();
    const later = { observed: { acceptanceRequired: false }, observedAt: stage.clock.now() };
    expect(await serviceNow(stage, service.id)).toMatchObject(later);
  };
  await stage.round();
  expect(overtaken).toBe(true);
  const { observed } = await serviceNow(stage, service.id);
  expect(observed?.acceptanceRequired).toBe(false);
  await stage.pass(8_000);
  expect(stage.glance.privateDns(service.serviceId)).toMatchObject({ state: 'verified' });
  expect(stage.errors).toEqual([]);
});

it('when a read that missed it is recorded after one that saw it, it is there', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  const before = new Date(stage.clock.now().getTime() - 100_000);
  await endpointServices.recordMissing(stage.db, service.id, 'AWS shows none.', before);
  expect(await serviceNow(stage, service.id)).toMatchObject({ observed: { state: 'available' } });
});
