// Writes an operation's output as JSON: for the awsJson protocols, and for STS when a caller asks
// with `Accept: application/json` (aws-iam-authenticator reads presigned answers this way).

import type { Schema } from './schema.ts';

/**
 * A plain object with exactly the members of the schema; timestamps become epoch seconds, blobs
 * base64.
 */
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
  if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    const entries = Object.entries(value as object);
    return Object.fromEntries(entries.map(([key, one]) => [key, jsonValue(item, one)]));
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return value instanceof Date ? value.getTime() / 1000 : value;
}
