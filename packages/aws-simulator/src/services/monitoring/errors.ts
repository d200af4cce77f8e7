// CloudWatch's errors, by the names of the model's shapes where it has one.

import { AwsError } from '../../aws-error.ts';

export function invalidValue(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

export function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombinationException', message);
}

/** What GetMetricData says of its parameters; ValidationError in AWS Query. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function invalidNextToken(): AwsError {
  const message = 'The token is not valid for this request. Start again without a token.';
  return new AwsError('InvalidNextToken', message);
}
