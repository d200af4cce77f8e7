// Who could reach a service in the past, as the periods tell it that the database keeps by itself.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { cutoffs } from '../../src/domain/retention.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as auditEntries from '../../src/storage/audit-entries.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import { deleteSome } from '../../src/storage/retention.ts';
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

/** A service whose allowlist and connections AWS has shown at this moment. */
async function serviceRead(when: Date) {
  const service = await scene.service();
  await endpointServices.recordPrincipalsRead(db, service.id, 0, when);
  await db.query(
    `INSERT INTO targets (kind, key, due_at, report) VALUES ('connections', $1, now(), $2)`,
    [`${service.providerAccountId}/${service.region}`, JSON.stringify({ fullReadAt: when })],
  );
  return service;
}

it('when an entry was on the allowlist for a time, it is in the reports of that time', async () => {
  const service = await serviceRead(new Date());
  const customer = await scene.customer();
  const account = await scene.account(customer, 'proven');
  const arn = `arn:aws:iam::${account.accountId}:root`;
  const before = await moment();
  await scene.showPrincipals(service, [arn, '*']);
  const during = await moment();
  for (let read = 0; read < 3; read++) await scene.showPrincipals(service, []);
  const after = await moment();
  await endpointServices.recordPrincipalsRead(db, service.id, 0, after);

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

describe('who allowed an entry', () => {
  const key = (actor: string) => ({ actor, reason: `By ${actor}` });
  const nothing = { reason: null, before: null, after: null, changeRef: null, requestId: null };
  const written = { actor: 'key_x', ...nothing };
  const terms = (accountIds: string[], roleNames: string[] = []) => ({ accountIds, roleNames });

  /** A service whose allowlist has an account and a role of it, and what is written about them. */
  async function prepare() {
    const service = await serviceRead(new Date());
    const customer = await scene.customer();
    const { accountId } = await scene.account(customer, 'proven');
    const root = `arn:aws:iam::${accountId}:root`;
    const role = `arn:aws:iam::${accountId}:role/reader`;
    await scene.showPrincipals(service, [role, root]);
    const write = (
      action: AuditEntry['action'],
      subjectId: string,
      entry: Partial<Pick<AuditEntry, 'actor' | 'reason' | 'before' | 'after'>>,
    ) =>
      auditEntries.insert(db, {
        id: ambience.makeId('auditEntry'),
        at: ambience.clock.now(),
        action,
        subjectId,
        customerId: customer.id,
        ...written,
        ...entry,
      });
    const grant = (snapshot: object) => ({ endpointServiceId: service.id, ...snapshot });
    const allowedBy = async () => {
      const { principals } = await at(service, await moment());
      return Object.fromEntries(
        principals.map(({ arn, allowedBy: by }) => [arn === root ? 'root' : 'role', by]),
      );
    };
    return { accountId, service, root, write, grant, allowedBy };
  }

  it('when a grant covers it, it is whoever made the grant so', async () => {
    const { accountId, write, grant, allowedBy } = await prepare();
    const [other, all] = [grant(terms(['999999999999'])), grant(terms([]))];
    await write('createGrant', 'grt_1', { ...key('key_made'), after: other });
    expect(await allowedBy()).toEqual({ role: null, root: null });
    const mine = grant(terms([accountId]));
    await write('updateGrant', 'grt_1', { ...key('key_widened'), before: other, after: mine });
    await write('updateGrant', 'grt_1', { ...key('key_renamed'), before: mine, after: all });
    expect(await allowedBy()).toEqual({ role: null, root: 'key_widened' });
    const roles = grant(terms([], ['reader']));
    await write('createGrant', 'grt_2', { ...key('key_roles'), after: roles });
    expect(await allowedBy()).toEqual({ role: 'key_roles', root: 'key_widened' });
  });

  it('when the grant has ended or was narrowed since, it is nobody', async () => {
    const { write, grant, allowedBy } = await prepare();
    const [all, other] = [grant(terms([])), grant(terms(['999999999999']))];
    await write('createGrant', 'grt_3', { after: all });
    await write('updateGrant', 'grt_3', { before: all, after: other });
    expect(await allowedBy()).toMatchObject({ root: null });
    await write('createGrant', 'grt_4', { after: all });
    await write('deleteGrant', 'grt_4', { before: all });
    expect(await allowedBy()).toMatchObject({ root: null });
  });

  it('when it was made by hand and adopted, it is whoever adopted it', async () => {
    const { service, root, write, allowedBy } = await prepare();
    const [found] = await db.query<{ id: string }>(
      'SELECT id FROM principals WHERE endpoint_service_id = $1 AND arn = $2',
      [service.id, root],
    );
    await write('adoptPrincipals', found!.id, key('key_adopted'));
    expect(await allowedBy()).toEqual({ role: null, root: 'key_adopted' });
  });
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
  const service = await serviceRead(new Date(clock.now().getTime() + 360_000));
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

it('when what was recorded goes with time, reports tell what is left of it', async () => {
  const { clock } = ambience;
  const service = await serviceRead(new Date(clock.now().getTime() + 300 * 86_400_000));
  const { accountId } = await scene.account(await scene.customer(), 'proven');
  const vpcEndpointId = scene.vpcEndpointId();
  const start = clock.now().getTime();
  const day = (days: number) => new Date(start + days * 86_400_000);
  const show = async (onDay: number, awsState: string) => {
    clock.advance(day(onDay).getTime() - clock.now().getTime());
    await scene.showConnection(service, { ownerAccountId: accountId, vpcEndpointId, awsState });
  };
  await show(1, 'pendingAcceptance');
  await show(2, 'available');
  await show(300, 'deleted');
  await db.query(
    `INSERT INTO principal_periods (endpoint_service_id, arn, from_at, until_at)
     VALUES ($1, 'arn:aws:iam::111122223333:root', $2, $3), ($1, '*', $2, NULL)`,
    [service.id, day(1), day(50)],
  );
  const before = await at(service, day(20));
  for (const what of ['connectionTransitions', 'principalPeriods'] as const) {
    await deleteSome(db, what, cutoffs(day(500), 400), 1_000);
  }
  const [gone, known] = [await at(service, day(20)), await at(service, day(200))];

  expect([before.complete, before.principals.length]).toEqual([true, 2]);
  expect([gone.complete, gone.knownSince]).toEqual([false, new Date(day(50).getTime() + 1)]);
  expect(gone.limits[0]).toContain(`since ${day(50).toISOString().slice(0, -5)}`);
  expect([known.complete, known.principals.length]).toEqual([true, 1]);
  expect(known.connections).toMatchObject([{ state: 'available', couldReach: true }]);
});

it('when AWS has shown nothing up to the moment, the report says so', async () => {
  const now = ambience.clock.now();
  const later = new Date(now.getTime() + 200_000);
  const [never, once] = [await scene.service(), await serviceRead(now)];
  const limitsOf = async (service: { id: string }, when: Date) => (await at(service, when)).limits;
  expect(await limitsOf(never, now)).toEqual([
    'AWS has not shown the allowlist yet.',
    'AWS has not shown the connections yet.',
  ]);
  expect(await limitsOf(once, now)).toEqual([]);
  expect(await limitsOf(once, later)).toEqual([
    `AWS has not shown the allowlist since ${now.toISOString()}.`,
    `AWS has not shown the connections since ${now.toISOString()}.`,
  ]);
});

it('when AWS showed a state that nobody knows, whether it could reach is not known', async () => {
  const service = await serviceRead(ambience.clock.now());
  const ownerAccountId = scene.accountNumber();
  await scene.showConnection(service, { ownerAccountId, awsState: 'teleporting' });
  expect(await at(service, ambience.clock.now())).toMatchObject({
    complete: false,
    limits: ['Some connections were in a state that is not known here.'],
    connections: [{ state: 'unknown', couldReach: null }],
  });
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
