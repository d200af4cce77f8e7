// Which members the items of a list have: what can be a column of theirs.

import { namedSchema, resolveSchema, type Schema, type Spec } from '../generate-sdk/spec.ts';

/** Deeper ones are in the JSON. */
const DEPTH_MAX = 2;

/** The paths of all members that fit into a cell, such as `observed.state`, in order. */
export function membersOf(spec: Spec, schema: string): string[] {
  return paths(spec, namedSchema(spec, schema), DEPTH_MAX);
}

function paths(spec: Spec, schema: Schema, depth: number): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const { properties, items } = plain(spec, property);
    if (items !== undefined) return plain(spec, items).properties ? [] : [name];
    if (Object.keys(properties ?? {}).length === 0) return [name];
    if (depth === 1) return [];
    return paths(spec, { properties: properties! }, depth - 1).map((path) => `${name}.${path}`);
  });
}

/** What is there when it is not null. */
function plain(spec: Spec, schema: Schema): Schema {
  const resolved = resolveSchema(spec, schema);
  const either = resolved.anyOf ?? resolved.oneOf ?? [];
  const other = either.find(({ type }) => type !== 'null');
  return other ? resolveSchema(spec, other) : resolved;
}
