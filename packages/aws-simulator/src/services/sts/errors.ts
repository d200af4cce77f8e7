// STS's errors about parameters. Codes are those of its model; texts are from memory but where
// marked.

import { AwsError } from '../../aws-error.ts';

export function constraintFailed(name: string, value: string, constraint: string): AwsError {
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy ` +
      `constraint: Member must satisfy ${constraint}`,
  );
}

export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

/** What the simulator refuses by name rather than ignore. */
export function notSimulated(what: string): AwsError {
  return new AwsError('UnsupportedOperation', `The simulator does not simulate ${what}.`);
}

/** @throws AwsError when a text's length is out of bounds or it does not fit the pattern. */
export function checkText(
  name: string,
  value: string,
  { min, max, pattern }: { readonly min: number; readonly max: number; readonly pattern?: RegExp },
): void {
  if (value.length < min) {
    throw constraintFailed(name, value, `length greater than or equal to ${min}`);
  }
  if (value.length > max)
    throw constraintFailed(name, value, `length less than or equal to ${max}`);
  if (pattern && !pattern.test(value)) {
    const shape = pattern.source.replace(/^\^|\$$/g, '');
    throw constraintFailed(name, value, `regular expression pattern: ${shape}`);
  }
}

/** @throws AwsError when a number is not whole or out of bounds. */
export function checkNumber(name: string, value: number, [min, max]: readonly [number, number]) {
  if (!Number.isInteger(value)) throw constraintFailed(name, String(value), 'a whole number');
  if (value < min) {
    throw constraintFailed(name, String(value), `value greater than or equal to ${min}`);
  }
  if (value > max) {
    throw constraintFailed(name, String(value), `value less than or equal to ${max}`);
  }
}
