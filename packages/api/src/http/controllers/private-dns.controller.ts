// The private DNS name of an endpoint service, up to its verification.

import {
  Body,
  Delete,
  Extension,
  Get,
  OperationId,
  Path,
  Post,
  Put,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import * as privateDns from '../../usecases/private-dns.ts';
import type { Call } from '../call.ts';
import type { PrivateDns, PrivateDnsPut } from '../wire/private-dns.ts';
import type { EndpointServiceKey } from '../wire/keys.ts';
import { toWire } from '../wire/names.ts';

@Route('v1/endpoint-services/{id}/private-dns')
@Tags('private-dns')
export class PrivateDnsController {
  /**
   * Tell how far the private DNS name is.
   */
  @Get()
  @OperationId('getPrivateDns')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'privateDns.get')
  @Extension('x-waiter', {
    name: 'waitUntilVerified',
    field: 'state',
    success: ['verified'],
    failure: ['blocked'],
    on_not_found: 'fail',
    interval_ms: 1000,
    timeout_ms: 1800000,
  })
  async get(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<PrivateDns> {
    return toWire(await privateDns.get(call.context, id));
  }

  /**
   * Want a private DNS name: the record is published, verified and watched.
   *
   * The answer tells how far it is; `wait` on a read of it tells when it is verified. A service
   * that is being retired gets none (`invalid_state_transition`).
   */
  @Put()
  @OperationId('putPrivateDns')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'privateDns.put')
  @Extension('x-error-codes', ['invalid_state_transition'])
  async put(
    @Request() call: Call,
    @Path() id: EndpointServiceKey,
    @Body() body: PrivateDnsPut,
  ): Promise<PrivateDns> {
    return toWire(await privateDns.put(call.context, id, body.name));
  }

  /**
   * Want no private DNS name. Only what Sallyport set itself is taken away.
   */
  @Delete()
  @OperationId('deletePrivateDns')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'privateDns.delete')
  async delete(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<PrivateDns> {
    return toWire(await privateDns.remove(call.context, id));
  }

  /**
   * Have the private DNS name published and verified anew, at once.
   *
   * For when what kept it has been mended, or other hands have taken the record away: it is put
   * beside what is there, and AWS is asked to look. Without a name that is wanted there is nothing
   * to verify (`invalid_state_transition`).
   */
  @Post('verify')
  @OperationId('verifyPrivateDns')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'privateDns.verify')
  @Extension('x-error-codes', ['aspect_not_managed', 'invalid_state_transition'])
  async verify(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<PrivateDns> {
    return toWire(await privateDns.verify(call.context, id));
  }
}
