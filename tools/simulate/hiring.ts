// The replicas of a history, with the trouble that they meet and what is noted of it.

import { arrive } from '../../packages/api/src/reconcile/arrival.ts';
import type { Stage } from '../../packages/api/test/reconcile/stage.ts';
import { statesStruck, visit, type Cells, type Fault } from './cells.ts';
import type { Choice } from './choice.ts';
import { createCrew, type Crew } from './crew.ts';
import { createReplica, type Replica } from './replica.ts';
import type { Moments } from './intents.ts';
import type { PortCall, Trouble } from './trouble.ts';
import type { Witness } from './witness.ts';

interface Known {
  stage: Stage;
  choice: Choice;
  cells: Cells;
  moments: Moments;
}

/** Half a minute, so that proofs lapse while a history lasts. */
const proofLifetimeDays = 30 / 86_400;

export async function hireCrew(
  known: Known,
  witness: Witness,
): Promise<{ crew: Crew; trouble: Trouble }> {
  const { stage, choice, moments } = known;
  const { db, clock, makeId } = stage;
  const trouble: Trouble = {
    probability: 0,
    freshUntil: 0,
    stale: new Set(),
    choice,
    simulator: stage.simulator,
    now: clock.now,
    onCall: (call) => witness.see(call),
    onFault: (fault, call, lease) => note(known, fault, lease, call),
  };
  const start = async (number: number) => {
    const startedAt = clock.now();
    await arrive({ db, now: clock.now, makeId });
    const lives = { startedAt, proofLifetimeDays };
    const worker = { ...stage.worker, ...lives, name: `replica-${number}` };
    const onDeath = (replica: Replica) => note(known, 'died', replica.lease());
    return createReplica({ worker, clock, trouble, onTransaction: moments.look, onDeath });
  };
  const size = 2 + choice.below(2);
  return { crew: await createCrew({ db, clock, choice, size, start }), trouble };
}

/** Notes the cell that a fault is about to visit. */
export async function note(
  { stage, cells }: Pick<Known, 'stage' | 'cells'>,
  fault: Fault,
  lease: ReturnType<Replica['lease']>,
  call?: PortCall,
): Promise<void> {
  visit(cells, await statesStruck(stage.db, stage.clock.now(), lease, call), fault);
}
