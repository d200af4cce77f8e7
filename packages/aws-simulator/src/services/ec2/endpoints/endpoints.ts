// A consumer's endpoints: describe, modify, delete. Creating one is in creation.ts.

import type {
  DeleteVpcEndpointsRequest,
  DeleteVpcEndpointsResult,
  DescribeVpcEndpointsRequest,
  DescribeVpcEndpointsResult,
  UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import type { Listing } from '../../../world/collection.ts';
import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import { ownerKey } from '../../../world/resources.ts';
import type { Call, Given } from '../../call.ts';
import { deleteEndpoint } from './states.ts';
import { vpcEndpoint } from './view.ts';
import { checkId, endpointNotFound, unsuccessful } from '../errors.ts';
import { filtered, where } from '../lists/filters.ts';
import { narrowed } from '../lists/narrowing.ts';
import { pageOf } from '../lists/pages.ts';

export function describeEndpoints(
  call: Call<DescribeVpcEndpointsRequest>,
): DescribeVpcEndpointsResult {
  const { world, input } = call;
  const chosen = input.VpcEndpointIds
    ? input.VpcEndpointIds.map((id) => ownEndpoint(call, id)).sort((a, b) => a.order - b.order)
    : ownEndpoints(call);
  const found = filtered(
    chosen,
    input.Filters,
    {
      'ip-address-type': ({ ipAddressType }) => ipAddressType,
      'service-name': ({ serviceName }) => serviceName,
      'service-region': ({ serviceRegion }) => serviceRegion,
      'vpc-id': ({ vpcId }) => vpcId,
      'vpc-endpoint-id': ({ id }) => id,
      'vpc-endpoint-state': ({ state }) => state,
      'vpc-endpoint-type': () => 'Interface',
    },
    ({ tags }) => tags,
  );
  const page = pageOf(call, 'DescribeVpcEndpoints', found, 1);
  return {
    VpcEndpoints: page.items.map((endpoint) => vpcEndpoint(world, endpoint)),
    NextToken: page.nextToken,
  };
}

/** Answers 200 whatever happens to an item; what failed is listed. */
export function deleteEndpoints(
  call: Call<Given<DeleteVpcEndpointsRequest, 'VpcEndpointIds'>>,
): DeleteVpcEndpointsResult {
  return { Unsuccessful: call.input.VpcEndpointIds.flatMap((id) => deleteOne(call, id) ?? []) };
}

/** @throws AwsError when the id is malformed or the caller has no such endpoint here. */
export function ownEndpoint({ world, account, region }: Call<object>, id: string): Endpoint {
  checkId(id, 'vpce', 'InvalidVpcEndpointId.Malformed');
  const endpoint = world.endpoints.get(id);
  if (endpoint?.account === account && endpoint.region === region) return endpoint;
  throw endpointNotFound(id);
}

function ownEndpoints(call: Call<DescribeVpcEndpointsRequest>): Listing<Endpoint> {
  const { world, account, region, input } = call;
  const all = world.endpoints.by('owner', ownerKey(account, region));
  const shortest = narrowed(all, input.Filters, {
    'vpc-endpoint-id': (id) => world.endpoints.only(id),
    'vpc-id': (id) => world.endpoints.by('vpc', id),
  });
  return where(shortest, (found) => found.account === account && found.region === region);
}

function deleteOne(call: Call<object>, id: string): UnsuccessfulItem | undefined {
  const { world, account, region } = call;
  const endpoint = world.endpoints.get(id);
  if (endpoint?.account !== account || endpoint.region !== region) {
    // The bulk operation's own code (EC2 error overview; terraform-provider-aws, errors.go).
    const message = `The Vpc Endpoint Id '${id}' does not exist`;
    return unsuccessful(id, 'InvalidVpcEndpoint.NotFound', message);
  }
  if (endpoint.state !== 'deleting' && endpoint.state !== 'deleted') {
    deleteEndpoint(world, endpoint);
  }
  return undefined;
}
