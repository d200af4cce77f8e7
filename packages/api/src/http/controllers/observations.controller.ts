// Observations that come with a one-time token in place of a key: the second thing, besides an
// invite, that needs none.

import {
  Body,
  Extension,
  OperationId,
  Post,
  Request,
  Route,
  SuccessResponse,
  Tags,
} from '../decorators.ts';
import * as observations from '../../usecases/observations.ts';
import type { Call } from '../call.ts';
import { fromWire, toWire } from '../wire/names.ts';
import type { Observation, ObservationUpload } from '../wire/observation.ts';

@Route('v1/observations')
@Tags('observations')
export class ObservationsController {
  /**
   * Report what the customer's side sees of a connection, with a one-time token.
   */
  @Post()
  @OperationId('uploadObservation')
  @Extension('x-roles', ['anyone'])
  @Extension('x-sdk', 'observations.upload')
  @Extension('x-error-codes', ['observation_token_not_usable'])
  @SuccessResponse(201, 'Created')
  async upload(@Request() call: Call, @Body() body: ObservationUpload): Promise<Observation> {
    return toWire(await observations.upload(call.context, fromWire(body)));
  }
}
