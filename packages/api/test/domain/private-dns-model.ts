// AWS and Route 53 as far as a private DNS name meets them: what is set, published and verified.
// The part of the reconciler is played too: each step is carried out, and what it did is kept.

import * as fc from 'fast-check';
import type { ObservedPrivateDns, PrivateDnsState } from '../../src/domain/endpoint-service.ts';
import {
  afterRead,
  nextPrivateDnsStep,
  restartAfterMs,
  unasked,
  type PrivateDns,
  type PrivateDnsStep,
} from '../../src/domain/private-dns.ts';

/** How AWS behaves this time, and where it begins. */
export interface Weather {
  /** The name on the service at first: none, the wanted one, or one of other hands. */
  name: 'none' | 'wanted' | 'foreign';
  state: PrivateDnsState;
  /** Whether we have set the name that is there. */
  nameOwned: boolean;
  /** The record that we know of: none, the right one, or one of an earlier value. */
  record: 'none' | 'right' | 'stale';
  /** Looks at a change until it is INSYNC. */
  looksToInsync: number;
  /** Verifications that end in `failed` although the record is there. */
  failures: number;
  /** Looks at the service until a verification ends. */
  looksToVerdict: number;
  /** The verification was started this long ago, or never. */
  startedMsAgo: number | null;
}

export const anyWeather: fc.Arbitrary<Weather> = fc.record({
  name: fc.constantFrom('none', 'wanted', 'foreign'),
  state: fc.constantFrom('pendingVerification', 'verified', 'failed', 'unknown'),
  nameOwned: fc.boolean(),
  record: fc.constantFrom('none', 'right', 'stale'),
  looksToInsync: fc.nat(5),
  failures: fc.nat(2),
  looksToVerdict: fc.nat(20),
  startedMsAgo: fc.option(fc.nat(2 * restartAfterMs)),
});

export interface Played {
  steps: PrivateDnsStep['step'][];
  observed: ObservedPrivateDns | null;
  wanted: PrivateDns;
  /** Verifications that were started while the record was not in place. */
  startedTooSoon: number;
}

const beginning = Date.parse('2026-03-01T12:00:00Z');
const looksMax = 400;

/** Plays until nothing is due any more, one step a second. */
export function play(name: string | null, weather: Weather): Played {
  const model = begin(name, weather);
  const steps: PrivateDnsStep['step'][] = [];
  for (let look = 0; look < looksMax; look++) {
    model.now += 1_000;
    awaitVerdict(model);
    model.wanted = afterRead(model.wanted, model.observed, new Date(model.now));
    const step = nextPrivateDnsStep(model.wanted, model.observed, new Date(model.now));
    steps.push(step.step);
    if (step.step === 'none' || step.step === 'blocked') break;
    carryOut(model, step);
  }
  const { observed, wanted, startedTooSoon } = model;
  return { steps, observed, wanted, startedTooSoon };
}

interface Model extends Omit<Played, 'steps'> {
  weather: Weather;
  now: number;
  made: number;
  /** Values in public DNS. */
  published: Set<string>;
  looksLeft: number;
  failuresLeft: number;
}

function begin(name: string | null, weather: Weather): Model {
  const named = weather.name === 'foreign' ? 'other.example' : 'api.vendor.example';
  const observed =
    weather.name === 'none'
      ? null
      : { name: named, state: weather.state, label: '_label0', value: 'vpce:0' };
  const insyncAt = new Date(beginning);
  const value = weather.record === 'right' ? 'vpce:0' : 'vpce:old';
  const kept = {
    zoneId: 'Z1',
    recordName: '_x.vendor.example',
    value,
    changeId: 'C1',
    insyncAt,
    missedLooks: 0,
  };
  const { startedMsAgo } = weather;
  return {
    weather,
    now: beginning,
    made: 0,
    published: new Set(weather.record === 'none' ? [] : [value]),
    looksLeft: 0,
    failuresLeft: weather.failures,
    observed,
    startedTooSoon: 0,
    wanted: {
      ...unasked,
      endpointServiceId: 'svc_1',
      name,
      ownedNames: weather.nameOwned ? [named] : [],
      record: weather.record === 'none' ? null : kept,
      verificationStartedAt: startedMsAgo === null ? null : new Date(beginning - startedMsAgo),
    },
  };
}

function carryOut(model: Model, step: PrivateDnsStep): void {
  const { wanted, weather, published } = model;
  switch (step.step) {
    case 'set_name':
      model.made += 1;
      model.observed = {
        name: step.name,
        state: 'pendingVerification',
        label: `_label${model.made}`,
        value: `vpce:${model.made}`,
      };
      model.wanted = { ...wanted, ownedNames: [step.name], verificationStartedAt: null };
      break;
    case 'remove_name':
      model.observed = null;
      model.wanted = { ...wanted, ownedNames: [] };
      break;
    case 'write_record':
      model.looksLeft = weather.looksToInsync;
      published.add(step.value);
      model.wanted = { ...wanted, record: recordOf(step.label, step.value) };
      break;
    case 'follow_change':
      if (model.looksLeft-- <= 0) {
        model.wanted = { ...wanted, record: { ...wanted.record!, insyncAt: new Date(model.now) } };
      }
      break;
    case 'remove_record':
      published.delete(step.record.value);
      model.wanted = { ...wanted, record: null };
      break;
    case 'start_verification':
      startVerification(model);
      break;
    case 'wait':
    case 'none':
    case 'blocked':
      break;
  }
}

function recordOf(label: string, value: string): NonNullable<PrivateDns['record']> {
  const recordName = `${label}.vendor.example`;
  return { zoneId: 'Z1', recordName, value, changeId: 'C2', insyncAt: null, missedLooks: 0 };
}

function startVerification(model: Model): void {
  const inPlace = model.published.has(model.observed!.value!) && model.wanted.record?.insyncAt;
  if (!inPlace) model.startedTooSoon += 1;
  model.looksLeft = model.weather.looksToVerdict;
  model.wanted = { ...model.wanted, verificationStartedAt: new Date(model.now) };
  model.observed = { ...model.observed!, state: 'pendingVerification' };
}

/** AWS ends a verification after some looks: `verified`, or `failed` at first. */
function awaitVerdict(model: Model): void {
  const { observed, wanted } = model;
  const running =
    observed?.state === 'pendingVerification' &&
    wanted.verificationStartedAt !== null &&
    wanted.verificationStartedAt.getTime() >= beginning;
  if (!running || model.looksLeft-- > 0) return;
  const fails = model.failuresLeft-- > 0 || !model.published.has(observed.value!);
  model.observed = { ...observed, state: fails ? 'failed' : 'verified' };
}
