// ModifyVpcEndpointServicePayerResponsibility: who pays for the endpoints of a service. By default
// the owners of the endpoints do; once the owner of the service does, that cannot be set back (EC2
// API reference).

import type {
  ModifyVpcEndpointServicePayerResponsibilityRequest,
  ModifyVpcEndpointServicePayerResponsibilityResult,
} from '@aws-sdk/client-ec2';
import type { Call, Given } from '../../call.ts';
import { invalidParameterValue } from '../errors.ts';
import { changeableService } from './own-services.ts';

type PayerCall = Call<
  Given<ModifyVpcEndpointServicePayerResponsibilityRequest, 'ServiceId' | 'PayerResponsibility'>
>;

export function modifyServicePayer(
  call: PayerCall,
): ModifyVpcEndpointServicePayerResponsibilityResult {
  const service = changeableService(call, call.input.ServiceId);
  const payer: string = call.input.PayerResponsibility;
  if (payer !== 'ServiceOwner') {
    throw invalidParameterValue(
      `Invalid value '${payer}' for PayerResponsibility. The only value is ServiceOwner.`,
    );
  }
  service.ownerPays = true;
  return { ReturnValue: true };
}
