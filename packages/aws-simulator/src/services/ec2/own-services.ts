// Finding an endpoint service of the caller. Somebody else's is not told from one that never was.

import type { EndpointService } from '../../world/endpoint-service.ts';
import type { Call } from '../call.ts';
import { checkId, serviceNotFound } from './errors.ts';

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
