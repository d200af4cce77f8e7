// Checks a whole request against its operation, and tells everything that is wrong with it at once.

import type { FastifyRequest } from 'fastify';
import { refuse } from '../../domain/errors.ts';
import type { FieldError } from '../../domain/errors.ts';
import type { Check, Schemas } from '../schemas.ts';
import type { JsonSchema, SpecOperation } from '../spec.ts';
import { bodyErrors, parameterErrors } from './field-errors.ts';
import { createHeaderReader, type HeaderInput } from './headers.ts';
import { isStorable, unstorableText } from './storable-text.ts';

/** The parts of a request that have passed. Absent parameters have their defaults. */
export interface Input extends HeaderInput {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

export type ReadInput = (request: FastifyRequest) => Input;

/** What a path segment may be when its schema does not say: longer than any id or natural key. */
const pathParameter = { minLength: 1, maxLength: 200 };

/** `{}` is nothing to say too: some HTTP clients cannot send less. */
const noBody = { type: 'object', properties: {}, additionalProperties: false };

/**
 * Makes the check of an operation's input.
 * @throws Error at start, when the contract has a header parameter that nobody would read
 */
export function createInputReader(operation: SpecOperation, schemas: Schemas): ReadInput {
  const checkParams = schemas.parameters(parameterSchema(operation, 'path'));
  const checkQuery = schemas.parameters(parameterSchema(operation, 'query'));
  const checkBody = bodyChecker(operation, schemas);
  const readHeaders = createHeaderReader(operation);
  return (request) => {
    const params = request.params as Record<string, string>;
    const query = request.query as Record<string, unknown>;
    const errors = [
      ...checkParameters(checkParams, params),
      ...checkParameters(checkQuery, query),
      ...checkBody(request.body),
    ];
    if (errors.length > 0) throw refuse('invalid_request', summary(errors), { fields: errors });
    return { params, query, body: request.body, ...readHeaders(request.headers) };
  };
}

function parameterSchema(operation: SpecOperation, place: 'path' | 'query'): JsonSchema {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
  const limits = place === 'path' ? pathParameter : {};
  return {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map(({ name, schema }) => [name, { ...limits, ...schema }]),
    ),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function checkParameters(check: Check, values: Record<string, unknown>): FieldError[] {
  if (!check(values)) return parameterErrors(check.errors);
  const errors: FieldError[] = [];
  for (const parameter in values) {
    const value = values[parameter];
    if (typeof value !== 'string' || isStorable(value)) continue;
    errors.push({ parameter, detail: `\`${parameter}\` must not hold U+0000` });
  }
  return errors;
}

function bodyChecker(operation: SpecOperation, schemas: Schemas): (body: unknown) => FieldError[] {
  const { requestBody } = operation;
  const check = schemas.body(requestBody?.content['application/json']?.schema ?? noBody);
  const missing = { pointer: '', detail: 'the body is missing; send JSON, `{}` at least' };
  return (body) => {
    if (body === undefined) return requestBody?.required ? [missing] : [];
    return check(body) ? unstorableText(body) : bodyErrors(check.errors);
  };
}

function summary(errors: FieldError[]): string {
  const [first, ...others] = errors.map(({ detail }) => detail);
  const sentence = first!.charAt(0).toUpperCase() + first!.slice(1);
  if (others.length === 0) return `${sentence}${/[.?]$/.test(sentence) ? '' : '.'}`;
  return `${errors.length} fields or parameters are not valid; \`errors\` names each of them.`;
}
