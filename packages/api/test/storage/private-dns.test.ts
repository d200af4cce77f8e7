import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unasked } from '../../src/domain/private-dns.ts';
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
  ...unasked,
  ownedNames: ['api.vendor.example'],
  record: {
    zoneId: 'Z1',
    recordName: '_a.api.vendor.example',
    value: 'vpce:x',
    changeId: 'C1',
    insyncAt: clock.now(),
    missedLooks: 1,
  },
  verificationStartedAt: clock.now(),
  problem: 'No zone.',
  verifiedSince: clock.now(),
  disagreeingReads: 1,
  phase: 'blocked' as const,
  phaseSince: clock.now(),
  sightings: [
    {
      where: 'zone Z1',
      outcome: 'missing' as const,
      otherValues: ['v=spf1'],
      problem: null,
      at: clock.now(),
    },
  ],
  observedAt: clock.now(),
};

/** A name that is wanted, with all that may be known of it. */
async function recordAll(id: string): Promise<void> {
  await privateDns.want(db, id, 'api.vendor.example', clock.now());
  await privateDns.record(db, (await privateDns.find(db, id))!, known);
}

describe('private DNS', () => {
  it('when all that is known is recorded, it comes back as it was', async () => {
    const { id } = await scene.service();
    await recordAll(id);
    const found = await privateDns.find(db, id);
    expect(found).toEqual({ endpointServiceId: id, name: 'api.vendor.example', ...known });
  });

  it('when another name is wanted, what is ours of the old one is still known', async () => {
    const { id } = await scene.service();
    await recordAll(id);
    clock.advance(1_000);
    await privateDns.want(db, id, 'b.vendor.example', clock.now());
    const { ownedNames, record, observedAt } = known;
    const ours = { ownedNames, record, observedAt };
    const phase = { phase: 'configuring', phaseSince: clock.now() };
    const after = { endpointServiceId: id, ...unasked, name: 'b.vendor.example', ...ours };
    expect(await privateDns.find(db, id)).toEqual({ ...after, ...phase });
  });

  it('when a restart is wanted while a run is under way, the run does not undo it', async () => {
    const { id } = await scene.service();
    await recordAll(id);
    const before = (await privateDns.find(db, id))!;
    clock.advance(1_000);
    await privateDns.restart(db, id, clock.now());
    await privateDns.record(db, before, known);
    expect(await privateDns.find(db, id)).toMatchObject({
      verificationStartedAt: null,
      record: { value: 'vpce:x', changeId: '', insyncAt: null, missedLooks: 0 },
      sightings: [],
    });
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
