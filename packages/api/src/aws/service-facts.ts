// EC2's shapes of endpoint services and their connections, in our words.

import type { ServiceConfiguration, VpcEndpointConnection } from '@aws-sdk/client-ec2';

import type {
  ObservedPrivateDns,
  PrivateDnsState,
  ServiceState,
} from '../domain/endpoint-service.ts';
import type { ConnectionFacts, ServiceFacts } from './ports.ts';
import { requireMember } from './required.ts';

/** The tag that carries the mark. */
export const markKey = 'sallyport:deployment';

/** @throws AwsError `unavailable` when the answer lacks the id or the name */
export function serviceFacts(action: string, service: ServiceConfiguration): ServiceFacts {
  return {
    serviceId: requireMember(action, 'serviceId', service.ServiceId),
    serviceName: requireMember(action, 'serviceName', service.ServiceName),
    state: serviceState(service.ServiceState),
    acceptanceRequired: requireMember(action, 'acceptanceRequired', service.AcceptanceRequired),
    availabilityZoneIds: service.AvailabilityZoneIds ?? [],
    networkLoadBalancerArns: service.NetworkLoadBalancerArns ?? [],
    privateDns: privateDns(service),
    mark: service.Tags?.find(({ Key }) => Key === markKey)?.Value ?? null,
  };
}

/**
 * @param region of the service, which is the endpoint's too when EC2 does not show another
 * @throws AwsError `unavailable` when the answer lacks any other member
 */
export function connectionFacts(
  action: string,
  connection: VpcEndpointConnection,
  region: string,
): ConnectionFacts {
  const { VpcEndpointId, VpcEndpointOwner, VpcEndpointState, CreationTimestamp } = connection;
  return {
    serviceId: requireMember(action, 'serviceId', connection.ServiceId),
    vpcEndpointId: requireMember(action, 'vpcEndpointId', VpcEndpointId),
    ownerAccountId: requireMember(action, 'vpcEndpointOwner', VpcEndpointOwner),
    endpointRegion: connection.VpcEndpointRegion || region,
    awsState: requireMember(action, 'vpcEndpointState', VpcEndpointState),
    createdAt: requireMember(action, 'creationTimestamp', CreationTimestamp),
  };
}

const serviceStates: readonly ServiceState[] = [
  'pending',
  'available',
  'deleting',
  'deleted',
  'failed',
];

/** The states of a service are PascalCase on the wire, unlike those of a connection. */
function serviceState(awsState: string | undefined): ServiceState {
  return serviceStates.find((state) => state === awsState?.toLowerCase()) ?? 'unknown';
}

/** Without a name EC2 gives an empty `privateDnsNameConfiguration`, so the name alone decides. */
function privateDns(service: ServiceConfiguration): ObservedPrivateDns | null {
  if (!service.PrivateDnsName) return null;
  const { State, Name, Value } = service.PrivateDnsNameConfiguration ?? {};
  return {
    name: service.PrivateDnsName,
    state: privateDnsState(State),
    label: Name || null,
    value: Value || null,
  };
}

const privateDnsStates: readonly PrivateDnsState[] = ['pendingVerification', 'verified', 'failed'];

function privateDnsState(awsState: string | undefined): PrivateDnsState {
  const wanted = awsState?.toLowerCase();
  return privateDnsStates.find((state) => state.toLowerCase() === wanted) ?? 'unknown';
}
