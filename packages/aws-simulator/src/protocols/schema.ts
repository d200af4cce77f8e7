// The operations of a service as its AWS SDK client ships them. The schemas are the newest
// machine-readable model there is, and they are the very ones the client under test reads.

import { NormalizedSchema } from '@smithy/core/schema';

export type Schema = NormalizedSchema;

export interface Operation {
  readonly name: string;
  readonly input: Schema;
  readonly output: Schema;
  /** Method, path with `{labels}` and success status; REST services only. */
  readonly http?: readonly [method: string, path: string, status: number];
}

// Kinds of static schema, by the number in front of the array (@smithy/types, StaticSchema).
const OPERATION = 9;

/** Every operation of an SDK client module, by name. */
export function operationsOf(clientModule: object): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>();
  for (const value of Object.values(clientModule)) {
    if (!Array.isArray(value) || value[0] !== OPERATION) continue;
    const operation = operationOf(value);
    found.set(operation.name, operation);
  }
  return found;
}

/** The members a structure must have: the first N of its member list, N being its last element. */
export function requiredMembers(structure: Schema): readonly string[] {
  const raw = structure.getSchema() as unknown as [unknown, unknown, unknown, unknown, string[]];
  const count = (raw as unknown[])[6];
  return typeof count === 'number' ? raw[4].slice(0, count) : [];
}

function operationOf(raw: unknown[]): Operation {
  const [, , name, , input, output] = raw as [number, string, string, unknown, never, never];
  const http = NormalizedSchema.of(raw as never).getMergedTraits().http;
  return {
    name,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    ...(http ? { http } : {}),
  };
}
