// Reads openapi.json into the shapes that the printers need. Prints nothing.

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  format?: string;
  minimum?: number;
  [keyword: string]: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
  example?: unknown;
}

export interface Waiter {
  name: string;
  field: string;
  success: unknown[];
  failure: unknown[];
  on_not_found: 'wait' | 'fail';
  interval_ms: number;
  timeout_ms: number;
}

interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { value?: unknown }>;
}

/** An operation as it stands in the document. */
export interface WireOperation {
  operationId: string;
  description?: string;
  deprecated?: boolean;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
  'x-roles'?: string[];
  'x-sdk'?: string;
  'x-pagination'?: boolean;
  'x-question'?: boolean;
  'x-waiter'?: Waiter;
}

export interface Spec {
  paths: Record<string, Record<string, WireOperation>>;
  components: { schemas: Record<string, Schema> };
}

/** An operation as a method of the SDK. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  /** `customers.invites` of `customers.invites.create`. */
  resource: string[];
  name: string;
  description: string;
  deprecated: boolean;
  roles: string[];
  pathParameters: Parameter[];
  query: Parameter[];
  /** Whether it changes nothing, although it is no GET. */
  question: boolean;
  /** Whether it takes an If-Match. */
  conditional: boolean;
  body: { contentType: string; schema: Schema; example?: unknown } | undefined;
  /** What comes back; undefined for nothing, and the item's schema for a list. */
  response: { contentType: string; schema: Schema } | undefined;
  paginated: boolean;
  waiter: Waiter | undefined;
}

/**
 * All operations that the SDK offers, by resource and in the document's order.
 * @throws Error that names the operation when the document breaks its own conventions
 */
export function readOperations(spec: Spec): Operation[] {
  const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation['x-sdk'] !== undefined)
      .map(([method, operation]) => readOperation(spec, path, method.toUpperCase(), operation)),
  );
  const seen = new Set<string>();
  for (const { id, resource, name, waiter } of operations) {
    for (const member of waiter ? [name, waiter.name] : [name]) {
      const full = [...resource, member].join('.');
      if (seen.has(full)) throw new Error(`${id}: x-sdk "${full}" is taken by another operation.`);
      seen.add(full);
    }
  }
  return operations;
}

/** The schema behind a reference, or the schema itself. */
export function resolveSchema(spec: Spec, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : namedSchema(spec, referenceName(schema.$ref));
}

/** @throws Error when there is no such schema */
export function namedSchema(spec: Spec, name: string): Schema {
  const schema = spec.components.schemas[name];
  if (schema === undefined) throw new Error(`openapi.json has no schema ${name}.`);
  return schema;
}

export function referenceName(reference: string): string {
  return reference.replace('#/components/schemas/', '');
}

function readOperation(
  spec: Spec,
  path: string,
  method: string,
  operation: WireOperation,
): Operation {
  const { operationId: id, parameters = [] } = operation;
  const words = operation['x-sdk']!.split('.');
  if (words.length < 2 || !words.every((word) => /^[a-z][A-Za-z0-9]*$/.test(word))) {
    throw new Error(`${id}: x-sdk must be like "customers.create", not "${operation['x-sdk']}".`);
  }
  const paginated = operation['x-pagination'] === true;
  return {
    id,
    method,
    path,
    resource: words.slice(0, -1),
    name: words.at(-1)!,
    description: operation.description ?? '',
    deprecated: operation.deprecated ?? false,
    roles: operation['x-roles'] ?? [],
    pathParameters: pathParameters(id, path, parameters),
    query: parameters.filter((parameter) => parameter.in === 'query'),
    question: operation['x-question'] === true,
    conditional: parameters.some(({ name }) => name === 'If-Match'),
    body: readBody(operation),
    response: paginated ? readItems(spec, operation) : readResponse(operation),
    paginated,
    waiter: operation['x-waiter'],
  };
}

/** In the order of the path, which is the order of the method's arguments. */
function pathParameters(id: string, path: string, parameters: Parameter[]): Parameter[] {
  return Array.from(path.matchAll(/\{([^}]+)\}/g), ([, name]) => {
    const found = parameters.find(
      (parameter) => parameter.in === 'path' && parameter.name === name,
    );
    if (!found) throw new Error(`${id}: the path parameter ${name} is not declared.`);
    return found;
  });
}

function readBody({ requestBody }: WireOperation): Operation['body'] {
  const [contentType, media] = mediaOf(requestBody?.content);
  if (!media?.schema) return undefined;
  const example = media.example ?? Object.values(media.examples ?? {})[0]?.value;
  return { contentType, schema: media.schema, example };
}

function readResponse({ responses }: WireOperation): Operation['response'] {
  const status = Object.keys(responses).find((code) => code.startsWith('2'));
  const [contentType, media] = mediaOf(status === undefined ? {} : responses[status]?.content);
  return media?.schema ? { contentType, schema: media.schema } : undefined;
}

function readItems(spec: Spec, operation: WireOperation): Operation['response'] {
  const page = readResponse(operation);
  const items = page && resolveSchema(spec, page.schema).properties?.items?.items;
  if (!items) throw new Error(`${operation.operationId}: a list must answer {items, next_cursor}.`);
  return { contentType: page.contentType, schema: items };
}

/** JSON where it is offered, else what comes first. */
function mediaOf(content: Record<string, Media> = {}): [string, Media | undefined] {
  const contentType = content['application/json']
    ? 'application/json'
    : (Object.keys(content)[0] ?? '');
  return [contentType, content[contentType]];
}
