// A database that is put back from before, and the operator who finds it so.

import * as deployment from '../../../packages/api/src/usecases/deployment.ts';
import {
  dumpDatabase,
  restoreDatabase,
} from '../../../packages/api/test/reconcile/database-dump.ts';
import { readFacts } from '../facts.ts';
import { isBehind, type Scene } from '../scene.ts';

/** A read from before could show the old mark to the old database: it is kept from that so long. */
const freshMs = 120_000;

/** Saves a copy, later puts it back in a server that is started anew, and later says so. */
export async function restore(scene: Scene): Promise<string | null> {
  const { stage, crew, choice, trouble } = scene;
  if (scene.restored) return choice.chance(0.5) ? confirm(scene) : null;
  if (!scene.dump) {
    scene.dump = await dumpDatabase(stage.db);
    return 'the database is saved';
  }
  if (!choice.chance(0.7)) return null;
  for (const replica of crew.replicas()) await replica.die();
  await restoreDatabase(stage.db, scene.dump);
  trouble.freshUntil = stage.clock.now().getTime() + freshMs;
  scene.dump = null;
  scene.restored = true;
  scene.facts = await readFacts(stage.db);
  forgetHands(scene);
  scene.behind = isBehind(scene, scene.facts);
  await crew.restart();
  return 'the database is put back as it was saved';
}

/** What the old database does not know to be ours is others'; what it knows, it asks for anew. */
function forgetHands({ stage, facts, takenByHand, handMade, namedByHand }: Scene): void {
  takenByHand.clear();
  for (const { id, serviceId } of facts.services) {
    if (serviceId === null) continue;
    namedByHand.set(serviceId, { name: null, seen: false });
    const ours = facts.principals.filter((entry) => entry.serviceId === id && entry.owned);
    const known = new Set(ours.map(({ arn }) => arn));
    const others = stage.glance.allowlist(serviceId).filter((arn) => !known.has(arn));
    handMade.set(serviceId, new Set(others));
  }
}

export async function confirm(scene: Scene): Promise<string> {
  const reason = { reason: 'The old one is gone.' };
  await scene.stage.change((context) => deployment.confirm(context, reason));
  scene.restored = false;
  return 'an operator confirms the database';
}
