// What the contract tells in place, though the source has a name for it: kinds of text, such as
// `Timestamp` or `CustomerId`, so that each member and parameter shows its own form and meaning;
// and whatever may be null, because `null` beside a type is no other kind of thing. All else keeps
// its name.

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
export function tellInPlace(spec: Spec): void {
  const { schemas } = spec.components as { schemas: Record<string, Schema> };
  const told = new Set<string>();
  const named = (schema: Schema): Schema | undefined => {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) told.add(name);
    return name === undefined ? undefined : schemas[name];
  };
  tellIn(spec.paths, named);
  tellIn(schemas, named);
  for (const item of Object.values(spec.paths)) {
    for (const { parameters } of Object.values(item)) parameters.forEach(describeParameter);
  }
  const text = JSON.stringify(spec);
  for (const name of told) {
    if (!text.includes(`"#/components/schemas/${name}"`)) delete schemas[name];
  }
}

type Named = (schema: Schema) => Schema | undefined;

function tellIn(value: unknown, named: Named): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (typeof member !== 'object' || member === null) continue;
    tellIn(member, named);
    (value as Record<string, unknown>)[key] = inPlace(member as Schema, named);
  }
}

function inPlace(schema: Schema, named: Named): Schema {
  const { $ref, anyOf, ...own } = schema;
  const target = $ref === undefined ? undefined : named(schema);
  if (target && isText(target)) return { ...target, ...own };
  const members = anyOf?.map((member) => named(member) ?? member) ?? [];
  if (members.length > 0 && members.every((member) => member.enum)) {
    return { type: 'string', ...own, enum: members.flatMap((member) => member.enum) };
  }
  if (anyOf?.length !== 2 || anyOf[1]?.type !== 'null') return schema;
  return { ...nullable(anyOf[0]!, members[0]!), ...own };
}

/** An object keeps its name as its title. */
function nullable({ $ref }: Schema, { type, enum: values, ...meant }: Schema): Schema {
  return {
    ...(type === 'object' && $ref !== undefined && { title: $ref.split('/').at(-1) }),
    type: [type as string, 'null'],
    ...(values && { enum: [...values, null] }),
    ...meant,
  };
}

function isText({ type, enum: values }: Schema): boolean {
  return (type === 'string' || type === 'integer') && values === undefined;
}

/** A parameter without words of its own has those of the text that it takes. */
function describeParameter(parameter: unknown): void {
  const described = parameter as Described;
  const { description, ...schema } = described.schema ?? {};
  if (description === undefined) return;
  described.description ??= description;
  described.schema = schema;
}
