// Private DNS from where Sallyport waits: on people, on AWS, on two reads that agree; and the watch
// over a name that is verified.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointService, PrivateDnsState } from '../../src/domain/endpoint-service.ts';
import type { Answer } from '../../src/domain/sighting.ts';
import * as drift from '../../src/usecases/drift.ts';
import * as endpointServices from '../../src/usecases/endpoint-services.ts';
import * as privateDns from '../../src/usecases/private-dns.ts';
import { awsError } from './imagined-aws.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

const name = 'api.vendor.example';
const value = `vpce:${name}`;
const recordName = `_label.${name}`;
const record = `Z1 ${recordName}`;
const ownRole = 'arn:aws:iam::444444444444:role/dns';

let world: WorkerScene;
let service: EndpointService;
let answers: Answer[] = [];
const asked: string[] = [];
const nameServers = {
  ask: async (sought: string) => {
    asked.push(sought);
    return answers;
  },
};
beforeAll(async () => {
  world = await startWorkerScene(1, { nameServers });
});
afterAll(() => world.close());

beforeEach(async () => {
  await world.db.query('DELETE FROM targets');
  world.aws.before = () => undefined;
  world.aws.txt.clear();
  world.errors.length = 0;
  answers = [];
  const hostedZones = [
    { zoneId: 'Z0', roleArn: ownRole },
    { zoneId: 'Z1', roleArn: null },
  ];
  const { id: providerAccountId } = await world.scene.providerAccount({ hostedZones });
  service = await world.scene.service({ providerAccountId });
  await world.wake(service);
  // What looks after the rest of the service only takes time here.
  await world.db.query(`DELETE FROM targets WHERE kind IN ('connections', 'principals')`);
});

const want = () => world.change((context) => privateDns.put(context, service.id, name));
const verify = () => world.change((context) => privateDns.verify(context, service.id));
const status = () => world.change((context) => privateDns.get(context, service.id));
const driftKinds = async () =>
  (await world.change((context) => drift.report(context, service.id))).items.map(
    ({ kind }) => kind,
  );
const shown = () => world.aws.services.get(service.serviceId!)!;
const show = (state: PrivateDnsState) =>
  world.aws.services.set(service.serviceId!, {
    ...shown(),
    privateDns: { ...shown().privateDns!, state },
  });
const count = (call: string) => world.aws.calls.filter((made) => made === call).length;
const lastAudit = async () => {
  const [entry] = await world.db.query<{ action: string }>(
    'SELECT action FROM audit_entries WHERE subject_id = $1 ORDER BY id DESC LIMIT 1',
    [service.id],
  );
  return entry?.action;
};

/** From now on this call is denied. */
function deny(call: string) {
  world.aws.before = (made) => {
    if (made === call) throw awsError('denied', 'AccessDenied', call);
  };
}

async function verifying() {
  await want();
  await world.leap(8_000);
  expect((await status()).state).toBe('verifying');
}

async function verified() {
  await verifying();
  show('verified');
  await world.leap(10_000);
  expect(await status()).toMatchObject({ state: 'verified', lostSince: null });
}

