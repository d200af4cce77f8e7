// Values that mean something to the simulator: the ids, names and tokens that it has answered with,
// by the name of the member they came in, and what the SDK lists as values of a member.

import type { Sdk } from './clients.ts';

export interface KnownValues {
  /** Takes in every text of an answer. */
  learn(answer: unknown): void;
  /** One of the values that a member of this name takes, or any at all; by n. */
  pick(member: string, n: number): string;
  copy(): KnownValues;
}

/** So that a value is found again soon, only the newest are kept. */
const KEPT = 40;

/** What the SDKs list as values of a member, which is the same in every world. */
export function listedValues(sdks: Iterable<Sdk>): KnownValues {
  const listed = around(new Map());
  for (const { module } of sdks) {
    for (const [name, value] of Object.entries(module)) {
      if (isEnum(value)) listed.learn({ [name]: Object.values(value) });
    }
  }
  return listed;
}

function around(byMember: Map<string, readonly string[]>): KnownValues {
  const remember = (member: string, text: string) => {
    const key = singular(member);
    const known = byMember.get(key) ?? [];
    if (!known.includes(text)) byMember.set(key, [...known, text].slice(-KEPT));
  };
  const learn = (value: unknown, member = ''): void => {
    if (typeof value === 'string') remember(member, value);
    else if (Array.isArray(value)) for (const item of value) learn(item, member);
    else if (isStructure(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (name !== '$metadata') learn(inner, name);
      }
    }
  };
  return {
    learn: (answer) => learn(answer),
    copy: () => around(new Map(byMember)),
    pick: (member, n) => {
      const key = endings(singular(member)).find((ending) => byMember.has(ending));
      // Sometimes the id of something else entirely.
      const fitting = n % 10 === 0 || key === undefined ? undefined : byMember.get(key);
      const values = fitting ?? [...byMember.values()].flat();
      return values[n % Math.max(1, values.length)] ?? '';
    },
  };
}

/** `AddSubnetIds` takes what came as a `SubnetId`, or else as an `Id`. */
function endings(name: string): string[] {
  return Array.from({ length: Math.max(1, name.length - 1) }, (_, index) => name.slice(index));
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/s$/, '').toLowerCase();
}

function isStructure(value: unknown): value is object {
  if (value instanceof Date || value instanceof Uint8Array) return false;
  return typeof value === 'object' && value !== null;
}

function isEnum(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const values = Object.values(value);
  return values.length > 0 && values.every((one) => typeof one === 'string');
}
