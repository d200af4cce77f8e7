// REST-XML (`aws.protocols#restXml`), spoken by Route 53: method and path choose the operation,
// labels, query and body fill its input, all as the schema's HTTP traits say.

import { AwsError } from '../aws-error.ts';
import type { Protocol, ResponseContext } from './protocol.ts';
import { type Operation, requiredMembers, type Schema } from './schema.ts';
import { formPairs, type WireRequest, type WireResponse } from './wire.ts';
import { decodeXmlBody } from './xml-input.ts';
import { escapeXml, xmlElement, xmlMembers } from './xml-output.ts';

interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly segments: readonly string[];
  readonly status: number;
}

export function createRestXml(
  operations: ReadonlyMap<string, Operation>,
  namespace: string,
): Protocol {
  const routes = [...operations.values()].flatMap(routeOf);
  const byName = new Map(routes.map((route) => [route.operation.name, route]));
  const routeNamed = (action: string) => byName.get(action) as Route;
  return {
    accepts: () => true,
    action: (request) => findRoute(routes, request).operation.name,
    input: (action, request) => inputOf(routeNamed(action), request),
    success: (action, output) => success(routeNamed(action), output, namespace),
    failure: (error, context) => failure(error, context, namespace),
  };
}

function routeOf(operation: Operation): Route[] {
  if (!operation.http) return [];
  const [method, path, status] = operation.http;
  return [{ operation, method, segments: segmentsOf(path), status }];
}

function findRoute(routes: readonly Route[], request: WireRequest): Route {
  const segments = segmentsOf(request.path);
  const matching = routes.filter(
    (route) => route.method === request.method && matches(route.segments, segments),
  );
  // `/hostedzone/{Id}` also fits a fixed word in the same place: the fewest labels win.
  const [best] = matching.sort((a, b) => labelCount(a) - labelCount(b));
  if (best) return best;
  const message = `There is no operation at ${request.method} ${request.path}`;
  throw new AwsError('InvalidAction', message, 404);
}

function inputOf(route: Route, request: WireRequest): Record<string, unknown> {
  const { input } = route.operation;
  if (input.isUnitSchema()) return {};
  const hasBody = request.body.length > 0;
  const value = hasBody ? decodeXmlBody(input, request.body.toString('utf8')) : {};
  const segments = segmentsOf(request.path);
  const query = new Map(formPairs(request.query));
  for (const [name, member] of input.structIterator()) {
    const bound = boundText(route, name, member, segments, query);
    if (bound !== undefined) value[name] = boundValue(member, name, bound);
  }
  for (const name of requiredMembers(input)) {
    if (value[name] !== undefined) continue;
    throw new AwsError('InvalidInput', `The parameter ${name} is missing from the request`);
  }
  return value;
}

function boundText(
  route: Route,
  name: string,
  member: Schema,
  segments: readonly string[],
  query: ReadonlyMap<string, string>,
): string | undefined {
  const { httpLabel, httpQuery } = member.getMergedTraits();
  if (httpQuery) return query.get(httpQuery);
  if (!httpLabel) return undefined;
  const text = segments[route.segments.indexOf(`{${name}}`)];
  return text === undefined ? undefined : decodeLabel(text);
}

function boundValue(member: Schema, name: string, text: string): unknown {
  if (!member.isNumericSchema()) return text;
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number)) return number;
  throw new AwsError('InvalidInput', `The value '${text}' of ${name} is not an integer`);
}

function success(route: Route, output: object, namespace: string): WireResponse {
  const { name, output: schema } = route.operation;
  const headers: Record<string, string> = { 'content-type': 'text/xml' };
  const body: Record<string, unknown> = { ...output };
  for (const [member, { httpHeader }] of membersWithTraits(schema)) {
    if (!httpHeader) continue;
    const text = body[member];
    if (typeof text === 'string') headers[httpHeader.toLowerCase()] = text;
    delete body[member];
  }
  // Route 53 names the root after the operation, which is also what its output shapes are called.
  const xml = xmlElement(`${name}Response`, xmlMembers(schema, body), namespace);
  return { status: route.status, headers, body: `<?xml version="1.0"?>\n${xml}` };
}

function failure(error: AwsError, { requestId }: ResponseContext, namespace: string): WireResponse {
  const content =
    xmlElement('Type', error.status < 500 ? 'Sender' : 'Receiver') +
    xmlElement('Code', error.code) +
    xmlElement('Message', escapeXml(error.message));
  const body = xmlElement('Error', content) + xmlElement('RequestId', requestId);
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml' },
    body: `<?xml version="1.0"?>\n${xmlElement('ErrorResponse', body, namespace)}`,
  };
}

function membersWithTraits(schema: Schema): [string, ReturnType<Schema['getMergedTraits']>][] {
  if (schema.isUnitSchema()) return [];
  return [...schema.structIterator()].map(([name, member]) => [name, member.getMergedTraits()]);
}

// botocore adds a trailing slash to `…/rrset/`, the JavaScript SDK does not; both are accepted.
function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => part.startsWith('{') || part === segments[index])
  );
}

function labelCount(route: Route): number {
  return route.segments.filter((part) => part.startsWith('{')).length;
}

function decodeLabel(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidInput', `The path segment '${text}' is not valid percent-encoding`);
  }
}
