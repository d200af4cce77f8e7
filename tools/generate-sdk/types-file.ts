// Prints generated/types.ts: an interface for each schema that a caller can meet, and for each
// operation's query.
import { docComment } from './doc-comment.ts';
import { optionsName } from './names.ts';
import { isMap, mapText, membersText, typeText } from './schema-type.ts';
import { namedSchema, type Operation, type Parameter, type Schema, type Spec } from './spec.ts';

const CALL_OPTIONS = [
  'signal',
  'timeoutMs',
  'maxRetries',
  'idempotencyKey',
  'ifMatch',
  'ifNoneMatch',
  'headers',
];

/** Queries that many operations share. An operation with all of these parameters extends it. */
const SHARED = [
  { name: 'ListOptions', doc: 'Every list takes these.', parameters: ['limit', 'cursor'] },
  {
    name: 'WriteOptions',
    doc: 'Every change takes these.',
    parameters: ['validate_only', 'change_ref'],
  },
];

export function typesFile(spec: Spec, operations: readonly Operation[]): string {
  const answered = reachableFrom(spec, [
    ...operations.flatMap(({ response }) => (response ? [response.schema] : [])),
    { $ref: '#/components/schemas/Problem' },
  ]);
  const asked = reachableFrom(
    spec,
    operations.flatMap(({ body, query }) => [
      ...(body ? [body.schema] : []),
      ...query.map(({ schema }) => schema),
    ]),
  );
  const names = [...new Set([...answered, ...asked])].filter((name) => name !== 'ErrorCode').sort();
  const schemas = names.map((name) => schemaText(spec, name, answered.has(name)));
  const text = [...schemas, ...sharedOptions(spec, operations), ...ownOptions(spec, operations)];
  const imports = ["import type { CallOptions } from '../options.ts';"];
  if (/\bErrorCode\b/.test(text.join('\n').replaceAll(/`ErrorCode`/g, ''))) {
    imports.push("import type { ErrorCode } from './errors.ts';");
  }
  return [...imports, '', ...text].join('\n');
}

/** The type of a method's last argument. */
export function optionsType(operation: Operation): string {
  const { base, own } = splitQuery(operation);
  return own.length > 0 ? optionsName(operation.id) : base;
}

function schemaText(spec: Spec, name: string, open: boolean): string {
  const schema = namedSchema(spec, name);
  const comment = docComment([schema.description ?? '']);
  const printing = { spec, open };
  if (schema.type !== 'object') {
    // The enum itself stays closed; where an answer refers to it, it is opened.
    return `${comment}export type ${name} = ${typeText(schema, { spec, open: false })};\n`;
  }
  const body = isMap(schema) ? mapText(schema, printing) : `{\n${membersText(schema, printing)}\n}`;
  return `${comment}export interface ${name} ${body}\n`;
}

function sharedOptions(spec: Spec, operations: readonly Operation[]): string[] {
  return SHARED.flatMap(({ name, doc, parameters }) => {
    const user = operations.find((operation) => splitQuery(operation).base === name);
    if (!user) return [];
    const members = user.query.filter((parameter) => parameters.includes(parameter.name));
    return [`${docComment([doc])}${optionsText(spec, name, 'CallOptions', members)}`];
  });
}

function ownOptions(spec: Spec, operations: readonly Operation[]): string[] {
  return operations.flatMap((operation) => {
    const { base, own } = splitQuery(operation);
    return own.length > 0 ? [optionsText(spec, optionsName(operation.id), base, own)] : [];
  });
}

function optionsText(spec: Spec, name: string, base: string, parameters: Parameter[]): string {
  const schema: Schema = {
    properties: Object.fromEntries(
      parameters.map((parameter) => [
        parameter.name,
        { ...parameter.schema, description: parameter.description },
      ]),
    ),
    required: parameters.filter(({ required }) => required).map((parameter) => parameter.name),
  };
  const members = membersText(schema, { spec, open: false });
  return `export interface ${name} extends ${base} {\n${members}\n}\n`;
}

function splitQuery({ id, query }: Operation): { base: string; own: Parameter[] } {
  const names = query.map(({ name }) => name);
  const clash = names.find((name) => CALL_OPTIONS.includes(name));
  if (clash) throw new Error(`${id}: the query parameter "${clash}" is a call option of the SDK.`);
  const shared = SHARED.find(({ parameters }) => parameters.every((name) => names.includes(name)));
  if (!shared) return { base: 'CallOptions', own: query };
  return {
    base: shared.name,
    own: query.filter(({ name }) => !shared.parameters.includes(name)),
  };
}

/** The names of all schemas that these lead to. */
function reachableFrom(spec: Spec, schemas: readonly Schema[]): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) Object.entries(value).forEach(follow);
  };
  const follow = ([key, value]: [string, unknown]) => {
    if (key !== '$ref' || typeof value !== 'string') {
      visit(value);
      return;
    }
    const name = value.replace('#/components/schemas/', '');
    if (found.has(name)) return;
    found.add(name);
    visit(namedSchema(spec, name));
  };
  visit(schemas);
  return found;
}
