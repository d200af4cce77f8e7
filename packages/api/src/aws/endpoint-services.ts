// EndpointServicePort over EC2: the services of one account in one region and their private DNS
// names. Their allowlists are in principals.ts, their connections in connections.ts.

import type { OpenEc2 } from './clients.ts';
import { createConnections, failureOf } from './connections.ts';
import { AwsError } from './errors.ts';
import { pageSize, readPages } from './pages.ts';
import type { CreateService, EndpointServicePort, ServiceFacts } from './ports.ts';
import { createPrincipals } from './principals.ts';
import { requireDone, requireId, requireItems, requireMember } from './required.ts';
import { markKey, serviceFacts } from './service-facts.ts';

const describeAction = 'DescribeVpcEndpointServiceConfigurations';
const createAction = 'CreateVpcEndpointServiceConfiguration';
const modifyAction = 'ModifyVpcEndpointServiceConfiguration';
const verifyAction = 'StartVpcEndpointServicePrivateDnsVerification';

export function createEndpointServices(open: OpenEc2, region: string): EndpointServicePort {
  return {
    ...createPrincipals(open),
    ...createConnections(open, region),
    listServices: (signal) => listServices(open, signal),
    getService: (serviceId, signal) => getService(open, serviceId, signal),

    createService: async (request, signal) => {
      const input = creation(request);
      const ec2 = await open(signal);
      const options = { abortSignal: signal };
      const answer = await ec2.createVpcEndpointServiceConfiguration(input, options);
      const service = answer.ServiceConfiguration;
      return serviceFacts(createAction, requireMember(createAction, 'service', service));
    },

    setPrivateDnsName: async (serviceId, name, signal) => {
      const ServiceId = requireId('serviceId', serviceId);
      if (name === '') throw new TypeError('The private DNS name is empty; null removes it.');
      const change = name === null ? { RemovePrivateDnsName: true } : { PrivateDnsName: name };
      const ec2 = await open(signal);
      const options = { abortSignal: signal };
      const input = { ServiceId, ...change };
      const { Return } = await ec2.modifyVpcEndpointServiceConfiguration(input, options);
      requireDone(modifyAction, Return);
    },

    mark: async (serviceIds, mark, signal) => {
      const ids = serviceIds.map((id) => requireId('serviceId', id));
      const Resources = requireItems('services to mark', ids);
      const ec2 = await open(signal);
      const options = { abortSignal: signal };
      await ec2.createTags({ Resources, Tags: [{ Key: markKey, Value: mark }] }, options);
    },

    startPrivateDnsVerification: async (serviceId, signal) => {
      const input = { ServiceId: requireId('serviceId', serviceId) };
      const ec2 = await open(signal);
      const options = { abortSignal: signal };
      const answer = await ec2.startVpcEndpointServicePrivateDnsVerification(input, options);
      requireDone(verifyAction, answer.ReturnValue);
    },

    deleteService: async (serviceId, signal) => {
      const ServiceIds = [requireId('serviceId', serviceId)];
      const ec2 = await open(signal);
      const options = { abortSignal: signal };
      const answer = await ec2.deleteVpcEndpointServiceConfigurations({ ServiceIds }, options);
      return (answer.Unsuccessful ?? []).map(failureOf);
    },
  };
}

async function listServices(open: OpenEc2, signal: AbortSignal): Promise<ServiceFacts[]> {
  const ec2 = await open(signal);
  const services = await readPages(describeAction, async (token) => {
    const page = await ec2.describeVpcEndpointServiceConfigurations(
      { MaxResults: pageSize, NextToken: token },
      { abortSignal: signal },
    );
    return { items: page.ServiceConfigurations, next: page.NextToken };
  });
  return services.map((service) => serviceFacts(describeAction, service));
}

async function getService(
  open: OpenEc2,
  serviceId: string,
  signal: AbortSignal,
): Promise<ServiceFacts | null> {
  const input = { ServiceIds: [requireId('serviceId', serviceId)] };
  const ec2 = await open(signal);
  try {
    const options = { abortSignal: signal };
    const answer = await ec2.describeVpcEndpointServiceConfigurations(input, options);
    const found = answer.ServiceConfigurations?.find(({ ServiceId }) => ServiceId === serviceId);
    return found ? serviceFacts(describeAction, found) : null;
  } catch (error) {
    if (error instanceof AwsError && error.kind === 'not_found') return null;
    throw error;
  }
}

/** The SDK fills in no ClientToken here, and without one its own repeats could create twice. */
function creation({ clientToken, networkLoadBalancerArns, name, mark }: CreateService) {
  if (!/^[\x21-\x7e]{1,64}$/.test(clientToken)) {
    throw new TypeError('A client token is 1 to 64 visible ASCII characters.');
  }
  return {
    AcceptanceRequired: true,
    ClientToken: clientToken,
    NetworkLoadBalancerArns: requireItems('load balancers', networkLoadBalancerArns),
    TagSpecifications: [
      {
        ResourceType: 'vpc-endpoint-service' as const,
        Tags: [
          { Key: 'Name', Value: name },
          { Key: markKey, Value: mark },
        ],
      },
    ],
  };
}
