// Another process with a worker over the stage's AWS: on the same database, or on a copy of it.

import { arrive } from '../../src/reconcile/arrival.ts';
import type { WorkerOptions } from '../../src/reconcile/worker.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import type { EndpointService } from '../../src/domain/endpoint-service.ts';
import type { Database } from '../../src/storage/postgres/database.ts';
import { createRequests } from '../../src/usecases/requests.ts';
import { createChange, createOperator, type Change, type Operator } from './operator.ts';
import { createRounds, type Rounds } from './rounds.ts';
import { audience, type Stage } from './stage.ts';

export interface OtherSallyport extends Rounds {
  db: Database;
  worker: WorkerOptions;
  change: Change;
  operator: Operator;
  service: (id: string) => Promise<EndpointService>;
}

/** Starts now. What the worker finds at its arrival is in the database. */
export async function startOther(stage: Stage, db: Database = stage.db): Promise<OtherSallyport> {
  const { clock, makeId, random } = stage;
  const worker = { ...stage.worker, db, name: 'other', startedAt: clock.now() };
  await arrive({ db, now: clock.now, makeId });
  const now = clock.now;
  const requests = createRequests({ database: db, now, makeId, random, audience: () => audience });
  const change = createChange(requests);
  return {
    ...createRounds(db, clock, worker),
    db,
    worker,
    change,
    operator: createOperator(change, stage.glance),
    service: async (id) => (await endpointServices.find(db, id))!,
  };
}
