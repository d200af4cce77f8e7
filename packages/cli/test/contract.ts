// The contract as the fake API needs it: which operation a request means, and whether a request and
// an answer are valid for it.

import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Media {
  schema: object & { $ref?: string };
  examples?: { typical?: { $ref: string } };
}

interface WireOperation {
  operationId: string;
  parameters?: { in: string; name: string; required?: boolean; schema: object }[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
  'x-pagination'?: boolean;
  'x-roles': string[];
}

export interface Operation {
  id: string;
  method: string;
  /** With placeholders. */
  path: string;
  status: number;
  /** The answer's schema by name, or the item's for a list. */
  result: string | undefined;
  paginated: boolean;
  /** The answer that the contract shows. */
  example: unknown;
  anyone: boolean;
  /** What it may be sent along with, by name. */
  headers: string[];
  /** The names that its path, query and body have. */
  fields: string[];
  /** What is wrong with the request, in words; empty when it is valid. */
  wrongRequest(query: Record<string, string>, body: unknown): string[];
  wrongAnswer(body: unknown): string[];
}

const file = path.resolve(import.meta.dirname, '../../../openapi.json');
const spec = JSON.parse(fs.readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, WireOperation>>;
  components: {
    schemas: Record<string, { properties?: Record<string, { type?: unknown }> }>;
    examples: Record<string, { value: unknown }>;
  };
};
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(spec, 'openapi.json');

export const operations: readonly Operation[] = Object.entries(spec.paths).flatMap(
  ([route, methods]) =>
    Object.entries(methods).map(([method, wire]) => operationFrom(method, route, wire)),
);

export function findOperation(method: string, pathname: string): Operation | undefined {
  return operations.find(({ method: own, path: route }) => {
    const pattern = route.replaceAll(/\{[^}]+\}/g, '[^/]+');
    return own === method && new RegExp(`^${pattern}$`).test(pathname);
  });
}

/** Null for each member of the schema that may be null. */
export function nullMembers(schema: string): Record<string, null> {
  const members = Object.entries(spec.components.schemas[schema]?.properties ?? {});
  const nullable = members.filter(([, { type }]) => Array.isArray(type) && type.includes('null'));
  return Object.fromEntries(nullable.map(([name]) => [name, null]));
}

/** The body that the contract shows for an operation; undefined where it has none. */
export function exampleBody(id: string): unknown {
  const wires = Object.values(spec.paths).flatMap((methods) => Object.values(methods));
  const { requestBody } = wires.find(({ operationId }) => operationId === id)!;
  return exampleOf(requestBody?.content['application/json']);
}

function exampleOf(media: Media | undefined): unknown {
  const reference = media?.examples?.typical?.$ref;
  return reference && spec.components.examples[reference.split('/').at(-1)!]?.value;
}

/** What is wrong with a problem document. */
export const wrongProblem = validator({ $ref: '#/components/schemas/Problem' });

function operationFrom(method: string, route: string, wire: WireOperation): Operation {
  const status = Number(Object.keys(wire.responses).find((code) => code.startsWith('2')));
  const schema = wire.responses[status]?.content?.['application/json']?.schema;
  const name = schema?.$ref?.split('/').at(-1);
  return {
    id: wire.operationId,
    method: method.toUpperCase(),
    path: route,
    status,
    result: wire['x-pagination'] ? name?.replace(/Page$/, '') : name,
    paginated: wire['x-pagination'] === true,
    example: exampleOf(wire.responses[status]?.content?.['application/json']),
    anyone: wire['x-roles'].includes('anyone'),
    headers: (wire.parameters ?? []).filter((own) => own.in === 'header').map(({ name }) => name),
    fields: fieldsOf(wire),
    wrongRequest: requestValidator(wire),
    wrongAnswer: schema ? validator(schema) : (body) => (body === undefined ? [] : ['a body']),
  };
}

function fieldsOf({ parameters = [], requestBody }: WireOperation): string[] {
  const named = parameters.filter((own) => own.in !== 'header').map(({ name }) => name);
  const schema = requestBody?.content['application/json']!.schema;
  const body = schema?.$ref ? spec.components.schemas[schema.$ref.split('/').at(-1)!] : schema;
  return [...named, ...Object.keys((body as { properties?: object })?.properties ?? {})];
}

function requestValidator({ parameters = [], requestBody }: WireOperation) {
  const query = new Map(
    parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name, schema }) => [name, validator(schema)]),
  );
  const wrongBody = requestBody && validator(requestBody.content['application/json']!.schema);
  return (given: Record<string, string>, body: unknown) => [
    ...Object.entries(given).flatMap(([name, text]) => {
      const wrong = query.get(name);
      return wrong ? wrong(text).map((words) => `${name}: ${words}`) : [`${name} is unknown`];
    }),
    ...(wrongBody ? wrongBody(body) : body === undefined ? [] : ['takes no body']),
  ];
}

/** Text of a query counts as the number or boolean that it spells. */
function validator(schema: object): (value: unknown) => string[] {
  const resolved = withFile(schema) as object;
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(resolved);
    if (validate(value) || (typeof value === 'string' && validate(spelled(value)))) return [];
    return validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

function spelled(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** References within the document become references into the document. */
function withFile(schema: object): unknown {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"#/components', '"openapi.json#/components'),
  );
}
