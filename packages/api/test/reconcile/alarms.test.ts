// What the drift reports have to tell, told once when it comes and once when it goes.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { alarmsTarget } from '../../src/domain/target.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import * as storage from '../../src/storage/connections.ts';
import * as events from '../../src/storage/events.ts';
import * as principals from '../../src/storage/principals.ts';
import * as decisions from '../../src/usecases/contested-principals.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());
beforeEach(() =>
  world.db.query(`DELETE FROM targets; DELETE FROM alarms;
    UPDATE endpoint_services SET retiring_since = now(), retired_at = now()
    WHERE retired_at IS NULL`),
);

/** What is told when a worker has looked at all reports. */
async function told() {
  const { db, makeId } = world;
  await events.publish(db, () => makeId('event'));
  const position = await events.lastPosition(db);
  await world.nudge(alarmsTarget);
  await world.round();
  await events.publish(db, () => makeId('event'));
  const found = await events.listAfter(db, {}, position, 1_000);
  return found.map(({ type, subject, alarm, customerId }) => {
    return { type, id: subject.id, kind: alarm?.kind, about: alarm?.subject, customerId };
  });
}

const foreign = 'arn:aws:iam::999999999999:root';

async function opened(): Promise<EndpointService> {
  const service = await world.scene.service();
  await world.scene.showService(service);
  await world.scene.showPrincipals(service, ['*', foreign]);
  return service;
}

/** An account whose root the allowlist is to have. */
async function wanted(service: EndpointService) {
  const customer = await world.scene.customer();
  const { accountId } = await world.scene.account(customer, 'proven');
  await world.scene.grant(customer, service);
  return { accountId, arn: `arn:aws:iam::${accountId}:root` };
}

describe('the alarms of a service', () => {
  it('when an allowlist is opened to everyone, that is told once, and so is its end', async () => {
    const service = await opened();
    const everyone = { id: service.id, kind: 'open_to_everyone', about: '*', customerId: null };
    const strange = { id: service.id, kind: 'unmanaged_principal', about: foreign };
    expect(await told()).toMatchObject([
      { type: 'alarm.raised', ...everyone },
      { type: 'notice.raised', ...strange },
    ]);
    expect(await told()).toEqual([]);
    for (const _ of [1, 2]) await world.scene.showPrincipals(service, [foreign]);
    expect(await told()).toMatchObject([{ type: 'alarm.cleared', ...everyone }]);
    expect(await told()).toEqual([]);
  });

  it('when the service is retired, what it told is over', async () => {
    const service = await opened();
    await told();
    const now = world.clock.now();
    const retire =
      'UPDATE endpoint_services SET retiring_since = $2, retired_at = $2 WHERE id = $1';
    await world.db.query(retire, [service.id, now]);
    const types = (await told()).filter(({ id }) => id === service.id).map(({ type }) => type);
    expect(types).toEqual(['alarm.cleared', 'notice.cleared']);
  });

  it('when other hands remove our entry, that is an alarm until it is released', async () => {
    const service = await world.scene.service();
    await world.scene.showService(service);
    const { arn } = await wanted(service);
    await principals.recordOwned(world.db, service.id, [arn]);
    for (const shown of [[arn], [], []]) await world.scene.showPrincipals(service, shown);
    const contested = { id: service.id, kind: 'contested_principal', about: arn };
    expect(await told()).toMatchObject([{ type: 'alarm.raised', ...contested }]);
    const [entry] = await principals.listNamed(world.db, service.id, [arn]);
    await world.change((context) => decisions.release(context, entry!.id, 'OPS-1'));
    expect(await told()).toContainEqual(
      expect.objectContaining({ type: 'alarm.cleared', ...contested }),
    );
  });

  it('when AWS does not show an entry of ours in ten minutes, that is an alarm', async () => {
    const service = await world.scene.service();
    await world.scene.showService(service);
    const { arn } = await wanted(service);
    await world.scene.showPrincipals(service, []);
    expect(await told()).toEqual([]);
    world.clock.advance(600_000);
    const stuck = { id: service.id, kind: 'stuck_principal', about: arn };
    expect(await told()).toMatchObject([{ type: 'alarm.raised', ...stuck }]);
  });

  it.each([
    ['pending', 'alarm'],
    ['partial', 'alarm'],
    ['deleting', 'notice'],
  ])('when a connection is %s for ten minutes, that is an %s', async (awsState, severity) => {
    const service = await world.scene.service();
    await world.scene.showService(service);
    const { accountId: ownerAccountId } = await wanted(service);
    const { vpcEndpointId, id } = await world.scene.showConnection(service, {
      ownerAccountId,
      awsState,
    });
    await storage.decide(world.db, id, { decision: 'accept', decidedBy: 'policy', reason: null });
    world.clock.advance(599_000);
    const before = await told();
    expect(before.filter(({ kind }) => kind === 'stuck_connection')).toEqual([]);
    world.clock.advance(1_000);
    const stuck = { id: service.id, kind: 'stuck_connection', about: vpcEndpointId };
    expect(await told()).toContainEqual(
      expect.objectContaining({ type: `${severity}.raised`, ...stuck }),
    );
    await world.scene.showConnection(service, {
      ownerAccountId,
      vpcEndpointId,
      awsState: 'deleted',
    });
    expect(await told()).toContainEqual(
      expect.objectContaining({ type: `${severity}.cleared`, ...stuck }),
    );
  });
});
