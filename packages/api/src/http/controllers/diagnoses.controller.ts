// Diagnoses by AWS's id of an endpoint, seen or not.

import {
  Extension,
  Get,
  OperationId,
  Path,
  Query,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import * as diagnoses from '../../usecases/diagnoses.ts';
import type { Call } from '../call.ts';
import type { Diagnosis } from '../wire/diagnosis.ts';
import type { CustomerKey, EndpointKey } from '../wire/keys.ts';
import { toWire } from '../wire/names.ts';

@Route('v1/diagnoses')
@Tags('connections')
export class DiagnosesController {
  /**
   * Tell of an endpoint by its `vpce-…`, seen or not, why it does not connect: of one that is not
   * seen, where it was looked for, what keeps it out, and what to ask.
   * @param customer_id Whose it is, where it is not seen; left out by a customer's own key.
   */
  @Get('{id}')
  @OperationId('diagnoseEndpoint')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'diagnoses.get')
  async get(
    @Request() call: Call,
    @Path() id: EndpointKey,
    @Query() customer_id?: CustomerKey,
  ): Promise<Diagnosis> {
    return toWire(await diagnoses.diagnoseEndpoint(call.context, id, { customerId: customer_id }));
  }
}
