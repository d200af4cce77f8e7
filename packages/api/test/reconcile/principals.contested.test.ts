// An entry of ours that other hands remove: held, put back once, put back always, or let go.

import { expect, it } from 'vitest';
import * as principals from '../../src/storage/principals.ts';
import { release, restore } from '../../src/usecases/contested-principals.ts';
import * as grants from '../../src/usecases/grants.ts';
import { update } from '../../src/usecases/endpoint-services.ts';
import {
  acme,
  changesDuring,
  letIn,
  readAgain,
  rootArn,
  serviceOnStage,
  stagesOfFile,
  type PresentService,
} from './harness.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();
const arn = rootArn(acme);
const modify = 'ModifyVpcEndpointServicePermissions ok';

/** An entry of ours, seen by AWS. */
async function entry() {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  await stage.pass(5_000);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([arn]);
  return { stage, service };
}

async function disallow(stage: Stage, service: PresentService): Promise<void> {
  await stage.hands.disallow(service.serviceId, [arn]);
  stage.clock.advance(1_000);
}

async function entryNow({ db }: Stage, { id }: PresentService) {
  const [found] = await principals.listNamed(db, id, [arn]);
  return found!;
}

it('when an operator restores it, it is put back once, and held the next time', async () => {
  const { stage, service } = await entry();
  await disallow(stage, service);
  expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
  const { id, state } = await entryNow(stage, service);
  expect(state).toBe('contested');
  const page = { limit: 10, after: null };
  const shown = await stage.change((context) => grants.list(context, {}, page));
  const command = `sallyport principals restore ${id} --reason …`;
  expect(shown.items[0]!.conditions).toMatchObject([
    { type: 'ready', status: 'true' },
    {
      type: 'in_place',
      status: 'false',
      reason: 'contested_principal',
      subject: arn,
      next: { actor: 'vendor', command },
    },
  ]);
  const calls = await changesDuring(stage, async () => {
    await stage.change((context) => restore(context, id, 'OPS-1'));
    await stage.pass(5_000);
  });
  expect(calls).toEqual([modify]);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([arn]);
  expect(await entryNow(stage, service)).toMatchObject({ state: 'allowed', owned: true });
  const grant = await stage.change((context) => grants.get(context, shown.items[0]!.id));
  expect(grant.conditions.map(({ type, status }) => [type, status])).toEqual([
    ['ready', 'true'],
    ['in_place', 'true'],
  ]);
  await disallow(stage, service);
  expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
  expect(await entryNow(stage, service)).toMatchObject({ state: 'contested', alarm: 'contested' });
});

it('when an operator releases it, it stays away, and what others add is theirs', async () => {
  const { stage, service } = await entry();
  await disallow(stage, service);
  await readAgain(stage, service);
  const { id } = await entryNow(stage, service);
  const calls = await changesDuring(stage, async () => {
    await stage.change((context) => release(context, id, 'OPS-2'));
    await readAgain(stage, service);
    await stage.hands.allow(service.serviceId, [arn]);
    await readAgain(stage, service);
  });
  expect(calls).toEqual([]);
  expect(await entryNow(stage, service)).toMatchObject({ state: 'allowed', owned: false });
});

it('when the service restores, each removal is answered once two reads agree on it', async () => {
  const { stage, service } = await entry();
  await stage.change((context) => update(context, service.id, { onExternalRemoval: 'restore' }));
  for (let round = 0; round < 2; round++) {
    const calls = await changesDuring(stage, async () => {
      await disallow(stage, service);
      await readAgain(stage, service);
      await stage.pass(5_000);
    });
    expect(calls).toEqual([modify]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([arn]);
  }
  expect(stage.errors).toEqual([]);
});
