// Errors about VPCs, subnets, security groups and their rules. The codes are from the EC2 API
// reference's error overview; the texts are from memory, except where they are in errors.ts.

import { AwsError } from '../../../aws-error.ts';
import type { ErrorCode } from '../../../error-codes.ts';
import {
  networkInterfaceNotFound,
  securityGroupNotFound,
  subnetNotFound,
  vpcNotFound,
} from '../errors.ts';
import type { IdRule } from './choice.ts';

export const vpcIds: IdRule = {
  prefix: 'vpc',
  malformed: 'InvalidVpcID.Malformed',
  notFound: vpcNotFound,
};

export const subnetIds: IdRule = {
  prefix: 'subnet',
  malformed: 'InvalidSubnetID.Malformed',
  notFound: subnetNotFound,
};

export const groupIds: IdRule = {
  prefix: 'sg',
  malformed: 'InvalidGroupId.Malformed',
  notFound: securityGroupNotFound,
};

export const ruleIds: IdRule = {
  prefix: 'sgr',
  malformed: 'InvalidSecurityGroupRuleId.Malformed',
  notFound: (id) =>
    new AwsError(
      'InvalidSecurityGroupRuleId.NotFound',
      `The security group rule ID '${id}' does not exist`,
    ),
};

export const interfaceIds: IdRule = {
  prefix: 'eni',
  malformed: 'InvalidNetworkInterfaceId.Malformed',
  notFound: networkInterfaceNotFound,
};

export function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
}

export function dependencyViolation(message: string): AwsError {
  return new AwsError('DependencyViolation', message);
}

export function limitExceeded(code: ErrorCode, what: string): AwsError {
  return new AwsError(code, `The maximum number of ${what} has been reached.`);
}

export function badCidr(member: string, text: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value (${text}) for parameter ${member} is invalid. This is not a valid CIDR block.`,
  );
}

export function invalidRange(code: 'InvalidVpc.Range' | 'InvalidSubnet.Range', cidr: string) {
  return new AwsError(code, `The CIDR '${cidr}' is invalid.`);
}
