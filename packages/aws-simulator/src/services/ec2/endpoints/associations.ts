// DescribeVpcEndpointAssociations. Resource and service network endpoints have associations, and
// endpoints of this world have none: the answer is about them, and empty.

import type {
  DescribeVpcEndpointAssociationsRequest,
  DescribeVpcEndpointAssociationsResult,
  VpcEndpointAssociation,
} from '@aws-sdk/client-ec2';
import type { Call } from '../../call.ts';
import { ownEndpoint } from './endpoints.ts';
import { invalidParameterValue } from '../errors.ts';
import { filtered } from '../lists/filters.ts';
import { pageOf } from '../lists/pages.ts';

// 1 to 100 (EC2 API model).
const LARGEST_PAGE = 100;

/** @throws AwsError for unknown endpoints and filters, and for a page size out of range. */
export function describeAssociations(
  call: Call<DescribeVpcEndpointAssociationsRequest>,
): DescribeVpcEndpointAssociationsResult {
  const { input } = call;
  for (const id of input.VpcEndpointIds ?? []) ownEndpoint(call, id);
  if ((input.MaxResults ?? 1) > LARGEST_PAGE) {
    throw invalidParameterValue(
      `Value ( ${input.MaxResults} ) for parameter maxResults is invalid. Expecting a value ` +
        `from 1 to ${LARGEST_PAGE}.`,
    );
  }
  const none: readonly (VpcEndpointAssociation & { readonly order: number })[] = [];
  const found = filtered(
    none,
    input.Filters,
    {
      'vpc-endpoint-id': ({ VpcEndpointId }) => VpcEndpointId,
      'associated-resource-accessibility': (one) => one.AssociatedResourceAccessibility,
      'association-id': ({ Id }) => Id,
      'associated-resource-id': ({ AssociatedResourceArn }) => AssociatedResourceArn,
      'service-network-arn': ({ ServiceNetworkArn }) => ServiceNetworkArn,
      'resource-configuration-group-arn': (one) => one.ResourceConfigurationGroupArn,
    },
    () => new Map(),
  );
  const page = pageOf(call, 'DescribeVpcEndpointAssociations', found, 1);
  return { VpcEndpointAssociations: page.items, NextToken: page.nextToken };
}
