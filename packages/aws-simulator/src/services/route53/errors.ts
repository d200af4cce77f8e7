// Route 53's errors with their codes, statuses (Route 53 API reference) and texts (from the field
// or, where marked, from memory).

import { AwsError } from '../../aws-error.ts';
import type { VpcName } from '../../world/dns/hosted-zone.ts';

export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', message);
}

/** Refuses members of a request that the simulator would have to ignore. */
export function notSimulated(what: string): AwsError {
  const message = `The simulator does not simulate ${what}. Leave it out of the request.`;
  return new AwsError('UnsupportedOperation', message);
}

/** All problems of a batch at once, as Route 53 lists them. */
export function invalidChangeBatch(problems: readonly string[]): AwsError {
  return new AwsError('InvalidChangeBatch', `[${problems.join(', ')}]`);
}

/** From memory. */
export function invalidDomainName(name: string): AwsError {
  return new AwsError('InvalidDomainName', `The specified domain name is not valid: '${name}'`);
}

export function noSuchHostedZone(id: string): AwsError {
  return new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404);
}

export function noSuchChange(id: string): AwsError {
  return new AwsError('NoSuchChange', `Could not find resource with ID: ${id}`, 404);
}

/** From memory. */
export function noSuchHealthCheck(id: string): AwsError {
  return new AwsError('NoSuchHealthCheck', `No health check found with ID: ${id}`, 404);
}

/** There are no reusable delegation sets in this world. The text is from memory. */
export function noSuchDelegationSet(id: string): AwsError {
  return new AwsError('NoSuchDelegationSet', `No delegation set found with ID: ${id}`);
}

export function hostedZoneAlreadyExists(reference: string): AwsError {
  const given = `the specified caller reference: ${reference}`;
  const message = `A hosted zone has already been created with ${given}`;
  return new AwsError('HostedZoneAlreadyExists', message, 409);
}

export function tooManyHostedZones(most: number): AwsError {
  return new AwsError('TooManyHostedZones', `Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER ${most}`);
}

/** From memory. */
export function delegationSetNotAvailable(name: string): AwsError {
  const message = `There are no more delegation sets for hosted zones with the name ${name}`;
  return new AwsError('DelegationSetNotAvailable', message);
}

export function hostedZoneNotEmpty(): AwsError {
  const message =
    'The specified hosted zone contains non-required resource record sets and so cannot be ' +
    'deleted.';
  return new AwsError('HostedZoneNotEmpty', message);
}

export function priorRequestNotComplete(): AwsError {
  const message = 'The request was rejected because Route 53 was still processing a prior request.';
  return new AwsError('PriorRequestNotComplete', message);
}

/** The text is the API reference's. */
export function concurrentModification(): AwsError {
  const message =
    'Another user submitted a request to create, update, or delete the object at the same ' +
    'time that you did. Retry the request.';
  return new AwsError('ConcurrentModification', message);
}

/** From memory. */
export function invalidVpcId({ vpcId, region }: VpcName): AwsError {
  const message =
    `The VPC ${vpcId} in region ${region} does not exist, or you are not authorized to access ` +
    'it.';
  return new AwsError('InvalidVPCId', message);
}

export function conflictingDomainExists({ vpcId, region }: VpcName, name: string): AwsError {
  const message =
    `The VPC that you chose, ${vpcId} in region ${region}, is already associated with another ` +
    `private hosted zone that has an overlapping name space, ${name}.`;
  return new AwsError('ConflictingDomainExists', message);
}

export function publicZoneVpcAssociation(zoneId: string, vpcId: string): AwsError {
  const message = `Attempting to associate public zone: ${zoneId} with vpc: ${vpcId}`;
  return new AwsError('PublicZoneVPCAssociation', message);
}

export function notAuthorized(vpcId: string): AwsError {
  const message = `The VPC: ${vpcId} has not authorized to associate with your hosted zone.`;
  return new AwsError('NotAuthorizedException', message, 401);
}

/** From memory. */
export function limitsExceeded(most: number): AwsError {
  const message = `Limits Exceeded: MAX_VPCS_ASSOCIATED_BY_ZONE ${most}`;
  return new AwsError('LimitsExceeded', message);
}

/** From memory. */
export function lastVpcAssociation(): AwsError {
  const message = 'Cannot remove last VPC association for the private zone';
  return new AwsError('LastVPCAssociation', message);
}

/** From memory. */
export function vpcAssociationNotFound({ vpcId }: VpcName, zoneId: string): AwsError {
  const message = `The VPC: ${vpcId} is not associated with the hosted zone: ${zoneId}`;
  return new AwsError('VPCAssociationNotFound', message, 404);
}

/** From memory. */
export function tooManyAuthorizations(most: number): AwsError {
  const message = `The limit of ${most} VPC association authorizations has been reached.`;
  return new AwsError('TooManyVPCAssociationAuthorizations', message);
}

/** From memory. */
export function authorizationNotFound({ vpcId }: VpcName, zoneId: string): AwsError {
  const zone = `the hosted zone: ${zoneId}`;
  const message = `The VPC: ${vpcId} is not authorized to be associated with ${zone}`;
  return new AwsError('VPCAssociationAuthorizationNotFound', message, 404);
}

/** From memory. */
export function invalidPaginationToken(): AwsError {
  return new AwsError('InvalidPaginationToken', 'The pagination token is not valid.');
}

/** Code and wording are what Terraform's provider looks for. */
export function vpcNotOwned({ vpcId }: VpcName): AwsError {
  return new AwsError('AccessDenied', `The VPC ${vpcId} is not owned by you.`, 403);
}
