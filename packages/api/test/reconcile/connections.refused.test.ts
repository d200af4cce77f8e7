// Connections that AWS refuses item by item, and those that nobody here knows: held, told, and kept
// from holding up others.

import { expect, it } from 'vitest';
import { decide } from '../../src/usecases/connections.ts';
import { diagnose } from '../../src/usecases/diagnoses.ts';
import { report } from '../../src/usecases/drift.ts';
import { customerCaller } from './operator.ts';
import { acme, globex, letIn, rootArn, serviceOnStage, stagesOfFile } from './harness.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const items = async (stage: Stage, id: string) =>
  (await stage.change((context) => report(context, id))).items;

it('when AWS refuses one of two, the other is let in, and it is told who has to look', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  const { customer } = await letIn(stage, service, acme);
  await stage.pass(3_000);
  const refused = await stage.hands.connect(acme, service.serviceId);
  const other = await stage.hands.connect(acme, service.serviceId);
  stage.simulator.setFault({
    name: 'refuses',
    match: { action: 'AcceptVpcEndpointConnections' },
    items: { ids: [refused], code: 'InvalidState', message: 'Not now.' },
  });
  await stage.pass(8_000);
  expect(stage.glance.state(other)).toBe('available');
  expect(stage.glance.state(refused)).toBe('pendingAcceptance');
  expect(await items(stage, service.id)).toMatchObject([
    { kind: 'refused_connection', severity: 'alarm', subject: refused },
  ]);
  const diagnosis = await stage.change((context) => diagnose(context, refused));
  expect(diagnosis).toMatchObject({ works: 'no', turn: 'vendor' });
  expect(diagnosis.summary).toContain('InvalidState: Not now.');
  const shown = await stage.change(
    (context) => diagnose(context, refused),
    customerCaller(customer),
  );
  expect(shown.summary).toContain('(InvalidState)');
  stage.simulator.simulation.faults.clear();
  await stage.pass(65_000);
  expect(stage.glance.state(refused)).toBe('available');
  expect(await items(stage, service.id)).toEqual([]);
});

it('when AWS keeps one of two, the other goes, and that one is tried again', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  await stage.pass(3_000);
  const [stays, goes] = [
    await stage.hands.connect(acme, service.serviceId),
    await stage.hands.connect(acme, service.serviceId),
  ];
  await stage.pass(8_000);
  stage.simulator.setFault({
    name: 'keeps',
    match: { action: 'RejectVpcEndpointConnections' },
    items: { ids: [stays], code: 'InternalError', message: 'Try later.' },
  });
  for (const id of [stays, goes]) {
    await stage.change((context) => decide(context, id, 'reject', 'It has moved.'));
  }
  await stage.pass(8_000);
  expect([stays, goes].map(stage.glance.state)).toEqual(['available', 'rejected']);
  expect(await items(stage, service.id)).toMatchObject([
    { kind: 'refused_connection', severity: 'alarm', subject: stays },
  ]);
  const [effect] = await stage.db.query<{ outcome: string; detail: string }>(
    `SELECT outcome, detail FROM effects WHERE action = 'reject_connections' ORDER BY id LIMIT 1`,
  );
  expect(effect).toEqual({ outcome: 'partial', detail: '1 refused: InternalError' });
  const asked = stage.glance.ourChanges().filter((change) => change.startsWith('Reject')).length;
  expect(asked).toBe(1);
  stage.simulator.simulation.faults.clear();
  await stage.pass(65_000);
  expect(stage.glance.state(stays)).toBe('rejected');
  expect(await items(stage, service.id)).toEqual([]);
});

it('when nobody knows the owner, it is held and reported until somebody does', async () => {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await stage.hands.allow(service.serviceId, [rootArn(globex)]);
  const id = await stage.hands.connect(globex, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(id)).toBe('pendingAcceptance');
  const [first] = (await items(stage, service.id)).filter(({ kind }) => kind === 'unknown_owner');
  expect(first).toMatchObject({ severity: 'notice', subject: id });
  expect(first!.detail).toContain(globex);
  await letIn(stage, service, globex);
  await stage.pass(8_000);
  expect(stage.glance.state(id)).toBe('available');
  expect((await items(stage, service.id)).map(({ kind }) => kind)).not.toContain('unknown_owner');
});
