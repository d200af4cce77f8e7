// A database that is put back from before, and the operator who finds it so.

import { markKey } from '../../../packages/api/src/aws/service-facts.ts';
import { markText } from '../../../packages/api/src/domain/deployment.ts';
import * as deployment from '../../../packages/api/src/usecases/deployment.ts';
import {
  dumpDatabase,
  restoreDatabase,
} from '../../../packages/api/test/reconcile/database-dump.ts';
import { readFacts } from '../facts.ts';
import { isBehind, type Scene } from '../scene.ts';

/**
 * So long an old database is kept from what 0003 names as a limit: a read from before, which could
 * show it an old mark, and a region that cannot be read, which after a minute holds up no other.
 */
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
  // No database is saved and put back within a millisecond.
  stage.clock.advance(1);
  trouble.freshUntil = stage.clock.now().getTime() + freshMs;
  scene.dump = null;
  scene.restored = true;
  scene.sent = null;
  scene.facts = await readFacts(stage);
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

/** Another deployment says that a service is its own, as a copy of the database elsewhere would. */
export async function markByOther({ stage, choice, facts }: Scene): Promise<string | null> {
  const present = facts.services.filter(({ serviceId, quarantine }) => serviceId && !quarantine);
  if (present.length === 0) return null;
  const { serviceId } = choice.of(present);
  const Value = markText({ deploymentId: `dep_${'0'.repeat(26)}`, epoch: choice.below(1_000) });
  const Tags = [{ Key: markKey, Value }];
  await stage.hands.vendor().ec2.createTags({ Resources: [serviceId!], Tags });
  return `another deployment marks ${serviceId}`;
}

/** Some time after it was found, an operator says that this deployment is the one. */
export async function settleMarks(scene: Scene): Promise<string | null> {
  const strange = scene.facts.services.some(({ quarantine }) => quarantine !== null);
  return strange && scene.choice.chance(0.4) ? confirm(scene) : null;
}

export async function confirm(scene: Scene): Promise<string> {
  const reason = { reason: 'The old one is gone.' };
  await scene.stage.change((context) => deployment.confirm(context, reason));
  scene.restored = false;
  return 'an operator confirms the database';
}
