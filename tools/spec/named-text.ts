// Names that the source has for kinds of text, such as `Timestamp` or `CustomerId`: the contract
// says in place what they are, so that each member and parameter shows its own form and meaning.
// Enums and objects keep their names.

import type { Spec } from './document.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: object;
  description?: string;
  [keyword: string]: unknown;
}

interface Described {
  description?: string;
  schema?: Schema;
}

/** To be called once all components of the document are there. */
export function inlineNamedText(spec: Spec): void {
  const { schemas } = spec.components as { schemas: Record<string, Schema> };
  const named = new Map(
    Object.entries(schemas).filter(([, schema]) => isFlat(schema)),
  ) as ReadonlyMap<string, Schema>;
  inlineIn(spec.paths, named);
  inlineIn(schemas, named);
  for (const item of Object.values(spec.paths)) {
    for (const { parameters } of Object.values(item)) parameters.forEach(describeParameter);
  }
  const text = JSON.stringify(spec);
  const left = (name: string) => text.includes(`"#/components/schemas/${name}"`);
  for (const name of named.keys()) if (!left(name)) delete schemas[name];
}

/** It has no members of its own: text, a number, or an object with keys of the caller's. */
function isFlat({ type, properties = {} }: Schema): boolean {
  const names = Object.keys(properties);
  return names.length === 0 && ['string', 'integer', 'object'].includes(String(type));
}

function isText({ type, enum: values }: Schema): boolean {
  return type !== 'object' && values === undefined;
}

function inlineIn(value: unknown, named: ReadonlyMap<string, Schema>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (typeof member !== 'object' || member === null) continue;
    inlineIn(member, named);
    (value as Record<string, unknown>)[key] = inlined(member as Schema, named);
  }
}

function inlined(schema: Schema, named: ReadonlyMap<string, Schema>): Schema {
  const { $ref: _, anyOf, ...own } = schema;
  const target = targetOf(schema, named);
  if (target && isText(target)) return { ...target, ...own };
  const members = anyOf?.map((member) => targetOf(member, named) ?? member) ?? [];
  if (members.length > 0 && members.every((member) => isFlat(member) && member.enum)) {
    return { type: 'string', ...own, enum: members.flatMap((member) => member.enum) };
  }
  if (anyOf?.length !== 2 || anyOf[1]?.type !== 'null') return schema;
  const [meant] = anyOf as [Schema, Schema];
  const flat = targetOf(meant, named) ?? meant;
  // Exactly one of the two holds, which `oneOf` says and `anyOf` leaves open.
  if (!isFlat(flat)) return { ...own, oneOf: anyOf };
  const values = flat.enum ? { enum: [...flat.enum, null] } : {};
  return { ...flat, ...values, ...own, type: [flat.type as string, 'null'] };
}

function targetOf({ $ref }: Schema, named: ReadonlyMap<string, Schema>): Schema | undefined {
  return $ref === undefined ? undefined : named.get($ref.replace('#/components/schemas/', ''));
}

/** A parameter without words of its own has those of the text that it takes. */
function describeParameter(parameter: unknown): void {
  const described = parameter as Described;
  const { description, ...schema } = described.schema ?? {};
  if (description === undefined) return;
  described.description ??= description;
  described.schema = schema;
}
