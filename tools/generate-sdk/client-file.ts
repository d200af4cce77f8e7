// Prints generated/client.ts (the client with its resources), generated/errors.ts (the error codes)
// and generated/operations.ts (the ids of all operations).
import { docComment } from './doc-comment.ts';
import { resourceClass } from './names.ts';
import { resourcesOf } from './resources-file.ts';
import { namedSchema, type Operation, type Spec } from './spec.ts';

export function clientFile(operations: readonly Operation[]): string {
  const resources = resourcesOf(operations).map(({ path }) => path);
  const classes = resources.map(resourceClass);
  const fields = resources.map((path) => `readonly ${path[0]}: ${resourceClass(path)};`);
  const made = resources.map((path) => {
    return `this.${path[0]} = new ${resourceClass(path)}(this.#transport);`;
  });
  return `import type { ApiPromise } from '../answer.ts';
import type { ClientOptions } from '../options.ts';
import type { RequestPlan } from '../request.ts';
import { Transport } from '../transport.ts';
import { ${classes.join(', ')} } from './resources.ts';

${docComment(['A client of one Sallyport service. It keeps no connection and needs no closing.'])}export class Sallyport {
  ${fields.join('\n')}
  readonly #transport: Transport;

  ${docComment(['@throws SallyportError when an option is wrong'])}constructor(options: ClientOptions) {
    this.#transport = new Transport(options);
    ${made.join('\n')}
  }

  ${docComment(['The origin of `baseUrl`: the only place the API key is sent to.'])}get origin(): string {
    return this.#transport.origin;
  }

  ${docComment(['Calls what this version has no method for, with the same retries, errors and key.', requestExample])}request<T = unknown>(plan: RequestPlan): ApiPromise<T> {
    return this.#transport.send<T>(plan);
  }
}
`;
}

const requestExample = `@example
\`\`\`ts
const health = await client.request({ method: 'GET', path: '/v1/operations' });
\`\`\``;

export function errorsFile(spec: Spec): string {
  const codes = namedSchema(spec, 'ErrorCode').enum ?? [];
  const comment = docComment(['Every code that a failed request can carry when this was made.']);
  return `${comment}export type ErrorCode = ${codes.map((code) => JSON.stringify(code)).join(' | ')};\n`;
}

export function operationsFile(operations: readonly Operation[]): string {
  const ids = operations.map(({ id }) => JSON.stringify(id)).sort();
  const comment = docComment(['The ids of all operations, as in the API reference.']);
  return `${comment}export const operationIds = [${ids.join(', ')}] as const;

export type OperationId = (typeof operationIds)[number];
`;
}
