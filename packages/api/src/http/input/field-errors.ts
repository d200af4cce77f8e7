// What a schema found wrong, in words that name the field and what it must be. Values are never
// repeated: they may be secrets, and the caller has them.

import type { ErrorObject } from 'ajv';
import type { FieldError } from '../../domain/errors.ts';
import { asMeant } from '../../usecases/nearest-name.ts';
import { formatInWords, patternInWords } from './forms.ts';
import { pointerStep } from './json-pointer.ts';

/** More than anybody reads; a hostile body could have a hundred thousand. */
const errorsMax = 50;
const nameLengthMax = 100;

/** Errors of a body, as JSON Pointers into it. */
export function bodyErrors(errors: ErrorObject[]): FieldError[] {
  return told(errors).map((error) => {
    const pointer = pointerOf(error);
    return { pointer, detail: sentence(error, 'field', pointer.slice(1)) };
  });
}

/** The error of a member that is there twice. */
export function repetition(pointer: string): FieldError {
  return { pointer, detail: `\`${short(pointer.slice(1))}\` is given more than once` };
}

/** Errors of the path or the query, by the name of the parameter. */
export function parameterErrors(errors: ErrorObject[]): FieldError[] {
  return told(errors).map((error) => {
    const parameter = pointerOf(error).slice(1);
    // A parameter that is given twice arrives as a list, and none of ours is one.
    const detail = Array.isArray(error.data)
      ? `\`${short(parameter)}\` is given more than once`
      : sentence(error, 'parameter', parameter) + lostPlus(error);
    return { parameter, detail };
  });
}

/** Of a moment whose offset was `+01:00` in the query: as in a form, a plus there is a space. */
function lostPlus({ keyword, params, data }: ErrorObject): string {
  const isMoment = keyword === 'format' && params.format === 'date-time';
  if (!isMoment || !/T\S* \d\d:?\d\d$/i.test(String(data))) return '';
  return '; in a query `+` is written `%2B`';
}

/** Where the type or a limit is not met, the choices and the format say nothing new. */
function told(errors: ErrorObject[]): ErrorObject[] {
  const places = new Set<string>();
  const news = errors.filter(({ keyword, instancePath }) => {
    if ((keyword === 'enum' || keyword === 'format') && places.has(instancePath)) return false;
    places.add(instancePath);
    return true;
  });
  return news.slice(0, errorsMax);
}

/** Of a member that is missing or not known, the pointer names the member and not its parent. */
function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  const { missingProperty, additionalProperty } = params as Record<string, string>;
  if (keyword === 'required') return instancePath + pointerStep(short(missingProperty!));
  if (keyword === 'additionalProperties')
    return instancePath + pointerStep(short(additionalProperty!));
  return instancePath;
}

function short(name: string): string {
  return name.length > nameLengthMax ? `${name.slice(0, nameLengthMax)}…` : name;
}

function sentence(error: ErrorObject, kind: 'field' | 'parameter', where: string): string {
  const params = error.params as Record<string, unknown>;
  const name = where === '' ? 'the body' : `\`${short(where)}\``;
  if (error.keyword === 'required') return `${name} is missing`;
  if (error.keyword === 'additionalProperties') {
    return `unknown ${kind} ${unknownName(String(params.additionalProperty), error)}`;
  }
  return `${name} must ${demand(error, params)}`;
}

function unknownName(name: string, { parentSchema }: ErrorObject): string {
  const known = Object.keys((parentSchema?.properties ?? {}) as object);
  return `\`${short(name)}\`${asMeant(name, known)}`;
}

function demand({ keyword, message, data }: ErrorObject, params: Record<string, unknown>): string {
  const limit = String(params.limit);
  switch (keyword) {
    case 'type':
      return `be of type ${[params.type].flat().join(' or ')}`;
    case 'enum':
      return choice(params.allowedValues as unknown[], data);
    case 'const':
      return `be ${quoted(params.allowedValue)}`;
    case 'pattern':
      return patternInWords(String(params.pattern));
    case 'format':
      return formatInWords(String(params.format));
    case 'minLength':
      return limit === '1' ? 'not be empty' : `have at least ${limit} characters`;
    case 'maxLength':
      return `have at most ${limit} characters`;
    case 'minItems':
      return `have at least ${limit} items`;
    case 'maxItems':
      return `have at most ${limit} items`;
    case 'minimum':
      return `be at least ${limit}`;
    case 'maximum':
      return `be at most ${limit}`;
    default:
      // Ajv's own text for the rest begins with "must".
      return (message ?? 'be valid').replace(/^must /, '');
  }
}

/** The value itself stays untold, but for what it is near to. */
function choice(allowed: unknown[], given: unknown): string {
  const names = allowed.filter((value) => typeof value === 'string');
  const meant = typeof given === 'string' ? asMeant(given, names) : '';
  return `be one of ${allowed.map(quoted).join(', ')}${meant}`;
}

function quoted(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
