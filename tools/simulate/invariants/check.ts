// Looks at a history after each event and at its end, and tells which invariants do not hold.

import { ownerStays, readFacts } from '../facts.ts';
import { confirm } from '../events/disasters.ts';
import { setGoing } from '../events/services.ts';
import { isBehind, type Scene } from '../scene.ts';
import { allowlistInvariants } from './allowlists.ts';
import { connectionInvariants, isOpen } from './connections.ts';
import { leaks } from './leaks.ts';
import { newOnes, type Invariant, type Moment } from './invariant.ts';
import { recordInvariants } from './records.ts';
import { restInvariants, type RestInvariant } from './rest.ts';
import { serviceInvariants } from './services.ts';

/** An invariant that does not hold. */
export interface Breach {
  name: string;
  sentence: string;
  /** What breaks it. */
  found: string[];
}

export const invariants: readonly Invariant[] = [
  ...allowlistInvariants,
  ...connectionInvariants,
  ...serviceInvariants,
  ...recordInvariants,
];

export const invariantsAtRest: readonly RestInvariant[] = restInvariants;

/** As long as a call of ours may be under way that rests on a read from before. */
const sharedMs = 60_000;

/** To be asked after every event; the scene then has the facts of now. */
export async function breachesNow(scene: Scene, since: number): Promise<Breach[]> {
  const { stage, facts: before, witness, moments } = scene;
  const now = await readFacts(stage);
  const taken = moments.take();
  const intents = newOnes(before.effects, now.effects).map((effect) => {
    const moment = taken.get(effect.id);
    if (!moment) throw new Error(`The intent ${effect.id} was stored by no run.`);
    return { ...effect, ...moment };
  });
  const calls = stage.glance.ourCalls(since);
  const seen = { ...witness.take(), ...takeShown(scene), leaked: await leaks(scene) };
  const moment: Moment = { scene, before, now, calls, intents, ...seen };
  scene.facts = now;
  noteSeenNames(scene);
  noteAtHome(scene);
  noteShared(scene);
  const breaches = invariants.flatMap((one) => breach(one, one.broken(moment)));
  scene.behind = isBehind(scene, now);
  return breaches;
}

/**
 * What has come in late, while its customer was active, stays on the terms of that customer; and so
 * does what was to be cut off, once an operator decides that it is kept.
 */
function noteAtHome({ atHome, facts, stage }: Scene): void {
  for (const { vpcEndpointId, decision, owner } of facts.connections) {
    const own = decision === 'undecided' && ownerStays(facts, owner);
    const kept = own || decision === 'reject';
    if (kept && isOpen(stage.glance.state(vpcEndpointId))) atHome.add(vpcEndpointId);
  }
}

/**
 * AWS may show us an entry late, and adding it once more is no error: it is ours as well. And one
 * that was away, as a read under way has seen, is not ours any more when others put it back.
 */
function noteShared({ facts, handMade, madeAt, stage }: Scene): void {
  const sinceMs = stage.clock.now().getTime() - sharedMs;
  for (const { serviceId: id, arn, owned, observed } of facts.principals) {
    const serviceId = facts.services.find((service) => service.id === id)?.serviceId;
    const isNew = (madeAt.get(`${serviceId} ${arn}`) ?? 0) > sinceMs;
    if (!serviceId || !isNew) continue;
    const theirs = handMade.get(serviceId) ?? new Set();
    if (owned) theirs.delete(arn);
    else if (observed && stage.glance.allowlist(serviceId).includes(arn)) theirs.add(arn);
    handMade.set(serviceId, theirs);
  }
}

/** From now on it has to stay, as nobody can say that it was set unseen. */
function noteSeenNames({ namedByHand, facts }: Scene): void {
  for (const { id, serviceId, shownName } of facts.services) {
    const named = serviceId === null ? undefined : namedByHand.get(serviceId);
    const sent = facts.effects.some((effect) => {
      return effect.open && effect.serviceId === id && effect.action === 'set_private_dns_name';
    });
    if (named?.name && shownName === named.name && !sent) named.seen = true;
  }
}

function takeShown(scene: Scene): Scene['shown'] {
  const { shown } = scene;
  scene.shown = { twice: [], foreign: [] };
  return shown;
}

/** What AWS refuses is asked for again with each read, as nothing tells when it would not be. */
const refusedAgain = /^ModifyVpcEndpointServicePermissions InvalidParameter$/;

/** The mark that comes before a change is one as well. */
function changesSince({ stage }: Scene, last: number): string[] {
  const all = stage.glance.ourChanges(last);
  const changes = all.filter((change) => !refusedAgain.test(change));
  return all.length > changes.length ? changes : [...changes, ...stage.glance.ourMarks(last)];
}

/** Lets the trouble end and time pass, first. */
export async function breachesAtRest(scene: Scene): Promise<Breach[]> {
  const { stage, crew, trouble } = scene;
  trouble.probability = 0;
  const last = () => stage.simulator.simulation.calls.last();
  const found: Breach[] = [];
  const lookAfter = async (work: () => Promise<unknown>) => {
    const since = last();
    await work();
    found.push(...(await breachesNow(scene, since)));
  };
  // Whoever stalls goes on now. Then what was to come again later comes again.
  await lookAfter(() => settle(scene, 21_000));
  const { deployment } = scene.facts;
  const strange = scene.facts.services.some(({ quarantine }) => quarantine !== null);
  if (deployment.quarantine || scene.restored || strange) await confirm(scene);
  if (scene.choice.chance(0.7)) await setGoing(scene);
  // What may be changed from now on is what operators have just decided.
  scene.facts = await readFacts(stage);
  await lookAfter(() => settle(scene, 62_000));
  await lookAfter(() => settle(scene, 62_000));
  const since = last();
  await lookAfter(() => crew.leap(62_000));
  const changes = changesSince(scene, since);
  const rest = { scene, facts: scene.facts, changes };
  const thrown = stage.errors.flatMap((error) => unexpected(error));
  return [
    ...found,
    ...restInvariants.flatMap((invariant) => breach(invariant, invariant.broken(rest))),
    ...breach({ name: 'runs-do-not-throw', sentence: 'Only AWS makes a run fail.' }, thrown),
  ];
}

/** So many milliseconds later, and then until one thing has led to another. */
async function settle({ crew }: Scene, ms: number): Promise<void> {
  await crew.leap(ms);
  await crew.pass(5_000);
}

/** What AWS or the database says may fail a run; anything else is a mistake of ours. */
function unexpected(error: unknown): string[] {
  if (error instanceof Error && 'awsRequestId' in error) return [];
  return [error instanceof Error ? String(error.stack) : String(error)];
}

function breach({ name, sentence }: Omit<Breach, 'found'>, found: string[]): Breach[] {
  return found.length === 0 ? [] : [{ name, sentence, found }];
}
