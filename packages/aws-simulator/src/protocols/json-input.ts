// Turns the JSON body of an awsJson request into an operation's input, driven by the schema. A
// member that the schema does not have is refused by name, as the Query protocols do it here, so
// that a typing error never looks like a success.

import { AwsError } from '../aws-error.ts';
import { isBase64 } from './base64.ts';
import { requiredMembers, type Schema } from './schema.ts';

/**
 * The input of an operation: timestamps as Date, blobs as Uint8Array, `null` as absent.
 * @throws AwsError SerializationException for what cannot be read, MissingParameter for a required
 * member that is not there, UnknownParameter for one that nobody asked for.
 */
export function decodeJsonInput(schema: Schema, body: string): Record<string, unknown> {
  const parsed = parse(body);
  if (schema.isUnitSchema()) {
    const [stranger] = Object.keys(parsed);
    if (stranger !== undefined) throw unknownMember(stranger);
    return {};
  }
  return structure(schema, parsed, '');
}

function parse(body: string): Readonly<Record<string, unknown>> {
  if (body.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw unreadable('The request body is not JSON.');
  }
  if (isObject(parsed)) return parsed;
  throw unreadable('The request body is not a JSON object.');
}

function structure(
  schema: Schema,
  given: Readonly<Record<string, unknown>>,
  path: string,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const members = new Map(schema.structIterator());
  for (const [name, raw] of Object.entries(given)) {
    const member = members.get(name);
    if (!member) throw unknownMember(pathTo(path, name));
    if (raw !== null) value[name] = decoded(member, raw, pathTo(path, name));
  }
  for (const name of requiredMembers(schema)) {
    if (value[name] !== undefined) continue;
    const message = `The request must contain the parameter ${pathTo(path, name)}.`;
    throw new AwsError('MissingParameter', message);
  }
  return value;
}

function decoded(schema: Schema, raw: unknown, path: string): unknown {
  if (schema.isListSchema()) {
    if (!Array.isArray(raw)) throw expected(path, 'a list');
    const item = schema.getValueSchema();
    return raw.map((one, index) => decoded(item, one, `${path}.${index + 1}`));
  }
  if (schema.isStructSchema() || schema.isMapSchema()) {
    if (!isObject(raw)) throw expected(path, 'an object');
    return schema.isStructSchema() ? structure(schema, raw, path) : map(schema, raw, path);
  }
  return scalar(schema, raw, path);
}

function map(schema: Schema, raw: Readonly<Record<string, unknown>>, path: string): object {
  const item = schema.getValueSchema();
  const entries = Object.entries(raw).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, decoded(item, value, pathTo(path, key))]),
  );
}

function scalar(schema: Schema, raw: unknown, path: string): unknown {
  if (schema.isBooleanSchema()) return typeof raw === 'boolean' ? raw : fail(path, 'a boolean');
  if (schema.isNumericSchema()) return typeof raw === 'number' ? raw : fail(path, 'a number');
  if (schema.isTimestampSchema()) return timestamp(raw) ?? fail(path, 'a timestamp');
  if (typeof raw !== 'string') return fail(path, 'a string');
  if (!schema.isBlobSchema()) return raw;
  if (isBase64(raw)) return new Uint8Array(Buffer.from(raw, 'base64'));
  return fail(path, 'base64');
}

/** Epoch seconds, with a fraction or not; some clients write ISO 8601 instead. */
function timestamp(raw: unknown): Date | undefined {
  if (typeof raw !== 'number' && typeof raw !== 'string') return undefined;
  const date = new Date(typeof raw === 'number' ? raw * 1000 : raw);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function fail(path: string, kind: string): never {
  throw expected(path, kind);
}

function expected(path: string, kind: string): AwsError {
  return unreadable(`The value of ${path} must be ${kind}.`);
}

function unreadable(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

function unknownMember(path: string): AwsError {
  return new AwsError('UnknownParameter', `The parameter ${path} is not recognized`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathTo(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
