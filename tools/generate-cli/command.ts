// What one operation takes on the command line: its arguments, flags and answer.

import type { CommandData, FlagData } from '../../packages/cli/src/command-data.ts';
import {
  type Operation,
  type Parameter,
  referenceName,
  resolveSchema,
  type Spec,
} from '../generate-sdk/spec.ts';
import { flagFrom, onOneLine } from './flag.ts';

/** The paging of lists is the command line's own work, with flags of its own. */
const PAGING = new Set(['limit', 'cursor']);

/** @throws Error that names the operation when a flag would mean two things */
export function commandFrom(spec: Spec, operation: Operation): CommandData {
  const { id, paginated, body, response } = operation;
  const flags = [...bodyFlags(spec, operation), ...queryFlags(spec, operation)];
  const twice = flags.find(({ name }, at) => flags.findIndex((flag) => flag.name === name) < at);
  if (twice) throw new Error(`${id}: ${twice.name} is in the query and in the body.`);
  const reference = response?.schema.$ref;
  return {
    method: operation.method as CommandData['method'],
    path: operation.path,
    help: onOneLine(operation.description),
    roles: operation.roles,
    arguments: operation.pathParameters.map((parameter) => argumentName(operation, parameter)),
    flags,
    ...(paginated ? { paginated: true } : {}),
    ...(operation.question ? { question: true } : {}),
    ...(operation.conditional ? { conditional: true } : {}),
    ...(body ? { body: true } : {}),
    ...(reference === undefined ? {} : { result: referenceName(reference) }),
  };
}

function bodyFlags(spec: Spec, { id, body }: Operation): FlagData[] {
  if (!body) return [];
  const schema = resolveSchema(spec, body.schema);
  if (schema.properties === undefined) throw new Error(`${id}: the body must be an object.`);
  const required = new Set(schema.required);
  return Object.entries(schema.properties).map(([name, property]) =>
    flagFrom(spec, { name, place: 'body', schema: property, required: required.has(name) }),
  );
}

function queryFlags(spec: Spec, { query, paginated }: Operation): FlagData[] {
  return query
    .filter(({ name }) => !(paginated && PAGING.has(name)))
    .map(({ name, schema, description, required = false }) =>
      flagFrom(spec, { name, place: 'query', schema, description, required }),
    );
}

/** `id` in `/v1/endpoint-services/{id}/plan` is an `endpoint-service`. */
function argumentName({ path }: Operation, { name }: Parameter): string {
  if (name !== 'id') return name.replaceAll('_', '-');
  const collection = path.split(`/{${name}}`)[0]!.split('/').at(-1)!;
  return collection.replace(/ies$/, 'y').replace(/s$/, '');
}
