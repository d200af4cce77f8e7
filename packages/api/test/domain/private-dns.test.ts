import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservedPrivateDns } from '../../src/domain/endpoint-service.ts';
import {
  nextPrivateDnsStep,
  privateDnsStatus,
  quoteTxt,
  restartAfterMs,
  verifiableDomains,
  type PrivateDns,
} from '../../src/domain/private-dns.ts';
import { play, type Weather } from './private-dns-model.ts';

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
};
const wanted: PrivateDns = {
  endpointServiceId: 'svc_1',
  name,
  ownedNames: [name],
  record: null,
  verificationStartedAt: null,
  problem: null,
  observedAt: null,
};
const published = { record, verificationStartedAt: ago(5_000) };

describe('nextPrivateDnsStep', () => {
  it.each([
    ['no name is set', {}, null, { step: 'set_name', name }],
    [
      'we set another one before',
      { ownedNames: ['old.example'] },
      { name: 'old.example' },
      { step: 'set_name', name },
    ],
    [
      'other hands set another one in its place',
      {},
      { name: 'old.example' },
      { step: 'blocked', reason: 'foreign_name' },
    ],
    [
      'other hands took it away',
      { verificationStartedAt: ago(5_000) },
      null,
      { step: 'blocked', reason: 'removed_name' },
    ],
    ['AWS has no value yet', {}, { value: null }, { step: 'wait', reason: 'service' }],
    ['AWS has no label yet', {}, { label: null }, { step: 'wait', reason: 'service' }],
    ['nothing is published', {}, {}, { step: 'write_record', label: '_abc', value: 'vpce:xyz' }],
    [
      'an older value is published',
      { record: { ...record, value: 'vpce:old' } },
      {},
      { step: 'remove_record', record: { ...record, value: 'vpce:old' } },
    ],
    [
      'the change is on its way',
      { record: { ...record, insyncAt: null } },
      {},
      { step: 'follow_change', changeId: 'C1' },
    ],
    ['the record is in place', { record }, {}, { step: 'start_verification' }],
    [
      'the last start is older than the record',
      { record, verificationStartedAt: ago(20_000) },
      {},
      { step: 'start_verification' },
    ],
    ['AWS is looking', published, {}, { step: 'wait', reason: 'verification' }],
    [
      'AWS has just failed',
      published,
      { state: 'failed' },
      { step: 'wait', reason: 'verification' },
    ],
    [
      'AWS failed a while ago',
      {
        record: { ...record, insyncAt: ago(2 * restartAfterMs) },
        verificationStartedAt: ago(restartAfterMs),
      },
      { state: 'failed' },
      { step: 'start_verification' },
    ],
    ['it is verified', published, { state: 'verified' }, { step: 'none' }],
    ['it is verified by a parent domain', {}, { state: 'verified' }, { step: 'none' }],
    ['none is wanted or there', { name: null, ownedNames: [] }, null, { step: 'none' }],
    ['none is wanted, ours is there', { name: null }, {}, { step: 'remove_name' }],
    [
      'none is wanted and other hands have replaced ours',
      { name: null },
      { name: 'other.example' },
      { step: 'none' },
    ],
    [
      'it is not known whether the record was written',
      { record: { ...record, changeId: '', insyncAt: null } },
      {},
      { step: 'write_record', label: '_abc', value: 'vpce:xyz' },
    ],
    [
      'none is wanted, one of other hands is there',
      { name: null, ownedNames: [] },
      {},
      { step: 'none' },
    ],
    [
      'none is wanted and our record is left',
      { name: null, ownedNames: [], record },
      null,
      { step: 'remove_record', record },
    ],
  ] as [string, Partial<PrivateDns>, Partial<ObservedPrivateDns> | null, object][])(
    'when %s, that is the next step',
    (_, ours, theirs, step) => {
      const seen = theirs && { ...observed, ...theirs };
      expect(nextPrivateDnsStep({ ...wanted, ...ours }, seen, now)).toEqual(step);
    },
  );
});

const weather: fc.Arbitrary<Weather> = fc.record({
  name: fc.constantFrom('none', 'wanted', 'foreign'),
  state: fc.constantFrom('pendingVerification', 'verified', 'failed', 'unknown'),
  nameOwned: fc.boolean(),
  record: fc.constantFrom('none', 'right', 'stale'),
  looksToInsync: fc.nat(5),
  failures: fc.nat(2),
  looksToVerdict: fc.nat(20),
  startedMsAgo: fc.option(fc.nat(2 * restartAfterMs)),
});

