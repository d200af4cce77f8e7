// A database that is put back from before, or copied: nothing is changed in AWS in its name, until
// an operator says that it is the one.

import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultWorldSpec } from '@sallyport/aws-simulator';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { confirm, get } from '../../src/usecases/deployment.ts';
import { reconcile } from '../../src/usecases/endpoint-services.ts';
import * as grants from '../../src/usecases/grants.ts';
import { plan } from '../../src/usecases/plans.ts';
import { temporaryDatabase } from '../storage/postgres/temporary-database.ts';
import { dumpDatabase, restoreDatabase, type Dump } from './database-dump.ts';
import {
  acme,
  changesDuring,
  globex,
  letIn,
  readAgain,
  rootArn,
  serviceOnStage,
  stagesOfFile,
  type PresentService,
} from './harness.ts';
import { startOther, type OtherSallyport } from './other-sallyport.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();
const newcomer = '777777777777';

interface Yesterday {
  stage: Stage;
  service: PresentService;
  dump: Dump;
}

/** A service with one customer, as the dump has it; what came after it, each test says. */
async function yesterday(): Promise<Yesterday> {
  const stage = await stageOfTest();
  const { service } = await serviceOnStage(stage);
  await letIn(stage, service, acme);
  await readAgain(stage, service);
  return { stage, service, dump: await dumpDatabase(stage.db) };
}

/** The customer of the dump has left, and another one has come. */
async function today({ stage, service }: Yesterday): Promise<void> {
  const [{ id }] = (await stage.db.query<{ id: string }>('SELECT id FROM grants')) as [
    { id: string },
  ];
  await stage.change((context) => grants.remove(context, id));
  await letIn(stage, service, globex);
  await readAgain(stage, service);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(globex)]);
}

async function onCopy({ stage, dump }: Yesterday): Promise<OtherSallyport> {
  const db = await temporaryDatabase();
  onTestFinished(() => db.close());
  await restoreDatabase(db, dump);
  return startOther(stage, db);
}

async function inPlace({ stage, dump }: Yesterday): Promise<OtherSallyport> {
  await restoreDatabase(stage.db, dump);
  return startOther(stage);
}

const status = ({ change }: Pick<OtherSallyport, 'change'>) => change(get);
const confirmed = ({ change }: OtherSallyport) =>
  change((context) => confirm(context, { reason: 'The other one is gone, INC-4711' }));

/** Somebody asks the other one to let a customer in. */
const wanting = (stage: Stage, { operator }: OtherSallyport, service: EndpointService) =>
  letIn({ ...stage, operator }, service, newcomer);

/** Neither a change nor a mark, whatever is wanted of it. */
async function standsStill(stage: Stage, other: OtherSallyport, service: EndpointService) {
  const before = stage.simulator.calls().at(-1)!.number;
  const endpoint = await stage.hands.connect(globex, service.serviceId!).catch(() => null);
  await wanting(stage, other, service);
  await other.pass(70_000);
  const calls = stage.glance.ourCalls(before);
  expect(calls.length).toBeGreaterThan(5);
  expect(calls.filter(({ mutating }) => mutating)).toEqual([]);
  if (endpoint) expect(stage.glance.state(endpoint)).toBe('pendingAcceptance');
}

