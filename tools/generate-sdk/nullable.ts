// Objects that may be null, which the contract tells in place under their titles, made schemas of
// their own again: in TypeScript they have names.

import type { Schema, Spec } from './spec.ts';

/** The document with a reference, or null, in place of each such object. Changes nothing. */
export function withNamedNullables(document: Spec): Spec {
  const spec = structuredClone(document);
  const { schemas } = spec.components;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([key, member]) => [key, visit(member)] as const);
    return name(Object.fromEntries(members) as Schema);
  };
  const name = (schema: Schema): Schema => {
    const { title, type, description, ...object } = schema;
    if (typeof title !== 'string' || !Array.isArray(type) || type[0] !== 'object') return schema;
    schemas[title] ??= { type: 'object', ...object };
    const oneOf = [{ $ref: `#/components/schemas/${title}` }, { type: 'null' }];
    return { ...(description !== undefined && { description }), oneOf };
  };
  for (const [key, schema] of Object.entries(schemas)) schemas[key] = visit(schema) as Schema;
  return spec;
}
