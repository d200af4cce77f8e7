// What a call to the simulator costs, and what an object in it, when there are ten of them, a
// thousand and a hundred thousand. The whole pipeline is timed, from bytes to bytes, without a
// socket. Also how long the simulator takes to start.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerCall } from '../../packages/aws-simulator/src/http/pipeline.ts';
import type { WireRequest } from '../../packages/aws-simulator/src/protocols/wire.ts';
import { type Figure, median, milliseconds } from './figure.ts';
import { type SimulatedWorld, simulatedWorld } from './simulated-world.ts';
import { type MeasuredCall, measuredCalls } from './simulator-calls.ts';

const sizes = [10, 1000, 100_000];
const rounds = 300;
const starts = 5;
const main = fileURLToPath(new URL('../../packages/aws-simulator/dist/main.js', import.meta.url));

export async function simulatorFigures(): Promise<Figure[]> {
  const collect = garbageCollector();
  await warmUp(collect);
  const worlds: SimulatedWorld[] = [];
  for (const size of sizes) worlds.push(await simulatedWorld(size, collect));
  const figures: Figure[] = [await startFigure()];
  for (const call of measuredCalls) figures.push(await callFigure(call, worlds));
  for (const kind of ['endpoint', 'principal', 'record'] as const) {
    figures.push(heapFigure(kind, worlds));
  }
  return figures;
}

/** Lets the engine compile everything before the first figure, which would pay for it. */
async function warmUp(collect: () => void): Promise<void> {
  const world = await simulatedWorld(100, collect);
  for (let i = 0; i < 3; i++) {
    for (const call of measuredCalls) await callFigure(call, [world]);
  }
}

async function callFigure(call: MeasuredCall, worlds: readonly SimulatedWorld[]): Promise<Figure> {
  const requests = await Promise.all(worlds.map((world) => call.requests(world, rounds)));
  const samples = worlds.map((): number[] => []);
  // In turns, so that a machine that slows down slows all sizes.
  for (let round = 0; round < rounds; round++) {
    for (const [index, world] of worlds.entries()) {
      const request = requests[index]?.[round];
      if (request) samples[index]?.push(await timed(world, request));
    }
  }
  const [first = Number.NaN, ...others] = samples.map(median);
  const ratios = others.map((took, index) => {
    return `${count(sizes[index + 1])}: ${(took / first).toFixed(2)} ×`;
  });
  return {
    name: `Simulator: ${call.name}`,
    value: `${Math.round(first)} µs`,
    beside: `with 10 of each; ${ratios.join(', ')}`,
  };
}

async function timed(world: SimulatedWorld, request: WireRequest): Promise<number> {
  const startedAt = performance.now();
  const { status, body } = await answerCall(world.simulation, request);
  const took = performance.now() - startedAt;
  if (status !== 200) throw new Error(`The simulator answered ${status}: ${String(body)}`);
  return took * 1000;
}

function heapFigure(kind: 'endpoint' | 'principal' | 'record', worlds: SimulatedWorld[]): Figure {
  const [, thousand, most] = worlds;
  const counts = { endpoint: most?.size, principal: most?.size, record: most?.records.length };
  return {
    name: `Simulator: heap of one ${kind}`,
    value: `${most?.heap[kind]} bytes`,
    beside: `with ${count(counts[kind])}; ${thousand?.heap[kind]} bytes with 1,000`,
  };
}

async function startFigure(): Promise<Figure> {
  const samples: number[] = [];
  for (let i = 0; i < starts; i++) samples.push(await timeStart());
  return {
    name: 'Simulator: process start to ready',
    value: milliseconds(median(samples)),
    beside: `of ${starts} starts, to the line that it prints`,
  };
}

async function timeStart(): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [main, '--port', '0', '--exit-with-stdin'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const [first] = (await Promise.race([once(child.stdout, 'data'), exit])) as [unknown];
  const took = performance.now() - startedAt;
  if (!Buffer.isBuffer(first)) throw new Error(`The simulator ended with ${String(first)}`);
  child.stdin.end();
  await exit;
  return took;
}

function count(number: number | undefined): string {
  return (number ?? 0).toLocaleString('en-US');
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
