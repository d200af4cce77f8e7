// Prints a JSON Schema as a TypeScript type. It knows the keywords that the contract uses; a new
// one stops the generator, so that none is dropped in silence.
import { docComment } from './doc-comment.ts';
import { referenceName, type Schema, type Spec } from './spec.ts';

/** Who reads the type: a service may answer more than this version knows. */
export interface Printing {
  spec: Spec;
  /** Enums take other strings too. */
  open: boolean;
}

const SHAPES = ['$ref', 'type', 'enum', 'const', 'properties', 'required', 'additionalProperties'];
const COMBINED = ['items', 'anyOf', 'oneOf', 'allOf'];
const REMARKS = [
  'description',
  'title',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
];
// The service checks these; a type cannot say them.
const LIMITS = ['format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf'];
const MORE_LIMITS = ['minItems', 'maxItems', 'uniqueItems', 'exclusiveMinimum', 'exclusiveMaximum'];
const OTHER = ['minProperties', 'maxProperties', 'propertyNames', 'discriminator', 'writeOnly'];
const KNOWN = new Set([...SHAPES, ...COMBINED, ...REMARKS, ...LIMITS, ...MORE_LIMITS, ...OTHER]);

/** @throws Error on a keyword that this printer does not know */
export function typeText(schema: Schema, printing: Printing): string {
  const unknown = Object.keys(schema).find((key) => !KNOWN.has(key) && !key.startsWith('x-'));
  if (unknown) throw new Error(`The SDK generator does not know the schema keyword "${unknown}".`);
  if (schema.$ref !== undefined) return referenceText(schema.$ref, printing);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return enumText(schema, printing.open);
  const members = schema.anyOf ?? schema.oneOf;
  if (members) return members.map((member) => typeText(member, printing)).join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => `(${typeText(part, printing)})`).join(' & ');
  if (Array.isArray(schema.type)) {
    const { type: types, ...rest } = schema;
    return types.map((type) => typeText({ ...rest, type }, printing)).join(' | ');
  }
  return plainText(schema, printing);
}

/** The members of an interface, each with its description. */
export function membersText(schema: Schema, printing: Printing): string {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {})
    .map(([name, member]) => {
      const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
      const comment = docComment([member.description ?? '', ...defaultNote(member)]);
      return `${comment}${key}${required.has(name) ? '' : '?'}: ${typeText(member, printing)};`;
    })
    .join('\n');
}

/** Free-form objects: `{ [key: string]: … }`. */
export function mapText(schema: Schema, printing: Printing): string {
  const value = schema.additionalProperties;
  const type = typeof value === 'object' ? typeText(value, printing) : 'unknown';
  return `{ [key: string]: ${type} }`;
}

/** An object without members of its own is a map. */
export function isMap(schema: Schema): boolean {
  const named = Object.keys(schema.properties ?? {}).length > 0;
  return schema.type === 'object' && !named && schema.additionalProperties !== false;
}

const PLAIN: Record<string, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

function plainText(schema: Schema, printing: Printing): string {
  const { type } = schema;
  if (type === 'array') return `(${typeText(schema.items ?? {}, printing)})[]`;
  if (type !== 'object') return PLAIN[String(type)] ?? 'unknown';
  return isMap(schema) ? mapText(schema, printing) : `{\n${membersText(schema, printing)}\n}`;
}

function referenceText(reference: string, { spec, open }: Printing): string {
  const name = referenceName(reference);
  const isEnum = spec.components.schemas[name]?.enum !== undefined;
  return isEnum && open ? `${name} | (string & {})` : name;
}

function enumText({ enum: values = [] }: Schema, open: boolean): string {
  const union = values.map(literal).join(' | ');
  return open && values.every((value) => typeof value === 'string' || value === null)
    ? `${union} | (string & {})`
    : union;
}

function literal(value: unknown): string {
  return JSON.stringify(value);
}

function defaultNote({ default: value }: Schema): string[] {
  return value === undefined ? [] : [`@defaultValue ${JSON.stringify(value)}`];
}
