// Prints generated/resources.ts: a class for each resource, with a method for each operation.
import { docComment } from './doc-comment.ts';
import { exampleCall, exampleIds, exampleWait } from './example.ts';
import { resourceClass } from './names.ts';
import { typeText } from './schema-type.ts';
import { type Operation, resolveSchema, type Schema, type Spec } from './spec.ts';
import { optionsType } from './types-file.ts';

/** A resource and what hangs below it. */
export interface Resource {
  path: string[];
  operations: Operation[];
  children: Resource[];
}

/** `types` is the text of types.ts, from which the names are imported that the methods use. */
export function resourcesFile(spec: Spec, operations: readonly Operation[], types: string): string {
  const all = resourcesOf(operations).flatMap(withChildren);
  const classes = all.map((resource) => classText(spec, resource)).join('\n');
  return [...imports(classes, types), '', classes].join('\n');
}

/** The resources at the top, each with those below it. */
export function resourcesOf(operations: readonly Operation[]): Resource[] {
  const root: Resource = { path: [], operations: [], children: [] };
  for (const operation of operations) {
    let at = root;
    for (const [depth] of operation.resource.entries()) {
      const path = operation.resource.slice(0, depth + 1);
      let next = at.children.find((child) => child.path.join('.') === path.join('.'));
      if (!next) {
        next = { path, operations: [], children: [] };
        at.children.push(next);
      }
      at = next;
    }
    at.operations.push(operation);
  }
  return root.children;
}

/** The resource and all below it. */
export function withChildren(resource: Resource): Resource[] {
  return [resource, ...resource.children.flatMap(withChildren)];
}

function classText(spec: Spec, { path, operations }: Resource): string {
  const methods = operations.flatMap((operation) => [
    methodText(spec, operation),
    ...(operation.waiter ? [waiterText(spec, operation)] : []),
  ]);
  return `export class ${resourceClass(path)} {
    readonly #transport: Transport;

    constructor(transport: Transport) {
      this.#transport = transport;
    }

    ${methods.join('\n\n')}
  }
  `;
}

function methodText(spec: Spec, operation: Operation): string {
  const { name, method, path, body, paginated, response } = operation;
  const ids = operation.pathParameters.map((_, index) => exampleIds(operation)[index]!);
  const optional = operation.query.every(({ required }) => !required);
  const args = [
    ...ids.map((id) => `${id}: string`),
    ...(body ? [bodyArgument(spec, body.schema)] : []),
    `options${optional ? '?' : ''}: ${optionsType(operation)}`,
  ];
  const type = response ? typeText(response.schema, { spec, open: true }) : 'void';
  const head = `${documentation(spec, operation)}${name}(${args.join(', ')})`;
  if (paginated) {
    return `${head}: PageList<${type}> {
      return new PageList(this.#transport, '${path}', [${ids.join(', ')}], options);
    }`;
  }
  const plan = [
    `method: '${method}'`,
    `path: '${path}'`,
    ...(ids.length > 0 ? [`params: [${ids.join(', ')}]`] : []),
    ...(body ? ['body'] : []),
    'options',
  ];
  return `${head}: ApiPromise<${type}> {
    return this.#transport.send({ ${plan.join(', ')} });
  }`;
}

/** A body without a required member may be left out. */
function bodyArgument(spec: Spec, schema: Schema): string {
  const type = typeText(schema, { spec, open: false });
  const { required = [], type: kind } = resolveSchema(spec, schema);
  return `body: ${type}${kind === 'object' && required.length === 0 ? ' = {}' : ''}`;
}

function waiterText(spec: Spec, operation: Operation): string {
  const { waiter, path, response, id } = operation;
  if (!waiter || !response) throw new Error(`${id}: x-waiter needs an answer to look at.`);
  const ids = exampleIds(operation);
  const type = typeText(response.schema, { spec, open: true });
  const args = [...ids.map((name) => `${name}: string`), `options?: WaitOptions<${type}>`];
  const { enum: states } = resolveSchema(
    spec,
    resolveSchema(spec, response.schema).properties?.[waiter.field] ?? {},
  );
  const rule = `{
    path: '${path}',
    field: '${waiter.field}',
    success: ${JSON.stringify(waiter.success)},
    failure: ${JSON.stringify(waiter.failure)},${
      states
        ? `
    states: ${JSON.stringify(states)},`
        : ''
    }
    onNotFound: '${waiter.on_not_found}',
    intervalMs: ${waiter.interval_ms},
    timeoutMs: ${waiter.timeout_ms},
  }`;
  return `${waiterDocumentation(operation)}${waiter.name}(${args.join(', ')}): Promise<${type}> {
    return waitUntil(this.#transport, ${rule}, [${ids.join(', ')}], options);
  }`;
}

function documentation(spec: Spec, operation: Operation): string {
  const { description, roles, deprecated, method, path } = operation;
  return docComment([
    description,
    `\`${method} ${path}\`${roles.length > 0 ? `. Roles: ${roles.join(', ')}` : ''}.`,
    ...(deprecated ? ['@deprecated'] : []),
    `@example\n${fenced(exampleCall(spec, operation))}`,
  ]);
}

function waiterDocumentation(operation: Operation): string {
  const { field, success, failure, on_not_found, timeout_ms } = operation.waiter!;
  return docComment([
    `Waits until \`${field}\` is ${oneOf(success)}; ${timeout_ms / 1000} s unless told otherwise.`,
    on_not_found === 'wait' ? 'The resource need not be there yet.' : '',
    failure.length > 0 ? `@throws WaiterFailedError at once when it is ${oneOf(failure)}.` : '',
    '@throws WaiterTimeoutError when it may still get there, but has not in time.',
    `@example\n${fenced(exampleWait(operation))}`,
  ]);
}

function oneOf(values: readonly unknown[]): string {
  return values
    .map((value) => `\`${String(value)}\``)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
}

function fenced(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

function imports(classes: string, types: string): string[] {
  const code = classes.replaceAll(/\/\*\*.*?\*\//gs, '');
  const runtime: [string, string][] = [
    ["import type { ApiPromise } from '../answer.ts';", 'ApiPromise<'],
    ["import type { CallOptions } from '../options.ts';", ': CallOptions'],
    ["import { PageList } from '../pagination.ts';", 'PageList('],
    ["import type { Transport } from '../transport.ts';", 'Transport'],
    ["import { waitUntil, type WaitOptions } from '../waiter.ts';", 'waitUntil('],
  ];
  const names = Array.from(
    types.matchAll(/^export (?:interface|type) (\w+)/gm),
    ([, name]) => name!,
  )
    .filter((name) => new RegExp(`\\b${name}\\b`).test(code))
    .sort();
  return [
    ...runtime.filter(([, mark]) => code.includes(mark)).map(([line]) => line),
    ...(names.length > 0 ? [`import type { ${names.join(', ')} } from './types.ts';`] : []),
  ];
}
