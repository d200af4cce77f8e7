// Names and values as Route 53 gives them back: in lower case, with the last dot, an asterisk as
// `\052`, and values exactly as they were written. And a zone that two names share.

import { expect, it } from 'vitest';
import * as privateDns from '../../src/usecases/private-dns.ts';
import { serviceNow, serviceOnStage, stagesOfFile, type PresentService } from './harness.ts';
import { domain } from './other-hands.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const put = (stage: Stage, { id }: PresentService, name: string) =>
  stage.change((context) => privateDns.put(context, id, name));
const status = (stage: Stage, { id }: PresentService) =>
  stage.change((context) => privateDns.get(context, id));
const named = ({ simulator }: Stage, { serviceId }: PresentService) =>
  simulator.world.endpointServices.get(serviceId)!.privateDns!;

it('when the name is of all beneath a domain, its record is at the domain', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await stage.hands.publishTxt(`*.api.${domain}`, ['theirs']);
  await put(stage, service, `*.api.${domain}`);
  await stage.pass(10_000);
  expect(await status(stage, service)).toMatchObject({
    state: 'verified',
    name: `*.api.${domain}`,
  });
  const { label, value } = named(stage, service);
  const theirs = { [`\\052.api.${domain}`]: ['theirs'] };
  expect(stage.glance.txt()).toEqual({ ...theirs, [`${label}.api.${domain}`]: [value] });
  await stage.change((context) => privateDns.remove(context, service.id));
  await stage.pass(5_000);
  expect(stage.glance.txt()).toEqual(theirs);
});

it('when others write the same name in capitals, it is one record, and theirs stays', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  stage.hooks.before = async (call) => {
    if (call.name !== 'addTxtValue') return;
    stage.hooks.before = () => undefined;
    await stage.hands.publishTxt(`${String(call.args[1]).toUpperCase()}.`, ['Theirs']);
  };
  await put(stage, service, `api.${domain}`);
  await stage.pass(10_000);
  const { label, value } = named(stage, service);
  expect(stage.glance.txt()).toEqual({ [`${label}.api.${domain}`]: ['Theirs', value].sort() });
  expect(await status(stage, service)).toMatchObject({ state: 'verified' });
  await stage.change((context) => privateDns.remove(context, service.id));
  await stage.pass(5_000);
  expect(stage.glance.txt()).toEqual({ [`${label}.api.${domain}`]: ['Theirs'] });
});

it('when others put the value into lower case, it is told, and ours comes beside it', async () => {
  const stage = await stageOfTest({ delays: { recordsInSync: 30_000 } });
  const { service } = await serviceOnStage(stage);
  await put(stage, service, `api.${domain}`);
  await stage.pass(4_000);
  const { label, value } = named(stage, service);
  const lower = value.toLowerCase();
  expect(lower).not.toBe(value);
  await stage.hands.publishTxt(`${label}.api.${domain}`, [lower]);
  await stage.pass(90_000);
  const told = await status(stage, service);
  expect(told.state).not.toBe('verified');
  expect(told.sightings).toMatchObject([{ outcome: 'missing', otherValues: [lower] }]);
  expect(told.next?.command).toContain('private-dns verify');
  await stage.change((context) => privateDns.verify(context, service.id));
  await stage.pass(90_000);
  expect(stage.glance.txt()).toEqual({ [`${label}.api.${domain}`]: [lower, value].sort() });
  expect(await status(stage, service)).toMatchObject({ state: 'verified' });
});

it('when the zone is still busy with one name, the other is written after it', async () => {
  const stage = await stageOfTest({ delays: { zoneBusy: 8_000 } });
  const { account, service } = await serviceOnStage(stage);
  const { id } = await stage.operator.service(account);
  await stage.pass(3_000);
  const other = await serviceNow(stage, id);
  await put(stage, service, `api.${domain}`);
  await put(stage, other, `console.${domain}`);
  await stage.pass(60_000);
  const busy = stage.glance.ourChanges().filter((change) => change.endsWith('NotComplete'));
  expect(busy.length).toBeGreaterThan(0);
  expect(busy.length).toBeLessThanOrEqual(9);
  const records = [service, other].map((each) => {
    const { label, value, name } = named(stage, each);
    return [`${label}.${name}`, [value]];
  });
  expect(stage.glance.txt()).toEqual(Object.fromEntries(records));
  for (const each of [service, other]) {
    expect(await status(stage, each)).toMatchObject({ state: 'verified' });
  }
});
