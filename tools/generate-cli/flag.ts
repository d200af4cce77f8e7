// From a schema to a flag: which of the few kinds of flag it is, and what its help says.

import type { FlagData, FlagType } from '../../packages/cli/src/command-data.ts';
import { resolveSchema, type Schema, type Spec } from '../generate-sdk/spec.ts';

export interface FlagSource {
  name: string;
  place: FlagData['place'];
  schema: Schema;
  /** A parameter has its own; a member of a body has its schema's. */
  description?: string | undefined;
  required: boolean;
}

/** Names whose values let their holder in. */
const SECRETS = /(^|_)(token|secret|signature|password)$/;

export function flagFrom(spec: Spec, source: FlagSource): FlagData {
  const { name, place, schema, required } = source;
  const resolved = resolveSchema(spec, schema);
  const { inner, nullable } = withoutNull(spec, resolved);
  const type = flagType(spec, inner);
  const values = type === 'enum' ? inner.enum!.map(String) : undefined;
  return {
    name,
    place,
    type,
    help: onOneLine(helpOf(spec, source.description ?? schema.description, inner)),
    ...(required ? { required: true } : {}),
    ...(values ? { values } : {}),
    ...(nullable ? { nullable: true } : {}),
    ...(SECRETS.test(name) ? { secret: true } : {}),
  };
}

/** OpenAPI 3.1 says "or null" by a list of types, or by one of two alternatives. */
function withoutNull(spec: Spec, schema: Schema): { inner: Schema; nullable: boolean } {
  const either = schema.anyOf ?? schema.oneOf ?? [];
  const others = either.filter(({ type }) => type !== 'null');
  if (others.length === 1 && others.length < either.length) {
    return { inner: resolveSchema(spec, others[0]!), nullable: true };
  }
  if (!Array.isArray(schema.type)) return { inner: schema, nullable: false };
  const types = schema.type.filter((type) => type !== 'null');
  const inner = types.length === 1 ? { ...schema, type: types[0]! } : schema;
  return { inner, nullable: types.length < schema.type.length };
}

function flagType(spec: Spec, schema: Schema): FlagType {
  if (schema.enum) return 'enum';
  switch (schema.type) {
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return schema.type;
    case 'array':
      return isText(spec, schema.items) ? 'list' : 'json';
    case 'object':
      return isTextMap(spec, schema) ? 'map' : 'json';
    case undefined:
    default:
      return 'json';
  }
}

/** An object whose every member is text, whether the names are open or fixed. */
function isTextMap(spec: Spec, { properties = {}, additionalProperties }: Schema): boolean {
  const members = Object.values(properties);
  const open = typeof additionalProperties === 'object' ? [additionalProperties] : [];
  const all = [...members, ...open];
  return all.length > 0 && all.every((member) => isText(spec, member));
}

function isText(spec: Spec, schema: Schema | undefined): boolean {
  return schema !== undefined && resolveSchema(spec, schema).type === 'string';
}

/** A description is broken into lines for its source; the help breaks it for the window. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** What the contract says and, of a list of objects, what is in one; else what the shape says. */
function helpOf(spec: Spec, description: string | undefined, schema: Schema): string {
  const said = description ?? schema.description;
  if (schema.type !== 'array') return said ?? textOfFormat(schema);
  const item = resolveSchema(spec, schema.items ?? {});
  if (item.properties === undefined) return said ?? item.description ?? '';
  const members = Object.keys(item.properties).map((name) => `"${name}": …`);
  return `${said === undefined ? '' : `${said} `}A JSON array of {${members.join(', ')}}.`;
}

function textOfFormat({ format }: Schema): string {
  return format === 'date-time' ? 'A date and time, such as 2027-01-31T12:00:00Z.' : '';
}
