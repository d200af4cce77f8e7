// The use cases, a worker and the real adapter, over a simulated AWS and a given database. Service
// and AWS share one clock, which stands still until it is told. Needs no test runner.
//
// A stage lasts for less than an hour of its time: the sessions of roles then end for AWS, but not
// for the SDK, which goes by the clock of this machine.

import {
  defaultWorldSpec,
  startSimulator,
  type Simulator,
  type SimulatorOptions,
  type WorldSpec,
} from '@sallyport/aws-simulator';
import { createAws } from '../../src/aws/aws.ts';
import { arrive } from '../../src/reconcile/arrival.ts';
import type { WorkerOptions } from '../../src/reconcile/worker.ts';
import type { Database } from '../../src/storage/postgres/database.ts';
import { createRequests } from '../../src/usecases/requests.ts';
import { createAmbience, type Ambience } from '../ambience.ts';
import { hookedAws, idleHooks, type AwsHooks } from './hooked-aws.ts';
import { createChange, createOperator, type Change, type Operator } from './operator.ts';
import {
  createGlance,
  createHands,
  region,
  vendorAccount,
  type Glance,
  type OtherHands,
} from './other-hands.ts';
import { createRounds, type Rounds } from './rounds.ts';

export interface Stage extends Ambience, Rounds {
  db: Database;
  simulator: Simulator;
  /** What comes between the worker and AWS. */
  hooks: AwsHooks;
  worker: WorkerOptions;
  /** What runs of the worker threw. */
  errors: unknown[];
  change: Change;
  operator: Operator;
  hands: OtherHands;
  glance: Glance;
  close: () => Promise<void>;
}

export const audience = 'https://sallyport.test';

/**
 * What the AWS SDK has to find in the environment to speak to the simulator, and to nothing else.
 * To be set before the stage is opened, and kept while it is open.
 */
export function awsEnvironment(endpoint: string): Record<string, string | undefined> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: vendorAccount,
    AWS_SECRET_ACCESS_KEY: 'simulator',
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

export interface StageOptions {
  db: Database;
  seed?: number;
  /**
   * Now, when left out, as the SDK signs with the time of this machine until AWS's answers tell it
   * another one. A run that has to be the same each time gives it: ids tell the time, and what is
   * spread by them changes with it.
   */
  startAt?: Date;
  simulator?: SimulatorOptions;
  /** Whether calls to AWS need no socket. */
  inProcess?: boolean;
  /** Puts the variables into the environment. */
  setEnvironment: (variables: Record<string, string | undefined>) => void;
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const { db, seed = 1 } = options;
  const ambience = createAmbience(seed);
  const { clock, makeId, random } = ambience;
  const startAt = options.startAt?.getTime() ?? Math.floor(Date.now() / 1000) * 1000;
  clock.advance(startAt - clock.now().getTime());
  const simulator = await startSimulator({
    clock: clock.now,
    random: fractions(random),
    world: worldWithLoadBalancers(),
    ...options.simulator,
  });
  options.setEnvironment(awsEnvironment(simulator.endpoint));
  const { endpoint: stsEndpoint } = simulator;
  const clockOffset = () => clock.now().getTime() - Date.now();
  const requestHandler = undated(simulator.requestHandler);
  const sending = options.inProcess ? { requestHandler, clockOffset } : {};
  const aws = createAws({
    region,
    now: clock.now,
    stsEndpoint,
    issuerEndpoint: stsEndpoint,
    sending,
  });
  const hooks = idleHooks();
  const errors: unknown[] = [];
  const worker: WorkerOptions = {
    db,
    aws: hookedAws(aws, hooks),
    now: clock.now,
    makeId,
    startedAt: clock.now(),
    name: 'worker-1',
    // Time stands still while a call waits.
    queueWaitSeconds: 0,
    onError: (_, error) => void errors.push(error),
  };
  await arrive({ db, now: clock.now, makeId });
  const requests = createRequests({
    database: db,
    now: clock.now,
    makeId,
    random,
    audience: () => audience,
  });
  const hands = createHands(simulator, clock, sending);
  const glance = createGlance(simulator, clock);
  const change = createChange(requests);
  return {
    ...ambience,
    ...createRounds(db, clock, worker),
    db,
    simulator,
    hooks,
    worker,
    errors,
    change,
    operator: createOperator(change, glance),
    hands,
    glance,
    close: async () => {
      aws.close();
      hands.close();
      await simulator.close();
    },
  };
}

/**
 * By the date of an answer the SDK corrects its clock, and where that is minutes from this
 * machine's, it sends what was refused up to twice more: or not, when all was within a millisecond.
 */
function undated(handler: Simulator['requestHandler']): Simulator['requestHandler'] {
  return {
    ...handler,
    handle: async (...request) => {
      const { response } = await handler.handle(...request);
      Reflect.deleteProperty(response.headers, 'date');
      return { response };
    },
  };
}

/** The default world, with load balancers for many services. */
export function worldWithLoadBalancers(world = defaultWorldSpec()): WorldSpec {
  const more = Array.from({ length: 30 }, (_, index) => ({ name: `more-${index}`, region }));
  const accounts = world.accounts.map((account) => {
    const { id, loadBalancers = [] } = account;
    if (id !== vendorAccount) return account;
    return { ...account, loadBalancers: [...loadBalancers, ...more] };
  });
  return { accounts };
}

/** Numbers in [0, 1) from random bytes. */
function fractions(random: Ambience['random']): () => number {
  return () => Buffer.from(random(6)).readUIntBE(0, 6) / 2 ** 48;
}
