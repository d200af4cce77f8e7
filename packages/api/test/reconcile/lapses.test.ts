// A proof that becomes too old: it warns, and stops new accepts and new entries. Nothing else.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { cleaningTarget, serviceTargets } from '../../src/domain/target.ts';
import * as accounts from '../../src/storage/accounts.ts';
import * as connections from '../../src/storage/connections.ts';
import { attest } from '../../src/usecases/accounts.ts';
import { diagnose } from '../../src/usecases/diagnoses.ts';
import * as grants from '../../src/usecases/grants.ts';
import * as proofs from '../../src/usecases/proofs.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

const dayMs = 86_400_000;
const lifetimeDays = 90;

let world: WorkerScene;
let customer: Customer;
let account: Account;
let service: EndpointService;
let grantId: string;
let endpoints = 0;
beforeAll(async () => {
  world = await startWorkerScene(1, { proofLifetimeDays: lifetimeDays });
});
afterAll(() => world.close());

beforeEach(async () => {
  await world.db.query('DELETE FROM targets');
  world.aws.connections = [];
  world.errors.length = 0;
  customer = await world.scene.customer();
  account = await world.scene.account(customer, 'claimed');
  service = await world.scene.service();
  grantId = await world.scene.grant(customer, service);
  await world.wake(service);
  await prove();
});

async function prove(): Promise<void> {
  const { id: challengeId } = await world.change((it) => proofs.challenge(it, account.id));
  const arn = `arn:aws:iam::${account.accountId}:user/alice`;
  world.aws.identity = { kind: 'identity', identity: { accountId: account.accountId, arn } };
  await world.change((context) =>
    proofs.submit(context, account.id, {
      challengeId,
      region: 'us-east-1',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      amzDate: context.now.toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      signature: 'a'.repeat(64),
    }),
  );
  await world.leap(1_000);
  expect(await now()).toMatchObject({ standing: 'proven', lapsesAt: inDays(lifetimeDays, 1_000) });
}

const inDays = (days: number, ago = 0) =>
  new Date(world.clock.now().getTime() - ago + days * dayMs);
const now = async () => (await accounts.find(world.db, account.id, null))!;
const wakeAll = () => world.nudge(cleaningTarget, ...targetsOfService());
/** Without private DNS, which nobody wants here. */
const targetsOfService = () => serviceTargets(service).filter(({ kind }) => kind !== 'private_dns');

/** Workers have slept, and then see what has become of the time. */
async function pass(days: number): Promise<void> {
  world.clock.advance(days * dayMs);
  await wakeAll();
  await world.leap(6_000);
}

describe('a proof from before there was a lifetime', () => {
  const undated = (provenDaysAgo: number) =>
    world.db.query('UPDATE accounts SET lapses_at = NULL, standing_since = $2 WHERE id = $1', [
      account.id,
      inDays(-provenDaysAgo),
    ]);

  it('when it is young, it lapses as long after it was given as any other', async () => {
    await undated(30);
    await world.nudge(cleaningTarget);
    await world.round();
    expect(await now()).toMatchObject({ standing: 'proven', lapsesAt: inDays(lifetimeDays - 30) });
  });

  it('when it is older than that, there are two weeks to prove anew', async () => {
    await undated(400);
    await world.nudge(cleaningTarget);
    await world.round();
    const { lapsesAt } = await now();
    expect(lapsesAt).toEqual(inDays(14));
    const [entry] = await world.db.query<{ action: string }>(
      'SELECT action FROM audit_entries WHERE subject_id = $1 ORDER BY id DESC LIMIT 1',
      [account.id],
    );
    expect(entry?.action).toBe('dateLapse');
    await pass(13);
    expect(await now()).toMatchObject({ standing: 'proven', lapsesAt });
    await pass(2);
    expect(await now()).toMatchObject({ standing: 'lapsed' });
    const told = await world.db.query<{ type: string }>(
      'SELECT type FROM event_outbox WHERE subject_id = $1',
      [account.id],
    );
    expect(told.map(({ type }) => type)).toContain('account.lapsed');
  });
});

/** The customer makes an endpoint. */
function connect(): string {
  const vpcEndpointId = `vpce-0lapse${++endpoints}`;
  world.aws.connections.push({
    serviceId: service.serviceId!,
    vpcEndpointId,
    ownerAccountId: account.accountId,
    endpointRegion: service.region,
    awsState: 'pendingAcceptance',
    createdAt: world.clock.now(),
  });
  return vpcEndpointId;
}

const inAws = (id: string) =>
  world.aws.connections.find(({ vpcEndpointId }) => vpcEndpointId === id)!.awsState;
const seen = async (id: string) => (await connections.find(world.db, id, null))!;
const allowlist = () => world.aws.allowlists.get(service.serviceId!);
const audited = () =>
  world.db.query<{ actor: string; reason: string }>(
    `SELECT actor, reason FROM audit_entries WHERE subject_id = $1 AND action = 'lapseAccount'`,
    [account.id],
  );

describe('a proof that becomes too old', () => {
  it('when its time is over, the account lapses, which is audited once', async () => {
    await pass(lifetimeDays - 1);
    expect(await now()).toMatchObject({ standing: 'proven' });
    await pass(1);
    expect(await now()).toMatchObject({ standing: 'lapsed', lapsesAt: null });
    await pass(1);
    expect(await audited()).toEqual([
      { actor: 'worker:cleaning', reason: expect.stringContaining('too old') },
    ]);
  });

  it('when something is up, it stays, and its diagnosis warns', async () => {
    const old = connect();
    await world.leap(6_000);
    expect(inAws(old)).toBe('pending');
    const entries = allowlist();
    world.aws.calls.length = 0;
    await pass(lifetimeDays);
    expect(allowlist()).toEqual(entries);
    expect(inAws(old)).toBe('pending');
    expect(world.aws.calls).not.toContain('changePrincipals');
    expect(world.aws.calls).not.toContain('reject');
    const { id } = await seen(old);
    const { checks } = await world.change((context) => diagnose(context, id));
    expect(checks.find(({ name }) => name === 'account')).toMatchObject({
      result: 'warn',
      evidence: expect.stringContaining('is lapsed'),
      next: { actor: 'customer' },
    });
  });

  it('when something new asks, it waits with the reason, until the account is proven', async () => {
    await pass(lifetimeDays);
    const young = connect();
    await world.leap(6_000);
    expect(inAws(young)).toBe('pendingAcceptance');
    const holdReason = 'account_without_standing';
    expect(await seen(young)).toMatchObject({ decision: 'undecided', holdReason });
    await prove();
    await world.leap(6_000);
    expect(inAws(young)).toBe('pending');
  });

  it('when a new entry is wanted, it is not added', async () => {
    await world.leap(6_000);
    const before = allowlist();
    await pass(lifetimeDays);
    await world.change((context) => grants.update(context, grantId, { roleNames: ['app'] }));
    await world.leap(6_000);
    expect(allowlist()).not.toContain(`arn:aws:iam::${account.accountId}:role/app`);
    expect(before).toHaveLength(1);
  });

  it('when it was proven anew before, it counts from then', async () => {
    await pass(lifetimeDays - 1);
    await prove();
    await pass(lifetimeDays - 1);
    expect(await now()).toMatchObject({ standing: 'proven' });
  });
});

describe('an attested account', () => {
  it('when ever so much time passes, it does not lapse', async () => {
    await pass(lifetimeDays);
    await world.change((context) => attest(context, account.id, 'Contract 4711'));
    await pass(10 * lifetimeDays);
    expect(await now()).toMatchObject({ standing: 'attested', lapsesAt: null });
  });
});
