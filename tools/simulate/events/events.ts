// What can happen in a history, and how often.

import { Refusal } from '../../../packages/api/src/domain/errors.ts';
import type { Choice } from '../choice.ts';
import type { Scene } from '../scene.ts';
import * as customers from './customers.ts';
import { markByOther, restore, settleMarks } from './disasters.ts';
import { changeByHand, nameByHand, writeBeside } from './hands.ts';
import { notify, overtake } from './races.ts';
import { lookAround, sendAgain } from './requests.ts';
import * as services from './services.ts';
import * as standing from './standing.ts';
import * as time from './time.ts';

/** Does something and tells what in a few words; null when it makes no sense now. */
type Event = (scene: Scene) => Promise<string | null>;

/** The number is how often an event comes up beside the others. */
const events: [weight: number, event: Event][] = [
  [4, time.passTime],
  [2, time.passMinute],
  [5, time.work],
  [3, time.die],
  [4, time.stall],
  [2, time.changeTrouble],
  [3, customers.grantOrTakeAway],
  [6, customers.connect],
  [2, customers.deleteEndpoint],
  [3, customers.decide],
  [1, standing.vouch],
  [0.5, standing.claimOthers],
  [2, standing.prove],
  [0.5, standing.takeOver],
  [0.5, standing.clean],
  [2, customers.suspendOrResume],
  [1, customers.offboard],
  [2, services.switchMode],
  [1, services.freezeOrNot],
  [4, services.wantPrivateDns],
  [1, services.settleContested],
  [0.5, services.setExternalRemoval],
  [0.5, services.adopt],
  [1, services.retire],
  [4, changeByHand],
  [0.5, nameByHand],
  [1, writeBeside],
  [2.5, restore],
  [0.7, markByOther],
  [2, settleMarks],
  [3, overtake],
  [1, notify],
  [1, sendAgain],
  [1, lookAround],
];

const total = events.reduce((sum, [weight]) => sum + weight, 0);

/** Lets one event happen. A refusal is an answer like any other. */
export async function happen(scene: Scene): Promise<string> {
  try {
    let text: string | null = null;
    while (text === null) text = await draw(scene.choice)(scene);
    scene.crew.wake();
    return text;
  } catch (error) {
    if (error instanceof Refusal) return `refused: ${error.code}`;
    // AWS's refusals to a customer or to other hands come as errors of the SDK.
    const byAws = error instanceof Error && '$metadata' in error;
    if (byAws) return `AWS refused: ${error.name}`;
    throw error;
  }
}

function draw(choice: Choice): Event {
  let drawn = choice.below(total * 1_000) / 1_000;
  return events.find(([weight]) => (drawn -= weight) < 0)![1];
}
