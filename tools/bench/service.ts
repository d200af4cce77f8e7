// How long the service takes from the start of its process to its first answer, and how many calls
// to AWS the whole story takes.

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, stageOf, startService, startSimulator } from '../../examples/demo/processes.ts';
import { createScene, story } from '../../examples/demo/story.ts';
import { startGuard } from '../guard.ts';
import { median, milliseconds, type Figure } from './figure.ts';

const restarts = 5;

export async function serviceFigures(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
  // The processes end by themselves when this one is interrupted; the directory would stay.
  const guard = await startGuard();
  guard.removes(directory);
  const simulator = await startSimulator(directory);
  guard.ends(simulator.pid);
  try {
    const port = await freePort();
    const first = await timeStart(directory, simulator.url, port);
    const again: number[] = [];
    for (let i = 0; i < restarts; i++) again.push(await timeStart(directory, simulator.url, port));
    return [
      {
        name: 'Process start to ready',
        value: milliseconds(median(again)),
        beside: `${milliseconds(first)} the first time, when the database is made`,
      },
      await storyFigure(directory, simulator.url, port),
    ];
  } finally {
    await simulator.stop();
    await rm(directory, { recursive: true, force: true });
    await guard.release();
  }
}

async function timeStart(directory: string, awsUrl: string, port: number): Promise<number> {
  const startedAt = performance.now();
  const service = await startService(directory, awsUrl, port);
  const response = await fetch(`${service.url}/readyz`);
  if (!response.ok) throw new Error(`/readyz answered ${response.status}`);
  const took = performance.now() - startedAt;
  await service.stop('SIGTERM');
  return took;
}

interface Call {
  account: string;
  mutating: boolean;
  action: string;
}

async function storyFigure(directory: string, awsUrl: string, port: number): Promise<Figure> {
  const service = await startService(directory, awsUrl, port);
  try {
    const startedAt = performance.now();
    const scene = createScene(stageOf(directory, awsUrl, service.url, randomUUID()));
    for (const step of story) await step.play(scene);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const response = await fetch(`${awsUrl}/_simulator/calls`);
    const { calls } = (await response.json()) as { calls: Call[] };
    const ours = calls.filter(({ account }) => account === '111111111111');
    const changes = ours.filter(({ mutating }) => mutating).map(({ action }) => action);
    return {
      name: 'AWS calls for the story',
      value: String(ours.length),
      beside: `${changes.length} of them changes, in ${seconds} s: ${tally(changes)}`,
    };
  } finally {
    await service.stop('SIGTERM');
  }
}

function tally(actions: string[]): string {
  const counts = Map.groupBy(actions, (action) => action);
  return [...counts].map(([action, all]) => `${action} ${all.length}`).join(', ');
}
