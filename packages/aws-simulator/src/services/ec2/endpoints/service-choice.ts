// The service an endpoint is for: finding the one a caller wants, and the one an endpoint has.

import type { CreateVpcEndpointRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import { awsInterfaceService, awsServicesNamed } from '../../../world/aws-services.ts';
import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import { isRegion } from '../../../world/regions.ts';
import type { World } from '../../../world/world.ts';
import type { Call } from '../../call.ts';
import { invalidParameter, invalidServiceName, notSimulated } from '../errors.ts';
import { kindOf, visibleService } from './visible-services.ts';

/** The service behind an endpoint; undefined when its owner deleted it. */
export function serviceOf(world: World, endpoint: Endpoint): EndpointService | undefined {
  return (
    world.endpointServices.get(endpoint.serviceId) ?? awsInterfaceService(endpoint.serviceName)
  );
}

/** What the public DNS names of endpoints to this service end with. */
export function dnsDomain({ id, name, region }: EndpointService): string {
  return `${awsInterfaceService(name)?.shortName ?? id}.${region}.vpce.amazonaws.com`;
}

/** Endpoint policies are for AWS's own services (Guide). */
export function policyRule({ name }: EndpointService) {
  return { name, policySupported: awsInterfaceService(name) !== undefined };
}

/**
 * The service that a caller wants an interface endpoint for.
 * @throws AwsError for other types of endpoint, and for services that the caller may not know.
 */
export function wantedService(call: Call<CreateVpcEndpointRequest>): EndpointService {
  const { input } = call;
  refuseOtherKinds(input);
  const { ServiceName: name } = input;
  if (!name) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter ServiceName');
  }
  const service = ofWantedType(call, name);
  checkVerification(call.world, service);
  if (input.RouteTableIds?.length) {
    throw invalidParameter('Route tables are for gateway endpoints, not for interface endpoints.');
  }
  return service;
}

// Documented types that this world does not have are refused by name; others do not exist.
function refuseOtherKinds(input: CreateVpcEndpointRequest): void {
  const type: string = input.VpcEndpointType ?? 'Gateway';
  if (input.ServiceNetworkArn) throw notSimulated('ServiceNetworkArn (service network endpoints)');
  if (input.ResourceConfigurationArn) {
    throw notSimulated('ResourceConfigurationArn (resource endpoints)');
  }
  if (['Resource', 'ServiceNetwork', 'Tunnel'].includes(type)) {
    throw notSimulated(`VpcEndpointType ${type}`);
  }
  if (['Interface', 'Gateway', 'GatewayLoadBalancer'].includes(type)) return;
  throw new AwsError('InvalidVpcEndpointType', `The VPC endpoint type '${type}' is not valid.`);
}

function ofWantedType(call: Call<CreateVpcEndpointRequest>, name: string): EndpointService {
  const { VpcEndpointType: type = 'Gateway', ServiceRegion: region = call.region } = call.input;
  if (!isRegion(region)) throw invalidServiceName(name);
  const amazons = awsServicesNamed(name).filter((service) => service.region === region);
  const services = amazons.length > 0 ? amazons : [visibleService(call, name, region)];
  const service = services.find((one) => kindOf(one) === type);
  if (!service) {
    // Gateway is the default type, so forgetting the type ends here. From memory.
    const types = services.map(kindOf).join(', ');
    throw invalidParameter(
      `Endpoint type (${type}) does not match available service types ([${types}]).`,
    );
  }
  if (type !== 'Interface') throw notSimulated(`endpoints of VpcEndpointType ${type}`);
  if (amazons.length > 0 && region !== call.region) {
    throw notSimulated("ServiceRegion for AWS's own services");
  }
  return service;
}

function checkVerification(world: World, { name, privateDns }: EndpointService): void {
  if (!privateDns?.wasVerified || privateDns.state === 'verified') return;
  throw world.knobs.unverifiedServiceCode === 'InvalidServiceName'
    ? invalidServiceName(name)
    : invalidParameter(`The service ${name} lost the verification of its private DNS name.`);
}
