// Terms of grants against the simulator: where endpoints may be, and until when they are let in.

import { expect, it } from 'vitest';
import * as auditEntries from '../../src/storage/audit-entries.ts';
import * as storage from '../../src/storage/connections.ts';
import * as connections from '../../src/usecases/connections.ts';
import * as grants from '../../src/usecases/grants.ts';
import type { ConnectionFacts } from '../../src/aws/ports.ts';
import { surviveDeaths } from './deaths.ts';
import { acme, rootArn, serviceOnStage, stagesOfFile } from './harness.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();
const minuteMs = 60_000;

/** A service that Acme may use on these terms. */
async function granted(stage: Stage, terms: Partial<grants.NewGrant>) {
  const { service } = await serviceOnStage(stage);
  const customer = await stage.operator.customer('acme');
  await stage.operator.attest(customer, acme);
  const grant = await stage.operator.grant(customer, service, terms);
  await stage.pass(3_000);
  return { service, grant };
}

const inMinutes = ({ clock }: Stage, count: number) =>
  new Date(clock.now().getTime() + count * minuteMs).toISOString();

function update(stage: Stage, id: string, changes: grants.GrantChanges) {
  return stage.change((context) => grants.update(context, id, changes));
}

async function seen({ db }: Stage, vpcEndpointId: string) {
  return (await storage.find(db, vpcEndpointId, null))!;
}

/** So much time without a worker, and then some with one. */
async function skip(stage: Stage, minutes: number): Promise<void> {
  stage.clock.advance(minutes * minuteMs);
  await stage.pass(6_000);
}

async function endings({ db }: Stage) {
  const entries = await auditEntries.list(db, {}, { limit: 200, after: null });
  return entries.filter(({ action }) => action === 'expireGrant');
}

it('when a grant ends, its principals leave, nothing comes in, and what is up stays', async () => {
  const stage = await stageOfTest();
  const { service, grant } = await granted(stage, { expiresAt: inMinutes(stage, 5) });
  const before = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(before)).toBe('available');
  await skip(stage, 5);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  expect(await endings(stage)).toMatchObject([{ actor: 'worker:grant', subjectId: grant.id }]);
  await stage.hands.allow(service.serviceId, [rootArn(acme)]);
  const after = await stage.hands.connect(acme, service.serviceId);
  await skip(stage, 2);
  expect(stage.glance.state(after)).toBe('pendingAcceptance');
  const shown = await stage.change((context) => connections.get(context, after));
  expect(shown).toMatchObject({ holdReason: 'grant_expired', holdTurn: 'vendor' });
  expect(shown.holdAction).toContain('expires_at');
  expect(stage.glance.state(before)).toBe('available');
  expect(await endings(stage)).toHaveLength(1);
});

it('when no worker has ended the grant yet, nothing is let in all the same', async () => {
  const stage = await stageOfTest();
  const { service } = await granted(stage, { expiresAt: inMinutes(stage, 1) });
  await stage.db.query(
    `UPDATE targets SET due_at = due_at + interval '1 hour' WHERE kind = 'grant'`,
  );
  stage.clock.advance(minuteMs);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  const id = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(id)).toBe('pendingAcceptance');
  expect(await seen(stage, id)).toMatchObject({ holdReason: 'grant_expired' });
});

it('when a grant gets more time, it ends then, and before its end nothing happens', async () => {
  const stage = await stageOfTest();
  const { service, grant } = await granted(stage, { expiresAt: inMinutes(stage, 2) });
  await update(stage, grant.id, { expiresAt: inMinutes(stage, 8) });
  await skip(stage, 4);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  await skip(stage, 4);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  expect(await endings(stage)).toHaveLength(1);
});

it('when a grant that has ended gets more time, all is as before', async () => {
  const stage = await stageOfTest();
  const { service, grant } = await granted(stage, { expiresAt: inMinutes(stage, 1) });
  await skip(stage, 2);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  const changed = await update(stage, grant.id, { expiresAt: null });
  expect(changed).toMatchObject({ expiresAt: null, expiredAt: null });
  await stage.pass(6_000);
  expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  const id = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(id)).toBe('available');
});

it('when an endpoint is in a Region that the grant lacks, it waits until it has it', async () => {
  const stage = await stageOfTest();
  const { service, grant } = await granted(stage, { endpointRegions: ['us-east-1'] });
  stage.hooks.after = ({ name }, result) => {
    if (name !== 'listConnections') return;
    for (const facts of result as ConnectionFacts[]) facts.endpointRegion = 'eu-west-1';
  };
  const id = await stage.hands.connect(acme, service.serviceId);
  await stage.pass(8_000);
  expect(stage.glance.state(id)).toBe('pendingAcceptance');
  const shown = await stage.change((context) => connections.get(context, id));
  expect(shown).toMatchObject({ holdReason: 'region_not_allowed', holdTurn: 'customer' });
  await update(stage, grant.id, { endpointRegions: ['us-east-1', 'eu-west-1'] });
  await stage.pass(8_000);
  expect(stage.glance.state(id)).toBe('available');
});

it('when a grant is deleted before its end, nothing is left to look after', async () => {
  const stage = await stageOfTest();
  const { grant } = await granted(stage, { expiresAt: inMinutes(stage, 2) });
  await stage.change((context) => grants.remove(context, grant.id));
  await skip(stage, 3);
  expect(await endings(stage)).toEqual([]);
  expect(await stage.db.query("SELECT 1 FROM targets WHERE kind = 'grant'")).toEqual([]);
  expect(stage.errors).toEqual([]);
});

it('when a worker dies around the end, the grant ends once', async () => {
  const stage = await stageOfTest();
  const { service, grant } = await granted(stage, { expiresAt: inMinutes(stage, 1) });
  let ends = 0;
  const tried = await surviveDeaths(stage, {
    kind: 'grant',
    worksMs: 500,
    moments: (deeds) => [deeds.indexOf('transaction'), deeds.indexOf('transaction') + 1],
    arrange: async () => {
      ends += 1;
      await update(stage, grant.id, { expiresAt: inMinutes(stage, 1) });
      await stage.pass(3_000);
      expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
      stage.clock.advance(minuteMs);
    },
    check: async () => {
      expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
      expect(await endings(stage)).toHaveLength(ends);
    },
  });
  expect(tried).toBeGreaterThan(1);
});
