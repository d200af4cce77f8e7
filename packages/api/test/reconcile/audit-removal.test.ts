// The audit log where it is not kept for ever: what goes, and that the chain still holds.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createVerifier } from '../../src/domain/audit-verifier.ts';
import { cleaningTarget } from '../../src/domain/target.ts';
import { toWire } from '../../src/http/wire/names.ts';
import * as auditSeals from '../../src/storage/audit-seals.ts';
import { texts } from '../../src/usecases/audit-export.ts';
import { sealSome } from '../../src/usecases/audit-sealing.ts';
import * as customers from '../../src/usecases/customers.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

let world: WorkerScene;
beforeAll(async () => {
  world = await startWorkerScene(1, { auditRetentionDays: 100 });
});
afterAll(() => world.close());

const seal = () => sealSome({ db: world.db, now: world.clock.now, documentOf: toWire });

async function create(externalId: string): Promise<void> {
  await world.change((context) => customers.create(context, { externalId, name: externalId }));
  await seal();
}

async function clean(): Promise<void> {
  await world.nudge(cleaningTarget);
  await world.round();
}

const names = async () => {
  const rows = await world.db.query<{ name: string }>(
    `SELECT coalesce(after->>'externalId', action) AS name FROM audit_entries ORDER BY id`,
  );
  return rows.map(({ name }) => name);
};

async function verified() {
  const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  const verifier = createVerifier({ sha256 });
  for await (const text of texts(world, toWire)) {
    verifier.read(text.slice(0, -1));
  }
  return verifier.end();
}

it('when entries are too old, they go once a sealed one says so, and the chain holds', async () => {
  await create('first');
  world.clock.advance(60 * 86_400_000);
  await create('second');
  world.clock.advance(60 * 86_400_000);
  await create('third');

  await clean();
  expect(await names()).toEqual(['first', 'second', 'third', 'removeAuditEntries']);
  expect(await verified()).toMatchObject({ intact: true, removedThrough: 0, unsealed: 1 });

  await seal();
  await clean();
  expect(await names()).toEqual(['second', 'third', 'removeAuditEntries']);
  expect(await verified()).toMatchObject({ intact: true, removedThrough: 1, entries: 3, seals: 4 });

  await clean();
  expect(await names()).toHaveLength(3);

  world.clock.advance(200 * 86_400_000);
  await clean();
  await seal();
  await clean();
  expect(await names()).toEqual(['removeAuditEntries']);
  expect(await verified()).toMatchObject({ intact: true, removedThrough: 4, entries: 1, seals: 5 });
  expect(world.errors).toEqual([]);
});

it('when the worker is stopped half-way through a seal, an export is as intact', async () => {
  for (const name of ['one', 'two', 'three']) {
    await world.change((context) => customers.create(context, { externalId: name, name }));
  }
  await seal();
  world.clock.advance(200 * 86_400_000);
  await clean();
  await seal();
  const before = await verified();
  while ((await names()).includes('one')) await auditSeals.deleteRemoved(world.db, 1);
  expect(await names()).toContain('two');
  expect(await verified()).toMatchObject({ intact: true, seals: before.seals });
});
