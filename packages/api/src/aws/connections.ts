// The connections part of EndpointServicePort. Accept and reject answer 200 with a list of the
// items that they did not do; an empty list is the only success.

import type { UnsuccessfulItem } from '@aws-sdk/client-ec2';

import type { OpenEc2 } from './clients.ts';
import { kindOfCode } from './errors.ts';
import { batches, pageSize, readPages } from './pages.ts';
import type { EndpointServicePort, ItemFailure, ServiceFailure } from './ports.ts';
import { requireId } from './required.ts';
import { connectionFacts } from './service-facts.ts';

type ConnectionsPort = Pick<EndpointServicePort, 'listConnections' | 'accept' | 'reject'>;

const describeAction = 'DescribeVpcEndpointConnections';

export function createConnections(open: OpenEc2, region: string): ConnectionsPort {
  return {
    listConnections: async (filter, signal) => {
      const ec2 = await open(signal);
      const { states } = filter;
      const wanted = states ? [{ Name: 'vpc-endpoint-state', Values: [...states] }] : [];
      const connections = await readPages(describeAction, async (token) => {
        const input = { Filters: wanted, MaxResults: pageSize, NextToken: token };
        const page = await ec2.describeVpcEndpointConnections(input, { abortSignal: signal });
        return { items: page.VpcEndpointConnections, next: page.NextToken };
      });
      return connections.map((found) => connectionFacts(describeAction, found, region));
    },

    accept: (serviceId, vpcEndpointIds, signal) =>
      sendInCalls(serviceId, vpcEndpointIds, async (input) => {
        const ec2 = await open(signal);
        return ec2.acceptVpcEndpointConnections(input, { abortSignal: signal });
      }),

    reject: (serviceId, vpcEndpointIds, signal) =>
      sendInCalls(serviceId, vpcEndpointIds, async (input) => {
        const ec2 = await open(signal);
        return ec2.rejectVpcEndpointConnections(input, { abortSignal: signal });
      }),
  };
}

interface ItemsRequest {
  ServiceId: string;
  VpcEndpointIds: string[];
}

async function sendInCalls(
  serviceId: string,
  vpcEndpointIds: string[],
  send: (input: ItemsRequest) => Promise<{ Unsuccessful?: UnsuccessfulItem[] }>,
): Promise<ItemFailure[]> {
  const ServiceId = requireId('serviceId', serviceId);
  const checked = vpcEndpointIds.map((id) => requireId('vpcEndpointId', id));
  const failures: ItemFailure[] = [];
  for (const VpcEndpointIds of batches('connections', checked)) {
    const { Unsuccessful = [] } = await send({ ServiceId, VpcEndpointIds });
    failures.push(...Unsuccessful.flatMap((item) => itemFailures(item, VpcEndpointIds)));
  }
  return failures;
}

/** A failure that names no item could be of any of them, so none of them counts as done. */
function itemFailures(item: UnsuccessfulItem, sent: string[]): ItemFailure[] {
  const ids = item.ResourceId ? [item.ResourceId] : sent;
  return ids.map((vpcEndpointId) => ({ vpcEndpointId, ...failureOf(item) }));
}

/** Why AWS did not do it for one item. */
export function failureOf({ Error: error }: UnsuccessfulItem): ServiceFailure {
  const code = error?.Code || 'UnknownError';
  return { kind: kindOfCode(code, 400), code, message: error?.Message || 'AWS gave no reason.' };
}
