// Runs generators and compares what they write with the files. It knows no generator by name.

import fs from 'node:fs/promises';
import path from 'node:path';
import { listFiles } from '../build/stamp.ts';

export type Generator = {
  name: string;
  /**
   * Makes the files in memory: path from the root, with `/`, to text. `earlier` holds what the
   * generators in `after` have just made, which may be newer than the files.
   */
  outputs(earlier: Map<string, string>): Promise<Map<string, string>>;
};

export type Registration = {
  name: string;
  /** The generators whose outputs this one reads. They stand before it in the list. */
  after: readonly string[];
  /** Loads it only when it runs: some bring a compiler along. */
  load(): Promise<Generator>;
};

export type Drift = {
  path: string;
  /** `missing`: not there; `stale`: another text; `leftover`: nothing writes it any more. */
  kind: 'missing' | 'stale' | 'leftover';
};

/** Everything that is generated, in memory. Generators that need nothing of each other overlap. */
export async function generateAll(
  registrations: readonly Registration[],
): Promise<Map<string, string>> {
  const running = new Map<string, Promise<Map<string, string>>>();
  for (const registration of registrations) {
    const before = registration.after.map((name) => earlierRun(running, registration, name));
    running.set(registration.name, generateAfter(registration, before));
  }
  // All are awaited before one is looked at, so that no second failure is left unhandled.
  const settled = await Promise.allSettled(running.values());
  const failure = settled.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
  return merge(await Promise.all(running.values()));
}

/** Where the files differ from what the generators make. Sorted by path; empty when all is well. */
export async function findDrift(
  root: string,
  outputs: ReadonlyMap<string, string>,
): Promise<Drift[]> {
  const differing = await Promise.all(
    [...outputs].map(async ([file, text]): Promise<Drift | undefined> => {
      const there = await readIfThere(path.join(root, file));
      if (there === text) return undefined;
      return { path: file, kind: there === undefined ? 'missing' : 'stale' };
    }),
  );
  const drift = differing.filter((item) => item !== undefined);
  const leftovers = await findLeftovers(root, outputs);
  return [...drift, ...leftovers].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Makes the files what the generators make. Touches no file that is right already. */
export async function settleDrift(
  root: string,
  outputs: ReadonlyMap<string, string>,
  drift: readonly Drift[],
): Promise<void> {
  for (const { path: file } of drift) {
    const target = path.join(root, file);
    const text = outputs.get(file);
    if (text === undefined) {
      await fs.rm(target);
    } else {
      await fs.mkdir(path.dirname(target), { recursive: true });
      await fs.writeFile(target, text);
    }
  }
}

function earlierRun<T>(
  running: ReadonlyMap<string, Promise<T>>,
  registration: Registration,
  name: string,
): Promise<T> {
  const run = running.get(name);
  if (!run) throw new Error(`generator ${registration.name} needs ${name}, which is not before it`);
  return run;
}

async function generateAfter(
  registration: Registration,
  before: readonly Promise<Map<string, string>>[],
): Promise<Map<string, string>> {
  const earlier = merge(await Promise.all(before));
  try {
    const generator = await registration.load();
    return await generator.outputs(earlier);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`generator ${registration.name}: ${reason}`, { cause: error });
  }
}

function merge(parts: readonly ReadonlyMap<string, string>[]): Map<string, string> {
  const all = new Map<string, string>();
  for (const [file, text] of parts.flatMap((part) => [...part])) {
    if (all.has(file) && all.get(file) !== text) {
      throw new Error(`two generators write ${file}`);
    }
    all.set(file, text);
  }
  return all;
}

/** A folder called `generated` belongs to the generators: what they do not write is left over. */
async function findLeftovers(root: string, outputs: ReadonlyMap<string, string>): Promise<Drift[]> {
  const folders = new Set(
    [...outputs.keys()].flatMap((file) => /^(.*\/)?generated(?=\/)/.exec(file)?.[0] ?? []),
  );
  const files = await listFiles(root, [...folders]);
  return files
    .filter((file) => !outputs.has(file))
    .map((file) => ({ path: file, kind: 'leftover' as const }));
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
