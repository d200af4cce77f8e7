import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as privateDns from '../../src/storage/private-dns.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
const { clock } = ambience;
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, ambience);
});
afterAll(() => db.close());

const known = {
  ownedNames: ['api.vendor.example'],
  record: {
    zoneId: 'Z1',
    recordName: '_a.api.vendor.example',
    value: 'vpce:x',
    changeId: 'C1',
    insyncAt: clock.now(),
  },
  verificationStartedAt: clock.now(),
  problem: 'No zone.',
  observedAt: clock.now(),
};

describe('private DNS', () => {
  it('when all that is known is recorded, it comes back as it was', async () => {
    const { id } = await scene.service();
    await privateDns.want(db, id, 'api.vendor.example');
    await privateDns.record(db, id, known);
    const found = await privateDns.find(db, id);
    expect(found).toEqual({ endpointServiceId: id, name: 'api.vendor.example', ...known });
  });

  it('when another name is wanted, what is ours of the old one is still known', async () => {
    const { id } = await scene.service();
    await privateDns.record(db, id, known);
    await privateDns.want(db, id, 'b.vendor.example');
    const anew = { problem: null, verificationStartedAt: null };
    const after = { ...known, name: 'b.vendor.example', ...anew };
    expect(await privateDns.find(db, id)).toMatchObject(after);
  });

  it('when the name is about to be set, it counts as ours from then on', async () => {
    const { id } = await scene.service();
    for (const name of ['a.example', 'b.example', 'b.example']) await privateDns.own(db, id, name);
    expect(await privateDns.find(db, id)).toMatchObject({ ownedNames: ['a.example', 'b.example'] });
    await privateDns.disown(db, id, 'b.example');
    expect(await privateDns.find(db, id)).toMatchObject({ ownedNames: ['a.example'] });
  });

  it('when the service is forgotten, so is its name', async () => {
    const { id } = await scene.service();
    await db.query('DELETE FROM endpoint_services WHERE id = $1', [id]);
    expect(await privateDns.find(db, id)).toBeNull();
  });
});
