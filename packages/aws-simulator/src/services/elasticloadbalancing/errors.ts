// Elastic Load Balancing's errors, by the names of the model's shapes; the codes on the wire are
// the model's too. Texts are from memory.

import { AwsError } from '../../aws-error.ts';

/** What does not fit the shape of a request: one of the common errors of AWS Query services. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

export function invalidConfiguration(message: string): AwsError {
  return new AwsError('InvalidConfigurationRequestException', message);
}

export function operationNotPermitted(message: string): AwsError {
  return new AwsError('OperationNotPermittedException', message);
}

export function resourceInUse(message: string): AwsError {
  return new AwsError('ResourceInUseException', message);
}

export function loadBalancersNotFound(message = 'One or more load balancers not found'): AwsError {
  return new AwsError('LoadBalancerNotFoundException', message);
}

export function targetGroupsNotFound(message = 'One or more target groups not found'): AwsError {
  return new AwsError('TargetGroupNotFoundException', message);
}

export function listenersNotFound(): AwsError {
  return new AwsError('ListenerNotFoundException', 'One or more listeners not found');
}

/** @throws AwsError ValidationError for a number that the model does not allow. */
export function checkRange(
  name: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  const rule = value > most ? `less than or equal to ${most}` : `greater than or equal to ${least}`;
  throw validationError(
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: ` +
      `Member must have value ${rule}`,
  );
}

/**
 * Checks a name: at most 32 letters, digits and hyphens, no hyphen at either end.
 * @param what for example `load balancer`.
 */
export function checkName(name: string, what: string): void {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name)) return;
  throw validationError(
    `The ${what} name '${name}' must have at most 32 characters, only letters, digits and ` +
      'hyphens, and no hyphen at its beginning or end.',
  );
}
