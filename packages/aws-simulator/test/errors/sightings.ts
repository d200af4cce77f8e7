// Goes every way of a row, and tells what the SDK saw.

import type { Row, Scene, Way } from './ledger.ts';

export interface Sighting {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** Whether the call succeeded, and an item of its answer has the code. */
  readonly item: boolean;
  /** The operation that was called last, such as `ec2:DescribeVpcs`. */
  readonly operation: string;
  /** Whether there is more in the world than before, or less. */
  readonly changed: boolean;
}

export interface Session {
  /** One sighting for each way of a row, which are gone only once. */
  see(row: Row): Promise<readonly Sighting[]>;
  close(): Promise<void>;
}

export function createSession(): Session {
  const shared = new Map<Row['set'], Promise<Scene>>();
  const seen = new Map<Row, Promise<readonly Sighting[]>>();
  const sceneOf = (set: Row['set']) => {
    const known = shared.get(set) ?? set.open({});
    shared.set(set, known);
    return known;
  };
  const seeAll = async (row: Row) => {
    const sightings: Sighting[] = [];
    for (const way of row.ways) sightings.push(await seeOne(row, way, sceneOf));
    return sightings;
  };
  return {
    see: (row) => {
      const known = seen.get(row) ?? seeAll(row);
      seen.set(row, known);
      return known;
    },
    close: async () => {
      for (const scene of shared.values()) await (await scene).lab.close();
    },
  };
}

async function seeOne(
  { set }: Row,
  { attempt, options }: Way<never>,
  sceneOf: (set: Row['set']) => Promise<Scene>,
): Promise<Sighting> {
  const scene = await (options ? set.open(options) : sceneOf(set));
  const { simulator } = scene.lab;
  const before = sizesOf(simulator.world);
  try {
    const sighting = await sightingOf(attempt(scene as never));
    const call = simulator.calls().at(-1);
    const operation = `${call?.service}:${call?.action}`;
    return { ...sighting, operation, changed: sizesOf(simulator.world) !== before };
  } finally {
    if (options) await scene.lab.close();
  }
}

type Answer = Omit<Sighting, 'operation' | 'changed'>;

/** How many there are of everything that the world keeps a collection of. */
function sizesOf(world: object): string {
  const sizes = Object.entries(world).map(([name, value]) => [
    name,
    (value as { size?: number } | undefined)?.size,
  ]);
  return JSON.stringify(sizes);
}

async function sightingOf(call: Promise<unknown>): Promise<Answer> {
  try {
    return itemOf(await call);
  } catch (error) {
    const { name, message, $metadata } = error as Error & {
      $metadata?: { httpStatusCode?: number };
    };
    // What has no status was not answered by the simulator: a mistake in the row.
    if ($metadata?.httpStatusCode === undefined) throw error;
    return { code: name, message, status: $metadata.httpStatusCode, item: false };
  }
}

interface Batch {
  readonly Unsuccessful?: readonly { readonly Error?: { Code?: string; Message?: string } }[];
  readonly Failed?: readonly { readonly Code?: string; readonly Message?: string }[];
}

/** The first failed item of an answer; EC2 nests code and message, SQS and SNS do not. */
function itemOf(output: unknown): Answer {
  const { Unsuccessful, Failed } = (output ?? {}) as Batch;
  const { Code: code = 'none', Message: message = '' } =
    Unsuccessful?.[0]?.Error ?? Failed?.[0] ?? {};
  return { code, message, status: 200, item: true };
}