describe('a zone that we may not write', () => {
  it('when the change is denied, people are told what to place, and AWS is asked', async () => {
    deny('addTxtValue');
    await want();
    await world.leap(8_000);
    const before = await status();
    expect(before).toMatchObject({
      state: 'blocked',
      record: { name: recordName, value, zoneId: null },
      next: { actor: 'vendor' },
    });
    expect(before.message).toMatch(/AWS refused addTxtValue: AccessDenied: .* Publish TXT _label/);
    expect(count('startVerification')).toBeGreaterThan(0);
    show('verified');
    await world.leap(130_000);
    expect(await status()).toMatchObject({ state: 'verified' });
    expect(world.errors).toEqual([]);
  });

  it('when it is denied for hours, AWS is asked ever more seldom, and it is stuck', async () => {
    deny('addTxtValue');
    await want();
    await world.leap(60_000);
    world.aws.calls.length = 0;
    await world.db.query(`UPDATE private_dns SET phase_since = phase_since - interval '2 h'`);
    await world.leap(1_300_000);
    expect(count('addTxtValue')).toBeLessThanOrEqual(4);
    expect(count('startVerification')).toBeLessThanOrEqual(1);
    expect((await status()).stuckSince).not.toBeNull();
    expect(await driftKinds()).toContain('stuck_private_dns');
  });

  it('when one account cannot be asked, the zone is found in another', async () => {
    const real = world.aws.hostedZones;
    world.aws.hostedZones = (access) => {
      if (access.roleArn !== ownRole) return real(access);
      const denied = () => Promise.reject(awsError('denied', 'AccessDenied', 'AssumeRole'));
      return { ...real(access), findZone: denied };
    };
    await verifying();
    world.aws.hostedZones = real;
    expect(world.aws.txt.get(record)).toEqual([value]);
  });

  it('when the right is given and somebody says so, the record is written at once', async () => {
    deny('addTxtValue');
    await want();
    await world.leap(8_000);
    world.aws.before = () => undefined;
    await verify();
    await world.leap(1_000);
    expect(world.aws.txt.get(record)).toEqual([value]);
    expect(await lastAudit()).toBe('verifyPrivateDns');
  });
});

describe('a name that others had set', () => {
  it('when they took it away and somebody says so, it is looked at again first', async () => {
    const foreign = { name: 'theirs.example', state: 'verified', label: '_x', value: 'y' } as const;
    world.aws.services.set(service.serviceId!, { ...shown(), privateDns: foreign });
    await world.leap(2_000);
    await want();
    await world.leap(5_000);
    expect((await status()).state).toBe('blocked');
    world.clock.advance(1_000);
    world.aws.services.set(service.serviceId!, { ...shown(), privateDns: null });
    expect((await verify()).state).toBe('configuring');
    expect((await status()).state).toBe('configuring');
    await world.leap(8_000);
    expect((await status()).state).toBe('verifying');
  });

  it('when they have not and somebody asks, it is blocked again with the next read', async () => {
    const foreign = { name: 'theirs.example', state: 'verified', label: '_x', value: 'y' } as const;
    world.aws.services.set(service.serviceId!, { ...shown(), privateDns: foreign });
    await want();
    await world.leap(5_000);
    world.clock.advance(1_000);
    await verify();
    await world.leap(2_000);
    expect(await status()).toMatchObject({ state: 'blocked', next: { actor: 'vendor' } });
  });
});

describe('a refusal that comes late', () => {
  it('when somebody has asked to try again meanwhile, it does not count any more', async () => {
    world.aws.before = async (call) => {
      if (call !== 'setPrivateDnsName') return;
      world.aws.before = () => undefined;
      world.clock.advance(1_000);
      await verify();
      throw awsError('denied', 'AccessDenied', call);
    };
    await want();
    await world.round();
    expect((await status()).state).toBe('configuring');
  });
});

