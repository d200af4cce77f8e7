import { describe, expect, it } from 'vitest';
import type { ObservedPrivateDns } from '../../src/domain/endpoint-service.ts';
import { phaseDeadlinesMs } from '../../src/domain/deadline.ts';
import { unasked, type PrivateDns } from '../../src/domain/private-dns.ts';
import { currentPhase, privateDnsStatus } from '../../src/domain/private-dns-status.ts';
import type { Sighting } from '../../src/domain/sighting.ts';

const now = new Date('2026-03-01T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const name = 'api.vendor.example';
const observed: ObservedPrivateDns = {
  name,
  state: 'pendingVerification',
  label: '_abc',
  value: 'vpce:xyz',
};
const record = {
  zoneId: 'Z1',
  recordName: `_abc.${name}`,
  value: 'vpce:xyz',
  changeId: 'C1',
  insyncAt: ago(10_000),
  missedLooks: 0,
};
const wanted: PrivateDns = {
  ...unasked,
  endpointServiceId: 'svc_1',
  name,
  ownedNames: [name],
};
const published = { record, verificationStartedAt: ago(5_000) };

describe('privateDnsStatus', () => {
  const modes = (privateDns: 'observe' | 'manage') => ({
    principals: 'manage' as const,
    acceptance: 'manage' as const,
    privateDns,
  });
  const serviceOf = (theirs: Partial<ObservedPrivateDns> | null, mode: 'observe' | 'manage') => {
    const seen = {
      state: 'available' as const,
      acceptanceRequired: true,
      availabilityZoneIds: [],
      networkLoadBalancerArns: [],
      privateDns: theirs && { ...observed, ...theirs },
    };
    const still = { frozenSince: null, quarantine: null };
    return { id: 'svc_1', observed: seen, observedAt: now, modes: modes(mode), ...still };
  };
  const status = (
    ours: Partial<PrivateDns> | null,
    theirs: Partial<ObservedPrivateDns> | null,
    mode: 'observe' | 'manage' = 'manage',
  ) => privateDnsStatus(serviceOf(theirs, mode), ours && { ...wanted, ...ours }, now);
  const none = { name: null, ownedNames: [] };

  it.each([
    ['nothing is wanted', null, null, 'absent'],
    ['nothing is wanted any more', none, null, 'absent'],
    ['nothing is wanted and other hands verify one', none, {}, 'absent'],
    ['nothing is wanted and other hands verified one', none, { state: 'verified' }, 'verified'],
    ['the name is not set', {}, null, 'configuring'],
    ['the name of ours is to go', { name: null }, { state: 'verified' }, 'configuring'],
    ['one read does not show the name that is to go', { name: null }, null, 'configuring'],
    ['the record of ours is to go', { ...none, record }, null, 'configuring'],
    ['the record is to be written', {}, {}, 'publishing'],
    ['the record is on its way', { record: { ...record, insyncAt: null } }, {}, 'publishing'],
    ['AWS is to be asked', { record }, {}, 'verifying'],
    ['AWS is looking', published, {}, 'verifying'],
    ['AWS found nothing', published, { state: 'failed' }, 'failed'],
    ['one read shows it verified', published, { state: 'verified' }, 'verifying'],
    [
      'one read shows it verified no more',
      { ...published, verifiedSince: ago(9_000) },
      {},
      'verified',
    ],
    [
      'AWS has verified it',
      { ...published, verifiedSince: ago(1_000) },
      { state: 'verified' },
      'verified',
    ],
    ['AWS has not told the record yet', {}, { label: null }, 'configuring'],
    [
      'another name is verified',
      { ownedNames: ['old.example'] },
      { name: 'old.example', state: 'verified' },
      'configuring',
    ],
    ['other hands set a name', {}, { name: 'other.example' }, 'blocked'],
    ['other hands took the name away', published, null, 'blocked'],
    ['no zone of ours has the domain', { problem: 'No zone.' }, {}, 'blocked'],
  ] as [string, Partial<PrivateDns> | null, Partial<ObservedPrivateDns> | null, string][])(
    'when %s, it says so',
    (_, ours, theirs, state) => {
      expect(status(ours, theirs).state).toBe(state);
    },
  );

  it('when the aspect is only observed, it is blocked until AWS has verified the name', () => {
    const { state, message } = status({}, null, 'observe');
    expect([state, message]).toEqual(['blocked', expect.stringContaining('observe mode')]);
    expect(status({}, { state: 'verified' }, 'observe').state).toBe('verified');
  });

  it('when none is wanted, no name is told as wanted', () => {
    expect(status({ name: null, ownedNames: [] }, { state: 'verified' }).name).toBeNull();
    expect(status({}, null).name).toBe(name);
  });

  it('when other hands set a name, the message has it', () => {
    const { message } = status({}, { name: 'other.example' });
    expect(message).toContain('other.example');
  });

  it('when we have published the record, it is told with its zone', () => {
    expect(status(published, {}).record).toEqual({
      name: `_abc.${name}`,
      type: 'TXT',
      value: 'vpce:xyz',
      zoneId: 'Z1',
    });
  });

  it('when it is to be published by hand, the record of a wildcard is at its base', () => {
    const { record } = status({ name: `*.${name}` }, { name: `*.${name}` });
    expect(record).toMatchObject({ name: `_abc.${name}`, zoneId: null });
  });

  it('when it fails, it tells where the record was seen, and what to do', () => {
    const seen = (where: string, outcome: Sighting['outcome']): Sighting => {
      return { where, outcome, otherValues: [], problem: null, at: now };
    };
    const sightings = [
      seen('zone Z1', 'found'),
      seen('ns1.example (192.0.2.1)', 'missing'),
      seen('ns2.example (192.0.2.2)', 'unknown'),
    ];
    const { message, next } = status({ ...published, sightings }, { state: 'failed' });
    expect(message).toMatch(
      /it is seen at zone Z1; it is not at ns1\.example .*; no answer from ns2\.example/,
    );
    expect(next).toMatchObject({ actor: 'vendor', action: expect.stringContaining('delegated') });
  });

  it('when other hands took our record away, it says so, verified or not', () => {
    const gone = { record: { ...record, missedLooks: 2 }, verificationStartedAt: ago(5_000) };
    const command = 'sallyport services private-dns verify svc_1';
    expect(status(gone, {}).next).toMatchObject({ actor: 'vendor', command });
    const verified = status({ ...gone, verifiedSince: now }, { state: 'verified' });
    expect(verified).toMatchObject({ state: 'verified', next: { command } });
    expect(verified.message).toContain('gone from zone Z1');
  });

  it('when it was verified and is no longer, it says so', () => {
    const lost = status({ ...published, lostSince: ago(60_000) }, { state: 'failed' });
    expect(lost).toMatchObject({ state: 'failed', lostSince: ago(60_000) });
    expect(lost.message).toContain('is so no longer');
  });

  const waits: [string, Partial<PrivateDns>, Partial<ObservedPrivateDns> | null][] = [
    ['the name is not set', {}, null],
    ['the name is to go', { name: null }, {}],
    ['AWS has not told the record', {}, { label: null }],
    ['the record is to be written', {}, {}],
    ['the record is on its way', { record: { ...record, insyncAt: null } }, {}],
    ['AWS is to be asked', { record }, {}],
    ['AWS is looking', published, {}],
    ['AWS found nothing', published, { state: 'failed' }],
    ['one read shows it verified', published, { state: 'verified' }],
    ['a problem is told', { problem: 'No zone.' }, {}],
    ['other hands set a name', {}, { name: 'other.example' }],
    ['other hands took the name away', published, null],
  ];

  it.each(waits)(
    'when %s for too long, it is stuck, with a reason and what to do',
    (_, ours, at) => {
      const { state } = status(ours, at);
      const phase = state === 'failed' ? 'verifying' : state;
      const deadline = phaseDeadlinesMs[phase]!;
      const since = (ms: number) => status({ ...ours, phase, phaseSince: ago(ms) }, at);
      expect(since(deadline - 1)).toMatchObject({ stuckSince: null, since: ago(deadline - 1) });
      const stuck = since(deadline + 60_000);
      expect(stuck).toMatchObject({ state, stuckSince: ago(60_000), next: { actor: 'vendor' } });
      expect(stuck.message).toContain(`It should have gone on by ${ago(60_000).toISOString()}`);
    },
  );

  it('when nobody has looked at it in the phase that it is in now, it is not stuck', () => {
    const other = status({ ...published, phase: 'configuring', phaseSince: ago(86_400_000) }, {});
    expect(other).toMatchObject({ state: 'verifying', since: null, stuckSince: null });
  });

  it('when a verification fails and begins anew, it is in one phase all the time', () => {
    const service = (theirs: Partial<ObservedPrivateDns>) => serviceOf(theirs, 'manage');
    const phases = [{}, { state: 'failed' as const }].map((theirs) =>
      currentPhase(service(theirs), { ...wanted, ...published }, now),
    );
    expect(phases).toEqual(['verifying', 'verifying']);
  });
});
