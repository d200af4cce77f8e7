// Finding an endpoint service of the caller. Somebody else's is not told from one that never was.

import { AwsError } from '../../../aws-error.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import type { Call } from '../../call.ts';
import { checkId, serviceNotFound } from '../errors.ts';

/**
 * The caller's service by id.
 * @throws AwsError when the id is malformed or the caller has no such service here.
 */
export function ownService({ world, account, region }: Call<object>, id: string): EndpointService {
  checkId(id, 'vpce-svc', 'InvalidVpcEndpointServiceId.Malformed');
  const service = world.endpointServices.get(id);
  if (service?.account === account && service.region === region) return service;
  throw serviceNotFound(id);
}

/**
 * The caller's service, for changing it.
 * @throws AwsError also while it is being deleted; with which code is not documented.
 */
export function changeableService(call: Call<object>, id: string): EndpointService {
  const service = ownService(call, id);
  if (service.state !== 'Deleting' && service.state !== 'Deleted') return service;
  throw new AwsError(
    call.world.knobs.wrongStateCode,
    `The VPC endpoint service ${id} cannot be changed in state ${service.state}.`,
  );
}
