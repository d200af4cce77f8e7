// What `sallyport api` calls: a method and a path as they were typed, or an operation by its id in
// the API reference, whose fields know their places.

import type { CommandData } from '../command-data.ts';
import { usageError } from '../exit-codes.ts';
import { commands, type OperationId } from '../generated/commands.ts';
import { type Field, membersOf } from '../input/fields.ts';
import { firstSentence } from '../program/command.ts';
import { didYouMean } from '../input/nearest.ts';

export interface Target {
  method: string;
  /** With its query, and with placeholders for `params`. */
  path: string;
  params: readonly string[];
  body: unknown;
  /** Whether anyone may call it, and no key is needed. */
  isOpen: boolean;
}

/** What was typed. */
export interface Asked {
  /** A method, or the id of an operation. */
  what: string;
  /** Undefined where `what` is an operation. */
  path: string | undefined;
  fields: readonly Field[];
  /** The body, if it was given as one. */
  input: unknown;
}

/** No command is made of a stream, but it has a path. */
const streams: Readonly<Record<string, Operation>> = {
  exportAuditEntries: {
    method: 'GET',
    path: '/v1/audit-entries/export',
    flags: [],
    roles: ['operator', 'support'],
  },
};
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** What can stand in the place of the method, with what it does, for completion. */
export function callables(): [what: string, about: string][] {
  const others = [...METHODS, ...Object.keys(streams)];
  return [
    ...others.map((one): [string, string] => [one, '']),
    ...Object.entries(commands).map(([id, { help }]): [string, string] => [
      id,
      firstSentence(help),
    ]),
  ];
}

/** @throws CommandError when there is no such thing to call, or a field that it needs is missing */
export function targetOf(asked: Asked): Target {
  const method = asked.what.toUpperCase();
  if (asked.path === undefined && !METHODS.includes(method)) return operationTarget(asked);
  if (!METHODS.includes(method)) throw noMethod(asked.what);
  if (asked.path === undefined) throw usageError(`${method} needs a path.`, EXAMPLE);
  if (!asked.path.startsWith('/')) throw usageError('The path must start with "/".', EXAMPLE);
  return { ...placed(method, asked.path, asked), method, params: [], isOpen: false };
}

/** What may have been meant by a path that the service does not have. */
export function nearPath({ method, path }: Target): string | undefined {
  const [typed = ''] = path.split('?');
  const parts = typed.split('/');
  const paths = Object.values(commands)
    .filter((command) => command.method === method)
    .map((command) => command.path.split('/'))
    .filter(({ length }) => length === parts.length)
    .map((known) => known.map((part, at) => (part.startsWith('{') ? parts[at] : part)).join('/'));
  return didYouMean(typed, paths);
}

const EXAMPLE = 'sallyport api GET /v1/customers';

type Operation = Pick<CommandData, 'method' | 'path' | 'flags' | 'roles' | 'paginated'>;

function noMethod(what: string): Error {
  const hint = isOperation(what)
    ? `It is an operation: sallyport api ${what} -f name=value`
    : (didYouMean(what, METHODS) ?? EXAMPLE);
  return usageError(`"${what}" is not an HTTP method.`, hint);
}

/** Fields go where the method has them: into the body of a POST, PUT or PATCH, else the query. */
function placed(
  method: string,
  path: string,
  { fields, input }: Asked,
): Pick<Target, 'path' | 'body'> {
  const inBody = input === undefined && /^(POST|PUT|PATCH)$/.test(method);
  if (fields.length === 0) return { path, body: input };
  const members = membersOf(fields);
  return inBody ? { path, body: members } : { path: withQuery(path, members), body: input };
}

function operationTarget({ what, fields, input }: Asked): Target {
  const operation = operationOf(what);
  const { method, path, flags, roles } = operation;
  for (const field of fields) checkField(what, operation, field);
  const members = membersOf(fields);
  const body: Record<string, unknown> = {};
  const query: Record<string, unknown> = {};
  const inBody = new Map(flags.map((flag) => [flag.name, flag.place === 'body' && flag.type]));
  const inPath = new Set(placeholders(path));
  for (const [name, value] of Object.entries(members)) {
    const type = inBody.get(name);
    if (inPath.has(name)) continue;
    if (type) body[name] = type === 'list' ? [value].flat() : value;
    else query[name] = value;
  }
  const params = [...inPath].map((name) => {
    const value = members[name];
    if (value !== undefined) return typeof value === 'string' ? value : JSON.stringify(value);
    throw usageError(`${what} needs ${name}.`, `sallyport api ${what} -f ${name}=…`);
  });
  const isOpen = roles.includes('anyone');
  return { method, path: withQuery(path, query), params, body: withMembers(input, body), isOpen };
}

const PLACEHOLDER = /\{(\w+)\}/g;

function operationOf(id: string): Operation {
  if (isOperation(id)) return streams[id] ?? commands[id as OperationId];
  const hint = didYouMean(id, [...Object.keys(commands), ...Object.keys(streams), ...METHODS]);
  throw usageError(`"${id}" is no operation, and no method.`, hint ?? EXAMPLE);
}

function isOperation(id: string): boolean {
  return Object.hasOwn(commands, id) || Object.hasOwn(streams, id);
}

function placeholders(path: string): string[] {
  return Array.from(path.matchAll(PLACEHOLDER), ([, name]) => name!);
}

function checkField(id: string, operation: Operation, { name, isFromFile }: Field): void {
  const { path, flags, paginated } = operation;
  const flag = flags.find((one) => one.name === name);
  const known = [...placeholders(path), ...flags.map((one) => one.name)];
  if (paginated) known.push('limit', 'cursor');
  if (!known.includes(name)) {
    const fields = known.length > 0 ? [`fields: ${known.join(', ')}`] : [];
    throw usageError(`${id} has no field "${name}".`, didYouMean(name, known), fields);
  }
  if (flag?.secret && !isFromFile) {
    throw usageError(
      `${name} is a secret, and others can read the command line.`,
      `Put it into a file: -F ${name}=@file, or -F ${name}=@- for stdin.`,
    );
  }
}

/** Fields win over the same members of a body that was given. */
function withMembers(input: unknown, members: object): unknown {
  if (Object.keys(members).length === 0) return input;
  if (input === undefined) return members;
  if (typeof input === 'object' && input !== null) return { ...input, ...members };
  throw usageError('--input must hold a JSON object, for fields to go with it.');
}

/** In the path, since the SDK's options have names of their own beside those of the query. */
export function withQuery(path: string, members: Record<string, unknown>): string {
  const texts = Object.entries(members).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, typeof one === 'string' ? one : JSON.stringify(one)]),
  );
  if (texts.length === 0) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(texts).toString()}`;
}
