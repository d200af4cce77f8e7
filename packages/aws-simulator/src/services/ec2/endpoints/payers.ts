// ModifyVpcEndpointPayerResponsibility: who of the two owners pays for an endpoint. The reference
// says little about it; that nobody can make the other one pay is an assumption, with a knob.

import type {
  ModifyVpcEndpointPayerResponsibilityRequest,
  ModifyVpcEndpointPayerResponsibilityResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import type { Call, Given } from '../../call.ts';
import { payerResponsibilities } from './view.ts';
import { ownEndpoint } from './endpoints.ts';
import { checkId, endpointNotFound, invalidParameterValue, notSimulated } from '../errors.ts';
import { ownService } from '../endpoint-services/own-services.ts';

type PayerCall = Call<
  Given<
    ModifyVpcEndpointPayerResponsibilityRequest,
    'VpcEndpointId' | 'PayerResponsibility' | 'Scope'
  >
>;

/** The owner of a service names the service; without it the endpoint is the caller's own. */
export function modifyEndpointPayer(call: PayerCall): ModifyVpcEndpointPayerResponsibilityResult {
  const { world, input } = call;
  const { PayerResponsibility: payer, Scope: scope } = input;
  const endpoint = endpointOf(call);
  if (scope === 'resource-gateway-charges') throw notSimulated(`Scope ${scope}`);
  if (payer === 'resource-gateway-account') throw notSimulated(`PayerResponsibility ${payer}`);
  if (scope !== 'vpc-endpoint-charges') throw invalidMember('Scope', scope);
  if (payer !== 'vpc-endpoint-account' && payer !== 'vpc-endpoint-service-account') {
    throw invalidMember('PayerResponsibility', payer);
  }
  const own = input.ServiceId ? 'vpc-endpoint-service-account' : 'vpc-endpoint-account';
  if (payer !== own && world.knobs.namingOtherPayer === 'refused') {
    throw new AwsError(
      'OperationNotPermitted',
      `Only the account that is to pay can take the charges of ${endpoint.id}.`,
    );
  }
  endpoint.payer = payer;
  return {
    VpcEndpointId: endpoint.id,
    PayerResponsibilities: payerResponsibilities(world, endpoint),
  };
}

function endpointOf(call: PayerCall): Endpoint {
  const { world, input } = call;
  const { VpcEndpointId: id, ServiceId: serviceId } = input;
  if (!serviceId) return ownEndpoint(call, id);
  const service = ownService(call, serviceId);
  checkId(id, 'vpce', 'InvalidVpcEndpointId.Malformed');
  const endpoint = world.endpoints.get(id);
  if (endpoint?.serviceId === service.id) return endpoint;
  throw endpointNotFound(id);
}

function invalidMember(name: string, value: string): AwsError {
  return invalidParameterValue(`Invalid value '${value}' for ${name}.`);
}
