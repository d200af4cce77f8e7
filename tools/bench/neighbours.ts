// What customers notice of another one that asks for ten times its limit: the p99 of the same reads
// while it does so and while it does not. Loopback only; it ends by itself.

import { setTimeout as pause } from 'node:timers/promises';
import { median, type Figure } from './figure.ts';
import { chooseCores } from './requests/cores.ts';
import { isOn, type Paced } from './requests/pace.ts';
import { interval, p99 } from './requests/quantiles.ts';
import { openRequestScene, type RequestScene } from './requests/scene.ts';

/** Requests in ten seconds that one customer may send, as it is by itself. */
const limit = 200;
const settings = { SALLYPORT_RATE_LIMIT_KEY: `${limit}/10`, SALLYPORT_RATE_LIMIT_STAFF: 'off' };
/**
 * It asks and is silent for so long, again and again: what else the machine does then slows both
 * alike. Nothing that the service does every second keeps step with it.
 */
const windowMs = 700;
const turns = 24;
const turnMs = 8 * windowMs;
/** Each below its limit; one alone may not send enough to have a p99. */
const customers = 8;
const paths = ['/v1/accounts'];
const reads = { paths, perSecond: customers * 15, connections: 32, ms: turns * turnMs };
/** From before the first turn until after the last. */
const flood = {
  paths,
  perSecond: limit,
  connections: 50,
  ms: reads.ms + 15_000,
  everyOtherMs: windowMs,
};

/** The p99 without the neighbour and beside it. */
interface Turn {
  calm: number;
  beside: number;
}

export async function neighbourFigures(): Promise<Figure[]> {
  const scene = await openRequestScene(chooseCores(), settings);
  try {
    const names = Array.from({ length: customers }, (_, n) => `quiet-${n}`);
    const keys = await Promise.all(names.map((name) => scene.makeCustomer(name)));
    const loud = await scene.makeCustomer('loud');
    // What is compiled while it runs the first time counts for nobody.
    await scene.pace({ ...reads, keys, ms: turnMs });
    let isOver = false;
    const flooding = scene
      .pace({ ...flood, keys: [loud] }, 'neighbour')
      .finally(() => (isOver = true));
    await untilRefused(scene, loud);
    const read = await scene.pace({ ...reads, keys });
    if (isOver) throw new Error('The neighbour has ended before the others.');
    if (read.refused > 0) throw new Error('A quiet customer was refused.');
    return [neighbourFigure(turnsOf(read), await flooding)];
  } finally {
    await scene.close();
  }
}

/** All of a limit may come at once; what counts is what comes after. */
async function untilRefused({ url }: RequestScene, key: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  const headers = { authorization: `Bearer ${key}` };
  for (;;) {
    const { status } = await fetch(url + paths[0], { headers });
    if (status === 429) return;
    if (performance.now() > deadline) throw new Error('The neighbour is never refused.');
    await pause(20);
  }
}

function turnsOf({ startedAt, times }: Paced): Turn[] {
  const found = Array.from({ length: turns }, () => ({
    calm: [] as number[],
    beside: [] as number[],
  }));
  for (const [number, took] of times.entries()) {
    const after = (number * 1_000) / reads.perSecond;
    const turn = found[Math.floor(after / turnMs)]!;
    turn[isOn(startedAt + after, windowMs) ? 'beside' : 'calm'].push(took);
  }
  return found.map(({ calm, beside }) => ({ calm: p99(calm), beside: p99(beside) }));
}

function neighbourFigure(found: Turn[], { times, refused }: Paced): Figure {
  // Of each turn by itself: what slows the machine for a moment counts once.
  const usual = (part: keyof Turn, drawn: readonly Turn[]) =>
    median(drawn.map((turn) => turn[part]));
  const rise = (drawn: readonly Turn[]) => usual('beside', drawn) / usual('calm', drawn) - 1;
  const [low, high] = interval(found, rise);
  return {
    name: 'p99 beside a neighbour at ten times its limit',
    value: percent(rise(found)),
    beside:
      `goal ≤ +10 %; ${percent(low)} to ${percent(high)} when the ${turns} turns are drawn anew; ` +
      `${usual('beside', found).toFixed(1)} ms, ${usual('calm', found).toFixed(1)} ms without ` +
      `it; it sent ${times.length} and got ${refused} times 429`,
  };
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(Math.round(share * 100))} %`;
}
