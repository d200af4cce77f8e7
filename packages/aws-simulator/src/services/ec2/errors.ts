// EC2's errors about ids and parameters, with the codes and texts AWS uses. Codes are from the EC2
// API reference's error overview; texts are from the field or, where marked, from memory.

import type { UnsuccessfulItem } from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import type { ErrorCode } from '../../error-codes.ts';

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameter', message);
}

export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

export function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message);
}

/** The same answer for a typo, a wrong Region and a service that does not allow the caller. */
export function invalidServiceName(name: string): AwsError {
  return new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`);
}

/** Describe, modify and permissions use this code; delete's items use another one. */
export function serviceNotFound(id: string): AwsError {
  const message = `The VpcEndpointService Id '${id}' does not exist`;
  return new AwsError('InvalidVpcEndpointServiceId.NotFound', message);
}

export function endpointNotFound(id: string): AwsError {
  const message = `The Vpc Endpoint Id '${id}' does not exist`;
  return new AwsError('InvalidVpcEndpointId.NotFound', message);
}

export function vpcNotFound(id: string): AwsError {
  return new AwsError('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`);
}

export function subnetNotFound(id: string): AwsError {
  return new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`);
}

export function securityGroupNotFound(id: string): AwsError {
  return new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
}

export function networkInterfaceNotFound(id: string): AwsError {
  const message = `The networkInterface ID '${id}' does not exist`;
  return new AwsError('InvalidNetworkInterfaceID.NotFound', message);
}

/**
 * Checks an id's shape: the prefix and 8 or 17 hex digits.
 * @throws AwsError with the given code; the text is from memory.
 */
export function checkId(id: string, prefix: string, malformedCode: ErrorCode): void {
  const shape = /^([a-z-]+)-([0-9a-f]{8}|[0-9a-f]{17})$/.exec(id);
  if (shape?.[1] === prefix) return;
  throw new AwsError(malformedCode, `Invalid id: "${id}" (expecting "${prefix}-...")`);
}

/** An item of a batch that could not be done, in the list that the operation answers with. */
export function unsuccessful(id: string, Code: ErrorCode, Message: string): UnsuccessfulItem {
  return { ResourceId: id, Error: { Code, Message } };
}

/** Refuses members of a request that the simulator would have to ignore. */
export function notSimulated(what: string): AwsError {
  const message = `The simulator does not simulate ${what}. Leave it out of the request.`;
  return new AwsError('UnsupportedOperation', message);
}
