// Whether an answer is one that the contract declares: its status, media type, headers and shape.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { errorCatalogue, type ErrorCode } from '../../../src/domain/errors.ts';
import type { JsonSchema, SpecResponse } from '../../../src/http/spec.ts';
import { commonHeaders, spec, undeclaredCode } from '../../harness.ts';
import type { Answer } from '../matrix/answers.ts';
import type { Operation } from './steps.ts';

export type Check = (operation: Operation, answer: Answer) => string[];

/** @returns a check that names each thing that differs */
export function createContractCheck(): Check {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: 'contract', ...spec });
  const compiled = new Map<string, ValidateFunction>();
  const shapeOf = (schema: JsonSchema): ValidateFunction => {
    const text = JSON.stringify(schema).replaceAll('"#/', '"contract#/');
    const made = compiled.get(text) ?? ajv.compile(JSON.parse(text) as JsonSchema);
    compiled.set(text, made);
    return made;
  };
  return (operation, answer) => {
    const declared = declaredFor(operation, answer.status);
    if (answer.status >= 500 || !declared) return [`${answer.status}: ${answer.text}`];
    return [
      ...wrongHeaders(declared, answer),
      ...wrongContent(declared, answer, shapeOf),
      ...wrongProblem(answer),
      ...[undeclaredCode(operation, answer.text, answer.status) ?? []].flat(),
    ];
  };
}

const { responses } = spec.components as unknown as { responses: Record<string, SpecResponse> };

function declaredFor({ responses: own }: Operation, status: number): SpecResponse | undefined {
  const response = own[status] ?? own[`${String(status)[0]}XX`];
  const { $ref } = (response ?? {}) as { $ref?: string };
  return $ref === undefined ? response : responses[$ref.split('/').at(-1)!];
}

/** Over a real connection, HTTP has more of its own. */
const common = new Set([...commonHeaders, 'date', 'keep-alive', 'transfer-encoding']);

function wrongHeaders({ headers = {} }: SpecResponse, answer: Answer): string[] {
  const declared = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return Object.keys(answer.headers)
    .filter((name) => !common.has(name) && !declared.has(name))
    .map((name) => `the header ${name}`);
}

type ShapeOf = (schema: JsonSchema) => ValidateFunction;

function wrongContent({ content = {} }: SpecResponse, answer: Answer, shapeOf: ShapeOf): string[] {
  const given = answer.headers['content-type']?.split(';')[0];
  if (Object.keys(content).length === 0 || answer.status === 304) {
    return answer.text === '' ? [] : [`content with ${answer.status}`];
  }
  const schema = content[given ?? '']?.schema;
  if (!schema) return [`the media type ${given}`];
  const isLines = given === 'application/x-ndjson';
  const texts = isLines ? answer.text.split('\n').filter((line) => line !== '') : [answer.text];
  const matches = shapeOf(schema);
  return texts.flatMap((text) =>
    matches(JSON.parse(text)) ? [] : [`the shape: ${JSON.stringify(matches.errors)} of ${text}`],
  );
}

function wrongProblem({ status, text }: Answer): string[] {
  if (status < 400) return [];
  const { code, status: told } = JSON.parse(text) as { code: ErrorCode; status: number };
  const known = errorCatalogue[code]?.status;
  return known === status && told === status ? [] : [`the problem ${code} with ${status}`];
}
