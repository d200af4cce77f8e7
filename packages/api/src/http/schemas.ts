// Compiles the schemas of the contract, each once, when it is first used: of what comes in and of
// what goes out.

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, Options, ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonSchema, Spec } from './spec.ts';

/** What is wrong with the last value that was refused is in `errors`. */
export interface Check {
  (value: unknown): boolean;
  errors: ErrorObject[];
}

export interface Schemas {
  /** Checks path or query parameters, turns their text into the type, and fills in defaults. */
  parameters(schema: JsonSchema): Check;
  /** Checks a body as it is: `"2"` is not 2. */
  body(schema: JsonSchema): Check;
  /** Checks an answer. Unless strict, it takes away what the contract does not declare. */
  answer(schema: JsonSchema): Check;
}

/** The name under which every `#/components/schemas/…` of the document is found. */
const documentId = 'openapi';

/**
 * Answers are checked with Ajv and written with JSON.stringify, not with fast-json-stringify: that
 * one writes a null where a string is declared as "", so a mistake would go out as a wrong value.
 * The check costs about as much as fast-json-stringify saves.
 */
export function createSchemas(spec: Spec, strictAnswers: boolean): Schemas {
  const input: Options = { allErrors: true, verbose: true };
  const parameters = engine(spec, { ...input, coerceTypes: true, useDefaults: true });
  const body = engine(spec, input);
  const answer = strictAnswers
    ? engine(spec, {})
    : engine(spec, { removeAdditional: true, validateFormats: false });
  return {
    parameters: once(parameters),
    body: once(body),
    answer: once(answer),
  };
}

function engine(spec: Spec, options: Options): Ajv2020 {
  // `strict` would refuse OpenAPI's own keywords, such as `example`. The other two halve the time
  // to compile: the contract is checked when it is generated, and V8 optimises without Ajv's help.
  const fixed: Options = { strict: false, validateSchema: false, code: { optimize: false } };
  const ajv = new Ajv2020({ ...fixed, ...options });
  formats.default(ajv);
  ajv.addSchema({ $id: documentId, components: { schemas: spec.components.schemas } });
  return ajv;
}

/** Equal schemas have one check: most operations share those of their parameters and answers. */
function once(ajv: Ajv2020): (schema: JsonSchema) => Check {
  const checks = new Map<string, Check>();
  return (schema) => {
    // A schema of an operation refers to the document from outside of it.
    const text = JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${documentId}#/`);
    const known = checks.get(text) ?? compiledAtFirstUse(ajv, text);
    checks.set(text, known);
    return known;
  };
}

/** Half of the time to start would go into schemas that the process may never need. */
function compiledAtFirstUse(ajv: Ajv2020, text: string): Check {
  let validate: ValidateFunction | null = null;
  const check = (value: unknown) => {
    validate ??= ajv.compile(JSON.parse(text) as JsonSchema);
    const isValid = validate(value);
    check.errors = validate.errors ?? [];
    return isValid;
  };
  check.errors = [] as ErrorObject[];
  return check;
}
