// A worker over an imagined AWS and a database of its own. Time stands still until it is told.
//
//   const it = await startWorkerScene();
//   afterAll(() => it.close());
//   it.aws.allowlists.set(…); await it.run();

import { createRequests, type Requests } from '../../src/usecases/requests.ts';
import type { Context } from '../../src/usecases/context.ts';
import { connectionsTarget, serviceTargets, type TargetName } from '../../src/domain/target.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import { arrive } from '../../src/reconcile/arrival.ts';
import { claimDueTargets, runTarget, type WorkerOptions } from '../../src/reconcile/worker.ts';
import * as targets from '../../src/storage/targets.ts';
import { createAmbience, type Ambience } from '../ambience.ts';
import { testSeals } from '../secret-seals.ts';
import {
  temporaryDatabase,
  type TemporaryDatabase,
} from '../storage/postgres/temporary-database.ts';
import { createScene, type Scene } from '../storage/scene.ts';
import { imagineAws, type ImaginedAws } from './imagined-aws.ts';
import { createRounds } from './rounds.ts';

export interface WorkerScene extends Ambience {
  db: TemporaryDatabase;
  aws: ImaginedAws;
  worker: WorkerOptions;
  scene: Scene;
  requests: Requests;
  /** What runs threw, but for what was meant to be thrown. */
  errors: unknown[];
  /** Runs what is due, once each, and gives the names of what ran. */
  round: () => Promise<string[]>;
  /** Lets that much time pass in steps of a second, running what is due in each. */
  pass: (ms: number) => Promise<void>;
  /** Lets much time pass at once: only the moments at which something is due are played. */
  leap: (ms: number) => Promise<void>;
  /** Wakes everything that looks after the service, and gives the service what AWS has. */
  wake: (service: EndpointService) => Promise<void>;
  nudge: (...names: TargetName[]) => Promise<void>;
  /** A change by an operator. */
  change: <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>;
  close: () => Promise<void>;
}

/** @param settings what the worker has besides AWS and the database */
export async function startWorkerScene(
  seed = 1,
  settings: Pick<WorkerOptions, 'nameServers' | 'proofLifetimeDays' | 'auditRetentionDays'> = {},
): Promise<WorkerScene> {
  const db = await temporaryDatabase();
  const ambience = createAmbience(seed);
  const { clock, makeId, random } = ambience;
  const aws = imagineAws();
  const scene = createScene(db, ambience);
  const errors: unknown[] = [];
  const audience = () => 'https://sallyport.test';
  const requests = createRequests({
    database: db,
    now: clock.now,
    makeId,
    random,
    audience,
    secretSeals: testSeals,
  });

  const onError = (_: string, error: unknown) => errors.push(error);
  const startedAt = clock.now();
  const own = { now: clock.now, makeId, startedAt, name: 'worker', onError };
  const options: WorkerOptions = { db, aws, ...own, ...settings };
  await arrive({ db, now: clock.now, makeId });
  const round = async () => {
    const leases = await claimDueTargets(options, 100);
    const stop = new AbortController().signal;
    for (const lease of leases) await runTarget(options, lease, stop);
    return leases.map(({ kind }) => kind);
  };
  const nudge = (...names: TargetName[]) => targets.nudge(db, names, clock.now());
  return {
    ...ambience,
    db,
    aws,
    worker: options,
    scene,
    requests,
    errors,
    round,
    pass: async (ms) => {
      for (let passed = 0; passed < ms; passed += 1_000) {
        clock.advance(1_000);
        await round();
      }
    },
    leap: createRounds(db, clock, options).pass,
    nudge,
    wake: async (service) => {
      aws.services.set(service.serviceId!, factsOf(service));
      await nudge(...serviceTargets(service), connectionsTarget(service));
    },
    change: (work) => changeByOperator(requests, work),
    close: () => db.close(),
  };
}

async function changeByOperator<Result>(
  requests: Requests,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  const facts = {
    caller: { id: 'key_operator', role: 'operator', customerId: null } as const,
    requestId: 'req_1',
    changeRef: null,
    validateOnly: false,
    idempotencyKey: null,
    fingerprint: '',
  };
  const { body } = await requests.change(facts, async (context) => {
    return { status: 200, body: await work(context) };
  });
  return body as Result;
}

function factsOf({ serviceId, serviceName }: EndpointService) {
  return {
    serviceId: serviceId!,
    serviceName: serviceName!,
    state: 'available' as const,
    acceptanceRequired: true,
    availabilityZoneIds: ['use1-az1'],
    networkLoadBalancerArns: [],
    privateDns: null,
    mark: null,
  };
}
