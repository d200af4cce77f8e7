// Everything a simulator is, but the server in front of it: a world, its clocks, the trouble it is
// in, and the record of what was called. This is the only place where defaults are chosen.

import { randomInt } from 'node:crypto';
import { type CallRecord, type CallLog, createCallLog } from './http/call-log.ts';
import type { Admission, Pipeline } from './http/pipeline.ts';
import { keepPulse } from './http/pulse.ts';
import { createCatalog } from './services/catalog.ts';
import { serviceNames } from './services/service.ts';
import { unknownRates } from './throttling/rate-names.ts';
import { createThrottle, type Throttling, type ThrottleSettings } from './throttling/throttle.ts';
import { type FaultSpec, faultSchema } from './trouble/fault.ts';
import { createFaults } from './trouble/faults.ts';
import { createClock } from './world/clock.ts';
import { defaultWorldSpec } from './world/default-world.ts';
import { type Delays, delayProfiles, type Profile } from './world/settings/delays.ts';
import { type Random, seededRandom } from './world/ids.ts';
import { defaultKnobs, type Knobs } from './world/settings/knobs.ts';
import { createPast } from './world/past.ts';
import { addAccount } from './world/population.ts';
import { defaultQuotas, type Quotas } from './world/settings/quotas.ts';
import { createWorld } from './world/world.ts';
import type { WorldSpec } from './world/world-spec.ts';

// It never changes, and reading the models takes ten milliseconds.
const catalog = createCatalog();
const callable = serviceNames.flatMap((service) =>
  Object.keys(catalog[service].operations).map((action) => ({ service, action })),
);

export interface SimulationOptions {
  /** `compressed` by default. */
  readonly profile?: Profile;
  /** Single delays that differ from the profile's, in milliseconds. */
  readonly delays?: Partial<Delays>;
  readonly knobs?: Partial<Knobs>;
  readonly quotas?: Partial<Quotas>;
  /** AWS's request rates: `aws` counts them, which is the default with the profile `aws`. */
  readonly throttling?: Throttling | ThrottleSettings;
  readonly faults?: readonly FaultSpec[];
  /** What time it is; nothing happens on its own, so a fake clock needs no timers. */
  readonly clock?: () => Date;
  /** The same seed gives the same ids and the same luck again. */
  readonly seed?: number;
  /** A number in [0, 1), instead of a seed. */
  readonly random?: Random;
  /** `defaultWorldSpec()` by default. */
  readonly world?: WorldSpec;
  /** Throws an AwsError to refuse a verified call before it is performed. */
  readonly admit?: Admission;
  /** Told of every call, after it was answered. */
  readonly log?: (record: CallRecord) => void;
}

export interface Simulation extends Pipeline {
  readonly profile: Profile;
}

/** @throws Error when the world spec, a fault or a rate is not sound. */
export function createSimulation(options: SimulationOptions = {}): Simulation {
  const { profile = 'compressed' } = options;
  const clock = createClock(options.clock ?? (() => new Date()));
  const random = randomOf(options);
  const world = createWorld({
    start: clock.now().getTime(),
    random,
    delays: { ...delayProfiles[profile], ...options.delays },
    knobs: { ...defaultKnobs, ...options.knobs },
    quotas: { ...defaultQuotas, ...options.quotas },
  });
  for (const account of (options.world ?? defaultWorldSpec()).accounts) addAccount(world, account);
  const past = createPast(world);
  keepPulse(world, () => world.schedule.settle(clock.now().getTime(), past.note));
  const faults = createFaults({ random, past, callable });
  for (const fault of options.faults ?? []) faults.set(faultSchema.parse(fault));
  const throttling = throttleSettings(options.throttling ?? (profile === 'aws' ? 'aws' : 'off'));
  const unknown = unknownRates(throttling, catalog);
  if (unknown.length > 0)
    throw new Error(`No simulated operation is called ${unknown.join(', ')}.`);
  return {
    profile,
    world,
    clock,
    past,
    faults,
    catalog,
    throttle: createThrottle(
      throttling,
      (account) => world.accounts.get(account)?.organization ?? account,
    ),
    calls: loggedTo(createCallLog(), options.log),
    admit: options.admit ?? (() => undefined),
  };
}

function throttleSettings(given: Throttling | ThrottleSettings): ThrottleSettings {
  return typeof given === 'string' ? { throttling: given } : given;
}

function loggedTo(calls: CallLog, log: ((record: CallRecord) => void) | undefined): CallLog {
  if (!log) return calls;
  return {
    ...calls,
    add: (facts) => {
      const record = calls.add(facts);
      log(record);
      return record;
    },
  };
}

function randomOf({ random, seed }: SimulationOptions): Random {
  return random ?? (seed === undefined ? randomFraction : seededRandom(seed));
}

const RANDOM_RANGE = 2 ** 47;

function randomFraction(): number {
  return randomInt(RANDOM_RANGE) / RANDOM_RANGE;
}
