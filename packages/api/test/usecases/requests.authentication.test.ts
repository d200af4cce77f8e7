// What it costs to know who calls.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/postgres/database.ts';
import { DatabaseUnavailableError } from '../../src/storage/postgres/errors.ts';
import { createRequests } from '../../src/usecases/requests.ts';
import { createAmbience } from '../ambience.ts';
import { addKey } from '../harness.ts';
import { startSilentProxy } from '../storage/postgres/silent-proxy.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());

it('when a key is used again within a minute, it is read once and not written', async () => {
  const ambience = createAmbience();
  const { clock, makeId, random } = ambience;
  const secret = await addKey(db, ambience, 'operator', null);
  const statements: string[] = [];
  const counted: typeof db = {
    ...db,
    query: (text, ...rest) => {
      statements.push(text.trim().split(/\s/)[0]!);
      return db.query(text, ...rest);
    },
  };
  const options = { database: counted, now: clock.now, makeId, random, audience: () => '' };
  const requests = createRequests(options);
  const use = async (afterMs: number) => {
    clock.advance(afterMs);
    statements.length = 0;
    await requests.authenticate(secret);
    return [...statements];
  };
  await use(0);
  expect(await use(60_001)).toEqual(['SELECT', 'UPDATE']);
  expect(await use(60_000)).toEqual(['SELECT']);
  expect(await use(1)).toEqual(['SELECT', 'UPDATE']);
});

it('when the answer about one is lost on the way, those that come after it are known', async () => {
  const ambience = createAmbience(2);
  const secret = await addKey(db, ambience, 'support', null);
  const proxy = await startSilentProxy(db.connectionString);
  const { connectionString } = proxy;
  const database = openDatabase({ connectionString });
  const { makeId, random } = ambience;
  const options = { database, now: ambience.clock.now, makeId, random, audience: () => '' };
  const { authenticate } = createRequests(options);
  await authenticate(secret);
  // What it came over is dead from here, and the server is there.
  proxy.silence();
  proxy.listenAgain();
  const lost = authenticate(secret).catch((error: unknown) => error);
  const later: ReturnType<typeof authenticate>[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    later.push(authenticate(secret));
  }
  for (const one of later) expect(await one).toMatchObject({ role: 'support' });
  await proxy.close();
  expect(await lost).toBeInstanceOf(DatabaseUnavailableError);
  await database.close();
});
