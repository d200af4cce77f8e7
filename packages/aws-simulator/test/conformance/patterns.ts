// The probes of members that many operations share: DryRun, MaxResults and NextToken, ClientToken,
// filters.

import { expect } from 'vitest';
import { failure, type Lab } from '../lab.ts';
import { effect, type Probe } from './probe.ts';

/**
 * The call ends with DryRunOperation, and what is read afterwards is as it was.
 * @param attempt makes the call, with DryRun in it; `read` is what the call would change.
 */
export function dryRun<Scene>(dry: {
  readonly readBy: string;
  prepare(lab: Lab): Promise<Scene>;
  attempt(lab: Lab, scene: Scene): Promise<unknown>;
  read(lab: Lab, scene: Scene): Promise<unknown>;
}): Probe {
  return effect(dry.readBy, async (lab) => {
    const scene = await dry.prepare(lab);
    const before = await dry.read(lab, scene);
    expect((await failure(dry.attempt(lab, scene))).code).toBe('DryRunOperation');
    expect(await dry.read(lab, scene)).toEqual(before);
  });
}

/** For operations that only read: the call ends with DryRunOperation. */
export function dryRead(operation: string, attempt: (lab: Lab) => Promise<unknown>): Probe {
  return effect(operation, async (lab) => {
    expect((await failure(attempt(lab))).code).toBe('DryRunOperation');
  });
}

/** The members of a page; EC2's own, or what others call them. */
export interface PageCall {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface PageAnswer {
  readonly ids: readonly string[];
  readonly nextToken: string | undefined;
}

/**
 * MaxResults cuts the list short, and NextToken goes on where it was cut. Both run in one lab.
 * @param paged `prepare` makes at least `size + 1` objects.
 */
export function pages<Scene>(
  operation: string,
  paged: {
    prepare(lab: Lab): Promise<Scene>;
    list(lab: Lab, scene: Scene, page: PageCall): Promise<PageAnswer>;
    /** 5 by default, the least that EC2 takes. */
    readonly size?: number;
  },
): { readonly MaxResults: Probe; readonly NextToken: Probe } {
  const { size = 5 } = paged;
  const shared = {};
  const sceneOf = oncePerLab(paged.prepare);
  return {
    MaxResults: sharedEffect(shared, operation, async (lab) => {
      const scene = await sceneOf(lab);
      const page = await paged.list(lab, scene, { MaxResults: size });
      expect(page.ids).toHaveLength(size);
      expect(page.nextToken).toMatch(/./);
    }),
    NextToken: sharedEffect(shared, operation, async (lab) => {
      const scene = await sceneOf(lab);
      const all = await paged.list(lab, scene, {});
      const first = await paged.list(lab, scene, { MaxResults: size });
      const page = { MaxResults: size, NextToken: first.nextToken ?? '' };
      const second = await paged.list(lab, scene, page);
      expect([...first.ids, ...second.ids]).toEqual(all.ids.slice(0, size + second.ids.length));
      expect(second.ids.length).toBeGreaterThan(0);
    }),
  };
}

/** The same token makes one resource, a second one another. */
export function clientToken(
  readBy: string,
  creation: {
    create(lab: Lab, token: { readonly ClientToken?: string }): Promise<string | undefined>;
    list(lab: Lab): Promise<readonly string[]>;
  },
): Probe {
  return effect(readBy, async (lab) => {
    const first = await creation.create(lab, { ClientToken: 'one' });
    const again = await creation.create(lab, { ClientToken: 'one' });
    expect(again).toBe(first);
    expect(await creation.list(lab)).toEqual([first]);
  });
}

/** What a filter leaves of the scene's objects: their ids, by the filter's value. */
export type FilterCase<Scene> = (scene: Scene) => Readonly<Record<string, readonly string[]>>;

/**
 * Each filter leaves what it should, at least once less than there is. They run in one lab.
 * @param filtering `cases` by the filter's name; `tag:<key>` is asked for the key `probe`.
 */
export function filters<Scene>(
  operation: string,
  filtering: {
    prepare(lab: Lab): Promise<Scene>;
    list(
      lab: Lab,
      filters: { Name: string; Values: string[] }[],
      scene: Scene,
    ): Promise<readonly string[]>;
    readonly cases: Readonly<Record<string, FilterCase<Scene>>>;
  },
): Readonly<Record<string, Probe>> {
  const shared = {};
  const sceneOf = oncePerLab(filtering.prepare);
  const probeOf = (name: string, filterCase: FilterCase<Scene>): Probe =>
    sharedEffect(shared, operation, async (lab) => {
      const Name = name === 'tag:<key>' ? 'tag:probe' : name;
      const scene = await sceneOf(lab);
      for (const [value, ids] of Object.entries(filterCase(scene))) {
        const left = await filtering.list(lab, [{ Name, Values: [value] }], scene);
        expect([...left].toSorted(), `${Name}=${value}`).toEqual([...ids].toSorted());
      }
    });
  return Object.fromEntries(
    Object.entries(filtering.cases).map(([name, filterCase]) => [
      `Filters[${name}]`,
      probeOf(name, filterCase),
    ]),
  );
}

/**
 * A filter that agrees with what is described: each value leaves the objects that have it, and a
 * value that none has leaves none.
 * @param valuesOf what an object shows for the filter, in the output of the same operation.
 */
export function shownAs<T>(
  idOf: (item: T) => string | undefined,
  valuesOf: (item: T) => readonly unknown[],
): FilterCase<{ readonly items: readonly T[] }> {
  return ({ items }) => {
    const expected: Record<string, string[]> = { 'no-such-value': [] };
    for (const item of items) {
      for (const value of valuesOf(item)) {
        if (value === undefined) continue;
        const ids = (expected[textOf(value)] ??= []);
        const id = idOf(item) ?? '';
        if (!ids.includes(id)) ids.push(id);
      }
    }
    return expected;
  };
}

function sharedEffect(shared: object, operation: string, attempt: Probe['attempt']): Probe {
  return { ...effect(operation, attempt), shared };
}

function oncePerLab<Scene>(prepare: (lab: Lab) => Promise<Scene>): (lab: Lab) => Promise<Scene> {
  const scenes = new WeakMap<object, Promise<Scene>>();
  return (lab) => {
    const scene = scenes.get(lab.simulator) ?? prepare(lab);
    scenes.set(lab.simulator, scene);
    return scene;
  };
}

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
