// What the drift reports have to tell, told once when it comes and once when it goes.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { alarmsTarget } from '../../src/domain/target.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import * as events from '../../src/storage/events.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());
beforeEach(() => world.db.query('DELETE FROM targets; DELETE FROM alarms'));

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
});
