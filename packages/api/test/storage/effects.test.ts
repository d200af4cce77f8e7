import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as effects from '../../src/storage/effects.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';

const { clock, makeId } = createAmbience();
let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());

async function intend(key: string): Promise<string> {
  const id = makeId('effect');
  const target = { kind: 'principals', key } as const;
  const request = { add: ['a', 'b'], remove: [] };
  const intent = { id, target, endpointServiceId: key, action: 'change_principals', request };
  await effects.intend(db, intent, clock.now());
  return id;
}

async function effect(id: string) {
  const [row] = await db.query<Record<string, unknown>>('SELECT * FROM effects WHERE id = $1', [
    id,
  ]);
  return row;
}

const done = { outcome: 'done', detail: null, awsRequestId: 'aws-1' } as const;

describe('an effect', () => {
  it('when it is intended, what was asked for is there before the answer', async () => {
    const id = await intend('svc_1');
    const request = { add: ['a', 'b'], remove: [] };
    expect(await effect(id)).toMatchObject({ request, outcome: null, finishedAt: null });
  });

  it('when AWS has answered, the outcome is beside the intent', async () => {
    const id = await intend('svc_1');
    await effects.conclude(db, id, done, clock.now());
    expect(await effect(id)).toMatchObject({ ...done, finishedAt: clock.now() });
  });

  it('when a run died, its open effects are unknown, and no others', async () => {
    const [lost, other, ended] = [
      await intend('svc_2'),
      await intend('svc_3'),
      await intend('svc_2'),
    ];
    await effects.conclude(db, ended, done, clock.now());
    await effects.concludeAbandoned(db, { kind: 'principals', key: 'svc_2' }, clock.now());
    expect(await effect(lost)).toMatchObject({ outcome: 'unknown', finishedAt: clock.now() });
    expect(await effect(other)).toMatchObject({ outcome: null });
    expect(await effect(ended)).toMatchObject({ outcome: 'done' });
  });
});
