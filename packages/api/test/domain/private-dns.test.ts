import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservedPrivateDns } from '../../src/domain/endpoint-service.ts';
import {
  afterRead,
  isVerificationDue,
  nextPrivateDnsStep,
  quoteTxt,
  restartAfterMs,
  unasked,
  verifiableDomains,
  type PrivateDns,
} from '../../src/domain/private-dns.ts';
import { anyWeather, play } from './private-dns-model.ts';

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
    [
      'it is verified',
      { ...published, verifiedSince: ago(1_000) },
      { state: 'verified' },
      { step: 'none' },
    ],
    [
      'it is verified by a parent domain',
      { verifiedSince: ago(1_000) },
      { state: 'verified' },
      { step: 'none' },
    ],
    [
      'it is verified, and its record is to be published again',
      { record: { ...record, changeId: '', insyncAt: null }, verifiedSince: ago(1_000) },
      { state: 'verified' },
      { step: 'write_record', label: '_abc', value: 'vpce:xyz' },
    ],
    [
      'one read shows it verified',
      published,
      { state: 'verified' },
      { step: 'wait', reason: 'second_read' },
    ],
    [
      'one read does not show it verified any more',
      { ...published, verifiedSince: ago(90_000), disagreeingReads: 1 },
      { state: 'failed' },
      { step: 'wait', reason: 'second_read' },
    ],
    [
      'it was verified once, and AWS is not looking',
      { record, verificationStartedAt: ago(2 * restartAfterMs), lostSince: ago(1_000) },
      { state: 'failed' },
      { step: 'start_verification' },
    ],
    [
      'other hands took our record away',
      { ...published, record: { ...record, missedLooks: 5 } },
      {},
      { step: 'wait', reason: 'verification' },
    ],
    ['none is wanted or there', { name: null, ownedNames: [] }, null, { step: 'none' }],
    ['none is wanted, ours is there', { name: null }, {}, { step: 'remove_name' }],
    [
      'none is wanted and other hands have replaced ours',
      { name: null },
      { name: 'other.example' },
      { step: 'wait', reason: 'second_read' },
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

describe('a record of ours that is gone from its zone', () => {
  const gone = (missedLooks: number) => ({ ...wanted, record: { ...record, missedLooks } });
  const step = (missedLooks: number, state: ObservedPrivateDns['state']) =>
    nextPrivateDnsStep(
      { ...gone(missedLooks), verifiedSince: state === 'verified' ? now : null },
      { ...observed, state },
      now,
      true,
    ).step;

  it('when it is to be put back, it is written again once two looks agree', () => {
    expect(step(1, 'failed')).toBe('start_verification');
    expect(step(2, 'failed')).toBe('write_record');
    expect(step(1, 'verified')).toBe('none');
    expect(step(2, 'verified')).toBe('write_record');
  });
});

describe('afterRead', () => {
  const verified = { ...observed, state: 'verified' as const };
  const read = (before: PrivateDns, ...shown: (ObservedPrivateDns | null)[]) =>
    shown.reduce((state, seen) => afterRead(state, seen, now), before);

  it('when two reads in a row show it verified, it is, and one is not enough', () => {
    expect(read(wanted, verified)).toMatchObject({ verifiedSince: null, disagreeingReads: 1 });
    expect(read(wanted, verified, verified)).toMatchObject({ verifiedSince: now });
    expect(read(wanted, verified, observed, verified)).toMatchObject({ verifiedSince: null });
  });

  it('when two reads in a row do not, it is lost, and is that until it is verified', () => {
    const before = { ...wanted, verifiedSince: ago(60_000) };
    expect(read(before, observed)).toMatchObject({ verifiedSince: ago(60_000), lostSince: null });
    expect(read(before, observed, verified, null)).toMatchObject({ lostSince: null });
    const lost = read(before, observed, null);
    expect(lost).toMatchObject({ verifiedSince: null, lostSince: now });
    expect(read(lost, verified, verified)).toMatchObject({ verifiedSince: now, lostSince: null });
  });

  it('when another name is verified, that is not it', () => {
    const other = { ...verified, name: 'other.example' };
    expect(read(wanted, other, other)).toMatchObject({ verifiedSince: null });
  });

  it('when it is given up, two reads in a row that do not show it tell that it is gone', () => {
    const givenUp = { ...wanted, name: null };
    expect(read(givenUp, null)).toMatchObject({ ownedNames: [name], disagreeingReads: 1 });
    expect(read(givenUp, null, observed, null)).toMatchObject({ ownedNames: [name] });
    expect(read(givenUp, null, null)).toMatchObject({ ownedNames: [], disagreeingReads: 0 });
    const other = { ...observed, name: 'other.example' };
    expect(read(givenUp, other, null)).toMatchObject({ ownedNames: [] });
  });
});

describe('isVerificationDue', () => {
  it.each([
    [0, 120],
    [4, 120],
    [60, 900],
    [10_000, 1_800],
  ])('when it is under way for %i minutes, AWS is asked every %i s', (minutes, seconds) => {
    const phaseSince = ago(minutes * 60_000);
    const long = { ...record, insyncAt: ago(86_400_000) };
    const begun = { record: long, phaseSince, lostSince: null };
    const asked = (ms: number) => ({ ...begun, verificationStartedAt: ago(ms) });
    expect(isVerificationDue(asked(seconds * 1_000), now)).toBe(true);
    expect(isVerificationDue(asked(seconds * 1_000 - 1), now)).toBe(false);
  });
});

describe('the steps, in a model of AWS', () => {
  it('when it begins anywhere, it ends verified, or blocked by what other hands did', () => {
    fc.assert(
      fc.property(anyWeather, (given) => {
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
      fc.property(anyWeather, (given) => {
        const { steps } = play(name, { ...given, name: 'foreign', nameOwned: false });
        expect(steps).toEqual(['blocked']);
      }),
    );
  });

  it('when a verification is started, the record is in place', () => {
    fc.assert(
      fc.property(anyWeather, (given) => {
        expect(play(name, given).startedTooSoon).toBe(0);
      }),
    );
  });

  it('when no name is wanted, what is ours goes and the name of other hands stays', () => {
    fc.assert(
      fc.property(anyWeather, (given) => {
        const { steps, observed, wanted } = play(null, given);
        expect(steps.at(-1)).toBe('none');
        expect(wanted.record).toBeNull();
        expect(observed === null).toBe(given.nameOwned || given.name === 'none');
      }),
    );
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
