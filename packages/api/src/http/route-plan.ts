// All that serving an operation needs, worked out once at start from the contract and its binding.

import { createInputReader } from './input/input.ts';
import type { Input, ReadInput } from './input/input.ts';
import type { Call } from './call.ts';
import type { Schemas } from './schemas.ts';
import type { Binding, Spec, SpecOperation } from './spec.ts';

export interface RoutePlan {
  operationId: string;
  /** In upper case. */
  method: string;
  /** The path's template, as the contract writes it. */
  path: string;
  /** Null when no key is needed. */
  roles: readonly string[] | null;
  /** What a key that is limited to scopes must have; empty when no key is needed. */
  scope: string;
  /** Of an answer that is no failure. */
  status: number;
  isList: boolean;
  /** The answer is a long-running change, to be asked after again. */
  answersOperation: boolean;
  readInput: ReadInput;
  /** Calls the method of the controller. */
  invoke: (call: Call, input: Input) => Promise<unknown>;
  /** What differs from the contract in an answer, or null. May take away what is not declared. */
  checkAnswer: (body: unknown) => string | null;
  /** Where the thing made by this request can be read, or null when nowhere. */
  locate: (input: Input, id: string) => string | null;
}

/** @throws Error at start, when contract and binding do not fit each other */
export function planRoutes(
  spec: Spec,
  bindings: Readonly<Record<string, Binding>>,
  schemas: Schemas,
): RoutePlan[] {
  const plans = Object.entries(spec.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const binding = bindings[operation.operationId];
      if (!binding) throw new Error(`No controller is bound to ${operation.operationId}.`);
      return planRoute({ spec, schemas, path, method, operation, binding });
    }),
  );
  const planned = new Set(plans.map(({ operationId }) => operationId));
  const spare = Object.keys(bindings).find((operationId) => !planned.has(operationId));
  if (spare) throw new Error(`The contract has no operation for the binding ${spare}.`);
  return plans;
}

interface RouteParts {
  spec: Spec;
  schemas: Schemas;
  path: string;
  method: string;
  operation: SpecOperation;
  binding: Binding;
}

function planRoute({ spec, schemas, path, method, operation, binding }: RouteParts): RoutePlan {
  const { status, schema } = successOf(operation);
  const answersOperation = schema?.$ref === '#/components/schemas/Operation';
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path,
    roles: rolesOf(operation),
    scope: scopeOf(operation),
    status,
    isList: operation['x-pagination'] === true,
    answersOperation,
    readInput: createInputReader(operation, schemas),
    invoke: invoker(binding, operation.operationId),
    checkAnswer: schema ? answerChecker(schemas.answer(schema)) : () => null,
    locate: locator(spec, answersOperation ? '/v1/operations' : path),
  };
}

function successOf({ operationId, responses }: SpecOperation) {
  const [success, ...others] = Object.entries(responses).filter(([code]) => code.startsWith('2'));
  if (!success || others.length > 0) throw new Error(`${operationId} needs one status of success.`);
  const [code, { content }] = success;
  return { status: Number(code), schema: content?.['application/json']?.schema };
}

/** An operation without roles would be open to everybody by mistake, so there is none. */
function rolesOf({ operationId, security, 'x-roles': roles }: SpecOperation) {
  if (!roles || roles.length === 0) throw new Error(`${operationId} has no x-roles.`);
  const open = roles.includes('anyone');
  if (open !== (security?.length === 0)) {
    throw new Error(`${operationId}: x-roles and security disagree on whether it needs a key.`);
  }
  return open ? null : roles;
}

/** An operation without a scope would be open to every key of its roles, however limited. */
function scopeOf({ operationId, security, 'x-scope': scope }: SpecOperation): string {
  if (security?.length === 0) return '';
  if (!scope) throw new Error(`${operationId} has no x-scope.`);
  return scope;
}

type ControllerMethod = (...values: unknown[]) => Promise<unknown>;

function invoker({ controller, method, parameters }: Binding, operationId: string) {
  // Controllers have no state, so one of each serves all requests.
  const instance = new controller() as Record<string, ControllerMethod>;
  if (typeof instance[method] !== 'function') {
    throw new Error(`${operationId} is bound to ${controller.name}.${method}, which is no method.`);
  }
  const readers = parameters.map(([place, name]) => argumentReader(place, name, operationId));
  return (call: Call, input: Input) =>
    instance[method]!(...readers.map((read) => read(call, input)));
}

function argumentReader(place: string, name: string, operationId: string) {
  switch (place) {
    case 'request':
      return (call: Call) => call;
    case 'body':
      return (_: Call, input: Input) => input.body;
    case 'path':
      return (_: Call, input: Input) => input.params[name];
    case 'query':
      return (_: Call, input: Input) => input.query[name];
    default:
      throw new Error(`${operationId} takes ${name} from ${place}, which nobody reads.`);
  }
}

function answerChecker(check: ReturnType<Schemas['answer']>) {
  return (body: unknown): string | null => {
    if (check(body)) return null;
    const { instancePath, message } = check.errors[0]!;
    return `the answer${instancePath} ${message}`;
  };
}

/** The address of a child of the collection, if the contract says that one can be read there. */
function locator(spec: Spec, collection: string) {
  const readable = Object.entries(spec.paths).some(
    ([path, item]) =>
      item.get && path.replace(/\/\{\w+\}$/, '') === collection && path !== collection,
  );
  if (!readable) return () => null;
  return ({ params }: Input, id: string) => {
    const parent = collection.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name]!),
    );
    return `${parent}/${encodeURIComponent(id)}`;
  };
}
