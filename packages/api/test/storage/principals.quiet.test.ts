// A read of the allowlist that shows nothing new costs no write, however long the list is.

import { afterAll, beforeAll, expect, it } from 'vitest';
import * as principals from '../../src/storage/principals.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, ambience);
});
afterAll(() => db.close());

/** Which rows were written, told by PostgreSQL's own version of each. */
async function written(work: () => Promise<unknown>): Promise<string[]> {
  const versions = () =>
    db.query<{ arn: string; version: string }>(
      'SELECT arn, xmin::text AS version FROM principals ORDER BY arn',
    );
  const before = new Map((await versions()).map(({ arn, version }) => [arn, version]));
  await work();
  const after = await versions();
  return after.filter(({ arn, version }) => before.get(arn) !== version).map(({ arn }) => arn);
}

it('when a read shows what the last one showed, no row is written', async () => {
  const service = await scene.service();
  const [kept, gone] = ['1', '2'].map((digit) => `arn:aws:iam::${digit.repeat(12)}:root`);
  await scene.showPrincipals(service, [kept!, gone!]);
  expect(await written(() => scene.showPrincipals(service, [kept!, gone!]))).toEqual([]);
  for (let read = 1; read <= 2; read++) {
    expect(await written(() => scene.showPrincipals(service, [kept!]))).toEqual([gone]);
  }
  expect(await written(() => scene.showPrincipals(service, [kept!]))).toEqual([]);
});

it('when a read shows what the last one showed, its time is told all the same', async () => {
  const service = await scene.service();
  const arn = 'arn:aws:iam::333333333333:root';
  await scene.showPrincipals(service, [arn]);
  ambience.clock.advance(60_000);
  await scene.showPrincipals(service, [arn]);
  const [entry] = await principals.listOfAccount(db, service.id, '333333333333');
  expect(entry).toMatchObject({ observedAt: ambience.clock.now() });
});
