// SQS's errors. Those of its model are thrown by the names of their shapes; each protocol has its
// own word for them. The others have the codes that clients of both protocols see. Texts are from
// the field or from memory.

import { AwsError } from '../../aws-error.ts';

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function queueNameExists(attribute: string): AwsError {
  const text = 'A queue already exists with the same name and a different value for attribute';
  return new AwsError('QueueNameExists', `${text} ${attribute}`);
}

export function invalidValue(parameter: string, value: unknown, reason: string): AwsError {
  const message = `Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`;
  return new AwsError('InvalidParameterValue', message);
}

export function unknownAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

export function invalidAttributeValue(name: string, reason?: string): AwsError {
  const message = `Invalid value for the parameter ${name}.`;
  return new AwsError('InvalidAttributeValue', reason ? `${message} Reason: ${reason}` : message);
}

export function wrongQueueType(parameter: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value for parameter ${parameter} is invalid. Reason: The request includes a parameter that ` +
      'is not valid for this queue type.',
  );
}

/** A modelled error of the same name, unlike EC2's. */
export function notSimulated(what: string): AwsError {
  const message = `The simulator does not simulate ${what}. Leave it out of the request.`;
  return new AwsError('UnsupportedOperation', message);
}
