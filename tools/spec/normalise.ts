// Makes tsoa's OpenAPI 3.0 document the contract: OpenAPI 3.1, one error shape, and the parameters
// that every list and every change have in common.

import { createRequire } from 'node:module';
import { tellDeprecation } from './deprecation.ts';
import type { Operation, Spec } from './document.ts';
import { orderEnums } from './enum-order.ts';
import { addExamples } from './examples.ts';
import { declareHeaders, headersOf } from './headers.ts';
import { tellInPlace } from './in-place.ts';
import { introduction } from './introduction.ts';
import { declareProblems, failure, problemExamples } from './problems.ts';
import { describedTags } from './tags.ts';
import { webhookMessage, webhooks } from './webhooks.ts';

const require = createRequire(new URL('../../packages/api/package.json', import.meta.url));

export async function normalise(document: Spec): Promise<Spec> {
  const { upgrade } = (await import(require.resolve('@scalar/openapi-upgrader'))) as Upgrader;
  const spec = renameGenerics(upgrade(withoutFalseNullable(document), '3.1'));
  spec.servers = [{ url: '/', description: 'The service that this document is of.' }];
  for (const [method, operation] of operations(spec)) {
    limitPathParameters(operation);
    addCommonParameters(method, operation);
    describe(operation);
    tellDeprecation(operation);
    addScope(method, operation);
    addStream(operation);
  }
  declareHeaders(spec);
  declareProblems(spec);
  spec.tags = describedTags(tagNames(spec));
  spec.info.description = introduction;
  // Each deployment is a vendor's own.
  spec.info.contact = { name: 'The vendor who runs this deployment' };
  spec.info.license = { name: 'Apache-2.0', identifier: 'Apache-2.0' };
  spec.components = {
    schemas: {
      ...(await withErrorShape(spec.components.schemas)),
      Scope: scopes(spec),
      WebhookMessage: webhookMessage,
    },
    responses: { Problem: failure },
    headers: headersOf(spec),
    securitySchemes: spec.components.securitySchemes,
  };
  await orderEnums(spec);
  tellInPlace(spec);
  spec.webhooks = webhooks();
  addExamples(spec);
  showStreams(spec);
  Object.assign(spec.components.examples!, problemExamples(spec));
  return sortKeys(spec);
}

interface Upgrader {
  upgrade(document: Spec, version: '3.1'): Spec;
}

/** OpenAPI 3.1 has no `nullable`; tsoa says `nullable: false` for all that cannot be null. */
function withoutFalseNullable(document: Spec): Spec {
  const text = JSON.stringify(document, (key, value: unknown) =>
    key === 'nullable' && value === false ? undefined : value,
  );
  return JSON.parse(text) as Spec;
}

/** Parameters of every list, and of every change: declared once, read by the binder. */
const listParameters = [
  query(
    'limit',
    { type: 'integer', format: 'int32', minimum: 1, maximum: 200, default: 50 },
    'How many items a page has.',
  ),
  query('cursor', { type: 'string', maxLength: 500 }, 'The `next_cursor` of the page before.'),
];
const changeParameters = [
  query(
    'validate_only',
    { type: 'boolean', default: false },
    'Do everything but keep nothing: the answer is what the change would give.',
  ),
  query(
    'change_ref',
    { type: 'string', minLength: 1, maxLength: 200 },
    'A ticket or change number, kept in the audit log.',
  ),
];
function query(name: string, schema: object, description: string) {
  return { name, in: 'query', required: false, description, schema };
}

const waitParameters = [
  query(
    'wait',
    { type: 'string', pattern: '^([1-9]|[12][0-9]|30)s$' },
    'For how long the answer may wait, such as `25s`; 30 seconds at most.',
  ),
  query(
    'wait_for',
    { type: 'string', pattern: '^[A-Za-z_]+(,[A-Za-z_]+)*$', maxLength: 200 },
    'States to wait for, with commas in between. A state that cannot lead there ends it too. ' +
      'Without it, and with `If-None-Match`, any change ends the wait.',
  ),
];

function addCommonParameters(method: string, operation: Operation): void {
  if (operation['x-waiter']) operation.parameters.push(...waitParameters);
  if (operation['x-pagination']) operation.parameters.push(...listParameters);
  if (method === 'get' || operation['x-question']) return;
  operation.parameters.push(...changeParameters);
}

