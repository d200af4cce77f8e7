// From the making of an endpoint to the accept that Sallyport sends, on real clocks and within
// AWS's request rates: by polling, by notifications, and in a burst.

import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from './figure.ts';
import {
  delayProfiles,
  type Delays,
} from '../../packages/aws-simulator/src/world/settings/delays.ts';
import { customers, openVendorScene, until, type VendorScene } from './vendor-scene.ts';

/** For each of the regions but the first, which is for the burst: each has its own bucket. */
const perRegion = 6;
const spanMs = 12_000;
const burstSize = 1_000;
/** What one call takes, and what EC2 takes at once and then each second: see call-limit.ts. */
const [perCall, callsAtOnce, callsPerSecond] = [100, 10, 1];
const goalMs = 6_000;

export async function acceptanceFigures(): Promise<Figure[]> {
  const scene = await openVendorScene();
  try {
    const polled = await measureArrivals(scene);
    await scene.listen();
    const hinted = await measureArrivals(scene);
    const burst = await measureBurst(scene);
    return [
      latencyFigure('Accept sent, by polling', polled, 'the poll comes every 5 s'),
      latencyFigure('Accept sent, by notifications', hinted, ownDelays(scene)),
      burstFigure(burst),
    ];
  } finally {
    await scene.close();
  }
}

/** Endpoints at random moments in all regions. @returns milliseconds from each to its accept */
async function measureArrivals(scene: VendorScene): Promise<number[]> {
  const arrivals = scene.regions
    .slice(1)
    .flatMap((region) =>
      Array.from({ length: perRegion }, () => arrive(scene, region, Math.random() * spanMs)),
    );
  return Promise.all(arrivals);
}

async function arrive(scene: VendorScene, region: string, afterMs: number): Promise<number> {
  await pause(afterMs);
  const madeAt = performance.now();
  const id = await scene.connect(region, Math.floor(Math.random() * customers.length));
  await until(`${id} is accepted`, () => scene.acceptedAt.has(id));
  return scene.acceptedAt.get(id)! - madeAt;
}

interface Burst {
  /** Milliseconds from the first endpoint to the last accept. */
  tookMs: number;
  calls: number;
}

async function measureBurst(scene: VendorScene): Promise<Burst> {
  const [region = ''] = scene.regions;
  const startedAt = performance.now();
  const ids: string[] = [];
  for (let n = 0; n < burstSize; n++) ids.push(await scene.connect(region, n));
  await until('the burst is accepted', () => ids.every((id) => scene.acceptedAt.has(id)));
  const last = Math.max(...ids.map((id) => scene.acceptedAt.get(id)!));
  return { tookMs: last - startedAt, calls: scene.accepts(region) };
}

function latencyFigure(name: string, samples: number[], about: string): Figure {
  const [p50, p99] = [quantile(samples, 0.5), quantile(samples, 0.99)];
  const goal = p99 <= goalMs ? 'within' : 'NOT WITHIN';
  return {
    name,
    value: `${seconds(p50)} p50`,
    beside:
      `${seconds(p99)} p99, ${goal} the goal of ${seconds(goalMs)}, of ${samples.length} ` +
      `endpoints at random moments in ${samples.length / perRegion} regions; ${about}`,
  };
}

/** What the simulator adds by itself, and what it assumes of AWS, which tells nothing. */
function ownDelays({ simulator }: VendorScene): string {
  const own = seconds(toQueueMs(simulator.world.delays));
  const assumed = seconds(toQueueMs(delayProfiles.aws));
  return (
    `${own} of it are the simulator's delays up to the queue, which are compressed; of AWS its ` +
    `profile assumes ${assumed}, and the poll comes first then`
  );
}

function toQueueMs({ connectionEventPublished, messageDelivered }: Delays): number {
  return connectionEventPublished + messageDelivered;
}

function burstFigure({ tookMs, calls }: Burst): Figure {
  const least = Math.ceil(burstSize / perCall);
  const bucketMs = (Math.max(0, least - callsAtOnce) / callsPerSecond) * 1_000;
  const spentMs = (Math.max(0, calls - callsAtOnce) / callsPerSecond) * 1_000;
  return {
    name: `Accept sent, burst of ${burstSize}`,
    value: seconds(tookMs),
    beside:
      `for the last one, in ${calls} calls; ${least} are the least, and for these the bucket ` +
      `asks for ${seconds(bucketMs)}; for so many it asks for ${seconds(spentMs)}`,
  };
}

/** The smallest sample that is not below so many of all. */
function quantile(samples: number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
