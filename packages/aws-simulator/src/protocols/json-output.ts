// Writes an operation's output as JSON. Only STS uses it, when a caller asks with
// `Accept: application/json` (aws-iam-authenticator reads presigned answers this way).

import type { Schema } from './schema.ts';

/** A plain object with exactly the members of the schema; timestamps become epoch seconds. */
export function jsonMembers(schema: Schema, value: object): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  if (schema.isUnitSchema()) return json;
  for (const [name, member] of schema.structIterator()) {
    const memberValue = (value as Record<string, unknown>)[name];
    if (memberValue !== undefined) json[name] = jsonValue(member, memberValue);
  }
  return json;
}

function jsonValue(schema: Schema, value: unknown): unknown {
  if (schema.isListSchema()) {
    return (value as unknown[]).map((item) => jsonValue(schema.getValueSchema(), item));
  }
  if (schema.isStructSchema()) return jsonMembers(schema, value as object);
  return value instanceof Date ? value.getTime() / 1000 : value;
}