/** Ids and natural keys are short; the binder refuses what is longer. */
function limitPathParameters(operation: Operation): void {
  for (const parameter of operation.parameters as { in: string; schema: object }[]) {
    if (parameter.in === 'path') parameter.schema = { ...parameter.schema, maxLength: 200 };
  }
}

/** A summary stands in lists, on one line. */
const summaryLength = 100;

/**
 * The first sentence is the summary, without marks, or its first clause where it is a long one; the
 * whole text stays as the description.
 */
function describe(operation: Operation): void {
  const [paragraph = ''] = (operation.description ?? '').split('\n\n');
  const [sentence = ''] = paragraph.replaceAll('`', '').split(/\.?\s*$|\.\s+/);
  const line = sentence.replaceAll('\n', ' ');
  operation.summary = line.length > summaryLength ? line.split(/[:;] /)[0]! : line;
}

/** What else the answer of an operation with a stream may be. */
function addStream(operation: Operation): void {
  if (operation['x-event-stream'] !== true) return;
  const { content } = operation.responses['200'] as { content: Record<string, unknown> };
  content['text/event-stream'] = { schema: { type: 'string' } };
}

/** The message of one event, as it comes in a stream. */
function showStreams(spec: Spec): void {
  const { value } = (spec.components.examples as Record<string, object>)['Event'] as {
    value: { id: string; type: string };
  };
  for (const [, operation] of operations(spec)) {
    if (operation['x-event-stream'] !== true) continue;
    const { content } = operation.responses['200'] as { content: Record<string, object> };
    const message = `id: ${value.id}\nevent: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
    Object.assign(content['text/event-stream']!, { examples: { typical: { value: message } } });
  }
}

/**
 * The scope that a key needs, where keys are needed: the area is the tag, and what is neither a GET
 * nor a question is a write. An operation that is otherwise says so with its own `x-scope`.
 */
function addScope(method: string, operation: Operation): void {
  if (operation.security === undefined || operation.security.length === 0) return;
  const [area] = operation.tags ?? [];
  operation['x-scope'] ??=
    `${area}:${method === 'get' || operation['x-question'] ? 'read' : 'write'}`;
}

function scopes(spec: Spec) {
  const taken = operations(spec).map(([, operation]) => operation['x-scope'] as string | undefined);
  const areas = taken.flatMap((scope) => (scope?.includes(':') ? [scope.split(':')[0]!] : []));
  const all = [...new Set(areas)].sort().flatMap((area) => [`${area}:read`, `${area}:write`]);
  return {
    type: 'string',
    enum: ['read', ...all],
    description:
      'An area of the API, to be read or also changed; `read` is to read every area. ' +
      'Each operation names the scope that it takes in `x-scope`.',
  };
}

function operations(spec: Spec): [string, Operation][] {
  return Object.values(spec.paths).flatMap((item) => Object.entries(item));
}

function tagNames(spec: Spec): Set<string> {
  return new Set(operations(spec).flatMap(([, operation]) => operation.tags ?? []));
}

/** `Page_Customer_` reads better as `CustomerPage`. */
function renameGenerics(spec: Spec): Spec {
  const text = JSON.stringify(spec).replaceAll(/Page_(\w+?)_(?=["/])/g, '$1Page');
  return JSON.parse(text) as Spec;
}

/** Adds the problem's schemas, which no controller names, with the codes of the catalogue. */
async function withErrorShape(schemas: Spec['components']['schemas']) {
  const { errorCatalogue } = await import('../../packages/api/src/domain/errors.ts');
  const { problemSchemas } = await import('./problem-schemas.ts');
  const codes = {
    type: 'string',
    enum: Object.keys(errorCatalogue).sort(),
    description: 'What went wrong, for programs. It is stable; more may be added.',
  };
  return { ...schemas, ...problemSchemas, ErrorCode: codes };
}

/** A stable order of the parts that tsoa leaves in the order of its own maps. */
function sortKeys(spec: Spec): Spec {
  const sorted = <Value>(object: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
  spec.paths = sorted(spec.paths);
  spec.components.schemas = sorted(spec.components.schemas);
  return spec;
}
