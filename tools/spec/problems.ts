// What an operation answers when it refuses: each code is named, with an example, beside the one
// shape of all. Those that follow from its form are found here; the controllers name the others.
// docs/errors.md says what each means.

import { errorCatalogue, type ErrorCode } from '../../packages/api/src/domain/errors.ts';
import type { Operation, Spec } from './document.ts';
import { problemHeaders } from './headers.ts';

/** To be called once the parameters of all operations are there, those in headers too. */
export function declareProblems(spec: Spec): void {
  for (const item of Object.values(spec.paths)) {
    for (const operation of Object.values(item)) {
      operation['x-error-codes'] = codesOf(operation);
      operation.responses['4XX'] = refusal(operation);
      operation.responses['5XX'] = { $ref: '#/components/responses/Problem' };
    }
  }
}

/** Of each code that an operation names. */
export function problemExamples(spec: Spec): Record<string, { value: object }> {
  const operations = Object.values(spec.paths).flatMap((item) => Object.values(item));
  const refusals = operations.flatMap((operation) => operation['x-error-codes'] as ErrorCode[]);
  const codes = [...new Set([...failures, ...refusals])].sort();
  return Object.fromEntries(codes.map((code) => [code, { value: problem(code) }]));
}

const failures = ['internal_error', 'unavailable'] as const;

/** What went wrong with the service itself: AWS is asked by workers, of which operations tell. */
export const failure = answerOf('What went wrong, and what to do next', failures);

function refusal(operation: Operation): object {
  const codes = operation['x-error-codes'] as ErrorCode[];
  const named = codes.map((code) => {
    const { status, title } = errorCatalogue[code];
    return `* ${status} \`${code}\`: ${title}`;
  });
  return answerOf(`The request is refused.\n\n${named.join('\n')}`, codes);
}

function answerOf(description: string, codes: readonly ErrorCode[]) {
  const named = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
  const examples = Object.fromEntries(named) as object;
  const schema = { $ref: '#/components/schemas/Problem' };
  return {
    description,
    headers: problemHeaders,
    content: { 'application/problem+json': { schema, examples } },
  };
}

function codesOf(operation: Operation): ErrorCode[] {
  const parameters = operation.parameters as { name: string; in: string }[];
  const has = (name: string) => parameters.some((parameter) => parameter.name === name);
  const isKeyed = (operation.security?.length ?? 0) > 0;
  const isScoped = isKeyed && operation['x-scope'] !== undefined;
  const hasId = parameters.some((parameter) => parameter.in === 'path');
  const hasBody = operation.requestBody !== undefined;
  const own = (operation['x-error-codes'] ?? []) as ErrorCode[];
  const named: [ErrorCode, boolean][] = [
    ['invalid_request', true],
    ['invalid_json', hasBody],
    ['invalid_cursor', has('cursor') || has('after')],
    ['invalid_idempotency_key', has('Idempotency-Key')],
    ['unauthenticated', isKeyed],
    ['forbidden', isKeyed && (operation['x-roles'] as string[]).length < 3],
    ['insufficient_scope', isScoped],
    ['wrong_id_kind', hasId || own.includes('not_found')],
    ['not_found', hasId],
    ['idempotency_in_progress', has('Idempotency-Key')],
    ['precondition_failed', has('If-Match')],
    ['payload_too_large', hasBody],
    ['unsupported_media_type', hasBody],
    ['idempotency_mismatch', has('Idempotency-Key')],
    ['precondition_required', operation['x-if-match-for'] !== undefined],
    ['rate_limited', true],
    ['too_many_open', has('wait')],
  ];
  const formal = named.flatMap(([code, applies]) => (applies ? [code] : []));
  const statusOf = (code: ErrorCode) => errorCatalogue[code].status;
  return [...new Set([...formal, ...own])].sort((a, b) => statusOf(a) - statusOf(b));
}

const tooMuch = '`limit` must be at most 200';

function problem(code: ErrorCode): object {
  const { status, title, cause, remediation } = errorCatalogue[code];
  return {
    type: `/errors/${code}`,
    title,
    status,
    detail: cause,
    instance: '/v1/customers/acme',
    code,
    request_id: 'req_01kaqy0v5ne4rvk3z4m5t6w7x8',
    ...(code === 'invalid_request' && { errors: [{ parameter: 'limit', detail: tooMuch }] }),
    remediation,
  };
}