describe('the steps, in a model of AWS', () => {
  it('when it begins anywhere, it ends verified, or blocked by what other hands did', () => {
    fc.assert(
      fc.property(weather, (given) => {
        const foreign = given.name === 'foreign' && !given.nameOwned;
        const removed = given.name === 'none' && given.nameOwned && given.startedMsAgo !== null;
        const { steps, observed } = play(name, given);
        expect(steps.at(-1)).toBe(foreign || removed ? 'blocked' : 'none');
        if (removed) expect(observed).toBeNull();
        else if (foreign) expect(observed).toMatchObject({ name: 'other.example' });
        else expect(observed).toMatchObject({ name, state: 'verified' });
      }),
    );
  });

  it('when it is blocked, it has not changed anything', () => {
    fc.assert(
      fc.property(weather, (given) => {
        const { steps } = play(name, { ...given, name: 'foreign', nameOwned: false });
        expect(steps).toEqual(['blocked']);
      }),
    );
  });

  it('when a verification is started, the record is in place', () => {
    fc.assert(
      fc.property(weather, (given) => {
        expect(play(name, given).startedTooSoon).toBe(0);
      }),
    );
  });

  it('when no name is wanted, what is ours goes and the name of other hands stays', () => {
    fc.assert(
      fc.property(weather, (given) => {
        const { steps, observed, wanted } = play(null, given);
        expect(steps.at(-1)).toBe('none');
        expect(wanted.record).toBeNull();
        expect(observed === null).toBe(given.nameOwned || given.name === 'none');
      }),
    );
  });
});

describe('privateDnsStatus', () => {
  const modes = (privateDns: 'observe' | 'manage') => ({
    principals: 'manage' as const,
    acceptance: 'manage' as const,
    privateDns,
  });
  const status = (
    ours: Partial<PrivateDns> | null,
    theirs: Partial<ObservedPrivateDns> | null,
    mode: 'observe' | 'manage' = 'manage',
  ) => {
    const seen = {
      state: 'available' as const,
      acceptanceRequired: true,
      availabilityZoneIds: [],
      networkLoadBalancerArns: [],
      privateDns: theirs && { ...observed, ...theirs },
    };
    const still = { frozenSince: null, quarantine: null };
    const facts = { id: 'svc_1', observed: seen, observedAt: now, modes: modes(mode) };
    const service = { ...facts, ...still };
    return privateDnsStatus(service, ours && { ...wanted, ...ours }, now);
  };
  const none = { name: null, ownedNames: [] };

  it.each([
    ['nothing is wanted', null, null, 'absent'],
    ['nothing is wanted any more', none, null, 'absent'],
    ['nothing is wanted and other hands verify one', none, {}, 'absent'],
    ['nothing is wanted and other hands verified one', none, { state: 'verified' }, 'verified'],
    ['the name is not set', {}, null, 'configuring'],
    ['the name of ours is to go', { name: null }, { state: 'verified' }, 'configuring'],
    ['the record of ours is to go', { ...none, record }, null, 'configuring'],
    ['the record is to be written', {}, {}, 'publishing'],
    ['the record is on its way', { record: { ...record, insyncAt: null } }, {}, 'publishing'],
    ['AWS is to be asked', { record }, {}, 'verifying'],
    ['AWS is looking', published, {}, 'verifying'],
    ['AWS found nothing', published, { state: 'failed' }, 'failed'],
    ['AWS has verified it', published, { state: 'verified' }, 'verified'],
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
});

describe('verifiableDomains', () => {
  it.each([
    ['a.b.example.com', ['a.b.example.com', 'b.example.com', 'example.com']],
    ['*.example.com', ['example.com']],
    ['example.com', ['example.com']],
  ])('when the name is %s, the domains are its own and its parents', (name, domains) => {
    expect(verifiableDomains(name)).toEqual(domains);
  });
});

describe('quoteTxt', () => {
  it.each([
    ['vpce:abc', '"vpce:abc"'],
    ['a"b', '"a\\"b"'],
    ['a\\b', '"a\\\\b"'],
  ])('when the value is %s, Route 53 holds %s', (value, quoted) => {
    expect(quoteTxt(value)).toBe(quoted);
  });
});
