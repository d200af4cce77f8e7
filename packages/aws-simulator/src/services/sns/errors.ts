// SNS's errors, by the codes that its Query protocol has; the SDK names them by their shapes, with
// `Exception` at the end. Texts are from the field or from memory.

import { AwsError } from '../../aws-error.ts';

export function invalidParameter(name: string, reason?: string): AwsError {
  const text = `Invalid parameter: ${name}`;
  return new AwsError('InvalidParameter', reason ? `${text} Reason: ${reason}` : text);
}

export function notFound(what: string): AwsError {
  return new AwsError('NotFound', `${what} does not exist`, 404);
}

export function resourceNotFound(): AwsError {
  return new AwsError('ResourceNotFound', 'Resource does not exist', 404);
}

export function notSimulated(what: string): AwsError {
  const message = `The simulator does not simulate ${what}. Leave it out of the request.`;
  return new AwsError('UnsupportedOperation', message);
}
