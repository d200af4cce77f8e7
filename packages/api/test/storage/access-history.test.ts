// Who could reach a service in the past, as the periods tell it that the database keeps by itself.

import { afterAll, beforeAll, expect, it } from 'vitest';
import * as accounts from '../../src/storage/accounts.ts';
import { report } from '../../src/usecases/access-report.ts';
import type { Context } from '../../src/usecases/context.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';
import { createScene, type Scene } from './scene.ts';

const ambience = createAmbience();
let db: TemporaryDatabase;
let scene: Scene;
beforeAll(async () => {
  db = await temporaryDatabase();
  scene = createScene(db, ambience);
  // Periods are by the clock of the database, so the things of the test are from before it.
  await db.query(`UPDATE access_history SET began_at = '2026-03-01T12:00:00Z'`);
});
afterAll(() => db.close());

/** The moment between two transactions. */
async function moment(): Promise<Date> {
  const [row] = await db.query<{ at: Date }>(
    `SELECT date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' AS at,
       pg_sleep(0.003)::text`,
  );
  return row!.at;
}

const context = () =>
  ({
    db,
    now: new Date(8e14),
    caller: { id: 'key_1', role: 'operator', customerId: null },
  }) as unknown as Context;
const at = (service: { id: string }, when: Date) =>
  report(context(), service.id, when.toISOString());

it('when an entry was on the allowlist for a time, it is in the reports of that time', async () => {
  const service = await scene.service();
  const customer = await scene.customer();
  const account = await scene.account(customer, 'proven');
  const arn = `arn:aws:iam::${account.accountId}:root`;
  const before = await moment();
  await scene.showPrincipals(service, [arn, '*']);
  const during = await moment();
  for (let read = 0; read < 3; read++) await scene.showPrincipals(service, []);
  const after = await moment();

  const found = await Promise.all([before, during, after].map((when) => at(service, when)));
  expect(found.map(({ principals }) => principals.map((one) => one.arn))).toEqual([
    [],
    ['*', arn],
    [],
  ]);
  expect(found[1]).toMatchObject({ complete: true, limits: [] });
  expect(found[1]!.principals).toEqual([
    expect.objectContaining({ arn: '*', accountId: null, customerId: null }),
    expect.objectContaining({ arn, customerId: customer.id, standing: 'proven', allowedBy: null }),
  ]);
});

it('when an account changed hands since, the report tells whose it was', async () => {
  const service = await scene.service();
  const [first, second] = [await scene.customer(), await scene.customer()];
  const account = await scene.account(first, 'attested');
  await scene.showPrincipals(service, [`arn:aws:iam::${account.accountId}:root`]);
  const during = await moment();
  await accounts.remove(db, account.id);
  const between = await moment();
  await scene.account(second, 'proven', { accountId: account.accountId });
  const after = await moment();
  const found = await Promise.all([during, between, after].map((when) => at(service, when)));
  expect(found.map(({ principals }) => principals[0]!.customerId)).toEqual([
    first.id,
    null,
    second.id,
  ]);
});

it('when a connection came and went, the report tells in which state it was', async () => {
  const { clock } = ambience;
  const service = await scene.service();
  const { accountId } = await scene.account(await scene.customer(), 'proven');
  const vpcEndpointId = scene.vpcEndpointId();
  const show = (awsState: string) =>
    scene.showConnection(service, { ownerAccountId: accountId, vpcEndpointId, awsState });
  const times = [new Date(clock.now())];
  for (const state of ['pendingAcceptance', 'available', 'deleted']) {
    clock.advance(60_000);
    await show(state);
    clock.advance(60_000);
    times.push(new Date(clock.now()));
  }
  const found = await Promise.all(times.map((when) => at(service, when)));
  const states = found.map(({ connections }) =>
    connections.map(({ state, couldReach }) => [state, couldReach]),
  );
  expect(states).toEqual([[], [['pendingAcceptance', false]], [['available', true]], []]);

  await db.query(`DELETE FROM connection_transitions WHERE to_state <> 'deleted'`);
  const lost = await at(service, times[2]!);
  expect(lost.connections[0]).toMatchObject({ state: null, couldReach: null });
  expect(lost).toMatchObject({ complete: false, limits: [expect.stringContaining('longer kept')] });
});

it('when it is of a time that nobody knows, it says so; one to come is refused', async () => {
  const service = await scene.service();
  const early = await at(service, new Date('2020-01-01T00:00:00Z'));
  expect(early).toMatchObject({ complete: false, principals: [], connections: [] });
  expect(early.limits).toEqual([
    expect.stringContaining('before it was registered'),
    expect.stringContaining('Who was allowed'),
  ]);
  await expect(at(service, new Date(8.1e14))).rejects.toMatchObject({ code: 'invalid_request' });
});
