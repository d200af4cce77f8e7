// Runs build steps: each after those it needs, side by side where it can, and only when something
// changed. It knows nothing of compilers.

import path from 'node:path';
import { withLock } from './lock.ts';
import { currentStamp, readStamp, writeStamp } from './stamp.ts';
import type { Step } from './steps.ts';

export type StepResult = {
  name: string;
  outcome: 'built' | 'unchanged' | 'failed' | 'skipped';
  /** For a failed step, what the compiler said. */
  detail: string;
};

// Longer than any build. A build that waits this long waits for one that hangs.
const LOCK_TIMEOUT_MS = 5 * 60_000;

/** Brings every package up to date. Never throws for a step: its result says `failed`. */
export async function buildAll(root: string, steps: readonly Step[]): Promise<StepResult[]> {
  const lock = path.join(cacheFolder(root), 'lock');
  return withLock(lock, { timeoutMs: LOCK_TIMEOUT_MS }, async () => {
    const results = new Map<string, Promise<StepResult>>();
    for (const step of steps) {
      const needed = step.after.map((name) => resultOf(results, step, name));
      results.set(step.name, buildAfter(root, step, needed));
    }
    return Promise.all(results.values());
  });
}

function resultOf(
  results: ReadonlyMap<string, Promise<StepResult>>,
  step: Step,
  name: string,
): Promise<StepResult> {
  const result = results.get(name);
  if (result === undefined) throw new Error(`${step.name} needs ${name}, which is not before it`);
  return result;
}

async function buildAfter(
  root: string,
  step: Step,
  needed: readonly Promise<StepResult>[],
): Promise<StepResult> {
  const before = await Promise.all(needed);
  const missing = before.find(({ outcome }) => outcome === 'failed' || outcome === 'skipped');
  if (missing) {
    return { name: step.name, outcome: 'skipped', detail: `needs ${missing.name}, which failed` };
  }
  try {
    return { name: step.name, outcome: await buildIfChanged(root, step), detail: '' };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name: step.name, outcome: 'failed', detail };
  }
}

async function buildIfChanged(root: string, step: Step): Promise<'built' | 'unchanged'> {
  const stampFile = path.join(cacheFolder(root), `${step.name}.json`);
  const watched = { root, inputs: step.inputs, outputs: step.outputs };
  const [then, now] = await Promise.all([readStamp(stampFile), currentStamp(watched)]);
  if (then?.inputs === now.inputs && then.outputs === now.outputs) return 'unchanged';
  await step.run(root);
  const built = await currentStamp(watched);
  // A source that changed while it was compiled must not count as built.
  await writeStamp(stampFile, { inputs: now.inputs, outputs: built.outputs });
  return 'built';
}

function cacheFolder(root: string): string {
  return path.join(root, 'node_modules/.cache/sallyport-build');
}