describe('a database that is put back from before a change', () => {
  it('when a worker starts on it, nothing is changed and every service says why', async () => {
    const before = await yesterday();
    const { stage, service } = before;
    await today(before);
    const restored = await inPlace(before);
    await standsStill(stage, restored, service);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(globex)]);
    expect(await restored.service(service.id)).toMatchObject({
      quarantine: 'older_database',
      problem: expect.stringMatching(/^Its mark in AWS is "dep_/),
    });
    expect(await status(restored)).toMatchObject({
      state: 'older_database',
      quarantined: { older_database: 1, moved_database: 0, another_deployment: 0 },
    });
    expect(stage.errors).toEqual([]);
  });

  it('when nothing was changed since, it goes on', async () => {
    const before = await yesterday();
    const { stage, service } = before;
    const restored = await inPlace(before);
    await restored.pass(5_000);
    expect(await status(restored)).toMatchObject({ state: 'ready' });
    await letIn(stage, service, globex);
    await restored.pass(5_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([acme, globex].map(rootArn));
  });

  it.each([
    ['at once', 0],
    ['after more than a minute', 61_000],
  ])('when only a service of another region was changed, none is, %s', async (_, haltedMs) => {
    const [vendor, ...others] = defaultWorldSpec().accounts;
    const away = { name: 'away', region: 'eu-west-1' };
    const loadBalancers = [...(vendor!.loadBalancers ?? []), away];
    const stage = await stageOfTest({
      world: { accounts: [{ ...vendor!, loadBalancers }, ...others] },
    });
    const { service, account } = await serviceOnStage(stage);
    const awayId = await stage.hands.makeService([], 'eu-west-1');
    const manage = { principals: 'manage' } as const;
    const far = await stage.operator.register(account, awayId, manage, 'eu-west-1');
    await stage.pass(3_000);
    const dump = await dumpDatabase(stage.db);
    await letIn(stage, far, acme);
    await stage.pass(5_000);
    stage.clock.advance(60_000);
    const restored = await inPlace({ stage, service, dump });
    // A machine may halt before the process has done anything.
    stage.clock.advance(haltedMs);
    // Everything of the near service is due before the far one is read.
    const key = `${account.id}/eu-west-1`;
    const later = new Date(stage.clock.now().getTime() + 5_000);
    await stage.db.query('UPDATE targets SET due_at = $2 WHERE key = $1', [key, later]);
    await restored.pass(1_000);
    await letIn(stage, service, globex);
    const marks = stage.glance.ourMarks().length;
    expect(await changesDuring(stage, () => restored.pass(70_000))).toEqual([]);
    expect(stage.glance.ourMarks()).toHaveLength(marks);
    expect(await restored.service(service.id)).toMatchObject({ quarantine: 'older_database' });
    expect(await restored.service(far.id)).toMatchObject({ quarantine: 'older_database' });
  });

  it('when an operator confirms it, it does what its plan says', async () => {
    const before = await yesterday();
    const { stage, service } = before;
    await today(before);
    const restored = await inPlace(before);
    await restored.pass(5_000);
    await wanting(stage, restored, service);
    await readOn(restored, service);
    const planned = await restored.change((context) => plan(context, service.id));
    // What was taken away since is contested: nobody can tell whose hand it was.
    expect(planned.principals).toEqual({
      add: [rootArn(newcomer)],
      remove: [],
      contested: [rootArn(acme)],
      unmanaged: [rootArn(globex)],
    });
    const changes = await changesDuring(stage, async () => {
      expect(await confirmed(restored)).toMatchObject({ state: 'ready' });
      await restored.pass(70_000);
    });
    expect(changes).toEqual(['ModifyVpcEndpointServicePermissions ok']);
    expect(await restored.service(service.id)).toMatchObject({ quarantine: null, problem: null });
    expect(await status(restored)).toMatchObject({ state: 'ready' });
    expect(stage.glance.allowlist(service.serviceId)).toEqual(
      [rootArn(globex), rootArn(newcomer)].sort(),
    );
  });
});

describe('a copy of a database', () => {
  it('when a worker starts on it, nothing is changed, and the original goes on', async () => {
    const before = await yesterday();
    const { stage, service } = before;
    const copy = await onCopy(before);
    await standsStill(stage, copy, service);
    expect(await copy.service(service.id)).toMatchObject({ quarantine: 'moved_database' });
    expect(await status(copy)).toMatchObject({ state: 'moved_database' });
    const audited = await copy.db.query<{ actor: string }>(
      "SELECT actor FROM audit_entries WHERE action = 'quarantineDeployment'",
    );
    expect(audited).toEqual([{ actor: 'worker:arrival' }]);

    await letIn(stage, service, globex);
    await stage.pass(10_000);
    expect(stage.glance.allowlist(service.serviceId)).toContain(rootArn(globex));
  });

  it('when it wants a service that is not there yet, none is made', async () => {
    const before = await yesterday();
    const { stage } = before;
    const [account] = await stage.db.query<{ id: string }>('SELECT id FROM provider_accounts');
    const { id } = await stage.operator.service(account as never);
    const copy = await onCopy({ ...before, dump: await dumpDatabase(stage.db) });
    expect(await changesDuring(stage, () => copy.pass(70_000))).toEqual([]);
    expect(await copy.service(id)).toMatchObject({ serviceId: null, quarantine: 'moved_database' });
  });

  it('when an operator confirms it, it goes on, and the original stands still', async () => {
    const before = await yesterday();
    const { stage, service } = before;
    const copy = await onCopy(before);
    await copy.pass(5_000);
    const { id } = await status(copy);
    const after = await confirmed(copy);
    expect(after).toMatchObject({ state: 'ready' });
    expect(after.id).not.toBe(id);
    expect(await changesDuring(stage, () => copy.pass(70_000))).toEqual([]);

    await wanting(stage, copy, service);
    await readOn(copy, service);
    const both = [acme, newcomer].map(rootArn);
    expect(stage.glance.allowlist(service.serviceId)).toEqual(both);

    // The original has stood by meanwhile: it sees the mark of the copy with its next read.
    await readAgain(stage, service, 1);
    await letIn(stage, service, globex);
    const last = stage.simulator.calls().at(-1)!.number;
    await readAgain(stage, service);
    expect(stage.glance.ourChanges(last)).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual(both);
    expect(await status(stage)).toMatchObject({
      state: 'ready',
      quarantined: { another_deployment: 1 },
    });
  });

  it('when the original goes on all the same, the confirmed copy stands still', async () => {
    const before = await yesterday();
    const { stage, service } = before;
    const copy = await onCopy(before);
    await copy.pass(5_000);
    await confirmed(copy);
    await letIn(stage, service, globex);
    await stage.pass(5_000);
    await readOn(copy, service);
    expect(await copy.service(service.id)).toMatchObject({ quarantine: 'another_deployment' });
    expect(stage.glance.allowlist(service.serviceId)).toEqual([acme, globex].map(rootArn));
  });
});

async function readOn(other: OtherSallyport, { id }: EndpointService): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await other.change((context) => reconcile(context, id));
    await other.pass(1_500);
  }
}
