// What it costs to know who calls.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRequests } from '../../src/usecases/requests.ts';
import { createAmbience } from '../ambience.ts';
import { addKey } from '../harness.ts';
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
