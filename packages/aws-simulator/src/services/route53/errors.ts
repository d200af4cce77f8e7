// Route 53's errors with their codes, statuses (Route 53 API reference) and texts (from the field
// or from memory).

import { AwsError } from '../../aws-error.ts';

export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', message);
}

/** All problems of a batch at once, as Route 53 lists them. */
export function invalidChangeBatch(problems: readonly string[]): AwsError {
  return new AwsError('InvalidChangeBatch', `[${problems.join(', ')}]`);
}

export function noSuchHostedZone(id: string): AwsError {
  return new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404);
}

export function noSuchChange(id: string): AwsError {
  return new AwsError('NoSuchChange', `Could not find resource with ID: ${id}`, 404);
}
