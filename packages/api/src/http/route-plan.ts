// All that serving an operation needs, worked out once at start from the contract and its binding.

import type { Context } from '../usecases/context.ts';
import { entityTag } from './entity-tags.ts';
import { deprecationHeaders } from './deprecation.ts';
import { createInputReader } from './input/input.ts';
import type { Input, ReadInput } from './input/input.ts';
import { waitRuleOf, type WaitRule } from './long-poll.ts';
import type { Call } from './call.ts';
import type { Schemas } from './schemas.ts';
import type { Binding, JsonSchema, Spec, SpecOperation } from './spec.ts';

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
  /** A POST that asks with a body, and changes nothing. */
  isQuestion: boolean;
  /** It also comes as a stream of events, to who asks for that. */
  followsEvents: boolean;
  /** The answer is a stream of lines: the controller gives an async iterable of texts. */
  isStream: boolean;
  /** The answer is a long-running change, to be asked after again. */
  answersOperation: boolean;
  readInput: ReadInput;
  /** Calls the method of the controller. */
  invoke: (call: Call, input: Input) => Promise<unknown>;
  /** What differs from the contract in an answer, or null. May take away what is not declared. */
  checkAnswer: (body: unknown) => string | null;
  /** The entity tag of an answer; null for what cannot be read by itself. */
  tagOf: ((body: unknown) => string) | null;
  /** The tag that a read of what this operation changes would have; null where there is none. */
  readTag: ((context: Context, params: Input['params']) => Promise<string>) | null;
  /** Members of the body that replace a list, which nobody may do blindly. */
  blindMembers: readonly string[];
  /** What a read can be asked to wait for; null for what cannot. */
  waitRule: WaitRule | null;
  /** Where the thing made by this request can be read, or null when nowhere. */
  locate: (input: Input, id: string) => string | null;
  /** Of every answer, when the operation will go one day. */
  headers: Record<string, string>;
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
  for (const plan of plans) plan.readTag = tagReader(plan, spec, plans);
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
  const deprecation = operation['x-deprecation'];
  const answersOperation = schema?.$ref === '#/components/schemas/Operation';
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path,
    roles: rolesOf(operation),
    scope: scopeOf(operation),
    status,
    isList: operation['x-pagination'] === true,
    isQuestion: operation['x-question'] === true,
    isStream: isStream(operation),
    followsEvents: operation['x-event-stream'] === true,
    answersOperation,
    readInput: createInputReader(operation, schemas),
    invoke: invoker(binding, operation.operationId),
    tagOf: tagger(spec, method, schema),
    readTag: null,
    waitRule: waitRuleOf(path, operation),
    blindMembers: operation['x-if-match-for'] ?? [],
    checkAnswer: schema ? answerChecker(schemas.answer(schema)) : () => null,
    locate: locator(spec, answersOperation ? '/v1/operations' : path),
    headers: deprecation ? deprecationHeaders(deprecation) : {},
  };
}

function successOf({ operationId, responses }: SpecOperation) {
  const [success, ...others] = Object.entries(responses).filter(([code]) => code.startsWith('2'));
  const isUpsert = success?.[0] === '200' && others.every(([code]) => code === '201');
  if (!success || (others.length > 0 && !isUpsert))
    throw new Error(`${operationId} needs one status of success.`);
  const [code, { content }] = success;
  return { status: Number(code), schema: content?.['application/json']?.schema };
}

function isStream({ responses }: SpecOperation): boolean {
  return Object.values(responses).some(({ content }) => content?.[linesMediaType] !== undefined);
}

export const linesMediaType = 'application/x-ndjson';

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

/** Every read has a tag, and every other answer that is what a read would show. */
function tagger(spec: Spec, method: string, schema: JsonSchema | undefined): RoutePlan['tagOf'] {
  if (!schema) return null;
  const isRead = ({ get }: Spec['paths'][string]) =>
    get && successOf(get).schema?.$ref === schema.$ref;
  if (method !== 'get' && !Object.values(spec.paths).some(isRead)) return null;
  const observed = observedMembers(spec, schema);
  return (body) => entityTag(body, observed);
}

function observedMembers(spec: Spec, { $ref }: JsonSchema): ReadonlySet<string> {
  const name = String($ref).split('/').at(-1)!;
  const properties = Object.entries(
    (spec.components.schemas[name]?.properties ?? {}) as Record<string, JsonSchema>,
  );
  return new Set(properties.flatMap(([key, member]) => (member['x-observed'] ? [key] : [])));
}

/** By the GET of the same path, or of the resource that the path's last word belongs to. */
function tagReader(plan: RoutePlan, spec: Spec, plans: RoutePlan[]): RoutePlan['readTag'] {
  const { operationId, path, method } = plan;
  const { parameters = [] } = spec.paths[path]![method.toLowerCase()]!;
  if (!parameters.some(({ name }) => name === 'If-Match')) return null;
  const owner = path.replace(/\/[\w-]+$/, '');
  const reads = [path, owner].flatMap((place) =>
    plans.filter((other) => other.method === 'GET' && other.path === place && !other.isList),
  );
  const [read] = reads;
  if (!read) throw new Error(`${operationId} takes If-Match, but nothing reads what it changes.`);
  return async (context, params) => {
    const nothing = { query: {}, body: undefined, idempotencyKey: null };
    const input = { ...nothing, params, ifMatch: null, ifNoneMatch: null };
    const body = await read.invoke({ context, page: { limit: 0, after: null } }, input);
    // It takes away what a reader would not get to see.
    read.checkAnswer(body);
    return read.tagOf!(body);
  };
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
