// The connections of the caller's endpoint services: list, accept, reject.

import type {
  AcceptVpcEndpointConnectionsRequest,
  AcceptVpcEndpointConnectionsResult,
  DescribeVpcEndpointConnectionsRequest,
  DescribeVpcEndpointConnectionsResult,
  RejectVpcEndpointConnectionsRequest,
  RejectVpcEndpointConnectionsResult,
  UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import type { Listing } from '../../../world/collection.ts';
import { customerKey, type Endpoint, stateKey } from '../../../world/privatelink/endpoint.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import { ownerKey } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import type { Call, Given } from '../../call.ts';
import { tellConnectionEvent } from './connection-events.ts';
import { acceptEndpoint, rejectEndpoint } from '../endpoints/states.ts';
import { endpointConnection } from '../endpoints/view.ts';
import { checkId, endpointNotFound } from '../errors.ts';
import { type FilterFields, filtered, where } from '../lists/filters.ts';
import { narrowed } from '../lists/narrowing.ts';
import { pageOf } from '../lists/pages.ts';
import { ownService } from './own-services.ts';

type Decide<I extends object> = Call<Given<I, Extract<keyof I, 'ServiceId' | 'VpcEndpointIds'>>>;

export function describeConnections(
  call: Call<DescribeVpcEndpointConnectionsRequest>,
): DescribeVpcEndpointConnectionsResult {
  const { world, input } = call;
  if (
    world.knobs.connectionsByEndpointId === 'refused' &&
    input.Filters?.some(({ Name }) => Name === 'vpc-endpoint-id')
  ) {
    throw new AwsError('InvalidFilter', "The filter 'vpc-endpoint-id' is invalid");
  }
  const found = filtered(ownConnections(call), input.Filters, connectionFields);
  const page = pageOf(call, 'DescribeVpcEndpointConnections', found);
  return {
    VpcEndpointConnections: page.items.map((endpoint) => endpointConnection(world, endpoint)),
    NextToken: page.nextToken,
  };
}

/** Answers 200 whatever happens to an item; only an unknown service fails the whole call. */
export function acceptConnections(
  call: Decide<AcceptVpcEndpointConnectionsRequest>,
): AcceptVpcEndpointConnectionsResult {
  const service = ownService(call, call.input.ServiceId);
  return { Unsuccessful: decideEach(call, service, call.input.VpcEndpointIds, acceptOne) };
}

/** Answers 200 whatever happens to an item; only an unknown service fails the whole call. */
export function rejectConnections(
  call: Decide<RejectVpcEndpointConnectionsRequest>,
): RejectVpcEndpointConnectionsResult {
  const service = ownService(call, call.input.ServiceId);
  return { Unsuccessful: decideEach(call, service, call.input.VpcEndpointIds, rejectOne) };
}

const connectionFields: FilterFields<Endpoint> = {
  'service-id': ({ serviceId }) => serviceId,
  'vpc-endpoint-id': ({ id }) => id,
  'vpc-endpoint-owner': ({ account }) => account,
  'vpc-endpoint-state': ({ state }) => state,
  'ip-address-type': ({ ipAddressType }) => ipAddressType,
  // A Region, or the literal `cross-region` for every Region but the service's own.
  'vpc-endpoint-region': ({ region, serviceRegion }) =>
    region === serviceRegion ? region : [region, 'cross-region'],
};

function ownConnections(call: Call<DescribeVpcEndpointConnectionsRequest>): Listing<Endpoint> {
  const { world, account, region, input } = call;
  const { endpoints } = world;
  const provider = ownerKey(account, region);
  const shortest = narrowed(endpoints.by('provider', provider), input.Filters, {
    'service-id': (id) => endpoints.by('service', id),
    'vpc-endpoint-id': (id) => endpoints.only(id),
    'vpc-endpoint-owner': (owner) => endpoints.by('customer', customerKey(provider, owner)),
    'vpc-endpoint-state': (state) => endpoints.by('providerState', stateKey(provider, state)),
  });
  return where(shortest, ({ serviceId }) => {
    const service = world.endpointServices.get(serviceId);
    return service?.account === account && service.region === region;
  });
}

function decideEach(
  { world }: Call<object>,
  service: EndpointService,
  ids: readonly string[],
  decide: (world: World, endpoint: Endpoint) => void,
): UnsuccessfulItem[] {
  return [...new Set(ids)].flatMap((id) => {
    try {
      decide(world, connectionOf(world, service, id));
      return [];
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return [{ ResourceId: id, Error: { Code: error.code, Message: error.message } }];
    }
  });
}

function connectionOf(world: World, service: EndpointService, id: string): Endpoint {
  checkId(id, 'vpce', 'InvalidVpcEndpointId.Malformed');
  const endpoint = world.endpoints.get(id);
  if (endpoint?.serviceId === service.id) return endpoint;
  throw endpointNotFound(id);
}

function acceptOne(world: World, endpoint: Endpoint): void {
  const { repeatedDecision, acceptAfterReject } = world.knobs;
  const { state } = endpoint;
  const decided = state === 'pending' || state === 'available';
  if (decided && repeatedDecision === 'succeeds') return;
  const reconnects = acceptAfterReject === 'reconnects' && !isLeaving(world, endpoint);
  const open = state === 'pendingAcceptance' || (state === 'rejected' && reconnects);
  if (!open) throw wrongState(world, endpoint, 'accepted');
  acceptEndpoint(world, endpoint);
  tellConnectionEvent(world, 'Accept', endpoint);
}

// Rejected connections do not keep a service from being deleted.
function isLeaving(world: World, { serviceId }: Endpoint): boolean {
  return world.endpointServices.get(serviceId)?.state === 'Deleting';
}

function rejectOne(world: World, endpoint: Endpoint): void {
  const { state } = endpoint;
  if (state === 'rejected' && world.knobs.repeatedDecision === 'succeeds') return;
  if (state === 'pendingAcceptance' || state === 'pending' || state === 'available') {
    rejectEndpoint(endpoint);
    tellConnectionEvent(world, 'Reject', endpoint);
    return;
  }
  throw wrongState(world, endpoint, 'rejected');
}

function wrongState(world: World, { id, state }: Endpoint, verb: string): AwsError {
  const message = `The endpoint ${id} cannot be ${verb} in state ${state}.`;
  return new AwsError(world.knobs.wrongStateCode, message);
}