describe('what AWS shows', () => {
  it('when one read shows it verified and the next does not, it was never verified', async () => {
    await verifying();
    let reads = 0;
    world.aws.before = (call) => {
      if (call === 'getService') show(reads++ % 2 === 0 ? 'verified' : 'pendingVerification');
    };
    await world.leap(100_000);
    expect(reads).toBeGreaterThan(4);
    expect(await status()).toMatchObject({ verifiedSince: null });
  });

  it('when two reads agree, it is verified, which is audited once', async () => {
    await verified();
    expect(await lastAudit()).toBe('confirmPrivateDns');
    await world.leap(130_000);
    const rows = await world.db.query(
      `SELECT 1 FROM audit_entries WHERE subject_id = $1 AND action = 'confirmPrivateDns'`,
      [service.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('when two reads show it lost, it is an alarm, and AWS is asked again', async () => {
    await verified();
    show('failed');
    world.aws.calls.length = 0;
    await world.leap(70_000);
    const lost = await status();
    expect(lost).toMatchObject({ state: 'failed', verifiedSince: null });
    expect(lost.lostSince).not.toBeNull();
    expect(await lastAudit()).toBe('losePrivateDns');
    expect(await driftKinds()).toContain('lost_private_dns');
    expect(count('startVerification')).toBe(1);
    show('verified');
    await world.leap(40_000);
    expect(await status()).toMatchObject({ state: 'verified', lostSince: null });
    expect(await driftKinds()).not.toContain('lost_private_dns');
  });

  it('when AWS looks for long, it is watched ever more seldom', async () => {
    await verifying();
    await world.leap(240_000);
    world.aws.calls.length = 0;
    await world.leap(300_000);
    expect(count('getService')).toBeLessThanOrEqual(16);
  });
});

describe('a service that is only observed', () => {
  it('when it is taken over after long, what was waited for is not stuck at once', async () => {
    const modes = (privateDns: 'observe' | 'manage') =>
      world.change((context) => endpointServices.setModes(context, service.id, { privateDns }));
    await modes('observe');
    await want();
    await world.leap(3_000);
    world.clock.advance(7_200_000);
    await world.leap(3_000);
    expect(await status()).toMatchObject({ state: 'blocked', stuckSince: null });
    await modes('manage');
    await world.leap(3_000);
    expect(await status()).toMatchObject({ state: 'verifying', stuckSince: null });
  });
});

describe('a record that other hands take away', () => {
  it('when AWS has not verified yet, it is told and not put back', async () => {
    await verifying();
    world.aws.txt.set(record, ['theirs']);
    await world.leap(60_000);
    expect(world.aws.txt.get(record)).toEqual(['theirs']);
    const told = await status();
    expect(told.next?.command).toContain('private-dns verify');
    expect(told.sightings).toMatchObject([
      { where: 'zone Z1', outcome: 'missing', otherValues: ['theirs'] },
    ]);
    await verify();
    await world.leap(3_000);
    expect(world.aws.txt.get(record)).toEqual(['theirs', value]);
  });

  it('when the service restores what others remove, it is put back', async () => {
    await verifying();
    const restore = { onExternalRemoval: 'restore' } as const;
    await world.change((context) => endpointServices.update(context, service.id, restore));
    world.aws.txt.delete(record);
    await world.leap(60_000);
    expect(world.aws.txt.get(record)).toEqual([value]);
  });

  it('when the name is verified, it is seen within an hour or two', async () => {
    await verified();
    world.aws.txt.delete(record);
    for (let hour = 0; hour < 3; hour++) {
      world.clock.advance(3_600_000);
      await world.leap(70_000);
    }
    const told = await status();
    expect(told).toMatchObject({ state: 'verified', next: { actor: 'vendor' } });
    expect(told.message).toContain('gone from zone Z1');
    await verify();
    await world.leap(70_000);
    expect(world.aws.txt.get(record)).toEqual([value]);
    expect(await status()).toMatchObject({ state: 'verified', next: null });
  });
});

describe('the name servers', () => {
  const answer = (where: string, values: string[] | null): Answer => {
    return { where, values, problem: values ? null : 'ETIMEOUT' };
  };

  it('when they are asked, what each has is told, and nothing waits for it', async () => {
    answers = [answer('ns1', [value]), answer('ns2', ['other']), answer('ns3', null)];
    asked.length = 0;
    await verifying();
    expect(count('startVerification')).toBeGreaterThan(0);
    expect(asked).toContain(recordName);
    const { sightings, message } = await status();
    expect(sightings).toMatchObject([
      { where: 'zone Z1', outcome: 'found' },
      { where: 'ns1', outcome: 'found', otherValues: [] },
      { where: 'ns2', outcome: 'missing', otherValues: ['other'] },
      { where: 'ns3', outcome: 'unknown', problem: 'ETIMEOUT' },
    ]);
    expect(message).toMatch(/seen at zone Z1, ns1; it is not at ns2; no answer from ns3/);
  });

  it('when people are to place the record, they are asked for it all the same', async () => {
    answers = [answer('ns1', [])];
    deny('addTxtValue');
    await want();
    await world.leap(60_000);
    expect((await status()).sightings).toMatchObject([{ where: 'ns1', outcome: 'missing' }]);
  });
});
