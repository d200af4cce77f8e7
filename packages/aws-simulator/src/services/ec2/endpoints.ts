// A consumer's endpoints: describe, modify, delete. Creating one is in endpoint-creation.ts.

import type {
  DeleteVpcEndpointsRequest,
  DeleteVpcEndpointsResult,
  DescribeVpcEndpointsRequest,
  DescribeVpcEndpointsResult,
  UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import type { Endpoint } from '../../world/endpoint.ts';
import { ownerKey } from '../../world/resources.ts';
import type { Call, Given } from '../call.ts';
import { deleteEndpoint } from './endpoint-states.ts';
import { vpcEndpoint } from './endpoint-view.ts';
import { checkId, endpointNotFound } from './errors.ts';
import { filtered } from './filters.ts';
import { pageOf } from './pages.ts';

export function describeEndpoints(
  call: Call<DescribeVpcEndpointsRequest>,
): DescribeVpcEndpointsResult {
  const { world, account, region, input } = call;
  const chosen = input.VpcEndpointIds
    ? input.VpcEndpointIds.map((id) => ownEndpoint(call, id)).sort((a, b) => a.order - b.order)
    : world.endpoints.by('owner', ownerKey(account, region));
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

function deleteOne(call: Call<object>, id: string): UnsuccessfulItem | undefined {
  const { world, account, region } = call;
  const endpoint = world.endpoints.get(id);
  if (endpoint?.account !== account || endpoint.region !== region) {
    // The bulk operation's own code (EC2 error overview; terraform-provider-aws, errors.go).
    const Message = `The Vpc Endpoint Id '${id}' does not exist`;
    return { ResourceId: id, Error: { Code: 'InvalidVpcEndpoint.NotFound', Message } };
  }
  if (endpoint.state !== 'deleting' && endpoint.state !== 'deleted') {
    deleteEndpoint(world, endpoint);
  }
  return undefined;
}
