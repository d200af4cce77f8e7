// Verification of a service's private DNS name: the owner publishes a TXT value in the public DNS,
// starts the verification, and the name becomes verified or failed.

import type {
  StartVpcEndpointServicePrivateDnsVerificationRequest,
  StartVpcEndpointServicePrivateDnsVerificationResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import type {
  EndpointService,
  PrivateDnsName,
} from '../../../world/privatelink/endpoint-service.ts';
import { ALNUM, LOWER_ALNUM } from '../../../world/ids.ts';
import type { World } from '../../../world/world.ts';
import type { Call, Given } from '../../call.ts';
import { invalidParameter } from '../errors.ts';
import { changeableService } from './own-services.ts';
import { beginChecks } from './private-dns-checks.ts';

type StartCall = Call<Given<StartVpcEndpointServicePrivateDnsVerificationRequest, 'ServiceId'>>;

/** @throws AwsError without a name, and by a knob for a verified one: neither is documented. */
export function startPrivateDnsVerification(
  call: StartCall,
): StartVpcEndpointServicePrivateDnsVerificationResult {
  const { world, input } = call;
  const service = changeableService(call, input.ServiceId);
  const { privateDns } = service;
  if (!privateDns) {
    throw new AwsError(
      world.knobs.verifyWithoutNameCode,
      `The service ${service.id} does not have a private DNS name to verify.`,
    );
  }
  if (privateDns.state !== 'verified') beginChecks(world, service, privateDns);
  else if (world.knobs.verifyVerified === 'fails') {
    throw invalidParameter(
      `The private DNS name of the service ${service.id} is verified already.`,
    );
  }
  return { ReturnValue: true };
}

/** A fresh name with its own token, in the shape of the current guide's example. */
export function newPrivateDnsName(
  world: World,
  service: EndpointService,
  name: string,
): PrivateDnsName {
  const privateDns: PrivateDnsName = {
    name,
    label: `_${world.ids.text(LOWER_ALNUM, 20)}`,
    value: `vpce:${world.ids.text(ALNUM, 20)}`,
    state: 'pendingVerification',
    moves: 0,
    wasVerified: false,
  };
  if (world.knobs.privateDnsStartsByItself) beginChecks(world, service, privateDns);
  return privateDns;
}
