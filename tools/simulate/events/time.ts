// Time passes, replicas work, stall and die, and AWS gives more trouble or less.

import { note } from '../hiring.ts';
import type { Scene } from '../scene.ts';

export async function passTime({ crew, choice }: Scene): Promise<string> {
  const ms = 100 + choice.below(4_000);
  await crew.pass(ms);
  return `${ms} ms pass`;
}

/** As much as lies between two reads of what nothing happens to. */
export async function passMinute({ crew }: Scene): Promise<string> {
  await crew.leap(61_000);
  return 'a minute passes';
}

/** So that what happens next comes in the middle of what replicas do. */
export async function work({ crew, choice }: Scene): Promise<string> {
  const count = 5 + choice.below(60);
  await crew.pass(5_000, count);
  return `replicas take ${count} steps`;
}

export async function die({ crew, choice }: Scene): Promise<string> {
  const replica = choice.of(crew.replicas());
  const deeds = choice.below(40);
  replica.dieAfter(deeds);
  await crew.pass(choice.below(3_000), deeds * 3);
  return `${replica.name} dies ${deeds} deeds later`;
}

/** Long enough for its lease to end, or not; one that only waits for an answer keeps it. */
export async function stall(scene: Scene): Promise<string> {
  const { stage, crew, choice } = scene;
  const workers = () => crew.replicas().filter((one) => one.lease() && !one.stalledUntil());
  await crew.pass(choice.below(5_000), choice.below(60));
  for (let steps = 0; workers().length === 0 && steps < 30; steps++) await crew.pass(1_000, 1);
  const working = workers();
  if (working.length === 0) return 'nobody works, to be stalled';
  const replica = choice.of(working);
  await note(scene, 'stalled', replica.lease());
  const ms = choice.of([2_000, 6_000, 20_000, 40_000]);
  const frozen = choice.chance(0.6);
  replica.stall(stage.clock.now().getTime() + ms, frozen);
  const what = frozen ? 'is frozen' : 'waits';
  const text = `${replica.name} ${what} for ${ms} ms before ${replica.deed()}`;
  // Long enough for others to take over what it was at.
  if (ms > 15_000 && choice.chance(0.5)) await crew.pass(15_000);
  return text;
}

export async function changeTrouble({ choice, trouble }: Scene): Promise<string> {
  trouble.probability = choice.of([0, 0.15, 0.35]);
  return `trouble with AWS: ${trouble.probability * 100} % of calls`;
}
