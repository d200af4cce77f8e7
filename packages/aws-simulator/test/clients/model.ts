// What the simulator speaks, for a client to compare with its own model: the simulated operations
// and, by path, the kind of each member of their inputs and outputs.

import { createCatalog } from '../../src/services/catalog.ts';
import type { Schema } from '../../src/protocols/schema.ts';

export interface SpokenOperation {
  /** As in credential scopes, for example `ec2`. */
  readonly service: string;
  readonly operation: string;
  /** For example `{ "ServiceConfigurations.Tags.Key": "string" }`; lists are seen through. */
  readonly input: Kinds;
  readonly output: Kinds;
}

type Kinds = Readonly<Record<string, string>>;

// Structures contain each other; no path of the simulated operations is longer.
const DEEPEST = 8;

export function spokenOperations(): SpokenOperation[] {
  return Object.entries(createCatalog()).flatMap(([service, { model, operations }]) =>
    Object.keys(operations).map((operation) => {
      const { input, output } = model.get(operation) ?? {};
      return { service, operation, input: kindsOf(input), output: kindsOf(output) };
    }),
  );
}

function kindsOf(schema: Schema | undefined): Kinds {
  return Object.fromEntries(schema ? members(schema, '', 0) : []);
}

function* members(schema: Schema, prefix: string, depth: number): Iterable<[string, string]> {
  const inner = elementOf(schema);
  if (!inner.isStructSchema() || depth > DEEPEST) return;
  for (const [name, member] of inner.structIterator()) {
    yield [prefix + name, kind(member)];
    yield* members(member, `${prefix}${name}.`, depth + 1);
  }
}

function elementOf(schema: Schema): Schema {
  const collection = schema.isListSchema() || schema.isMapSchema();
  return collection ? elementOf(schema.getValueSchema()) : schema;
}

function kind(schema: Schema): string {
  if (schema.isStructSchema()) return 'structure';
  if (schema.isListSchema()) return 'list';
  if (schema.isMapSchema()) return 'map';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isNumericSchema()) return 'number';
  if (schema.isTimestampSchema()) return 'timestamp';
  if (schema.isBlobSchema()) return 'blob';
  return 'string';
}
