// Puts a simulator together from its options: a world, the services on it, and the server in
// front. This is the only place where defaults are chosen.

import { randomInt } from 'node:crypto';
import { ADMIN_PREFIX, answerAdmin } from './http/admin.ts';
import { type CallRecord, createCallLog } from './http/call-log.ts';
import { listen } from './http/listener.ts';
import { type Admission, answerCall, type Pipeline } from './http/pipeline.ts';
import type { WireRequest } from './protocols/wire.ts';
import { createCatalog } from './services/catalog.ts';
import { type Delays, delayProfiles, type Profile } from './world/delays.ts';
import type { Random } from './world/ids.ts';
import { defaultKnobs, type Knobs } from './world/knobs.ts';
import { addAccount } from './world/population.ts';
import { defaultQuotas, type Quotas } from './world/quotas.ts';
import { createWorld, type World } from './world/world.ts';
import { type AccountSpec, defaultWorldSpec, type WorldSpec } from './world/world-spec.ts';

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** `compressed` by default. */
  readonly profile?: Profile;
  /** Single delays that differ from the profile's, in milliseconds. */
  readonly delays?: Partial<Delays>;
  readonly knobs?: Partial<Knobs>;
  readonly quotas?: Partial<Quotas>;
  /** What time it is; nothing happens on its own, so a fake clock needs no timers. */
  readonly clock?: () => Date;
  /** A number in [0, 1); give a seeded one to get the same ids again. */
  readonly random?: Random;
  /** `defaultWorldSpec()` by default. */
  readonly world?: WorldSpec;
  /** Throws an AwsError to refuse a verified call before it is performed. */
  readonly admit?: Admission;
  /** Told of every call, after it was answered. */
  readonly log?: (record: CallRecord) => void;
}

export interface Simulator {
  /** For example `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** The state behind the API, for tests that look or reach where no client can. */
  readonly world: World;
  /** Every call so far, oldest first; with a number, those after it. */
  calls(since?: number): CallRecord[];
  addAccount(spec: AccountSpec): void;
  close(): Promise<void>;
}

/** @throws Error when the port is taken or the world spec is not sound. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { profile = 'compressed', clock = () => new Date() } = options;
  const world = createWorld({
    start: clock().getTime(),
    random: options.random ?? randomFraction,
    delays: { ...delayProfiles[profile], ...options.delays },
    knobs: { ...defaultKnobs, ...options.knobs },
    quotas: { ...defaultQuotas, ...options.quotas },
  });
  for (const account of (options.world ?? defaultWorldSpec()).accounts) addAccount(world, account);
  const calls = createCallLog();
  const pipeline: Pipeline = {
    world,
    catalog: createCatalog(),
    calls: options.log ? loggedTo(calls, options.log) : calls,
    admit: options.admit ?? (() => undefined),
    clocks: () => ({ signed: clock(), world: clock() }),
  };
  const answer = (request: WireRequest) =>
    request.path.startsWith(ADMIN_PREFIX)
      ? answerAdmin({ calls, world, profile, now: clock }, request)
      : answerCall(pipeline, request);
  const listener = await listen({ port: options.port ?? 0, answer, now: clock });
  return {
    endpoint: `http://127.0.0.1:${listener.port}`,
    world,
    calls: (since = 0) => calls.since(since),
    addAccount: (spec) => addAccount(world, spec),
    close: () => listener.close(),
  };
}

function loggedTo(calls: Pipeline['calls'], log: (record: CallRecord) => void): Pipeline['calls'] {
  return {
    ...calls,
    add: (facts) => {
      const record = calls.add(facts);
      log(record);
      return record;
    },
  };
}

const RANDOM_RANGE = 2 ** 47;

function randomFraction(): number {
  return randomInt(RANDOM_RANGE) / RANDOM_RANGE;
}
