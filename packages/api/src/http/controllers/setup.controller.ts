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
} from '../decorators.ts';
import * as preflights from '../../usecases/preflights.ts';
import * as setups from '../../usecases/setups.ts';
import type { Call } from '../call.ts';
import type { Preflight, PreflightQuestion } from '../wire/preflight.ts';
import { fromWire, toWire } from '../wire/names.ts';
import type { Setup, SetupQuestion } from '../wire/setup.ts';

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
  @Extension('x-error-codes', ['not_found'])
  @Extension('x-question', true)
  async preflight(@Request() call: Call, @Body() body: PreflightQuestion): Promise<Preflight> {
    return toWire(await preflights.preflight(call.context, fromWire(body)));
  }

  /**
   * Write all that makes the customer's side of a connection.
   *
   * As Terraform, CloudFormation, an app of the CDK, a script of the `aws` command line, or as the
   * change request that a person has to approve: each from the same model, with zones by their ids.
   * It changes nothing, neither here nor in AWS. Of a service that AWS has not named yet there is
   * none (`invalid_state_transition`).
   */
  @Post('setup')
  @OperationId('renderSetup')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'setup.render')
  @Extension('x-error-codes', ['not_found', 'invalid_state_transition'])
  @Extension('x-question', true)
  async render(@Request() call: Call, @Body() body: SetupQuestion): Promise<Setup> {
    return toWire(await setups.render(call.context, fromWire(body)));
  }
}
