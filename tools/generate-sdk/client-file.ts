// Prints generated/client.ts (the client with its resources), generated/errors.ts (the error codes)
// and generated/operations.ts (the ids of all operations).
import { docComment } from './doc-comment.ts';
import { resourceClass } from './names.ts';
import { type Resource, resourcesOf, withChildren } from './resources-file.ts';
import { namedSchema, type Operation, type Spec } from './spec.ts';

export function clientFile(operations: readonly Operation[]): string {
  const resources = resourcesOf(operations);
  const classes = resources.flatMap(withChildren).map(({ path }) => resourceClass(path));
  const fields = resources.map((resource) => `readonly ${resource.path[0]}: ${typeOf(resource)};`);
  const made = resources.map((resource) => `this.${resource.path[0]} = ${newOf(resource)};`);
  return `import type { ApiPromise } from '../answer.ts';
import type { ClientOptions } from '../options.ts';
import type { RequestPlan } from '../request.ts';
import { Transport } from '../transport.ts';
import { ${classes.join(', ')} } from './resources.ts';

${docs.client}export class Sallyport {
  ${fields.join('\n')}
  readonly #transport: Transport;

  ${docs.constructor}constructor(options: ClientOptions) {
    this.#transport = new Transport(options);
    ${made.join('\n')}
  }

  ${docs.origin}get origin(): string {
    return this.#transport.origin;
  }

  ${docs.request}request<T = unknown>(plan: RequestPlan): ApiPromise<T> {
    return this.#transport.send<T>(plan);
  }
}
`;
}

/** Those below a resource hang on it here, so that it stays small for who takes it alone. */
function typeOf({ path, children }: Resource): string {
  const below = children.map((child) => `readonly ${child.path.at(-1)}: ${typeOf(child)}`);
  const type = resourceClass(path);
  return below.length === 0 ? type : `${type} & { ${below.join('; ')} }`;
}

function newOf({ path, children }: Resource): string {
  const below = children.map((child) => `${child.path.at(-1)}: ${newOf(child)}`);
  const made = `new ${resourceClass(path)}(this.#transport)`;
  return below.length === 0 ? made : `Object.assign(${made}, { ${below.join(', ')} })`;
}

const docs = {
  client: docComment([
    'A client of one Sallyport service. It keeps no connection and needs no closing.',
  ]),
  constructor: docComment(['@throws SallyportError when an option is wrong']),
  origin: docComment(['The origin of `baseUrl`: the only place the API key is sent to.']),
  request: docComment([
    'Calls what this version has no method for, with the same retries and errors.',
    `@example
\`\`\`ts
const answer = await client.request({ method: 'GET', path: '/v1/operations' });
\`\`\``,
  ]),
};

export function errorsFile(spec: Spec): string {
  const codes = namedSchema(spec, 'ErrorCode').enum ?? [];
  const union = codes.map((code) => JSON.stringify(code)).join(' | ');
  const comment = docComment(['Every code that a failed request can carry when this was made.']);
  return `${comment}export type ErrorCode = ${union};\n`;
}

export function operationsFile(operations: readonly Operation[]): string {
  const ids = operations.map(({ id }) => JSON.stringify(id)).sort();
  const comment = docComment(['The ids of all operations, as in the API reference.']);
  return `${comment}export const operationIds = [${ids.join(', ')}] as const;

export type OperationId = (typeof operationIds)[number];
`;
}
