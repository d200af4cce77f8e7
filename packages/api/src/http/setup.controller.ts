// What a customer needs to make its endpoint: what stands in the way, and all that makes it.

import {
  Body,
  Extension,
  OperationId,
  Post,
  Request,
  Route,
  Security,
  Tags,
} from './decorators.ts';
import * as preflights from '../usecases/preflights.ts';
import type { Call } from './call.ts';
import type { Preflight, PreflightQuestion } from './wire/preflight.ts';
import { fromWire, toWire } from './wire/names.ts';

@Route('v1')
@Tags('setup')
export class SetupController {
  /**
   * Check what stands in the way of an endpoint before it is made.
   *
   * Everything that the vendor's side can tell, and what was sent about the customer's network held
   * against the service. It changes nothing and does not ask AWS: `observed_at` says how old it is.
   */
  @Post('preflight')
  @OperationId('preflight')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'setup.preflight')
  @Extension('x-question', true)
  async preflight(@Request() call: Call, @Body() body: PreflightQuestion): Promise<Preflight> {
    return toWire(await preflights.preflight(call.context, fromWire(body)));
  }
}
